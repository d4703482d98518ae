package org.scorebound.lipschitz;

import org.scorebound.linalg.Activation;
import org.scorebound.linalg.Kernels;

/**
 * Softplus: g is the logistic function, increasing, and f convex.
 *
 * <p>Secant: {@code g - secant} vanishes at both ends, and its other extrema are where {@code g' =
 * g (1 - g) = chord}, that is {@code g = (1 +- q)/2} with {@code q = sqrt(1 - 4 chord)}, at {@code
 * +-log((1 + q)/(1 - q)) = +-log((1 + q)^2/(4 chord))}: there it is evaluated. An extremum that
 * rounding puts outside lies so close to an end that the value there is of second order in an ulp.
 * For w below {@link #SMALL}: {@code |g(z+v) - g(z) - g'(z) v| <= max|g''| w^2/2} with {@code
 * max|g''| = 1/(6 sqrt 3) < 0.09623}. Curve: f is convex and lies above its tangent, and the rest
 * is largest at an end; also at most {@code max f'' w^2/2 = w^2/8}.
 */
final class SoftplusSlopes extends SlopeEnclosure {
  private static final double SMALL = 1e-3;
  private static final double SECOND = 0.09623;

  /** Beyond it f and g are within {@code e^-40 < 5e-18} of their limits, below the rounding. */
  private static final double SATURATED = 40;

  /** Below this range of g the secant gains nothing over rounding. */
  private static final double NARROW = 1e-12;

  SoftplusSlopes(Kernels kernels) {
    super(Activation.SOFTPLUS, kernels);
  }

  @Override
  void enclose(int n, double[] z, double[] w, Samples left, Samples right, Result out) {
    double[] leftValue = left.value;
    double[] leftSlope = left.slope;
    double[] rightValue = right.value;
    double[] rightSlope = right.slope;
    for (int i = 0; i < n; i++) {
      double s = out.slope[i];
      double sl = leftSlope[i];
      double sr = rightSlope[i];
      double wi = w[i];
      double h = out.value[i];
      double ends = Math.max(rightValue[i] - h - s * wi, leftValue[i] - h + s * wi);
      out.curve[i] = Math.min(ends, 0.125 * wi * wi) + VALUE_ROUNDING * (h + wi);
      out.deviation[i] = Math.max(sr - s, s - sl) + SLOPE_ROUNDING;
      if (wi < SMALL) {
        out.chord[i] = s * (1 - s);
        out.shift[i] = 0;
        out.eps[i] = 0.5 * SECOND * wi * wi + SLOPE_ROUNDING;
      } else if (sr - sl < NARROW) {
        out.chord[i] = 0;
        out.shift[i] = 0.5 * (sl + sr) - s;
        out.eps[i] = 0.5 * (sr - sl) + SLOPE_ROUNDING;
      } else {
        secant(i, z[i], wi, sl, sr, out);
      }
    }
  }

  private static void secant(int i, double z, double w, double sl, double sr, Result out) {
    double chord = (sr - sl) / (2 * w);
    double average = 0.5 * (sl + sr);
    double q = Math.sqrt(Math.max(0, 1 - 4 * chord));
    double at = Math.log((1 + q) * (1 + q) / (4 * chord));
    double low = 0;
    double high = 0;
    double v = at - z;
    if (Math.abs(v) < w) {
      double e = 0.5 * (1 + q) - average - chord * v;
      low = Math.min(low, e);
      high = Math.max(high, e);
    }
    v = -at - z;
    if (Math.abs(v) < w) {
      double e = 0.5 * (1 - q) - average - chord * v;
      low = Math.min(low, e);
      high = Math.max(high, e);
    }
    choose(i, chord, average, low, high, sl, sr, out);
  }

  @Override
  boolean isRectifying() {
    return true;
  }

  @Override
  double peak() {
    return 40;
  }

  @Override
  double leastSlope(double a, double b) {
    return a > SATURATED
        ? 1 - SLOPE_ROUNDING
        : a < -SATURATED ? 0 : Math.max(0, activation.slope(a) - SLOPE_ROUNDING);
  }

  @Override
  double largestSlope(double a, double b) {
    return b < -SATURATED
        ? SLOPE_ROUNDING
        : b > SATURATED ? 1 : Math.min(1, activation.slope(b) + SLOPE_ROUNDING);
  }

  @Override
  double leastRest(double a, double b) {
    return 0;
  }

  /** {@code f(z) - z = f(-z)} falls, f rises. */
  @Override
  double largestRest(double a, double b) {
    double z = a > 0 ? -a : b;
    return z < -SATURATED ? SLOPE_ROUNDING : activation.value(z) * (1 + VALUE_ROUNDING);
  }
}
