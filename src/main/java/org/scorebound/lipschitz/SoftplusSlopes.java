package org.scorebound.lipschitz;

import org.scorebound.linalg.Activation;
import org.scorebound.linalg.Kernels;

/**
 * Softplus: g is the logistic function, increasing, and f convex.
 *
 * <p>Value: the reference slope p is the middle of the range of g. {@code f(z+v) - f(z) - p v} is
 * convex in v, so largest at an end, and by Fenchel's inequality at least {@code p z - f*(p) -
 * f(z)}, {@code -f*(p) = -p log p - (1-p) log(1-p)}; the reference value is the middle of both.
 *
 * <p>Secant: {@code g - secant} vanishes at both ends, and its other extrema are where {@code g' =
 * g (1 - g) = chord}, that is {@code g = (1 +- q)/2} with {@code q = sqrt(1 - 4 chord)}, at {@code
 * +-log((1 + q)/(1 - q)) = +-log((1 + q)^2/(4 chord))}: there it is evaluated. An extremum that
 * rounding puts outside lies so close to an end that the value there is of second order in an ulp.
 *
 * <p>For w below {@link #SMALL} the references are those at z: {@code |g(z+v) - g(z) - g'(z) v| <=
 * max|g''| w^2/2} with {@code max|g''| = 1/(6 sqrt 3) < 0.09623}, and f lies above its tangent by
 * at most {@code max f'' w^2/2 = w^2/8}, and at most by what it does at an end.
 */
final class SoftplusSlopes extends SlopeEnclosure {
  private static final double SMALL = 1e-3;
  private static final double SECOND = 0.09623;

  /** Beyond it f and g are within {@code e^-40 < 5e-18} of their limits, below the rounding. */
  private static final double SATURATED = 40;

  /** Of {@link #log}, and of what is computed from it here. */
  static final double LOG_ERROR = 1e-10;

  /** Probabilities below it contribute less than that to an entropy. */
  private static final double LEAST = 1e-13;

  private static final double LN2 = Math.log(2);

  /** The bits of the root of one half, and those of a mantissa. */
  private static final long HALF_ROOT = 0x3FE6A09E667F3BCDL;

  private static final long MANTISSA = 0x000FFFFFFFFFFFFFL;

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
      double wi = w[i];
      if (wi < SMALL) {
        small(i, wi, leftValue[i], leftSlope[i], rightValue[i], rightSlope[i], out);
        continue;
      }
      double sl = leftSlope[i];
      double sr = rightSlope[i];
      double h = out.value[i];
      double p = 0.5 * (sl + sr);
      double top = Math.max(rightValue[i] - h - p * wi, leftValue[i] - h + p * wi);
      double low = Math.min(0, entropy(p) + p * z[i] - h);
      out.value[i] = h + 0.5 * (top + low);
      out.slope[i] = p;
      out.curve[i] = 0.5 * (top - low) + VALUE_ROUNDING * (h + wi) + LOG_ERROR;
      out.deviation[i] = 0.5 * (sr - sl) + SLOPE_ROUNDING;
      if (sr - sl < NARROW) {
        out.chord[i] = 0;
        out.shift[i] = 0;
        out.eps[i] = 0.5 * (sr - sl) + SLOPE_ROUNDING;
      } else {
        secant(i, z[i], wi, sl, sr, out);
      }
    }
  }

  private static void small(
      int i, double w, double left, double sl, double right, double sr, Result out) {
    double s = out.slope[i];
    double h = out.value[i];
    double ends = Math.max(right - h - s * w, left - h + s * w);
    out.curve[i] = Math.min(ends, 0.125 * w * w) + VALUE_ROUNDING * (h + w);
    out.deviation[i] = Math.max(sr - s, s - sl) + SLOPE_ROUNDING;
    out.chord[i] = s * (1 - s);
    out.shift[i] = 0;
    out.eps[i] = 0.5 * SECOND * w * w + SLOPE_ROUNDING;
  }

  /** {@code -p log p - (1-p) log(1-p)}, to {@link #LOG_ERROR}. */
  private static double entropy(double p) {
    double q = 1 - p;
    return p > LEAST && q > LEAST ? -p * log(p) - q * log(q) : 0;
  }

  /**
   * {@code log x}, x positive and normal, to {@link #LOG_ERROR}: {@code x = 2^e m}, {@code log m =
   * 2 atanh(s)}, {@code s = (m-1)/(m+1)} at most .172, by its series to {@code s^11}; the rest is
   * below {@code 2 s^13/13/(1 - s^2) < 2e-11}. A few times faster than the exact one.
   */
  static double log(double x) {
    long bits = Double.doubleToRawLongBits(x) - HALF_ROOT;
    long e = bits >> 52;
    double m = Double.longBitsToDouble((bits & MANTISSA) + HALF_ROOT);
    double s = (m - 1) / (m + 1);
    double t = s * s;
    double series =
        1 + t * (1.0 / 3 + t * (1.0 / 5 + t * (1.0 / 7 + t * (1.0 / 9 + t * (1.0 / 11)))));
    return e * LN2 + 2 * s * series;
  }

  private static void secant(int i, double z, double w, double sl, double sr, Result out) {
    double chord = (sr - sl) / (2 * w);
    double average = 0.5 * (sl + sr);
    double q = Math.sqrt(Math.max(0, 1 - 4 * chord));
    double at = log((1 + q) * (1 + q) / (4 * chord));
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
    choose(i, chord, average, low - LOG_ERROR, high + LOG_ERROR, sl, sr, out);
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
