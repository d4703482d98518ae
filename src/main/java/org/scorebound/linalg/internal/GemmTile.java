package org.scorebound.linalg.internal;

/**
 * A register tile of matrix multiplication: {@code C = A B}, or that added to C, for a tile's rows
 * of A and C and any number of columns. Each method is one leaf loop over columns, small enough to
 * stay within C2's inlining budget, and every array in its inner loop is read at a constant stride:
 * only then does C2 take the checks of the indices out of it, which otherwise cost a third of the
 * time.
 *
 * <p>A is packed: element (i, l) is {@code a[aOff + i + l rows()]}. Each element of the product is
 * one chain of fused multiply-adds in the order of l, which begins at 0; it is stored or added to C
 * in the end. Its bits do not depend on the tile, but, where it is added, on how the inner
 * dimension is cut into blocks.
 */
interface GemmTile {

  /** Columns of a packed block of B. */
  int PANEL = 8;

  /** Rows of the block, a multiple of the vector length. */
  int rows();

  /** Columns done at a time, a divisor of 4. */
  int cols();

  /**
   * As many of n columns as {@link #cols} divides; element (l, j) of B is {@code b[bOff + l + j
   * ldb]}.
   */
  void columns(
      int n,
      int k,
      double[] a,
      int aOff,
      double[] b,
      int bOff,
      int ldb,
      boolean add,
      double[] c,
      int cOff,
      int ldc);

  /** The same where B is packed in panels by {@link Packing}. */
  void panels(
      int n, int k, double[] a, int aOff, double[] b, boolean add, double[] c, int cOff, int ldc);

  /** All of n columns, one at a time. */
  void singles(
      int n,
      int k,
      double[] a,
      int aOff,
      double[] b,
      int bOff,
      int ldb,
      boolean add,
      double[] c,
      int cOff,
      int ldc);
}
