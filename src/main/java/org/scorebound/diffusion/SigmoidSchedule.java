package org.scorebound.diffusion;

/**
 * {@code beta(t) = betaMin + (betaMax - betaMin) / (1 + exp(-(lo + (hi - lo) t/T)))}, as published
 * with rates 1e-5..1e-2 over -6..6.
 *
 * @param betaMin lower asymptote
 * @param betaMax upper asymptote, at least betaMin
 * @param lo argument of the logistic function at 0
 * @param hi its argument at T, above lo
 * @param horizon T > 0
 */
public record SigmoidSchedule(double betaMin, double betaMax, double lo, double hi, double horizon)
    implements Schedule {

  /** Checks the rates. */
  public SigmoidSchedule {
    Rates.check(betaMin, betaMax, horizon);
    if (!(hi > lo) || Double.isInfinite(hi - lo)) {
      throw new IllegalArgumentException(
          "sigmoid range must be finite and increasing, got " + lo + ".." + hi);
    }
  }

  @Override
  public double beta(double t) {
    return betaMin + (betaMax - betaMin) / (1 + Math.exp(-argument(t)));
  }

  private double argument(double t) {
    return lo + (hi - lo) * (t / horizon);
  }

  @Override
  public double integral(double t) {
    // int of the logistic function is softplus; the difference is log1p(s (e^u - 1)).
    double scale = horizon / (hi - lo);
    double u = (hi - lo) * (t / horizon);
    double s = 1 / (1 + Math.exp(-lo));
    return betaMin * t + (betaMax - betaMin) * scale * Math.log1p(s * Math.expm1(u));
  }
}
