package org.scorebound.lipschitz;

import org.scorebound.linalg.Activation;
import org.scorebound.linalg.Kernels;

/**
 * Enclosures of an activation f and of its slope {@code g = f'} over an interval {@code |v| <= w}
 * around a centre z:
 *
 * <pre>
 *   g(z + v) in slope + shift + chord v + [-eps, eps],   |g(z + v) - slope| <= deviation,
 *   |f(z + v) - value - slope v| <= curve,
 * </pre>
 *
 * with a reference value and slope near {@code f(z)} and {@code g(z)}.
 *
 * <p>chord is the slope of the secant of g over the interval, or 0 where the secant would leave
 * more than {@link #FLAT} of what the range of g leaves. Each subclass proves its bounds. The
 * kernels' errors, a few ulp of g and of f, are covered by {@link #SLOPE_ROUNDING} and {@link
 * #VALUE_ROUNDING}. Owns workspace; for one thread.
 */
abstract sealed class SlopeEnclosure permits SoftplusSlopes, SmoothSlopes, ReluSlopes {

  /** Covers a few ulp of the kernels and of the sums here, all of them of size at most 2. */
  static final double SLOPE_ROUNDING = 0x1p-48;

  /** Relative to {@code |f(z)| + w}. */
  static final double VALUE_ROUNDING = 0x1p-47;

  /** Share of half the range of g above which its secant is not worth having. */
  private static final double FLAT = 0.5;

  final Activation activation;
  final Kernels kernels;
  private final Samples left = new Samples();
  private final Samples right = new Samples();

  /** f and g at one place of each interval. */
  static final class Samples {
    private double[] at = {};
    double[] value = {};
    double[] slope = {};
  }

  /** Where the results go; all arrays share one index. */
  static final class Result {
    final double[] value;
    final double[] slope;
    final double[] chord;
    final double[] shift;
    final double[] eps;
    final double[] deviation;
    final double[] curve;

    Result(int n) {
      value = new double[n];
      slope = new double[n];
      chord = new double[n];
      shift = new double[n];
      eps = new double[n];
      deviation = new double[n];
      curve = new double[n];
    }
  }

  SlopeEnclosure(Activation activation, Kernels kernels) {
    this.activation = activation;
    this.kernels = kernels;
  }

  static SlopeEnclosure of(Activation activation, Kernels kernels) {
    return switch (activation) {
      case SOFTPLUS -> new SoftplusSlopes(kernels);
      case TANH -> new TanhSlopes(kernels);
      case SILU -> new SiluSlopes(kernels);
      case RELU -> new ReluSlopes(kernels);
    };
  }

  /** Encloses n intervals. */
  void enclose(int n, double[] z, double[] w, Result out) {
    kernels.activateWithSlope(activation, n, z, 0, out.value, 0, out.slope, 0);
    sample(n, z, -1, w, left);
    sample(n, z, 1, w, right);
    enclose(n, z, w, left, right, out);
  }

  /** As above, with f and g at the centres in {@code out} and at both ends of the intervals. */
  abstract void enclose(int n, double[] z, double[] w, Samples left, Samples right, Result out);

  /** f and g at {@code z + share w}. */
  final void sample(int n, double[] z, double share, double[] w, Samples out) {
    if (out.at.length < n) {
      out.at = new double[n];
      out.value = new double[n];
      out.slope = new double[n];
    }
    double[] at = out.at;
    for (int i = 0; i < n; i++) {
      at[i] = z[i] + share * w[i];
    }
    kernels.activateWithSlope(activation, n, at, 0, out.value, 0, out.slope, 0);
  }

  /** Whether {@code f(z) ~ max(z, 0)} far out, else f is bounded. */
  abstract boolean isRectifying();

  /** The least slope on {@code [a, b]}, either end possibly infinite, rounded down. */
  abstract double leastSlope(double a, double b);

  /** The largest slope on {@code [a, b]}, rounded up. */
  abstract double largestSlope(double a, double b);

  /** Lower bound of {@code f(z) - base} on {@code [a, b]}, base z where {@code a > 0}, else 0. */
  abstract double leastRest(double a, double b);

  /** The upper bound to {@link #leastRest}. */
  abstract double largestRest(double a, double b);

  /** A z such that g is near its extremes over the line at z and -z. */
  abstract double peak();

  /** Puts secant or range, whichever leaves less; the secant's rest lies in [low, high]. */
  static void choose(
      int i,
      double chord,
      double average,
      double low,
      double high,
      double least,
      double largest,
      Result out) {
    double eps = 0.5 * (high - low);
    double range = 0.5 * (largest - least);
    if (eps <= FLAT * range) {
      out.chord[i] = chord;
      out.shift[i] = average + 0.5 * (low + high) - out.slope[i];
      out.eps[i] = eps + SLOPE_ROUNDING;
    } else {
      out.chord[i] = 0;
      out.shift[i] = 0.5 * (least + largest) - out.slope[i];
      out.eps[i] = range + SLOPE_ROUNDING;
    }
  }
}
