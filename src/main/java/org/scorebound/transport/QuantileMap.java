package org.scorebound.transport;

import java.util.function.DoubleUnaryOperator;

/**
 * A law on the line as the increasing map {@code T} with {@code T(Z)} of that law for standard
 * normal {@code Z}: {@code T(z) = Q(Phi(z))}, {@code Q} the quantile function. The normal variable
 * resolves both tails evenly, where {@code u = Phi(z)} could not come nearer to 1 than 1e-16.
 */
@FunctionalInterface
public interface QuantileMap {

  /**
   * The values {@code T(z_1), .., T(z_n)}, in the order of {@code z}, which is not sorted. Called
   * with many arguments at a time, since a value may be the end of an ODE.
   */
  double[] at(double[] z);

  /** The map with these values, one at a time. */
  static QuantileMap of(DoubleUnaryOperator map) {
    return z -> {
      double[] values = new double[z.length];
      for (int i = 0; i < z.length; i++) {
        values[i] = map.applyAsDouble(z[i]);
      }
      return values;
    };
  }

  /** The map of {@code N(mean, sd^2)}. */
  static QuantileMap gaussian(double mean, double sd) {
    if (!(Double.isFinite(mean) && sd >= 0 && Double.isFinite(sd))) {
      throw new IllegalArgumentException(
          "mean must be finite and sd >= 0, got mean " + mean + " and sd " + sd);
    }
    return of(z -> mean + sd * z);
  }
}
