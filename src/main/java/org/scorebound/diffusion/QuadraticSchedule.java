package org.scorebound.diffusion;

/**
 * {@code beta(t) = (a + (b - a) t/T)^2} with {@code a = sqrt(betaMin)}, {@code b = sqrt(betaMax)}:
 * linear in the square root, the "quad" schedule of the DDIM code (Song, Meng, Ermon 2021, arXiv
 * 2010.02502).
 *
 * @param betaMin rate at 0
 * @param betaMax rate at T, at least betaMin
 * @param horizon T > 0
 */
public record QuadraticSchedule(double betaMin, double betaMax, double horizon)
    implements Schedule {

  /** Checks the rates. */
  public QuadraticSchedule {
    Rates.check(betaMin, betaMax, horizon);
  }

  @Override
  public double beta(double t) {
    double root = root(t);
    return root * root;
  }

  private double root(double t) {
    return Math.sqrt(betaMin) + (Math.sqrt(betaMax) - Math.sqrt(betaMin)) * (t / horizon);
  }

  @Override
  public double integral(double t) {
    // int of the square of a linear function, by Simpson's rule, which is exact for it.
    double a = Math.sqrt(betaMin);
    double b = root(t);
    return t * (a * a + a * b + b * b) / 3;
  }
}
