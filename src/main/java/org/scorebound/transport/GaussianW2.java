package org.scorebound.transport;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The Wasserstein-2 distance between two Gaussians, in the form that stays accurate when they are
 * nearly equal.
 *
 * <p>For {@code N(m1, V1)} and {@code N(m2, V2)} on R^d,
 *
 * <pre>
 *   W2^2 = |m1 - m2|^2 + B^2(V1, V2),
 *   B^2  = tr V1 + tr V2 - 2 tr (V1^{1/2} V2 V1^{1/2})^{1/2}      (Bures)
 *        = min over orthogonal O of |A1 - A2 O|_F^2               (Procrustes)
 * </pre>
 *
 * for any factors with {@code A A^T = V}; the minimiser is the orthogonal polar factor of {@code
 * A2^T A1}. The first form loses half of the digits by cancellation when {@code V1} is near {@code
 * V2}; the second is a sum of squares of direct differences. The factors are Cholesky factors with
 * diagonal pivoting, whose backward error is small entry by entry, so badly scaled coordinates do
 * not spoil each other and diagonal covariances are exact.
 *
 * <p>Accuracy: absolute error of {@code W2} about {@code 1e-15 d s sqrt(kappa)}, where {@code s^2}
 * is the largest variance and {@code kappa} the condition number of the correlation matrices. This
 * is what rounding the entries of {@code V} already costs. Any orthogonal {@code O} gives an upper
 * estimate, and an error in {@code O} enters to second order only. Cost O(d^3). NaN and infinities
 * are refused. Covariances may be singular.
 *
 * <p>References: Dowson and Landau (1982), doi:10.1016/0047-259X(82)90077-X; Gelbrich (1990),
 * doi:10.1002/mana.19901470121; Bhatia, Jain and Lim (2019), doi:10.1016/j.exmath.2018.01.002.
 */
public final class GaussianW2 {

  private static final double EPS = Math.ulp(1.0);

  private GaussianW2() {}

  /**
   * A distance between Gaussians in its two parts.
   *
   * @param meanSquared {@code |m1 - m2|^2}
   * @param covarianceSquared {@code B^2(V1, V2)}
   */
  public record Parts(double meanSquared, double covarianceSquared) {

    /** {@code W2}. */
    public double value() {
      return Math.hypot(Math.sqrt(meanSquared), Math.sqrt(covarianceSquared));
    }

    /** {@code W2^2}. */
    public double squared() {
      return meanSquared + covarianceSquared;
    }
  }

  /**
   * {@code W2(N(m1, V1), N(m2, V2))}, exact to rounding.
   *
   * @param m1 mean of the first, length d
   * @param v1 covariance of the first, d x d, symmetric positive semi-definite
   * @param m2 mean of the second, length d
   * @param v2 covariance of the second, d x d, symmetric positive semi-definite
   * @return the two parts
   */
  public static Parts between(double[] m1, double[][] v1, double[] m2, double[][] v2) {
    int d = m1.length;
    if (m2.length != d) {
      throw new IllegalArgumentException(
          "means must have the same length, got m1 of " + d + " and m2 of " + m2.length);
    }
    checkCovariance(v1, d, "v1");
    checkCovariance(v2, d, "v2");
    double mean = 0;
    double top = 0;
    for (int i = 0; i < d; i++) {
      double diff = m1[i] - m2[i];
      if (!Double.isFinite(diff)) {
        throw new IllegalArgumentException(
            "means must be finite, got m1[" + i + "]=" + m1[i] + " and m2[" + i + "]=" + m2[i]);
      }
      mean = Math.hypot(mean, diff);
      top = Math.max(top, Math.max(v1[i][i], v2[i][i]));
    }
    if (top == 0) {
      return new Parts(mean * mean, 0);
    }
    // An exact power of four brings the largest variance into [1, 4).
    int k = Math.floorDiv(Math.getExponent(top), 2);
    double[][] a1 = pivotedCholesky(v1, k, "v1");
    double[][] a2 = pivotedCholesky(v2, k, "v2");
    double bures = Math.min(distance(a1, a2), distance(a1, times(a2, polarFactor(a2, a1))));
    double root = Math.scalb(bures, k);
    return new Parts(mean * mean, root * root);
  }

  /**
   * A factor {@code A} with {@code A A^T = 4^-k V}: Cholesky with diagonal pivoting, rows in the
   * original order. The pivot is the largest remaining share of a variance, so once it falls below
   * {@code 4 d eps}, what remains is rounding.
   */
  private static double[][] pivotedCholesky(double[][] v, int k, String name) {
    int d = v.length;
    double[][] s = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        s[i][j] = Math.scalb(0.5 * v[i][j] + 0.5 * v[j][i], -2 * k);
      }
    }
    double[] variance = new double[d];
    for (int i = 0; i < d; i++) {
      variance[i] = s[i][i];
    }
    double[][] a = new double[d][d];
    boolean[] used = new boolean[d];
    for (int step = 0; step < d; step++) {
      int p = largest(s, variance, used);
      used[p] = true;
      double floor = 4.0 * d * EPS * variance[p];
      if (s[p][p] < -8 * floor || (variance[p] == 0 && s[p][p] < 0)) {
        throw notPositive(v, name, s[p][p] / variance[p]);
      }
      if (s[p][p] <= floor) {
        checkVanishing(v, s, variance, used, p, name);
        continue;
      }
      double pivot = Math.sqrt(s[p][p]);
      a[p][step] = pivot;
      for (int i = 0; i < d; i++) {
        if (!used[i]) {
          a[i][step] = s[i][p] / pivot;
        }
      }
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          s[i][j] -= a[i][step] * a[j][step];
        }
      }
    }
    return a;
  }

  /** The unused index whose remaining variance is the largest share of its own. */
  private static int largest(double[][] s, double[] variance, boolean[] used) {
    int best = -1;
    double share = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < s.length; i++) {
      double r = variance[i] > 0 ? s[i][i] / variance[i] : 0;
      if (!used[i] && r > share) {
        best = i;
        share = r;
      }
    }
    return best;
  }

  /** A vanishing pivot of a semi-definite matrix has a vanishing row. */
  private static void checkVanishing(
      double[][] v, double[][] s, double[] variance, boolean[] used, int p, String name) {
    for (int j = 0; j < s.length; j++) {
      // |s_pj|^2 <= s_pp s_jj for a semi-definite matrix; rounding adds d eps to each share.
      double bound = 64.0 * s.length * EPS * variance[p] * variance[j];
      if (!used[j] && s[p][j] * s[p][j] > bound) {
        throw notPositive(v, name, -s[p][j] * s[p][j] / variance[j]);
      }
    }
  }

  private static IllegalArgumentException notPositive(double[][] v, String name, double schur) {
    return new IllegalArgumentException(
        name
            + " must be positive semi-definite, got a Schur complement of "
            + schur
            + " in dimension "
            + v.length);
  }

  private static void checkCovariance(double[][] v, int d, String name) {
    if (v.length != d) {
      throw new IllegalArgumentException(
          name + " must have " + d + " rows like the mean, got " + v.length);
    }
    for (int i = 0; i < d; i++) {
      if (v[i].length != d) {
        throw new IllegalArgumentException(
            name + " must be " + d + " x " + d + ", got a row of " + v[i].length);
      }
      if (!(v[i][i] >= 0)) {
        throw new IllegalArgumentException(
            name + "[" + i + "][" + i + "] must be a variance >= 0, got " + v[i][i]);
      }
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        // Entries computed by the caller in two orders differ by a few roundings of sd_i sd_j.
        double tolerance = 1e-12 * Math.sqrt(v[i][i]) * Math.sqrt(v[j][j]);
        if (!(Math.abs(v[i][j] - v[j][i]) <= tolerance)) {
          throw new IllegalArgumentException(
              name + " must be symmetric, got entries " + v[i][j] + " and " + v[j][i]);
        }
      }
    }
  }

  /** The orthogonal O nearest to {@code b^T a}, which minimises {@code |a - b O|_F}. */
  private static RealMatrix polarFactor(double[][] b, double[][] a) {
    RealMatrix m = new Array2DRowRealMatrix(b, false).transpose().multiply(matrix(a));
    var svd = new SingularValueDecomposition(m);
    RealMatrix o = svd.getU().multiply(svd.getVT());
    // One Newton-Schulz step, O (3 I - O^T O) / 2, squares the defect of orthogonality, the only
    // error of O that would enter to first order.
    RealMatrix gram = o.transpose().multiply(o).scalarMultiply(-0.5);
    for (int i = 0; i < b.length; i++) {
      gram.addToEntry(i, i, 1.5);
    }
    return o.multiply(gram);
  }

  private static double[][] times(double[][] a, RealMatrix o) {
    return matrix(a).multiply(o).getData();
  }

  private static RealMatrix matrix(double[][] a) {
    return new Array2DRowRealMatrix(a, false);
  }

  private static double distance(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        double diff = a[i][j] - b[i][j];
        sum += diff * diff;
      }
    }
    return Math.sqrt(sum);
  }
}
