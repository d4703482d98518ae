package org.scorebound.linalg;

import org.scorebound.linalg.internal.KernelSpi;
import org.scorebound.linalg.internal.Transpose;

/** The part of {@link Kernels} that knows matrices and vectors and nothing of networks. */
abstract class MatrixKernels {

  final KernelSpi spi;

  MatrixKernels(KernelSpi spi) {
    this.spi = spi;
  }

  /** The unchecked kernels, for tests. */
  KernelSpi spi() {
    return spi;
  }

  /** {@code C = alpha A B + beta C} for whole arrays: A is m x k, B is k x n, C is m x n. */
  public void gemm(
      int m, int n, int k, double alpha, double[] a, double[] b, double beta, double[] c) {
    gemm(false, false, m, n, k, alpha, a, 0, m, b, 0, k, beta, c, 0, m);
  }

  /**
   * {@code C = alpha op(A) op(B) + beta C}, op(A) m x k, op(B) k x n, C m x n. C is not read if
   * {@code beta == 0}. Cost {@code 2 m n k} flops.
   *
   * @param transA whether op(A) is the transpose of the k x m slice A, else of the m x k slice
   *     itself
   * @param transB likewise for the n x k slice B
   * @throws IllegalArgumentException if a slice does not fit its array, or C overlaps A or B
   */
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
    try {
      Slices.matrix("A", transA ? k : m, transA ? m : k, a, aOff, lda);
      Slices.matrix("B", transB ? n : k, transB ? k : n, b, bOff, ldb);
      Slices.matrix("C", m, n, c, cOff, ldc);
      int spanC = span(m, n, ldc);
      Slices.apart("A", a, aOff, span(transA ? k : m, transA ? m : k, lda), c, cOff, spanC);
      Slices.apart("B", b, bOff, span(transB ? n : k, transB ? k : n, ldb), c, cOff, spanC);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "C ("
              + m
              + " x "
              + n
              + ") = op(A) ("
              + m
              + " x "
              + k
              + ") op(B) ("
              + k
              + " x "
              + n
              + "): "
              + e.getMessage(),
          e);
    }
    spi.gemm(transA, transB, m, n, k, alpha, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc);
  }

  private static int span(int rows, int cols, int ld) {
    return rows == 0 || cols == 0 ? 0 : (cols - 1) * ld + rows;
  }

  /**
   * {@code y = alpha op(A) x + beta y} for the m x n slice A. y is not read if {@code beta == 0}.
   * Cost {@code 2 m n} flops.
   */
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
    int rows = transA ? n : m;
    int inner = transA ? m : n;
    try {
      Slices.matrix("A", m, n, a, aOff, lda);
      Slices.vector("x", inner, x, xOff);
      Slices.vector("y", rows, y, yOff);
      Slices.apart("A", a, aOff, span(m, n, lda), y, yOff, rows);
      Slices.apart("x", x, xOff, inner, y, yOff, rows);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "y ("
              + rows
              + ") = op(A) ("
              + rows
              + " x "
              + inner
              + ") x ("
              + inner
              + "): "
              + e.getMessage(),
          e);
    }
    spi.gemv(transA, m, n, alpha, a, aOff, lda, x, xOff, beta, y, yOff);
  }

  /** {@code T = A^T} for a contiguous rows x cols slice A; T is cols x rows and apart from A. */
  public void transpose(int rows, int cols, double[] a, int aOff, double[] t, int tOff) {
    Slices.matrix("A", rows, cols, a, aOff, rows);
    Slices.matrix("T", cols, rows, t, tOff, cols);
    Slices.apart("A", a, aOff, rows * cols, t, tOff, rows * cols);
    Transpose.apply(cols, rows, a, aOff, rows, t, tOff);
  }

  /** {@code y += alpha x}. */
  public void axpy(int n, double alpha, double[] x, int xOff, double[] y, int yOff) {
    Slices.vector("x", n, x, xOff);
    Slices.vector("y", n, y, yOff);
    Slices.sameOrApart("x", n, x, xOff, y, yOff);
    spi.axpy(n, alpha, x, xOff, y, yOff);
  }

  /** {@code x *= alpha}. */
  public void scal(int n, double alpha, double[] x, int xOff) {
    Slices.vector("x", n, x, xOff);
    spi.scal(n, alpha, x, xOff);
  }

  /** {@code x . y}. */
  public double dot(int n, double[] x, int xOff, double[] y, int yOff) {
    Slices.vector("x", n, x, xOff);
    Slices.vector("y", n, y, yOff);
    return spi.dot(n, x, xOff, y, yOff);
  }

  /**
   * Euclidean norm as the root of {@link #dot}; squares may overflow from 1e154, underflow below
   * 1e-154.
   */
  public double norm(int n, double[] x, int xOff) {
    return Math.sqrt(dot(n, x, xOff, x, xOff));
  }
}
