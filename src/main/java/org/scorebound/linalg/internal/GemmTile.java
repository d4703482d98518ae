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

  /** Rows of the block, a multiple of the vector length. */
  int rows();

  /** For all of n columns; element (l, j) of B is {@code b[bOff + l + j ldb]}. */
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

  /** Packs n columns of B, whose element (l, j) is {@code b[bOff + l ldb + j]}. */
  default void pack(int n, int k, double[] b, int bOff, int ldb, double[] packed) {
    Packing.columns(n, k, b, bOff, ldb, packed, 0);
  }

  /** For all of n columns of a B that {@link #pack} packed, from {@code b[bOff]} on. */
  void packed(
      int n,
      int k,
      double[] a,
      int aOff,
      double[] b,
      int bOff,
      boolean add,
      double[] c,
      int cOff,
      int ldc);
}
