package org.scorebound.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  /**
   * The axis that holds all the values; those that are not finite, or not positive, are left out.
   */
  static Axis around(String name, boolean log, List<double[]> values) {
    double lo = Double.POSITIVE_INFINITY;
    double hi = Double.NEGATIVE_INFINITY;
    for (double[] series : values) {
      for (double v : series) {
        if (Double.isFinite(v) && (!log || v > 0)) {
          lo = Math.min(lo, v);
          hi = Math.max(hi, v);
        }
      }
    }
    if (!(lo <= hi)) {
      lo = 1;
      hi = 2;
    }
    if (log) {
      return new Axis(name, true, lo / 1.05, hi * 1.05);
    }
    double margin = hi > lo ? 0.03 * (hi - lo) : Math.max(1, Math.abs(lo)) * 0.1;
    return new Axis(name, false, lo - margin, hi + margin);
  }

  /** Where a value lies, 0 at the lower end and 1 at the upper. */
  double share(double v) {
    return log ? Math.log(v / lo) / Math.log(hi / lo) : (v - lo) / (hi - lo);
  }

  /** Whether a value can be drawn. */
  boolean holds(double v) {
    return Double.isFinite(v) && (!log || v > 0);
  }

  /** The ticks: powers of ten (with 2 and 5 between, where there are few), or round steps. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (log) {
      double decades = Math.log10(hi / lo);
      int stride = (int) Math.max(1, Math.ceil(decades / (2 * TICKS)));
      double[] parts = decades > TICKS - 1 ? new double[] {1} : new double[] {1, 2, 5};
      for (int p = (int) Math.floor(Math.log10(lo)); p <= Math.log10(hi); p++) {
        for (double part : parts) {
          double v = part * Math.pow(10, p);
          if (v >= lo && v <= hi && p % stride == 0) {
            ticks.add(v);
          }
        }
      }
      return ticks;
    }
    double raw = (hi - lo) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = raw / power < 1.5 ? power : raw / power < 3.5 ? 2 * power : 5 * power;
    for (double i = Math.ceil(lo / step); i * step <= hi; i++) {
      // Adding zero turns -0.0 into 0.0.
      ticks.add(i * step + 0.0);
    }
    return ticks;
  }

  /** A tick's label. */
  static String label(double v) {
    double a = Math.abs(v);
    if (a != 0 && (a >= 1e5 || a < 1e-3)) {
      return String.format(Locale.ROOT, "%.0e", v).replace("e+0", "e").replace("e-0", "e-");
    }
    String text = String.format(Locale.ROOT, "%.4f", v);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "").replaceAll("^-0$", "0");
  }
}
