package org.scorebound.transport;

/** Lower bounds of W2 between laws. */
public final class LowerBounds {

  private LowerBounds() {}

  /**
   * Gelbrich's bound: any two laws with these exact moments are at least as far apart as the
   * Gaussians with the same moments. Equality for two laws of one elliptical family.
   *
   * <p>From sample moments this is an estimate, not a bound. Reference: Gelbrich (1990),
   * doi:10.1002/mana.19901470121.
   *
   * @return a lower bound of W2, not of its square
   */
  public static double gelbrich(double[] m1, double[][] v1, double[] m2, double[][] v2) {
    return GaussianW2.between(m1, v1, m2, v2).value();
  }
}
