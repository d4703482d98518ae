package org.scorebound.linalg;

import java.util.Arrays;

/**
 * The largest singular value of a small column-major matrix: followed by power iteration (a lower
 * estimate), and bounded from above with proof.
 *
 * <p>The proof. Let {@code B = W^T W} (or {@code W W^T}, whichever is smaller), n x n with inner
 * dimension m, G its computed value, {@code u = 2^-53}, {@code gamma_j = j u/(1 - j u)}. Then
 * {@code |G - B|_2 <= gamma_m |W|_F^2}. If the Cholesky factorisation of {@code A = fl(s I - G)}
 * runs to its end, its factor satisfies {@code L L^T = A + D} with {@code |D| <= gamma_{n+1}
 * |L||L|^T} (Higham 2002, theorem 10.3, doi:10.1137/1.9780898718027), hence {@code |D|_2 <=
 * gamma_{n+1} |L|_F^2 <= gamma_{n+1}/(1 - gamma_{n+1}) tr A}, and {@code lambda_min(A)} is at least
 * minus that. So
 *
 * <pre>
 *   |W|_2^2 <= s + gamma_{n+1}/(1 - gamma_{n+1}) tr A + u max A_ii + gamma_m |W|_F^2.
 * </pre>
 *
 * <p>s starts just above the estimate, grows until the factorisation succeeds, and is then
 * bisected; for a matrix of order 64 the result is within about 1e-9 of the norm, relatively. Cost
 * {@code 2 m n^2 + n^3/3} flops per attempt and {@code 2 n^2} per power iteration.
 */
public final class SpectralNorm {

  private static final double U = 0x1p-53;

  /** Above the rounding of the bound for the orders that occur, below what any use would notice. */
  private static final double MARGIN = 1e-9;

  private static final int MAX_ITERATIONS = 300;
  private static final double CONVERGED = 1e-11;

  private SpectralNorm() {}

  /**
   * A fixed start of unit length with no zero entry and no two alike, so that no symmetry traps it.
   */
  public static double[] startVector(int n) {
    double[] v = new double[n];
    for (int i = 0; i < n; i++) {
      v[i] = 1 + 0.5 * Math.sin(1.0 + i);
    }
    normalise(v);
    return v;
  }

  /**
   * Power iteration on {@code W^T W} from v, in place: {@code u = W v / |W v|}, {@code v = W^T u /
   * |W^T u|}. Allocates nothing.
   *
   * @param w holds the rows x cols matrix at {@code off}
   * @param u rows, overwritten
   * @param v cols, of unit length; the start and the end
   * @return {@code |W^T u|}, at most the spectral norm up to rounding; 0 where W v vanishes
   */
  public static double follow(
      double[] w, int off, int rows, int cols, double[] u, double[] v, int iterations) {
    Slices.matrix("W", rows, cols, w, off, rows);
    Slices.vector("u", rows, u, 0);
    Slices.vector("v", cols, v, 0);
    double sigma = 0;
    for (int it = 0; it < iterations; it++) {
      Arrays.fill(u, 0, rows, 0.0);
      for (int j = 0; j < cols; j++) {
        int at = off + j * rows;
        for (int i = 0; i < rows; i++) {
          u[i] += w[at + i] * v[j];
        }
      }
      if (normalise(u) == 0) {
        return 0;
      }
      for (int j = 0; j < cols; j++) {
        int at = off + j * rows;
        double s = 0;
        for (int i = 0; i < rows; i++) {
          s += w[at + i] * u[i];
        }
        v[j] = s;
      }
      sigma = normalise(v);
    }
    return sigma;
  }

  private static double normalise(double[] x) {
    double s = 0;
    for (double xi : x) {
      s += xi * xi;
    }
    double norm = Math.sqrt(s);
    if (norm > 0) {
      double r = 1 / norm;
      for (int i = 0; i < x.length; i++) {
        x[i] *= r;
      }
    }
    return norm;
  }

  /**
   * A certified upper bound of the spectral norm of the rows x cols matrix at {@code off}.
   *
   * @throws IllegalArgumentException if an entry is NaN or infinite, or so large that its square is
   */
  public static double upper(double[] w, int off, int rows, int cols) {
    Slices.matrix("W", rows, cols, w, off, rows);
    double largest = 0;
    for (int i = off; i < off + rows * cols; i++) {
      if (!(Math.abs(w[i]) <= 1e150)) {
        throw new IllegalArgumentException(
            "W must have finite entries below 1e150, got " + w[i] + " at " + (i - off));
      }
      largest = Math.max(largest, Math.abs(w[i]));
    }
    if (largest == 0) {
      return 0;
    }
    // A power of two near 1/largest: exact, and the squares neither overflow nor underflow
    // harmfully.
    double scale = Math.scalb(1.0, -Math.clamp(Math.getExponent(largest), -1000, 1000));
    int n = Math.min(rows, cols);
    int m = Math.max(rows, cols);
    double[] x = new double[n * m];
    for (int j = 0; j < cols; j++) {
      for (int i = 0; i < rows; i++) {
        double e = scale * w[off + i + j * rows];
        x[cols <= rows ? i + j * m : j + i * m] = e;
      }
    }
    return Math.nextUp(Math.sqrt(squaredUpper(x, m, n)) / scale);
  }

  /** The bound for {@code X^T X}, X m x n column-major with largest entry in [1, 2). */
  private static double squaredUpper(double[] x, int m, int n) {
    double[] gram = new double[n * n];
    double frobenius = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double s = 0;
        for (int l = 0; l < m; l++) {
          s += x[l + i * m] * x[l + j * m];
        }
        gram[i * n + j] = s;
        gram[j * n + i] = s;
      }
      frobenius += gram[i * n + i];
    }
    // The mean of the eigenvalues is below the largest: the estimate cannot be caught at 0.
    double lambda = Math.max(frobenius / n, largestEigenvalueEstimate(gram, n));
    double[] factor = new double[n * n];
    double failed = lambda;
    double s = lambda * (1 + MARGIN);
    for (double margin = MARGIN; !choleskySucceeds(s, gram, n, factor); margin *= 4) {
      failed = s;
      s = lambda * (1 + 4 * margin);
    }
    while (s - failed > 2 * MARGIN * s) {
      double middle = 0.5 * (failed + s);
      if (choleskySucceeds(middle, gram, n, factor)) {
        s = middle;
      } else {
        failed = middle;
      }
    }
    double g = gamma(n + 1);
    double rounding = g / (1 - g) * (n * s) + U * s + gamma(m) * frobenius * (1 + gamma(m + n));
    // Sums of positive terms: a few roundings, covered by 2^-50.
    return (s + rounding) * (1 + 0x1p-50);
  }

  private static double gamma(int j) {
    return j * U / (1 - j * U);
  }

  private static double largestEigenvalueEstimate(double[] gram, int n) {
    double[] v = startVector(n);
    double[] y = new double[n];
    double lambda = 0;
    for (int it = 0; it < MAX_ITERATIONS; it++) {
      for (int i = 0; i < n; i++) {
        double s = 0;
        for (int j = 0; j < n; j++) {
          s += gram[i * n + j] * v[j];
        }
        y[i] = s;
      }
      System.arraycopy(y, 0, v, 0, n);
      double next = normalise(v);
      if (Math.abs(next - lambda) <= CONVERGED * next) {
        return next;
      }
      lambda = next;
    }
    return lambda;
  }

  /**
   * Whether the factorisation of {@code s I - G} finds only positive pivots. Row by row, in place.
   */
  private static boolean choleskySucceeds(double s, double[] gram, int n, double[] factor) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = (i == j ? s : 0) - gram[i * n + j];
        for (int l = 0; l < j; l++) {
          sum -= factor[i * n + l] * factor[j * n + l];
        }
        if (i > j) {
          factor[i * n + j] = sum / factor[j * n + j];
        } else if (sum > 0) {
          factor[i * n + i] = Math.sqrt(sum);
        } else {
          return false;
        }
      }
    }
    return true;
  }
}
