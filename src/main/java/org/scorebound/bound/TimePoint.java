package org.scorebound.bound;

import org.scorebound.diffusion.Diffusion;
import org.scorebound.diffusion.ReverseFamily;

/**
 * What every bound reads at one time; the symbols of THEORY.md section 1.
 *
 * @param t the time
 * @param gSquared {@code g(t)^2}
 * @param sigmaSquared {@code sigma(t)^2}, the sampler's noise
 * @param k {@code (g^2 + sigma^2)/2}
 * @param driftOneSided one-sided Lipschitz constant of {@code -f(., t)}
 * @param driftLipschitz {@code L_f(t)}, two-sided
 * @param ls {@code L_s(t)}, one-sided constant of the score
 * @param m {@code E_{p_t} |grad log p_t - s|^2}
 */
public record TimePoint(
    double t,
    double gSquared,
    double sigmaSquared,
    double k,
    double driftOneSided,
    double driftLipschitz,
    double ls,
    double m) {

  /** What does not depend on a score at time t; L_s and m are NaN. */
  static TimePoint coefficients(Diffusion diffusion, ReverseFamily family, double t) {
    double g2 = diffusion.gSquared(t);
    return new TimePoint(
        t,
        g2,
        family.sigmaSquared(g2),
        family.k(g2),
        diffusion.driftOneSided(t),
        diffusion.driftLipschitz(t),
        Double.NaN,
        Double.NaN);
  }

  /** The same with another k. */
  public TimePoint withK(double other) {
    return new TimePoint(t, gSquared, sigmaSquared, other, driftOneSided, driftLipschitz, ls, m);
  }

  /** The same with another L_s. */
  public TimePoint withLs(double other) {
    return new TimePoint(t, gSquared, sigmaSquared, k, driftOneSided, driftLipschitz, other, m);
  }

  /** The same with another m. */
  public TimePoint withM(double other) {
    return new TimePoint(t, gSquared, sigmaSquared, k, driftOneSided, driftLipschitz, ls, other);
  }
}
