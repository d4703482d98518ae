package org.scorebound.verify;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.scorebound.bound.LogEstimate;
import org.scorebound.result.Estimate;
import org.scorebound.sde.DiscreteTheorem;
import org.scorebound.sde.DistanceSides;
import org.scorebound.transport.PotentialFit;

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
 * @param discrete the discrete theorem on simulated pairs; a violation is a defect of the program
 * @param checks one per bound; the first is the theorem's
 * @param assumptions the theorem's assumptions
 * @param sides what a simulated w2 is made of
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
    DiscreteTheorem.Result discrete,
    List<BoundCheck> checks,
    List<Assumption> assumptions,
    Optional<Sides> sides) {

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

  /**
   * Both sides of a simulated distance, at the error probability of the verdict.
   *
   * @param coupling root mean square of the synchronous coupling: W2 from above
   * @param gelbrich W2 from below, by moments; 0 where nothing is known
   * @param potential W2 from below, by a fitted convex potential on paths it was not fitted to
   * @param potentialKind which potential
   * @param plugIn exact W2 of the points that it was fitted to; an estimate, biased upwards; NaN
   *     where there is none
   * @param plugInSize how many on each side
   * @param step step error of the coupling's mean square, within its interval
   * @param error one-sided error probability
   */
  public record Sides(
      Estimate coupling,
      double gelbrich,
      double potential,
      String potentialKind,
      double plugIn,
      int plugInSize,
      double step,
      double error) {

    static Sides of(DistanceSides sides, double error) {
      return new Sides(
          sides.coupling(error),
          sides.gelbrich(0.5 * error),
          sides.potential(0.5 * error),
          sides.fitted().map(PotentialFit.Fitted::description).orElse("none"),
          sides.fitted().map(PotentialFit.Fitted::plugIn).orElse(Double.NaN),
          sides.fitted().map(PotentialFit.Fitted::points).orElse(0),
          sides.step(),
          error);
    }
  }

  /** The theorem's verdict. */
  public BoundCheck theorem() {
    return checks.getFirst();
  }

  /** The check of a bound by name, if it was made. */
  public Optional<BoundCheck> check(String name) {
    return checks.stream().filter(c -> c.name().equals(name)).findFirst();
  }
}
