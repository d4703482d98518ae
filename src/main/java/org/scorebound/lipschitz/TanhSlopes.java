package org.scorebound.lipschitz;

import org.scorebound.linalg.Activation;
import org.scorebound.linalg.Kernels;

/**
 * tanh: {@code g = 1 - t^2} is even and falls with |z|; {@code g'' = (1 - t^2)(6 t^2 - 2)}, so
 * {@code |g''| <= min(2, 4 g)}; {@code |g'| = 2 t (1 - t^2) <= 4/(3 sqrt 3) < 0.76981}.
 */
final class TanhSlopes extends SmoothSlopes {
  TanhSlopes(Kernels kernels) {
    super(Activation.TANH, kernels);
  }

  @Override
  double second(double z, double w) {
    double near = Math.abs(z) - w;
    // 4 g <= 16 e^{-2|z|}.
    return near <= 1 ? 2 : Math.min(2, 16 * Math.exp(-2 * near) * (1 + SLOPE_ROUNDING));
  }

  @Override
  double first() {
    return 0.76981;
  }

  @Override
  boolean isRectifying() {
    return false;
  }

  @Override
  double peak() {
    return 0;
  }

  @Override
  double leastSlope(double a, double b) {
    double far = Math.max(Math.abs(a), Math.abs(b));
    return Math.max(0, activation.slope(far) - SLOPE_ROUNDING);
  }

  @Override
  double largestSlope(double a, double b) {
    double near = a > 0 ? a : b < 0 ? -b : 0;
    return Math.min(1, activation.slope(near) + SLOPE_ROUNDING);
  }

  @Override
  double leastRest(double a, double b) {
    return Math.max(-1, activation.value(a) - SLOPE_ROUNDING);
  }

  @Override
  double largestRest(double a, double b) {
    return Math.min(1, activation.value(b) + SLOPE_ROUNDING);
  }
}
