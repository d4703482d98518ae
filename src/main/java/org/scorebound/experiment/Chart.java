package org.scorebound.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scorebound.result.Estimate;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.Series;

/**
 * Builds a figure of lines and points. What is no finite number, or not positive on a logarithmic
 * axis, becomes null; numbers are rounded to {@value #DIGITS} significant digits, since all of them
 * are estimates to a few per cent at best.
 */
final class Chart {

  private static final int DIGITS = 6;

  private final String id;
  private final String title;
  private final String caption;
  private final Quantity x;
  private final Quantity y;
  private final List<Series> series = new ArrayList<>();
  private final List<Figure.Reference> references = new ArrayList<>();

  /**
   * A figure without anything in it.
   *
   * @param id any words; what may not be in an identifier becomes a hyphen
   */
  Chart(String id, String title, String caption, Quantity x, Quantity y) {
    this.id = identifier(id);
    this.title = title;
    this.caption = caption;
    this.x = x;
    this.y = y;
  }

  /** Lower-case letters and digits in groups joined by hyphens. */
  static String identifier(String words) {
    return words
        .toLowerCase(java.util.Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
  }

  /** A line through points. */
  Chart line(String name, double[] atX, double[] atY) {
    series.add(Series.line(name, column(atX, x.log()), column(atY, y.log())));
    return this;
  }

  /** Points. */
  Chart points(String name, double[] atX, double[] atY) {
    series.add(Series.points(name, column(atX, x.log()), column(atY, y.log())));
    return this;
  }

  /** Points joined by lines, with intervals. */
  Chart intervals(String name, double[] atX, List<Estimate> atY) {
    series.add(
        Series.line(
                name,
                column(atX, x.log()),
                column(atY.stream().mapToDouble(Estimate::value).toArray(), y.log()))
            .within(
                column(atY.stream().mapToDouble(Estimate::lower).toArray(), y.log()),
                column(atY.stream().mapToDouble(Estimate::upper).toArray(), y.log())));
    return this;
  }

  /** A line across the figure at a value of y. */
  Chart reference(String name, double value) {
    references.add(new Figure.Reference(name, Figure.Across.Y, rounded(value)));
    return this;
  }

  private static double[] column(double[] values, boolean log) {
    return Arrays.stream(values)
        .map(v -> !Double.isFinite(v) || (log && !(v > 0)) ? Double.NaN : rounded(v))
        .toArray();
  }

  /** To {@value #DIGITS} significant digits. */
  static double rounded(double v) {
    return v == 0 ? 0 : new BigDecimal(v).round(new MathContext(DIGITS)).doubleValue();
  }

  /** {@code e^x} of logarithms, NaN where it passes the largest double. */
  static double[] exp(double[] logs) {
    return Arrays.stream(logs)
        .map(Math::exp)
        .map(v -> Double.isInfinite(v) ? Double.NaN : v)
        .toArray();
  }

  /** The figure. */
  Figure build() {
    Figure figure = Figure.xy(id, title, caption, x, y, series);
    return references.isEmpty() ? figure : figure.with(references);
  }
}
