package org.scorebound.linalg.internal;

/**
 * A register tile of matrix multiplication: {@code C = alpha A B}, or that added to C, for a block
 * of C that fits the vector registers. Each method is one leaf loop, small enough to stay within
 * C2's inlining budget.
 *
 * <p>A is column-major with leading dimension {@code lda}; element (l, j) of B is {@code b[bOff + l
 * bk + j bj]}, so that B and its transpose need no copy; each element of C is summed in the order
 * of l, in one fused chain.
 */
interface GemmTile {

  /** Rows of the block, a multiple of the vector length. */
  int rows();

  /** Columns of the block done by {@link #full}. */
  int cols();

  /** A block of {@link #cols} columns. */
  void full(
      int k,
      double[] a,
      int aOff,
      int lda,
      double[] b,
      int bOff,
      int bk,
      int bj,
      double alpha,
      boolean add,
      double[] c,
      int cOff,
      int ldc);

  /** A block of two columns. */
  void two(
      int k,
      double[] a,
      int aOff,
      int lda,
      double[] b,
      int bOff,
      int bk,
      int bj,
      double alpha,
      boolean add,
      double[] c,
      int cOff,
      int ldc);

  /** One column. */
  void one(
      int k,
      double[] a,
      int aOff,
      int lda,
      double[] b,
      int bOff,
      int bk,
      int bj,
      double alpha,
      boolean add,
      double[] c,
      int cOff,
      int ldc);
}
