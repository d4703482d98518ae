package org.scorebound.verify;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.scorebound.bound.LogEstimate;
import org.scorebound.result.Estimate;

/**
 * All numbers of one configuration.
 *
 * @param configuration what was checked
 * @param w2 {@code W2(p0, q0)}
 * @param w2Method how it was found
 * @param w2Start {@code W2(p_T, q_T)}
 * @param lipschitzMethod how L_s was found at t = 0
 * @param logI {@code log I(T)}, certified L_s; empty where L_s is not finite
 * @param logISampled the same with sampled L_s
 * @param logIPaper the same with the two-sided L_f
 * @param integral the theorem's integral
 * @param jScoreMatching {@code J_SM} with {@code lambda = g^2}
 * @param denoising the denoising corollary's parts
 * @param kl {@code KL(p0||q0)}, where it is known
 * @param checks one per bound; the first is the theorem's
 * @param assumptions the theorem's assumptions
 */
public record Outcome(
    Configuration configuration,
    Estimate w2,
    String w2Method,
    Estimate w2Start,
    String lipschitzMethod,
    OptionalDouble logI,
    OptionalDouble logISampled,
    OptionalDouble logIPaper,
    Optional<LogEstimate> integral,
    Optional<LogEstimate> jScoreMatching,
    Optional<Denoising> denoising,
    Optional<Estimate> kl,
    List<BoundCheck> checks,
    List<Assumption> assumptions) {

  /**
   * The denoising corollary on [t_min, T].
   *
   * @param tMin where I starts
   * @param jDenoising {@code J_DSM} on [t_min, T]
   * @param atTMin the bound on {@code W2(p_tmin, q_tmin)}
   * @param dataBridge {@code W2(p_0, p_tmin)}, an upper estimate
   * @param modelBridge {@code W2(q_tmin, q_0)}, exact or by the paths' own coupling, from above
   */
  public record Denoising(
      double tMin,
      LogEstimate jDenoising,
      LogEstimate atTMin,
      double dataBridge,
      Estimate modelBridge) {}

  /** The theorem's verdict. */
  public BoundCheck theorem() {
    return checks.getFirst();
  }

  /** The check of a bound by name, if it was made. */
  public Optional<BoundCheck> check(String name) {
    return checks.stream().filter(c -> c.name().equals(name)).findFirst();
  }
}
