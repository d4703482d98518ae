package org.scorebound.result;

import java.util.List;
import java.util.Optional;

/**
 * A figure as data: what a result document has in its list {@code figures}. The report and {@code
 * plot} draw it without knowing the command it comes from.
 *
 * @param id name in links, file names and commands; unique within its document
 * @param title one line over the figure
 * @param caption what is to be seen and which direction its numbers have (exact, lower, upper,
 *     estimate); may be empty
 * @param kind how it is drawn
 * @param x horizontal axis
 * @param y vertical axis
 * @param series what is drawn; not empty, except over a heat map
 * @param references straight lines at given values
 * @param heat the cells, of a heat map alone
 */
public record Figure(
    String id,
    String title,
    String caption,
    Kind kind,
    Quantity x,
    Quantity y,
    List<Series> series,
    Optional<List<Reference>> references,
    Optional<Heat> heat) {

  /** The kinds of figures. */
  public enum Kind implements Labelled {
    /** Lines and points over two axes of numbers. */
    XY,
    /** Coloured cells, with series over them. */
    HEAT,
    /** A bar for each label; several series stand side by side. */
    BARS;

    /** The name in lower case. */
    @Override
    public String label() {
      return Values.label(this);
    }
  }

  /** The axis that a {@link Reference} cuts. */
  public enum Across implements Labelled {
    /** A vertical line. */
    X,
    /** A horizontal line. */
    Y;

    /** The name in lower case. */
    @Override
    public String label() {
      return Values.label(this);
    }
  }

  /**
   * A straight line over the whole figure.
   *
   * @param name what it means
   * @param axis the axis that {@code value} is on
   * @param value where
   */
  public record Reference(String name, Across axis, double value) {

    /** Checks that the value is finite. */
    public Reference {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "value of the reference '" + name + "' must be finite, got " + value);
      }
    }
  }

  /** Checks that kind and parts fit together, and copies. */
  public Figure {
    Values.identifier(id);
    Values.title(title);
    series = List.copyOf(series);
    references = references.map(List::copyOf);
    if ((kind == Kind.HEAT) != heat.isPresent()) {
      throw new IllegalArgumentException(
          "heat must be given for kind heat and for no other, kind is " + kind.label());
    }
    if (kind != Kind.HEAT && series.isEmpty()) {
      throw new IllegalArgumentException("series of the figure '" + id + "' must not be empty");
    }
    if (kind == Kind.BARS) {
      for (Series s : series) {
        if (s.labels().isEmpty() || !s.labels().equals(series.getFirst().labels())) {
          throw new IllegalArgumentException(
              "series of bars must all have the same labels, '" + s.name() + "' has not");
        }
      }
    }
  }

  /** Lines and points. */
  public static Figure xy(
      String id, String title, String caption, Quantity x, Quantity y, List<Series> series) {
    return new Figure(
        id, title, caption, Kind.XY, x, y, series, Optional.empty(), Optional.empty());
  }

  /** Bars; the x axis says what the labels are. */
  public static Figure bars(
      String id, String title, String caption, Quantity x, Quantity y, List<Series> series) {
    return new Figure(
        id, title, caption, Kind.BARS, x, y, series, Optional.empty(), Optional.empty());
  }

  /** A heat map with series over it, which may be empty. */
  public static Figure heat(
      String id,
      String title,
      String caption,
      Quantity x,
      Quantity y,
      Heat heat,
      List<Series> series) {
    return new Figure(
        id, title, caption, Kind.HEAT, x, y, series, Optional.empty(), Optional.of(heat));
  }

  /** The same with lines across it. */
  public Figure with(List<Reference> references) {
    return new Figure(id, title, caption, kind, x, y, series, Optional.of(references), heat);
  }
}
