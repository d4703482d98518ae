package org.scorebound.linalg.internal;

import org.jblas.NativeBlas;
import org.scorebound.linalg.Activation;

/**
 * The kernels as whole-batch calls of jblas's native BLAS, in place and without temporaries. What
 * BLAS has no routine for (gains, biases, elementwise functions) are flat loops over the batch that
 * the compiler vectorises, with {@link Math} intrinsics for {@code exp} and {@code log}; this is
 * the strongest form that jblas allows, and the baseline of the benchmarks.
 *
 * <p>Defined by {@link JblasLoader}'s own class loader, together with jblas.
 */
public final class JblasKernels extends ScalarKernels {

  /**
   * Held by every product. The OpenBLAS inside jblas is built for one thread and hands out its
   * packing buffers without a lock: of products that two threads made at once, one in some 2,000
   * was wrong in its first digit (GemmTest has the case).
   */
  private static final Object BUFFERS = new Object();

  /** Vectors shorter than this are done in Java: a native call costs about 0.1 microseconds. */
  private static final int NATIVE_LENGTH = 256;

  /**
   * Loads the native library into this class's loader and calls it once.
   *
   * @param library path of jblas's library
   * @throws UnsatisfiedLinkError if it, or what it depends on, cannot be loaded
   */
  @SuppressWarnings("restricted")
  public JblasKernels(String library) {
    System.load(library);
    double[] one = {1};
    NativeBlas.dgemm('N', 'N', 1, 1, 1, 1.0, one, 0, 1, one, 0, 1, 0.0, new double[1], 0, 1);
  }

  @Override
  public void gemm(
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
      int ldc) {
    if (m == 0 || n == 0 || k == 0) {
      super.gemm(transA, transB, m, n, k, alpha, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc);
      return;
    }
    char opA = transA ? 'T' : 'N';
    char opB = transB ? 'T' : 'N';
    synchronized (BUFFERS) {
      NativeBlas.dgemm(opA, opB, m, n, k, alpha, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc);
    }
  }

  @Override
  public void gemv(
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
      int yOff) {
    if (m == 0 || n == 0) {
      super.gemv(transA, m, n, alpha, a, aOff, lda, x, xOff, beta, y, yOff);
      return;
    }
    char opA = transA ? 'T' : 'N';
    synchronized (BUFFERS) {
      NativeBlas.dgemv(opA, m, n, alpha, a, aOff, lda, x, xOff, 1, beta, y, yOff, 1);
    }
  }

  @Override
  public void axpy(int n, double alpha, double[] x, int xOff, double[] y, int yOff) {
    if (n < NATIVE_LENGTH) {
      super.axpy(n, alpha, x, xOff, y, yOff);
    } else {
      NativeBlas.daxpy(n, alpha, x, xOff, 1, y, yOff, 1);
    }
  }

  @Override
  public void scal(int n, double alpha, double[] x, int xOff) {
    if (n < NATIVE_LENGTH) {
      super.scal(n, alpha, x, xOff);
    } else {
      NativeBlas.dscal(n, alpha, x, xOff, 1);
    }
  }

  @Override
  public double dot(int n, double[] x, int xOff, double[] y, int yOff) {
    return n < NATIVE_LENGTH
        ? super.dot(n, x, xOff, y, yOff)
        : NativeBlas.ddot(n, x, xOff, 1, y, yOff, 1);
  }

  @Override
  public void activate(Activation f, int n, double[] z, int zOff, double[] h, int hOff) {
    if (f != Activation.SOFTPLUS) {
      super.activate(f, n, z, zOff, h, hOff);
      return;
    }
    for (int i = 0; i < n; i++) {
      double zi = z[zOff + i];
      double e = Math.exp(-Math.abs(zi));
      h[hOff + i] = (zi < 0 ? 0 : zi) + log1p(e, 1 + e);
    }
  }

  @Override
  public void activateWithSlope(
      Activation f, int n, double[] z, int zOff, double[] h, int hOff, double[] d, int dOff) {
    switch (f) {
      case SOFTPLUS -> {
        for (int i = 0; i < n; i++) {
          double zi = z[zOff + i];
          double e = Math.exp(-Math.abs(zi));
          double u = 1 + e;
          h[hOff + i] = (zi < 0 ? 0 : zi) + log1p(e, u);
          d[dOff + i] = (zi < 0 ? e : 1) / u;
        }
      }
      case TANH -> {
        for (int i = 0; i < n; i++) {
          double t = Math.tanh(z[zOff + i]);
          h[hOff + i] = t;
          d[dOff + i] = (1 - t) * (1 + t);
        }
      }
      default -> super.activateWithSlope(f, n, z, zOff, h, hOff, d, dOff);
    }
  }

  /** One product for the whole batch, {@code Xi = R Y + s Xi}, and one pass for c. */
  @Override
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
    if (d * cols < NATIVE_LENGTH) {
      super.affineNoise(d, cols, r, c, s, xi, xiOff, y, yOff);
      return;
    }
    synchronized (BUFFERS) {
      NativeBlas.dgemm('N', 'N', d, cols, d, 1.0, r, 0, d, y, yOff, d, s, xi, xiOff, d);
    }
    for (int j = 0; j < cols; j++) {
      for (int i = 0; i < d; i++) {
        y[yOff + j * d + i] = xi[xiOff + j * d + i] + c[i];
      }
    }
  }

  /**
   * {@code |x_i|^2 + |y_j|^2 - 2 x_i y_j} by one product of the whole batches. The error is that of
   * the squared lengths, {@code (d + 4) u (|x_i| + |y_j|)^2}, not of the distance: near points lose
   * digits, and a rounded distance below 0 is 0.
   */
  @Override
  public void squaredDistances(int d, int m, double[] x, int n, double[] y, double[] c) {
    if (m == 0 || n == 0 || d == 0) {
      super.squaredDistances(d, m, x, n, y, c);
      return;
    }
    double[] lengths = new double[m];
    for (int i = 0; i < m; i++) {
      lengths[i] = super.dot(d, x, i * d, x, i * d);
    }
    synchronized (BUFFERS) {
      NativeBlas.dgemm('T', 'N', m, n, d, -2.0, x, 0, d, y, 0, d, 0.0, c, 0, m);
    }
    for (int j = 0; j < n; j++) {
      double length = super.dot(d, y, j * d, y, j * d);
      int cj = j * m;
      for (int i = 0; i < m; i++) {
        c[cj + i] = Math.max(0, c[cj + i] + (lengths[i] + length));
      }
    }
  }

  /**
   * {@code log(1 + e)} from {@code u = 1 + e} rounded, by Kahan's correction {@code log(u)
   * e/(u-1)}: {@code Math.log} is an intrinsic, {@code Math.log1p} is not.
   */
  private static double log1p(double e, double u) {
    return u == 1 ? e : Math.log(u) * (e / (u - 1));
  }
}
