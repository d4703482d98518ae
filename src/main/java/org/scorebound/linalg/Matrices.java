package org.scorebound.linalg;

/**
 * Arithmetic on small dense matrices {@code double[rows][cols]}, for the closed forms of Gaussian
 * laws (dimension up to about 64). Not for hot loops over samples.
 *
 * <p>Every method returns a new array and leaves its arguments alone. Cost is that of the textbook
 * triple loop. NaN propagates.
 */
public final class Matrices {

  private Matrices() {}

  /** The n x n identity. */
  public static double[][] identity(int n) {
    return scaledIdentity(n, 1.0);
  }

  /** {@code s} times the n x n identity. */
  public static double[][] scaledIdentity(int n, double s) {
    double[][] m = new double[n][n];
    for (int i = 0; i < n; i++) {
      m[i][i] = s;
    }
    return m;
  }

  /** The diagonal matrix of {@code diag}. */
  public static double[][] diagonal(double[] diag) {
    double[][] m = new double[diag.length][diag.length];
    for (int i = 0; i < diag.length; i++) {
      m[i][i] = diag[i];
    }
    return m;
  }

  /** A deep copy. */
  public static double[][] copy(double[][] a) {
    double[][] c = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      c[i] = a[i].clone();
    }
    return c;
  }

  /** {@code A B}. */
  public static double[][] multiply(double[][] a, double[][] b) {
    int inner = b.length;
    int cols = b[0].length;
    double[][] c = new double[a.length][cols];
    for (int i = 0; i < a.length; i++) {
      for (int l = 0; l < inner; l++) {
        double ail = a[i][l];
        for (int j = 0; j < cols; j++) {
          c[i][j] += ail * b[l][j];
        }
      }
    }
    return c;
  }

  /** {@code A B^T}. */
  public static double[][] multiplyTransposed(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        c[i][j] = dot(a[i], b[j]);
      }
    }
    return c;
  }

  /** {@code A B A^T} for symmetric B, symmetrised against rounding. */
  public static double[][] congruence(double[][] a, double[][] b) {
    return symmetricPart(multiplyTransposed(multiply(a, b), a));
  }

  /** {@code A x}. */
  public static double[] multiply(double[][] a, double[] x) {
    double[] y = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      y[i] = dot(a[i], x);
    }
    return y;
  }

  /** {@code A + s B}. */
  public static double[][] addScaled(double[][] a, double s, double[][] b) {
    double[][] c = copy(a);
    for (int i = 0; i < c.length; i++) {
      for (int j = 0; j < c[i].length; j++) {
        c[i][j] += s * b[i][j];
      }
    }
    return c;
  }

  /** {@code A + s u v^T}. */
  public static double[][] addOuter(double[][] a, double s, double[] u, double[] v) {
    double[][] c = copy(a);
    for (int i = 0; i < c.length; i++) {
      for (int j = 0; j < c[i].length; j++) {
        c[i][j] += s * u[i] * v[j];
      }
    }
    return c;
  }

  /** {@code s A}. */
  public static double[][] scale(double s, double[][] a) {
    double[][] c = copy(a);
    for (double[] row : c) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= s;
      }
    }
    return c;
  }

  /** {@code (A + A^T)/2}. */
  public static double[][] symmetricPart(double[][] a) {
    int n = a.length;
    double[][] c = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        c[i][j] = 0.5 * (a[i][j] + a[j][i]);
      }
    }
    return c;
  }

  /** {@code A^T}. */
  public static double[][] transpose(double[][] a) {
    double[][] c = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        c[j][i] = a[i][j];
      }
    }
    return c;
  }

  /** The trace. */
  public static double trace(double[][] a) {
    double s = 0;
    for (int i = 0; i < a.length; i++) {
      s += a[i][i];
    }
    return s;
  }

  /** {@code tr(A B^T)}, the Frobenius inner product. */
  public static double frobenius(double[][] a, double[][] b) {
    double s = 0;
    for (int i = 0; i < a.length; i++) {
      s += dot(a[i], b[i]);
    }
    return s;
  }

  /** {@code a . b}. */
  public static double dot(double[] a, double[] b) {
    double s = 0;
    for (int i = 0; i < a.length; i++) {
      s += a[i] * b[i];
    }
    return s;
  }

  /** {@code a - b}. */
  public static double[] subtract(double[] a, double[] b) {
    double[] c = a.clone();
    for (int i = 0; i < c.length; i++) {
      c[i] -= b[i];
    }
    return c;
  }

  /** Euclidean norm. */
  public static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  /**
   * The lower Cholesky factor {@code L}, {@code A = L L^T}.
   *
   * @throws IllegalArgumentException if A is not positive definite
   */
  public static double[][] cholesky(double[][] a) {
    int n = a.length;
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double s = a[i][j];
        for (int k = 0; k < j; k++) {
          s -= l[i][k] * l[j][k];
        }
        if (i == j) {
          if (!(s > 0)) {
            throw new IllegalArgumentException(
                "matrix must be positive definite, pivot " + i + " is " + s);
          }
          l[i][i] = Math.sqrt(s);
        } else {
          l[i][j] = s / l[j][j];
        }
      }
    }
    return l;
  }

  /**
   * The inverse of a symmetric positive definite matrix.
   *
   * @throws IllegalArgumentException if A is not positive definite
   */
  public static double[][] inverseSpd(double[][] a) {
    int n = a.length;
    double[][] l = cholesky(a);
    double[][] li = new double[n][n];
    for (int j = 0; j < n; j++) {
      li[j][j] = 1 / l[j][j];
      for (int i = j + 1; i < n; i++) {
        double s = 0;
        for (int k = j; k < i; k++) {
          s -= l[i][k] * li[k][j];
        }
        li[i][j] = s / l[i][i];
      }
    }
    double[][] inv = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double s = 0;
        for (int k = i; k < n; k++) {
          s += li[k][i] * li[k][j];
        }
        inv[i][j] = s;
        inv[j][i] = s;
      }
    }
    return inv;
  }

  /** {@code log det A} from the Cholesky factor of A. */
  public static double logDetFromCholesky(double[][] l) {
    double s = 0;
    for (int i = 0; i < l.length; i++) {
      s += Math.log(l[i][i]);
    }
    return 2 * s;
  }

  /** Whether the matrix equals {@code a[0][0]} times the identity, to the bit. */
  public static boolean isScaledIdentity(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        if (a[i][j] != (i == j ? a[0][0] : 0.0)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether all off-diagonal entries are 0. */
  public static boolean isDiagonal(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        if (i != j && a[i][j] != 0.0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Largest eigenvalue of the symmetric part of A. */
  public static double largestEigenvalue(double[][] a) {
    int n = a.length;
    if (n == 1) {
      return a[0][0];
    }
    if (n == 2) {
      double p = a[0][0];
      double q = a[1][1];
      double r = 0.5 * (a[0][1] + a[1][0]);
      return 0.5 * (p + q) + Math.hypot(0.5 * (p - q), r);
    }
    double max = Double.NEGATIVE_INFINITY;
    for (double v : new SymmetricEigen(symmetricPart(a)).values()) {
      max = Math.max(max, v);
    }
    return max;
  }

  /** Spectral norm, the square root of the largest eigenvalue of {@code A^T A}. */
  public static double spectralNorm(double[][] a) {
    double[][] at = transpose(a);
    return Math.sqrt(Math.max(0, largestEigenvalue(multiplyTransposed(at, at))));
  }
}
