package org.scorebound.lipschitz;

import org.scorebound.linalg.Activation;
import org.scorebound.linalg.Kernels;

/**
 * {@code max(z, 0)}: g is 0 or 1 off the kink; on an interval that holds the kink every element of
 * Clarke's generalised derivative lies in [0, 1], and {@code curve <= w}.
 */
final class ReluSlopes extends SlopeEnclosure {
  ReluSlopes(Kernels kernels) {
    super(Activation.RELU, kernels);
  }

  @Override
  void enclose(int n, double[] z, double[] w, Samples left, Samples right, Result out) {
    for (int i = 0; i < n; i++) {
      boolean crossing = Math.abs(z[i]) <= w[i];
      out.chord[i] = 0;
      out.shift[i] = crossing ? 0.5 - out.slope[i] : 0;
      out.eps[i] = crossing ? 0.5 : 0;
      out.deviation[i] = crossing ? 1 : 0;
      out.curve[i] = crossing ? w[i] - Math.abs(z[i]) : 0;
    }
  }

  @Override
  boolean isRectifying() {
    return true;
  }

  @Override
  double peak() {
    return 1;
  }

  @Override
  double leastSlope(double a, double b) {
    return a > 0 ? 1 : 0;
  }

  @Override
  double largestSlope(double a, double b) {
    return b < 0 ? 0 : 1;
  }

  @Override
  double leastRest(double a, double b) {
    return 0;
  }

  @Override
  double largestRest(double a, double b) {
    return a > 0 ? 0 : Math.max(0, b);
  }
}
