package org.scorebound.linalg.internal;

import org.jspecify.annotations.Nullable;
import org.scorebound.linalg.Activation;

/**
 * The kernels a back end provides. Nothing is checked here: {@link org.scorebound.linalg.Kernels}
 * checks ranges and aliasing once and states the meaning of every argument.
 *
 * <p>Matrices are column-major slices {@code (array, offset, leading dimension)}. Implementations
 * are stateless or keep scratch per thread, and their results do not depend on the thread.
 */
public interface KernelSpi {

  /** {@code C = alpha op(A) op(B) + beta C}; C is not read if {@code beta == 0}. */
  void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      int aOff,
      int lda,
      double[] b,
      int bOff,
      int ldb,
      double beta,
      double[] c,
      int cOff,
      int ldc);

  /**
   * {@code y = alpha op(A) x + beta y} for the m x n matrix A; y is not read if {@code beta == 0}.
   */
  void gemv(
      boolean transA,
      int m,
      int n,
      double alpha,
      double[] a,
      int aOff,
      int lda,
      double[] x,
      int xOff,
      double beta,
      double[] y,
      int yOff);

  /** {@code y += alpha x}. */
  void axpy(int n, double alpha, double[] x, int xOff, double[] y, int yOff);

  /** {@code x *= alpha}. */
  void scal(int n, double alpha, double[] x, int xOff);

  /** {@code x . y}. */
  double dot(int n, double[] x, int xOff, double[] y, int yOff);

  /** {@code y = e^x}; {@code y} may be {@code x}. */
  void exp(int n, double[] x, int xOff, double[] y, int yOff);

  /** {@code h = f(z)}; {@code h} may be {@code z}. */
  void activate(Activation f, int n, double[] z, int zOff, double[] h, int hOff);

  /** {@code h = f(z)} and {@code d = f'(z)}; {@code h} may be {@code z}. */
  void activateWithSlope(
      Activation f, int n, double[] z, int zOff, double[] h, int hOff, double[] d, int dOff);

  /**
   * {@code P_j += b} and {@code Z_j = P_j * g_j} for each column j, where {@code g_j} is column
   * {@code step[stepOff + j]} of the gain table; without a table {@code Z = P}, and {@code z} may
   * be {@code p}.
   */
  void affineGain(
      int rows,
      int cols,
      double[] p,
      int pOff,
      double[] bias,
      int bOff,
      double @Nullable [] gain,
      int gOff,
      int[] step,
      int stepOff,
      double[] z,
      int zOff);

  /**
   * Backward of {@link #affineGain} and the activation, in place: with {@code dz = q * d} for each
   * column j, {@code dGain[:, step_j] += dz * p}, {@code q = dz * g_j}, {@code dBias += q}. Without
   * a gain table {@code q = dz}.
   */
  void affineGainBackward(
      int rows,
      int cols,
      double[] q,
      int qOff,
      double[] d,
      int dOff,
      double[] p,
      int pOff,
      double @Nullable [] gain,
      int gOff,
      int[] step,
      int stepOff,
      double[] dGain,
      int dgOff,
      double[] dBias,
      int dbOff);

  /** {@code s += X 1}, the sum of the columns. */
  void addColumns(int rows, int cols, double[] x, int xOff, double[] s, int sOff);

  /** Each column of {@code X} becomes its softmax; {@code lse[j]} is its log-sum-exp. */
  void softmaxColumns(int rows, int cols, double[] x, int xOff, double[] lse, int lseOff);

  /**
   * One AdamW step fused with an exponential moving average, see {@link
   * org.scorebound.linalg.Kernels#adamW}.
   */
  void adamW(
      int n,
      double[] w,
      double[] g,
      double[] m,
      double[] v,
      double[] ema,
      double gradientScale,
      double beta1,
      double beta2,
      double stepSize,
      double rootCorrection,
      double epsilon,
      double shrink,
      double emaDecay);

  /**
   * {@code Y_j = R Y_j + c + s Xi_j} for each of the columns, R d x d and contiguous; {@code xi} is
   * overwritten.
   */
  void affineNoise(
      int d,
      int cols,
      double[] r,
      double[] c,
      double s,
      double[] xi,
      int xiOff,
      double[] y,
      int yOff);

  /** The eigenvalues of n symmetric 2 x 2 matrices, given by their lower triangles. */
  void eigenvalues2(int n, double[] a11, double[] a21, double[] a22, double[] low, double[] high);

  /**
   * The eigenvalues of n symmetric d x d matrices, ascending, in planes of n; the lower triangles
   * likewise, entry (i, j) in plane {@code i (i + 1)/2 + j}.
   */
  void eigenvalues(int d, int n, double[] a, double[] values);

  /** {@code C_ij = |x_i - y_j|^2}, m x n, of points d x m and d x n, contiguous. */
  void squaredDistances(int d, int m, double[] x, int n, double[] y, double[] c);

  /** {@code u_i = min_j C_ij} and {@code C_ij -= u_i} for the contiguous m x n matrix C, n > 0. */
  void reduceRows(int m, int n, double[] c, double[] u);

  /** {@code v_j = min_i C_ij} and {@code C_ij -= v_j}, likewise, m > 0. */
  void reduceColumns(int m, int n, double[] c, double[] v);

  /** The kernels in single precision. */
  default SingleSpi single() {
    return ScalarSingle.KERNELS;
  }
}
