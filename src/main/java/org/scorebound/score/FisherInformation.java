package org.scorebound.score;

import java.util.TreeSet;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.distribution.MixtureEvaluator;
import org.scorebound.linalg.GaussKronrod;
import org.scorebound.linalg.Matrices;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/**
 * The Fisher information {@code J(p) = E_p |grad log p|^2} of a mixture.
 *
 * <p>Gaussian: {@code tr C^{-1}}, exact. In one dimension: Gauss–Legendre quadrature on pieces of
 * one standard deviation of every component out to 10 of them, error estimated by a second rule.
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
    MixtureEvaluator evaluator = law.evaluator();
    double[] x = new double[1];
    double[] s = new double[1];
    double[] f = new double[GaussKronrod.NODES];
    double fine = 0;
    double coarse = 0;
    double left = cuts.first();
    for (double right : cuts) {
      double half = 0.5 * (right - left);
      for (int i = 0; half > 0 && i < f.length; i++) {
        x[0] = left + half * (1 + GaussKronrod.node(i));
        double logDensity = evaluator.scoreAndLogDensity(x, s);
        f[i] = half * Math.exp(logDensity) * s[0] * s[0];
      }
      if (half > 0) {
        fine += GaussKronrod.kronrod(f);
        coarse += GaussKronrod.gauss(f);
      }
      left = right;
    }
    return Estimate.exact(fine, 1e-13 * fine + 1e-3 * Math.abs(fine - coarse));
  }
}
