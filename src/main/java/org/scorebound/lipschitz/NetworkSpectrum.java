package org.scorebound.lipschitz;

import java.util.OptionalDouble;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.result.Progress;

/**
 * Where the Jacobian of a network lies, certified over all of R^d. Up to three dimensions each of
 * {@code inf lambda_min(sym J)} (the one-sided constant of {@code -s}), {@code sup |skew J|} and
 * {@code sup |J|} by {@link NetworkBranchAndBound}; beyond them, and where that is less, by {@link
 * LayerBounds}.
 */
final class NetworkSpectrum {

  /** It enters a step's amplification, not an exponent; a wider gap than that of L_s does. */
  private static final double GAP = 0.02;

  private static final long CELLS = 1000;

  private NetworkSpectrum() {}

  /**
   * The spectrum of a frozen score.
   *
   * @param highest the certified one-sided constant
   */
  static ScoreSpectrum of(FrozenNetwork f, double highest, Kernels kernels) {
    double product = LayerBounds.product(f);
    FrozenNetwork negative =
        new FrozenNetwork(f.architecture(), f.theta(), -f.linear(), -f.factor());
    double turned = Math.min(product, LayerBounds.measure(negative));
    if (f.dimension() > NetworkBranchAndBound.MAX_DIMENSION) {
      return ScoreSpectrum.of(-turned, highest, product, product);
    }
    turned =
        Math.min(
            turned, certified(new FrozenLayers(negative, kernels), JacobianFunction.ONE_SIDED));
    FrozenLayers net = new FrozenLayers(f, kernels);
    if (f.dimension() == 1) {
      return ScoreSpectrum.of(-turned, highest, 0, product);
    }
    double skew = Math.min(product, certified(net, JacobianFunction.SKEW));
    double norm = Math.min(product, certified(net, JacobianFunction.NORM));
    return ScoreSpectrum.of(-turned, highest, skew, norm);
  }

  private static double certified(FrozenLayers net, JacobianFunction goal) {
    return NetworkBranchAndBound.of(
            net,
            goal,
            new NetworkBranchAndBound.Options(GAP, CELLS, OptionalDouble.empty()),
            Progress.NONE)
        .certified();
  }
}
