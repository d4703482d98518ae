package org.scorebound.score;

import java.util.TreeSet;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.GaussKronrod;
import org.scorebound.linalg.Matrices;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/**
 * The Fisher information {@code J(p) = E_p |grad log p|^2} of a mixture.
 *
 * <p>Gaussian: {@code tr C^{-1}}, exact. In one dimension: Gauss–Kronrod quadrature on pieces of
 * 1.25 standard deviations of every component out to 10 of them, error estimated by a second rule.
 * Else certified: {@code tr V^{-1} <= J <= sum w_i tr C_i^{-1}} (Cramér–Rao for the covariance V;
 * convexity of J: Cohen 1968, doi:10.1109/TIT.1968.1054175).
 */
public final class FisherInformation {

  /** Beyond 10 standard deviations a component holds less than 2e-23 of its mass. */
  private static final double REACH = 10;

  private static final int PIECES = 8;

  private FisherInformation() {}

  /** J(p) with its evidence. */
  public static Estimate of(GaussianMixture law) {
    double upper = 0;
    for (int i = 0; i < law.size(); i++) {
      upper += law.weight(i) * Matrices.trace(law.componentPrecision(i));
    }
    if (law.isGaussian()) {
      return Estimate.exact(upper, 0);
    }
    if (law.dimension() == 1) {
      return quadrature(law);
    }
    double lower = Math.min(upper, Matrices.trace(Matrices.inverseSpd(law.covariance())));
    return Estimate.of(upper, lower, upper, Evidence.CERTIFIED);
  }

  private static Estimate quadrature(GaussianMixture law) {
    TreeSet<Double> cuts = new TreeSet<>();
    for (int i = 0; i < law.size(); i++) {
      double sd = Math.sqrt(law.componentCovariance(i)[0][0]);
      for (int j = -PIECES; j <= PIECES; j++) {
        cuts.add(law.componentMean(i)[0] + j * (REACH / PIECES) * sd);
      }
    }
    double[] f = new double[GaussKronrod.NODES];
    double fine = 0;
    double coarse = 0;
    double left = cuts.first();
    for (double right : cuts) {
      double half = 0.5 * (right - left);
      for (int i = 0; half > 0 && i < f.length; i++) {
        f[i] = half * integrand(law, left + half * (1 + GaussKronrod.node(i)));
      }
      if (half > 0) {
        fine += GaussKronrod.kronrod(f);
        coarse += GaussKronrod.gauss(f);
      }
      left = right;
    }
    return Estimate.exact(fine, 1e-13 * fine + 1e-3 * Math.abs(fine - coarse));
  }

  /** {@code p'(x)^2 / p(x)}; 0 where p underflows. */
  private static double integrand(GaussianMixture law, double x) {
    double p = 0;
    double slope = 0;
    for (int i = 0; i < law.size(); i++) {
      double precision = law.componentPrecision(i)[0][0];
      double z = x - law.componentMean(i)[0];
      double density =
          law.weight(i) * Math.sqrt(precision / (2 * Math.PI)) * Math.exp(-0.5 * precision * z * z);
      p += density;
      slope -= precision * z * density;
    }
    return p == 0 ? 0 : slope * (slope / p);
  }
}
