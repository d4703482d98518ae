package org.scorebound.diffusion;

/** Checks of schedule arguments. */
final class Rates {

  private Rates() {}

  static void check(double betaMin, double betaMax, double horizon) {
    if (!(horizon > 0) || Double.isInfinite(horizon)) {
      throw new IllegalArgumentException("horizon must be > 0 and finite, got " + horizon);
    }
    if (!(betaMin >= 0) || Double.isInfinite(betaMin)) {
      throw new IllegalArgumentException("betaMin must be >= 0 and finite, got " + betaMin);
    }
    if (!(betaMax >= betaMin) || Double.isInfinite(betaMax)) {
      throw new IllegalArgumentException(
          "betaMax must be finite and at least betaMin = " + betaMin + ", got " + betaMax);
    }
    if (betaMax == 0) {
      throw new IllegalArgumentException("betaMax must be > 0, got " + betaMax);
    }
  }
}
