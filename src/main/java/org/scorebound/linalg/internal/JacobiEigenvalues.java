package org.scorebound.linalg.internal;

/**
 * Eigenvalues of one small symmetric matrix of a batch by cyclic Jacobi rotations (Golub and Van
 * Loan, Matrix Computations, 4th ed., section 8.5), without eigenvectors. {@link VectorJacobi} does
 * the same, rounding for rounding, for as many matrices as there are lanes.
 *
 * <p>Entry (i, j), {@code i >= j}, of the lower triangle has the place {@code i (i + 1)/2 + j}.
 */
final class JacobiEigenvalues {

  /** Convergence is quadratic, some 6 to 10 sweeps; this only ends what never converges. */
  static final int MAX_SWEEPS = 40;

  /** Below this share of the larger diagonal entry an entry changes no eigenvalue's last digit. */
  static final double NEGLIGIBLE = 0x1p-54;

  private JacobiEigenvalues() {}

  /** Entries of a lower triangle. */
  static int triangle(int d) {
    return d * (d + 1) / 2;
  }

  static int place(int i, int j) {
    return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
  }

  /**
   * The eigenvalues of matrix {@code at} of n, ascending.
   *
   * @param a triangle(d) planes of n entries
   * @param values takes d planes of n eigenvalues
   * @param w scratch of triangle(d)
   */
  static void one(int d, int n, int at, double[] a, double[] values, double[] w) {
    for (int e = 0; e < triangle(d); e++) {
      w[e] = a[e * n + at];
    }
    boolean rotated = true;
    for (int sweep = 0; rotated && sweep < MAX_SWEEPS; sweep++) {
      rotated = false;
      for (int q = 1; q < d; q++) {
        for (int p = 0; p < q; p++) {
          rotated |= rotate(d, p, q, w);
        }
      }
    }
    // What is left beside the diagonal is negligible, or not a number and then so is every value.
    double left = 0;
    for (int i = 1; i < d; i++) {
      for (int j = 0; j < i; j++) {
        left += w[place(i, j)];
      }
    }
    for (int i = 0; i < d; i++) {
      double x = w[place(i, i)] + 0 * left;
      for (int j = 0; j < i; j++) {
        double y = values[j * n + at];
        values[j * n + at] = Math.min(x, y);
        x = Math.max(x, y);
      }
      values[i * n + at] = x;
    }
  }

  private static boolean rotate(int d, int p, int q, double[] w) {
    double x = w[place(p, p)];
    double y = w[place(q, q)];
    double b = w[place(q, p)];
    double size = Math.abs(b);
    if (!(size > NEGLIGIBLE * Math.max(Math.abs(x), Math.abs(y)) && size >= Double.MIN_NORMAL)) {
      return false;
    }
    double theta = (0.5 * y - 0.5 * x) / b;
    double root = 1 / (Math.abs(theta) + Math.sqrt(Math.fma(theta, theta, 1)));
    double t = theta < 0 ? -root : root;
    double c = 1 / Math.sqrt(Math.fma(t, t, 1));
    double s = t * c;
    w[place(p, p)] = Math.fma(-t, b, x);
    w[place(q, q)] = Math.fma(t, b, y);
    w[place(q, p)] = 0;
    for (int k = 0; k < d; k++) {
      if (k != p && k != q) {
        double u = w[place(k, p)];
        double v = w[place(k, q)];
        w[place(k, p)] = Math.fma(c, u, -(s * v));
        w[place(k, q)] = Math.fma(s, u, c * v);
      }
    }
    return true;
  }
}
