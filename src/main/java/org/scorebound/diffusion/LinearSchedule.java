package org.scorebound.diffusion;

/**
 * {@code beta(t) = betaMin + (betaMax - betaMin) t / T} (Song et al. 2021, arXiv 2011.13456).
 *
 * @param betaMin rate at 0, > 0 or 0 with betaMax > 0
 * @param betaMax rate at T, at least betaMin
 * @param horizon T > 0
 */
public record LinearSchedule(double betaMin, double betaMax, double horizon) implements Schedule {

  /** Checks the rates. */
  public LinearSchedule {
    Rates.check(betaMin, betaMax, horizon);
  }

  @Override
  public double beta(double t) {
    return betaMin + (betaMax - betaMin) * (t / horizon);
  }

  @Override
  public double integral(double t) {
    return t * (betaMin + 0.5 * (betaMax - betaMin) * (t / horizon));
  }
}
