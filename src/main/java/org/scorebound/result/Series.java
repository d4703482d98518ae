package org.scorebound.result;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line, set of points or set of bars of a {@link Figure}. All lists are equally long; an
 * element that does not exist is {@code null}, and breaks a line.
 *
 * @param name for the legend
 * @param style how it is drawn
 * @param x abscissae
 * @param y ordinates
 * @param lower lower ends of the intervals of y, where they are known
 * @param upper upper ends
 * @param labels what each point is, shown with its values; the names of bars
 */
public record Series(
    String name,
    Style style,
    List<@Nullable Double> x,
    List<@Nullable Double> y,
    Optional<List<@Nullable Double>> lower,
    Optional<List<@Nullable Double>> upper,
    Optional<List<String>> labels) {

  /** How a series is drawn. */
  public enum Style implements Labelled {
    /** Points joined by straight lines. */
    LINE,
    /** Markers. */
    POINTS,
    /** A line that keeps each value until the next abscissa. */
    STEP;

    /** The name in lower case. */
    @Override
    public String label() {
      return Values.label(this);
    }
  }

  /** Checks lengths and that numbers are finite, and copies. */
  public Series {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name of a series must not be blank");
    }
    x = Values.checked("x of '" + name + "'", x);
    y = Values.checked("y of '" + name + "'", y);
    Values.sameLength("y of '" + name + "'", y.size(), "x", x.size());
    if (lower.isPresent() != upper.isPresent()) {
      throw new IllegalArgumentException(
          "lower and upper of '" + name + "' must be given together");
    }
    lower = ends("lower of '" + name + "'", lower, x.size());
    upper = ends("upper of '" + name + "'", upper, x.size());
    if (labels.isPresent()) {
      labels = Optional.of(List.copyOf(labels.get()));
      Values.sameLength("labels of '" + name + "'", labels.get().size(), "x", x.size());
    }
  }

  private static Optional<List<@Nullable Double>> ends(
      String name, Optional<List<@Nullable Double>> ends, int length) {
    if (ends.isEmpty()) {
      return ends;
    }
    List<@Nullable Double> copy = Values.checked(name, ends.get());
    Values.sameLength(name, copy.size(), "x", length);
    return Optional.of(copy);
  }

  /** A series without intervals and labels; NaN stands for a number that does not exist. */
  public static Series of(String name, Style style, double[] x, double[] y) {
    return new Series(
        name,
        style,
        Values.of(x),
        Values.of(y),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Points joined by lines. */
  public static Series line(String name, double[] x, double[] y) {
    return of(name, Style.LINE, x, y);
  }

  /** Markers. */
  public static Series points(String name, double[] x, double[] y) {
    return of(name, Style.POINTS, x, y);
  }

  /**
   * Bars for a figure of kind {@link Figure.Kind#BARS}, at the abscissae 0, 1, 2, ...
   *
   * @param labels the bars' names
   * @param y their lengths; NaN where there is none
   */
  public static Series bars(String name, List<String> labels, double[] y) {
    double[] x = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    return of(name, Style.POINTS, x, y).labelled(labels);
  }

  /** The same with the interval of each ordinate; NaN where there is none. */
  public Series within(double[] lower, double[] upper) {
    return new Series(
        name, style, x, y, Optional.of(Values.of(lower)), Optional.of(Values.of(upper)), labels);
  }

  /** The same with a text for each point. */
  public Series labelled(List<String> labels) {
    return new Series(name, style, x, y, lower, upper, Optional.of(labels));
  }
}
