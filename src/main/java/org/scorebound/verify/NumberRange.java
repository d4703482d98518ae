package org.scorebound.verify;

import java.util.Optional;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.Matrices;

/**
 * Whether the laws of a configuration fit double arithmetic: fourth powers of a coordinate occur,
 * so scales between 1e-70 and 1e70 do.
 */
final class NumberRange {

  private static final double LARGEST = 1e70;

  private NumberRange() {}

  /** Why a configuration is beyond double arithmetic, in words; empty if it is not. */
  static Optional<String> exceeded(Configuration c) {
    ForwardProcess process = c.score().process();
    double horizon = process.diffusion().horizon();
    return exceeded("p_0", process.data())
        .or(() -> exceeded("p_T", process.marginal(horizon)))
        .or(() -> exceeded("q_T", c.start().law(process.marginal(horizon))));
  }

  private static Optional<String> exceeded(String name, GaussianMixture law) {
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < law.size(); i++) {
      for (double m : law.componentMean(i)) {
        largest = Math.max(largest, Math.abs(m));
      }
      double sd = Math.sqrt(Matrices.trace(law.componentCovariance(i)));
      largest = Math.max(largest, sd);
      smallest = Math.min(smallest, sd);
    }
    if (!(largest < LARGEST) || !(smallest > 1 / LARGEST)) {
      return Optional.of(
          "beyond double arithmetic: "
              + name
              + " has a length of "
              + (largest < LARGEST ? smallest : largest)
              + ", which must be between 1e-70 and 1e70");
    }
    return Optional.empty();
  }
}
