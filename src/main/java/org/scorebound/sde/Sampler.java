package org.scorebound.sde;

import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.score.ScoreModel;

/**
 * The model's sampler: {@code dy = (A y - k s(y,t)) dt + sigma dw} from T down to 0, {@code y(T) ~
 * q_T}.
 *
 * @param score s, with its forward process
 * @param family k and sigma
 * @param start q_T
 */
public record Sampler(ScoreModel score, ReverseFamily family, StartLaw start) {

  /** {@code k(t)}. */
  public double k(double t) {
    return family.k(score.process().diffusion().gSquared(t));
  }

  /** {@code sigma(t)^2}. */
  public double sigmaSquared(double t) {
    return family.sigmaSquared(score.process().diffusion().gSquared(t));
  }

  /** The horizon T. */
  public double horizon() {
    return score.process().diffusion().horizon();
  }
}
