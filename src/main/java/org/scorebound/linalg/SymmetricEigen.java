package org.scorebound.linalg;

/**
 * Eigen-decomposition {@code A = U diag(values) U^T} of a small symmetric matrix by cyclic Jacobi
 * rotations (Golub and Van Loan, Matrix Computations, 4th ed., section 8.5).
 *
 * <p>Accuracy: eigenvalues to a few ulps of the spectral norm, and to high relative accuracy for
 * scaled diagonally dominant matrices (Demmel and Veselic 1992, doi:10.1137/0613074). Cost about 8
 * sweeps of {@code 4 n^3} operations. Only the lower triangle's symmetric part is read.
 */
public final class SymmetricEigen {

  private static final int MAX_SWEEPS = 60;

  private final double[] values;
  private final double[][] vectors;

  /**
   * Decomposes a matrix.
   *
   * @param matrix symmetric, n x n, finite
   */
  public SymmetricEigen(double[][] matrix) {
    int n = matrix.length;
    double[][] a = Matrices.symmetricPart(matrix);
    double[][] u = Matrices.identity(n);
    for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
      boolean rotated = false;
      for (int p = 0; p < n - 1; p++) {
        for (int q = p + 1; q < n; q++) {
          double apq = a[p][q];
          if (Math.abs(apq) <= 1e-17 * Math.sqrt(Math.abs(a[p][p] * a[q][q]))
              || Math.abs(apq) < Double.MIN_NORMAL) {
            continue;
          }
          rotated = true;
          double theta = (a[q][q] - a[p][p]) / (2 * apq);
          double t =
              Math.abs(theta) > 1e150
                  ? 0.5 / theta
                  : Math.copySign(1.0, theta) / (Math.abs(theta) + Math.hypot(theta, 1.0));
          double c = 1 / Math.hypot(t, 1.0);
          rotate(a, u, p, q, c, t * c, t * apq);
        }
      }
      if (!rotated) {
        break;
      }
    }
    values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = a[i][i];
    }
    vectors = u;
  }

  private static void rotate(
      double[][] a, double[][] u, int p, int q, double c, double s, double shift) {
    int n = a.length;
    a[p][p] -= shift;
    a[q][q] += shift;
    a[p][q] = 0;
    a[q][p] = 0;
    for (int k = 0; k < n; k++) {
      if (k != p && k != q) {
        double akp = a[k][p];
        double akq = a[k][q];
        a[k][p] = c * akp - s * akq;
        a[k][q] = s * akp + c * akq;
        a[p][k] = a[k][p];
        a[q][k] = a[k][q];
      }
      double ukp = u[k][p];
      double ukq = u[k][q];
      u[k][p] = c * ukp - s * ukq;
      u[k][q] = s * ukp + c * ukq;
    }
  }

  /** The eigenvalues, in no particular order. */
  public double[] values() {
    return values.clone();
  }

  /** Orthonormal eigenvectors; column j belongs to {@code values()[j]}. */
  public double[][] vectors() {
    return Matrices.copy(vectors);
  }

  /** The smallest eigenvalue. */
  public double min() {
    double m = Double.POSITIVE_INFINITY;
    for (double v : values) {
      m = Math.min(m, v);
    }
    return m;
  }

  /** The largest eigenvalue. */
  public double max() {
    double m = Double.NEGATIVE_INFINITY;
    for (double v : values) {
      m = Math.max(m, v);
    }
    return m;
  }

  /** {@code U diag(sqrt(max(values,0))) U^T}, the symmetric square root of a PSD matrix. */
  public double[][] sqrt() {
    int n = values.length;
    double[][] scaled = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        scaled[i][j] = vectors[i][j] * Math.sqrt(Math.max(0, values[j]));
      }
    }
    return Matrices.symmetricPart(Matrices.multiplyTransposed(scaled, vectors));
  }
}
