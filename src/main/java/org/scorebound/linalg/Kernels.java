package org.scorebound.linalg;

import org.jspecify.annotations.Nullable;
import org.scorebound.linalg.internal.KernelSpi;
import org.scorebound.linalg.internal.ScalarKernels;

/**
 * The hot loops of the harness, checked once here and computed by a back end.
 *
 * <p>Matrices are column-major slices of a {@code double[]}: element (i, j) of A is {@code a[aOff +
 * i + j lda]}. A batch of n samples of dimension d is d x n, one sample a column. Sizes may be 0.
 *
 * <p>Instances are immutable and shared by threads. A result does not depend on the thread or on
 * how many there are; between back ends, and between processors with vectors of different length,
 * sums differ by rounding: for a sum of n products by at most {@code 2 n u sum|a_i b_i|}, {@code u
 * = 2^-53} (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1,
 * doi:10.1137/1.9780898718027). NaN and infinities propagate as in plain arithmetic.
 *
 * <p>Nothing is allocated, but for scratch of the vector back end that each thread keeps.
 */
public final class Kernels extends MatrixKernels {

  /** Three arrays of 64 x 256 doubles for a layer take 384 KiB. */
  private static final int BLOCK_ELEMENTS = 16384;

  /** Fewer columns than this would not pay for the packing of a weight matrix. */
  private static final int MIN_COLUMNS = 128;

  private final BackEnd backEnd;
  private final SingleKernels single;

  private Kernels(BackEnd backEnd, KernelSpi spi) {
    super(spi);
    this.backEnd = backEnd;
    this.single = new SingleKernels(spi.single());
  }

  /**
   * The kernels of a back end.
   *
   * @throws UnsupportedOperationException if it is not available, with the reason
   */
  public static Kernels of(BackEnd backEnd) {
    return switch (backEnd) {
      case VECTOR -> Vector.KERNELS;
      case SCALAR -> Scalar.KERNELS;
      case JBLAS -> new Kernels(BackEnd.JBLAS, KernelProviders.jblas());
    };
  }

  /** Loaded when first asked for. */
  private static final class Vector {
    static final Kernels KERNELS = new Kernels(BackEnd.VECTOR, KernelProviders.vector());
  }

  private static final class Scalar {
    static final Kernels KERNELS = new Kernels(BackEnd.SCALAR, new ScalarKernels());
  }

  /** The back end that was asked for. */
  public BackEnd backEnd() {
    return backEnd;
  }

  /**
   * How many columns of a batch to hand over at a time where several kernels run in turn: few
   * enough to stay in the second-level cache, or all of them on jblas, which copies whole arrays in
   * and out of every native call.
   *
   * @param rows of the widest batch
   */
  public int columnBlock(int rows) {
    return backEnd == BackEnd.JBLAS
        ? Integer.MAX_VALUE
        : Math.max(MIN_COLUMNS, BLOCK_ELEMENTS / Math.max(1, rows));
  }

  /** {@code y = e^x}, within 2 ulp; {@code y} may be {@code x}. */
  public void exp(int n, double[] x, int xOff, double[] y, int yOff) {
    Slices.vector("x", n, x, xOff);
    Slices.vector("y", n, y, yOff);
    Slices.sameOrApart("x", n, x, xOff, y, yOff);
    spi.exp(n, x, xOff, y, yOff);
  }

  /** {@code h = f(z)}, within 2 ulp, 4 on the other back ends; {@code h} may be {@code z}. */
  public void activate(Activation f, int n, double[] z, int zOff, double[] h, int hOff) {
    Slices.vector("z", n, z, zOff);
    Slices.vector("h", n, h, hOff);
    Slices.sameOrApart("z", n, z, zOff, h, hOff);
    spi.activate(f, n, z, zOff, h, hOff);
  }

  /**
   * {@code h = f(z)} and {@code d = f'(z)}; {@code h} may be {@code z}, d must be apart from both.
   * The slope's error is a few ulp of the largest slope.
   */
  public void activateWithSlope(
      Activation f, int n, double[] z, int zOff, double[] h, int hOff, double[] d, int dOff) {
    Slices.vector("z", n, z, zOff);
    Slices.vector("h", n, h, hOff);
    Slices.vector("d", n, d, dOff);
    Slices.sameOrApart("z", n, z, zOff, h, hOff);
    Slices.apart("z", z, zOff, n, d, dOff, n);
    Slices.apart("h", h, hOff, n, d, dOff, n);
    spi.activateWithSlope(f, n, z, zOff, h, hOff, d, dOff);
  }

  /** {@code X_j += b} for every column of the rows x cols slice X, which is contiguous. */
  public void addBias(int rows, int cols, double[] x, int xOff, double[] bias, int bOff) {
    Slices.matrix("X", rows, cols, x, xOff, rows);
    Slices.vector("bias", rows, bias, bOff);
    Slices.apart("bias", bias, bOff, rows, x, xOff, rows * cols);
    spi.affineGain(rows, cols, x, xOff, bias, bOff, null, 0, NO_STEPS, 0, x, xOff);
  }

  private static final int[] NO_STEPS = {};

  /**
   * The affine part of a layer with a gain per step: {@code P_j += b}, {@code Z_j = g_j * P_j}
   * elementwise, with {@code g_j} the column {@code step[stepOff + j]} of the gain table. All
   * arrays are contiguous.
   *
   * @param p rows x cols, {@code W h} on entry, {@code W h + b} on return
   * @param gain rows x steps
   * @param step one index per column of P, in {@code 0 .. steps-1}
   * @param z rows x cols, apart from p
   */
  public void affineGain(
      int rows,
      int cols,
      double[] p,
      int pOff,
      double[] bias,
      int bOff,
      double[] gain,
      int gOff,
      int steps,
      int[] step,
      int stepOff,
      double[] z,
      int zOff) {
    Slices.matrix("P", rows, cols, p, pOff, rows);
    Slices.vector("bias", rows, bias, bOff);
    Slices.matrix("gain", rows, steps, gain, gOff, rows);
    Slices.indices("step", cols, step, stepOff, steps);
    Slices.matrix("Z", rows, cols, z, zOff, rows);
    Slices.apart("P", p, pOff, rows * cols, z, zOff, rows * cols);
    spi.affineGain(rows, cols, p, pOff, bias, bOff, gain, gOff, step, stepOff, z, zOff);
  }

  /**
   * The backward pass of {@link #affineGain} and an activation, in place. With {@code dz = q * d}
   * for each column j: {@code dGain[:, step_j] += dz * p}, {@code q = dz * g_j}, {@code dBias +=
   * q}.
   *
   * @param q rows x cols, dL/dh on entry, dL/d(W h) on return
   * @param d rows x cols, the slope of the activation
   * @param p rows x cols, {@code W h + b}
   * @param gain rows x steps, or null for a layer without gains; then p and dGain are not read
   * @param dGain rows x steps, added to
   * @param dBias rows, added to
   */
  public void affineGainBackward(
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
      int steps,
      int[] step,
      int stepOff,
      double[] dGain,
      int dgOff,
      double[] dBias,
      int dbOff) {
    Slices.matrix("Q", rows, cols, q, qOff, rows);
    Slices.matrix("D", rows, cols, d, dOff, rows);
    Slices.vector("dBias", rows, dBias, dbOff);
    if (gain != null) {
      Slices.matrix("P", rows, cols, p, pOff, rows);
      Slices.matrix("gain", rows, steps, gain, gOff, rows);
      Slices.indices("step", cols, step, stepOff, steps);
      Slices.matrix("dGain", rows, steps, dGain, dgOff, rows);
    }
    spi.affineGainBackward(
        rows, cols, q, qOff, d, dOff, p, pOff, gain, gOff, step, stepOff, dGain, dgOff, dBias,
        dbOff);
  }

  /** {@code s += X 1}, the sum of the columns of a contiguous rows x cols slice, left to right. */
  public void addColumns(int rows, int cols, double[] x, int xOff, double[] s, int sOff) {
    Slices.matrix("X", rows, cols, x, xOff, rows);
    Slices.vector("s", rows, s, sOff);
    Slices.apart("X", x, xOff, rows * cols, s, sOff, rows);
    spi.addColumns(rows, cols, x, xOff, s, sOff);
  }

  /**
   * Each column of X becomes its softmax, {@code x_i = e^(x_i - lse)}, and {@code lse[j]} the
   * log-sum-exp of column j, shifted by the largest entry so that nothing overflows. A column of
   * {@code -Infinity} alone has {@code lse = -Infinity} and a softmax of NaN. Contiguous.
   */
  public void softmaxColumns(int rows, int cols, double[] x, int xOff, double[] lse, int lseOff) {
    Slices.matrix("X", rows, cols, x, xOff, rows);
    Slices.vector("lse", cols, lse, lseOff);
    Slices.apart("lse", lse, lseOff, cols, x, xOff, rows * cols);
    spi.softmaxColumns(rows, cols, x, xOff, lse, lseOff);
  }

  /**
   * One step of AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101) fused with an exponential
   * moving average of the weights, on the first n elements: with {@code g' = gradientScale g},
   *
   * <pre>
   *   m = beta1 m + (1 - beta1) g'
   *   v = beta2 v + (1 - beta2) g'^2
   *   w = (1 - lr decay) w - lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
   *   ema = emaDecay ema + (1 - emaDecay) w
   * </pre>
   *
   * @param stepSize {@code lr / (1 - beta1^t)}
   * @param rootCorrection {@code 1 / sqrt(1 - beta2^t)}
   * @param shrink {@code 1 - lr decay}
   */
  public void adamW(
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
      double emaDecay) {
    Slices.vector("w", n, w, 0);
    Slices.vector("g", n, g, 0);
    Slices.vector("m", n, m, 0);
    Slices.vector("v", n, v, 0);
    Slices.vector("ema", n, ema, 0);
    spi.adamW(
        n,
        w,
        g,
        m,
        v,
        ema,
        gradientScale,
        beta1,
        beta2,
        stepSize,
        rootCorrection,
        epsilon,
        shrink,
        emaDecay);
  }

  /**
   * {@code Y_j = R Y_j + c + s Xi_j} for every column: one step of a linear stochastic recursion.
   * All slices are contiguous and apart from one another. Error of an element at most {@code (d +
   * 2) u} times the sum of the magnitudes added.
   *
   * @param r d x d
   * @param c length d
   * @param xi d x cols standard normals, scratch afterwards
   * @param y d x cols, in place
   */
  public void affineNoise(
      int d,
      int cols,
      double[] r,
      double[] c,
      double s,
      double[] xi,
      int xiOff,
      double[] y,
      int yOff) {
    Slices.matrix("R", d, d, r, 0, d);
    Slices.vector("c", d, c, 0);
    Slices.matrix("Xi", d, cols, xi, xiOff, d);
    Slices.matrix("Y", d, cols, y, yOff, d);
    Slices.apart("R", r, 0, d * d, y, yOff, d * cols);
    Slices.apart("c", c, 0, d, y, yOff, d * cols);
    Slices.apart("Xi", xi, xiOff, d * cols, y, yOff, d * cols);
    spi.affineNoise(d, cols, r, c, s, xi, xiOff, y, yOff);
  }

  /**
   * The eigenvalues of n symmetric 2 x 2 matrices in closed form, {@code (a11 + a22)/2 -+ |((a11 -
   * a22)/2, a21)|}. Error at most 5 u times the spectral norm, so that the small one of a nearly
   * singular matrix has no relative accuracy; nothing overflows below 2^1022. The outputs may be
   * the inputs.
   *
   * @param low takes the smaller ones
   * @param high takes the larger ones
   */
  public void eigenvalues2(
      int n, double[] a11, double[] a21, double[] a22, double[] low, double[] high) {
    Slices.vector("a11", n, a11, 0);
    Slices.vector("a21", n, a21, 0);
    Slices.vector("a22", n, a22, 0);
    Slices.vector("low", n, low, 0);
    Slices.vector("high", n, high, 0);
    Slices.apart("low", low, 0, n, high, 0, n);
    spi.eigenvalues2(n, a11, a21, a22, low, high);
  }

  /**
   * The eigenvalues of n small symmetric d x d matrices by Jacobi rotations, ascending: one matrix
   * a lane on the vector back end, one after the other on the others, with the same roundings.
   * Error at most about {@code 8 d u} times the Frobenius norm; nothing overflows below 2^1020. A
   * matrix with NaN has NaN alone. Cost some 8 sweeps of {@code 3 d^3} flops a matrix.
   *
   * @param a lower triangles: entry (i, j), {@code i >= j}, of matrix k at {@code (i (i + 1)/2 + j)
   *     n + k}
   * @param values takes the i-th smallest eigenvalue of matrix k at {@code i n + k}
   */
  public void eigenvalues(int d, int n, double[] a, double[] values) {
    Slices.matrix("A", n, d * (d + 1) / 2, a, 0, n);
    Slices.matrix("values", n, d, values, 0, n);
    Slices.apart("A", a, 0, n * (d * (d + 1) / 2), values, 0, n * d);
    spi.eigenvalues(d, n, a, values);
  }

  /**
   * The cost matrix of an assignment, {@code C_ij = |x_i - y_j|^2}, m x n and contiguous. By
   * differences, relative error {@code (d + 2) u}; on jblas by one product of the batches, whose
   * error is relative to {@code (|x_i| + |y_j|)^2}.
   *
   * @param x d x m
   * @param y d x n
   */
  public void squaredDistances(int d, int m, double[] x, int n, double[] y, double[] c) {
    Slices.matrix("X", d, m, x, 0, d);
    Slices.matrix("Y", d, n, y, 0, d);
    Slices.matrix("C", m, n, c, 0, m);
    Slices.apart("X", x, 0, d * m, c, 0, m * n);
    Slices.apart("Y", y, 0, d * n, c, 0, m * n);
    spi.squaredDistances(d, m, x, n, y, c);
  }

  /**
   * The row reduction of the Hungarian algorithm (Kuhn 1955, doi:10.1002/nav.3800020109): {@code
   * u_i = min_j C_ij}, {@code C_ij -= u_i}, for the contiguous m x n matrix C. Every row then has a
   * zero, exactly.
   */
  public void reduceRows(int m, int n, double[] c, double[] u) {
    Slices.matrix("C", m, n, c, 0, m);
    Slices.vector("u", m, u, 0);
    Slices.apart("u", u, 0, m, c, 0, m * n);
    if (m > 0 && n > 0) {
      spi.reduceRows(m, n, c, u);
    }
  }

  /** The column reduction: {@code v_j = min_i C_ij}, {@code C_ij -= v_j}. */
  public void reduceColumns(int m, int n, double[] c, double[] v) {
    Slices.matrix("C", m, n, c, 0, m);
    Slices.vector("v", n, v, 0);
    Slices.apart("v", v, 0, n, c, 0, m * n);
    if (m > 0 && n > 0) {
      spi.reduceColumns(m, n, c, v);
    }
  }

  /** The same back end in single precision; jblas shares the scalar loops. */
  public SingleKernels single() {
    return single;
  }
}
