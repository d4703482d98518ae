package org.scorebound.bound;

import java.util.List;
import org.scorebound.linalg.Matrices;

/**
 * Girsanov's bound {@code KL(p0||q0) <= 1/2 int (k^2/sigma^2) m dt + KL(p_T||q_T)} for {@code sigma
 * > 0} (Song et al. 2021, arXiv 2101.09258, for {@code sigma = g}), and Talagrand's inequality
 * {@code W2(p0,q0) <= sqrt(2 C KL(p0||q0))} with the log-Sobolev constant C of the second law, q0
 * (Otto and Villani 2000, doi:10.1006/jfan.1999.3557). A Gaussian's C is its largest variance.
 */
public final class KlFormula {

  private KlFormula() {}

  /**
   * The bound on KL.
   *
   * @param logValue its logarithm
   * @param relativeError by the quadrature
   */
  public record Evaluated(double logValue, double relativeError) {}

  /** Evaluates over [0, T]. */
  public static Evaluated pathBound(Profile profile, double klStart) {
    TimeIntegral.Result r =
        TimeIntegral.over(
            profile,
            p -> 0,
            List.of(
                new TimeIntegral.Term(
                    p -> p.gSquared() == 0 ? 0 : 0.5 * p.k() * p.k() / p.sigmaSquared() * p.m(),
                    0)),
            0,
            profile.horizon());
    return new Evaluated(Logs.add(r.logValues()[0], Math.log(klStart)), r.relativeErrors()[0]);
  }

  /** {@code KL(N(m1,V1) || N(m2,V2))}, with {@code difference = m1 - m2}; exact. */
  public static double gaussian(double[] difference, double[][] v1, double[][] v2) {
    double[][] inverse = Matrices.inverseSpd(v2);
    double[] w = Matrices.multiply(inverse, difference);
    // tr(V2^{-1} V1) - d - log det(V2^{-1} V1) = sum (l - 1 - log l) over the eigenvalues l.
    double[][] l2 = Matrices.cholesky(v2);
    double[][] left = solveLower(l2, v1);
    double[][] whitened = solveLower(l2, Matrices.transpose(left));
    double sum = Matrices.dot(w, difference);
    for (double l :
        new org.scorebound.linalg.SymmetricEigen(
                Matrices.addScaled(whitened, -1, Matrices.identity(v1.length)))
            .values()) {
      sum += l - Math.log1p(l);
    }
    return 0.5 * sum;
  }

  /** {@code sqrt(2 C KL)}. */
  public static double talagrand(double logSobolev, double kl) {
    return Math.sqrt(2 * logSobolev * kl);
  }

  private static double[][] solveLower(double[][] l, double[][] b) {
    double[][] x = Matrices.copy(b);
    for (int j = 0; j < b[0].length; j++) {
      for (int i = 0; i < l.length; i++) {
        double s = x[i][j];
        for (int k = 0; k < i; k++) {
          s -= l[i][k] * x[k][j];
        }
        x[i][j] = s / l[i][i];
      }
    }
    return x;
  }
}
