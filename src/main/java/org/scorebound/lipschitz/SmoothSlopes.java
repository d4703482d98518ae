package org.scorebound.lipschitz;

import org.scorebound.linalg.Activation;
import org.scorebound.linalg.Kernels;

/**
 * A smooth activation by values of g at five equally spaced points. Between neighbours g lies
 * within {@code pad = (w/4)^2/2 max|g''|} of the chord through them (the error of linear
 * interpolation), so the secant's rest and the deviation, which are taken at the points, miss no
 * more than pad. Curve: {@code max|g'| w^2/2}, and {@code deviation w} by the mean value theorem.
 */
abstract sealed class SmoothSlopes extends SlopeEnclosure permits TanhSlopes, SiluSlopes {
  private final Samples leftInner = new Samples();
  private final Samples rightInner = new Samples();

  SmoothSlopes(Activation activation, Kernels kernels) {
    super(activation, kernels);
  }

  /** {@code max|g''|} over {@code [z - w, z + w]}, from above. */
  abstract double second(double z, double w);

  /** {@code max|g'|} over the line, from above. */
  abstract double first();

  @Override
  void enclose(int n, double[] z, double[] w, Samples left, Samples right, Result out) {
    sample(n, z, -0.5, w, leftInner);
    sample(n, z, 0.5, w, rightInner);
    double[] leftSlope = left.slope;
    double[] rightSlope = right.slope;
    double[] leftInnerSlope = leftInner.slope;
    double[] rightInnerSlope = rightInner.slope;
    for (int i = 0; i < n; i++) {
      double wi = w[i];
      double s = out.slope[i];
      double sl = leftSlope[i];
      double sr = rightSlope[i];
      double a = leftInnerSlope[i];
      double b = rightInnerSlope[i];
      double pad = wi * wi / 32 * second(z[i], wi);
      double average = 0.5 * (sl + sr);
      double quarter = 0.25 * (sr - sl);
      double middle = s - average;
      double ea = a - average + quarter;
      double eb = b - average - quarter;
      double low = Math.min(0, Math.min(middle, Math.min(ea, eb))) - pad;
      double high = Math.max(0, Math.max(middle, Math.max(ea, eb))) + pad;
      double least = leastSlope(z[i] - wi, z[i] + wi);
      double largest = largestSlope(z[i] - wi, z[i] + wi);
      double points =
          Math.max(
              Math.max(Math.abs(sl - s), Math.abs(sr - s)),
              Math.max(Math.abs(a - s), Math.abs(b - s)));
      double deviation = Math.min(points + pad, Math.max(largest - s, s - least)) + SLOPE_ROUNDING;
      out.deviation[i] = deviation;
      out.curve[i] =
          Math.min(0.5 * first() * wi * wi, deviation * wi)
              + VALUE_ROUNDING * (Math.abs(out.value[i]) + wi);
      choose(i, wi > 0 ? (sr - sl) / (2 * wi) : 0, average, low, high, least, largest, out);
    }
  }
}
