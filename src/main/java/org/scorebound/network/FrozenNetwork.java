package org.scorebound.network;

/**
 * A network score at one time, {@code s(x) = linear x + factor y(x)} with y a plain multilayer
 * perceptron from {@code R^d} to {@code R^d}.
 *
 * @param architecture of y: d inputs and outputs, no steps
 * @param theta its parameters in the order of {@link Mlp}
 * @param linear factor of x
 * @param factor factor of y
 */
public record FrozenNetwork(
    Architecture architecture, double[] theta, double linear, double factor) {

  /** Checks shapes and that both factors are finite. */
  public FrozenNetwork {
    if (architecture.steps() != 0 || architecture.inputs() != architecture.outputs()) {
      throw new IllegalArgumentException(
          "network must be plain with as many inputs as outputs, got " + architecture);
    }
    if (!Double.isFinite(linear) || !Double.isFinite(factor)) {
      throw new IllegalArgumentException(
          "factors must be finite, got linear " + linear + " and factor " + factor);
    }
    theta = theta.clone();
  }

  /** The dimension d. */
  public int dimension() {
    return architecture.inputs();
  }
}
