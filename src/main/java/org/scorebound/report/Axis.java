package org.scorebound.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Quantity;

/**
 * An axis of a plot, linear or logarithmic, with its ticks.
 *
 * @param name what it shows, with the unit
 * @param log whether it is logarithmic; its range is then positive
 * @param lo lower end
 * @param hi upper end, above lo
 */
record Axis(String name, boolean log, double lo, double hi) {

  private static final int TICKS = 5;
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /**
   * A tick.
   *
   * @param value where it is
   * @param label what stands there
   */
  record Tick(double value, String label) {}

  /**
   * The axis that holds all the values; those that are not finite, or not positive on a logarithmic
   * axis, are left out.
   */
  static Axis around(Quantity quantity, List<? extends List<@Nullable Double>> values) {
    boolean log = quantity.log();
    double lo = Double.POSITIVE_INFINITY;
    double hi = Double.NEGATIVE_INFINITY;
    for (List<@Nullable Double> series : values) {
      for (Double v : series) {
        if (v != null && Double.isFinite(v) && (!log || v > 0)) {
          lo = Math.min(lo, v);
          hi = Math.max(hi, v);
        }
      }
    }
    if (!(lo <= hi)) {
      lo = log ? 1 : 0;
      hi = log ? 10 : 1;
    }
    if (log) {
      double margin = hi > lo ? Math.pow(hi / lo, 0.03) : 2;
      return new Axis(quantity.title(), true, lo / margin, Math.min(Double.MAX_VALUE, hi * margin));
    }
    double span = hi - lo;
    // Halved, as the span of two large numbers of opposite signs can exceed the largest double.
    double margin = hi > lo ? 0.06 * (0.5 * hi - 0.5 * lo) : Math.max(1e-300, Math.abs(lo) * 0.1);
    if (span == 0 && lo == 0) {
      margin = 1;
    }
    return new Axis(quantity.title(), false, lo - margin, hi + margin);
  }

  /** The axis between two given ends. */
  static Axis between(Quantity quantity, double lo, double hi) {
    return new Axis(quantity.title(), quantity.log() && lo > 0, lo, hi);
  }

  /** Where a value lies, 0 at the lower end and 1 at the upper; NaN if it cannot be drawn. */
  double share(@Nullable Double v) {
    if (v == null || !holds(v)) {
      return Double.NaN;
    }
    return log
        ? (Math.log(v) - Math.log(lo)) / (Math.log(hi) - Math.log(lo))
        : (0.5 * v - 0.5 * lo) / (0.5 * hi - 0.5 * lo);
  }

  /** Whether a value can be drawn. */
  boolean holds(double v) {
    return Double.isFinite(v) && (!log || v > 0);
  }

  /** The ticks: powers of ten (with 2 and 5 between, where there are few), or round steps. */
  List<Tick> ticks() {
    List<Tick> powers = log ? powers() : List.of();
    return powers.size() >= 2 ? powers : steps();
  }

  private List<Tick> powers() {
    List<Tick> ticks = new ArrayList<>();
    double decades = Math.log10(hi) - Math.log10(lo);
    int stride = (int) Math.max(1, Math.ceil(decades / (TICKS + 2)));
    double[] parts = decades > 2.5 ? new double[] {1} : new double[] {1, 2, 5};
    for (int p = (int) Math.floor(Math.log10(lo)); p <= Math.log10(hi); p++) {
      for (double part : parts) {
        double v = Double.parseDouble(part + "e" + p);
        if (v >= lo && v <= hi && Math.floorMod(p, stride) == 0) {
          ticks.add(new Tick(v, power((int) part, p)));
        }
      }
    }
    return ticks;
  }

  private static String power(int part, int p) {
    if (p >= -3 && p <= 3) {
      return plain(part * Math.pow(10, p), Math.max(0, -p));
    }
    StringBuilder text = new StringBuilder(part == 1 ? "" : part + "·").append("10");
    for (char c : Integer.toString(p).toCharArray()) {
      text.append(c == '-' ? '⁻' : SUPERSCRIPTS.charAt(c - '0'));
    }
    return text.toString();
  }

  private List<Tick> steps() {
    List<Tick> ticks = new ArrayList<>();
    double raw = 2 * ((0.5 * hi - 0.5 * lo) / TICKS);
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = raw / power < 1.5 ? power : raw / power < 3.5 ? 2 * power : 5 * power;
    double largest = Math.max(Math.abs(lo), Math.abs(hi));
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    boolean scientific = largest >= 1e5 || largest < 1e-3;
    int digits = (int) (Math.floor(Math.log10(largest)) - Math.floor(Math.log10(step) + 1e-9));
    double first = Math.ceil(lo / step);
    for (int i = 0; i <= 2 * TICKS + 2; i++) {
      // Adding zero turns -0.0 into 0.0.
      double v = (first + i) * step + 0.0;
      if (v > hi) {
        break;
      }
      ticks.add(new Tick(v, scientific && v != 0 ? scientific(v, digits) : plain(v, decimals)));
    }
    return ticks;
  }

  private static String plain(double v, int decimals) {
    return minus(String.format(Locale.ROOT, "%." + Math.min(decimals, 12) + "f", v));
  }

  private static String scientific(double v, int digits) {
    String text = String.format(Locale.ROOT, "%." + Math.min(digits, 12) + "e", v);
    return minus(text.replace("e+0", "e").replace("e+", "e").replace("e-0", "e-"));
  }

  /** With the minus sign that is as wide as a plus. */
  private static String minus(String text) {
    return text.replace('-', '−');
  }
}
