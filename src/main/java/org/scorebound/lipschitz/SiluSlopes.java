package org.scorebound.lipschitz;

import org.scorebound.linalg.Activation;
import org.scorebound.linalg.Kernels;

/**
 * {@code z sigma(z)}: g falls to its least value -0.09984 at z = -2.39936, rises to 1.09984 at
 * 2.39936 and falls to 1. With {@code |sigma''|, |sigma'''| <= sigma' <= e^{-|z|}}: {@code |g''| =
 * |3 sigma'' + z sigma'''| <= (3 + |z|) e^{-|z|}}, which falls with |z|, and at most 0.30819; and
 * {@code |g'| <= g'(0) = 1/2}. The rest {@code f(z) - max(z, 0) = -|z| sigma(-|z|)} has its least
 * value -0.27847 at |z| = 1.27846 and is monotone on either side.
 */
final class SiluSlopes extends SmoothSlopes {
  private static final double CRITICAL_FROM = 2.3993;
  private static final double CRITICAL_TO = 2.3994;
  private static final double LARGEST = 1.0998393201289;
  private static final double REST_TO = 1.27847;
  private static final double LEAST_REST = -0.2784645427611;

  SiluSlopes(Kernels kernels) {
    super(Activation.SILU, kernels);
  }

  @Override
  double second(double z, double w) {
    double near = Math.abs(z) - w;
    return near <= 2
        ? 0.30819
        : Math.min(0.30819, (3 + near) * Math.exp(-near) * (1 + SLOPE_ROUNDING));
  }

  @Override
  double first() {
    return 0.5;
  }

  @Override
  boolean isRectifying() {
    return true;
  }

  @Override
  double peak() {
    return 2.39936;
  }

  @Override
  double leastSlope(double a, double b) {
    if (a <= -CRITICAL_FROM && b >= -CRITICAL_TO) {
      return 1 - LARGEST;
    }
    return Math.min(activation.slope(a), activation.slope(b)) - SLOPE_ROUNDING;
  }

  @Override
  double largestSlope(double a, double b) {
    if (a <= CRITICAL_TO && b >= CRITICAL_FROM) {
      return LARGEST;
    }
    return Math.max(activation.slope(a), activation.slope(b)) + SLOPE_ROUNDING;
  }

  @Override
  double leastRest(double a, double b) {
    boolean inside = a > 0 ? a <= REST_TO : b >= -REST_TO;
    return inside ? LEAST_REST : rest(a > 0 ? a : -b) * (1 + VALUE_ROUNDING);
  }

  @Override
  double largestRest(double a, double b) {
    return 0;
  }

  private static double rest(double far) {
    return -far * Activation.SOFTPLUS.slope(-far);
  }
}
