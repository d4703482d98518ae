package org.scorebound.linalg.internal;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix multiplication over register tiles, for the shapes of small networks: tens to hundreds of
 * rows, any number of columns.
 *
 * <p>Rows run along the lanes. A is packed tile by tile, padded with zeros in the last rows that
 * fill no vector; B is read in place, packed where it is transposed. The inner dimension is cut
 * into pieces whose tile of A fits the first-level cache, and columns into pieces of B that fit the
 * second. Products with few columns, few rows or an inner dimension of 2 go to {@link
 * ThinProducts}, which packs nothing.
 *
 * <p>With {@code alpha == 1} each element of a product with at least a vector of rows is the sum of
 * one chain of fused multiply-adds, in the order of the inner dimension, for each piece that it is
 * cut into, whichever way it goes, so that a column has the same bits alone and within a batch.
 */
final class VectorGemm {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  /** Doubles of A that one tile of rows may take: 16 KiB, half of a small first-level cache. */
  private static final int A_BLOCK = 2048;

  /** Doubles of B per column block: 256 KiB, well within a second-level cache. */
  private static final int B_BLOCK = 32768;

  private final GemmTile tile;
  private final GemmTile half = new GemmTile2x4();
  private final GemmTile narrow = new GemmTile1x4();

  VectorGemm(GemmTile tile) {
    this.tile = tile;
  }

  void multiply(
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
      int ldc,
      Scratch scratch) {
    boolean nothing = alpha == 0 || k == 0 || m == 0 || n == 0;
    if (nothing || beta != 0) {
      scale(m, n, beta, c, cOff, ldc);
    }
    if (nothing) {
      return;
    }
    boolean add = beta != 0;
    if (m < L && !transB) {
      double[] rows = a;
      int rowsOff = aOff;
      int ldr = lda;
      if (!transA) {
        rows = scratch.transposed(m * k);
        Transpose.apply(k, m, a, aOff, lda, rows, 0);
        rowsOff = 0;
        ldr = k;
      }
      DotProducts.fewRows(
          m, n, k, alpha, rows, rowsOff, ldr, b, bOff, ldb, add, c, cOff, ldc, scratch);
    } else if (m < L && !transA && n >= L) {
      // C^T = B A^T has n rows; its m columns are added to C element by element.
      double[] t = scratch.tile(n * m);
      rowsAcross(n, m, k, alpha, b, bOff, ldb, a, aOff, lda, 1, false, t, 0, n, scratch);
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < m; i++) {
          int at = cOff + i + j * ldc;
          c[at] = add ? c[at] + t[j + i * n] : t[j + i * n];
        }
      }
    } else {
      int bk = transB ? ldb : 1;
      int bj = transB ? 1 : ldb;
      if (transA) {
        double[] at = scratch.transposed(m * k);
        Transpose.apply(m, k, a, aOff, lda, at, 0);
        rowsAcross(m, n, k, alpha, at, 0, m, b, bOff, bk, bj, add, c, cOff, ldc, scratch);
      } else {
        rowsAcross(m, n, k, alpha, a, aOff, lda, b, bOff, bk, bj, add, c, cOff, ldc, scratch);
      }
    }
  }

  private static void scale(int m, int n, double beta, double[] c, int cOff, int ldc) {
    if (beta == 1) {
      return;
    }
    for (int j = 0; j < n; j++) {
      int cj = cOff + j * ldc;
      if (beta == 0) {
        Arrays.fill(c, cj, cj + m, 0.0);
      } else {
        for (int i = 0; i < m; i++) {
          c[cj + i] *= beta;
        }
      }
    }
  }

  /**
   * {@code C = alpha A B}, or that added to C, with rows along the lanes; A is m x k, not
   * transposed, element (l, j) of B is {@code b[bOff + l bk + j bj]}, and {@code bk} or {@code bj}
   * is 1.
   */
  private void rowsAcross(
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      int aOff,
      int lda,
      double[] b,
      int bOff,
      int bk,
      int bj,
      boolean add,
      double[] c,
      int cOff,
      int ldc,
      Scratch scratch) {
    if (n <= ThinProducts.FEW) {
      if (!add) {
        scale(m, n, 0, c, cOff, ldc);
      }
      ThinProducts.fewColumns(m, n, k, alpha, a, aOff, lda, b, bOff, bk, bj, c, cOff, ldc);
      return;
    }
    if (k == 2 && !add) {
      ThinProducts.innerTwo(m, n, alpha, a, aOff, lda, b, bOff, bk, bj, c, cOff, ldc);
      return;
    }
    int tr = tile.rows();
    int pieces = (k * tr + A_BLOCK - 1) / A_BLOCK;
    int kc = (k + pieces - 1) / pieces;
    int nc = Math.max(GemmTile.PANEL, B_BLOCK / kc / GemmTile.PANEL * GemmTile.PANEL);
    double[] packedA = scratch.panel(tr * kc);
    boolean inPlace = bk == 1;
    double[] packedB = inPlace ? b : scratch.packed(Packing.size(Math.min(n, nc), kc));
    for (int j = 0; j < n; j += nc) {
      int nj = Math.min(nc, n - j);
      for (int l = 0; l < k; l += kc) {
        int kl = Math.min(kc, k - l);
        int bl = bOff + l * bk + j * bj;
        if (!inPlace) {
          Packing.columns(nj, kl, b, bl, bk, packedB);
        }
        boolean addHere = add || l > 0;
        int i = 0;
        while (i < m) {
          int left = m - i;
          GemmTile t = left >= tr ? tile : left > L ? half : narrow;
          int rows = Math.min(left, t.rows());
          Packing.rows(t.rows(), rows, kl, alpha, a, aOff + l * lda + i, lda, packedA);
          int ci = cOff + j * ldc + i;
          if (rows == t.rows()) {
            columns(t, nj, kl, packedA, inPlace, packedB, bl, bj, addHere, c, ci, ldc);
          } else {
            // More rows than there are: into a strip, from which those that are go to C.
            double[] strip = scratch.strip(t.rows() * nj);
            if (addHere) {
              copy(rows, nj, c, ci, ldc, strip, 0, t.rows());
            }
            columns(t, nj, kl, packedA, inPlace, packedB, bl, bj, addHere, strip, 0, t.rows());
            copy(rows, nj, strip, 0, t.rows(), c, ci, ldc);
          }
          i += rows;
        }
      }
    }
  }

  private static void copy(
      int rows, int cols, double[] from, int at, int ld, double[] to, int toAt, int ldTo) {
    for (int j = 0; j < cols; j++) {
      System.arraycopy(from, at + j * ld, to, toAt + j * ldTo, rows);
    }
  }

  /** One tile of rows by n columns; {@code b} is the packed panels unless it is read in place. */
  private void columns(
      GemmTile t,
      int n,
      int k,
      double[] a,
      boolean inPlace,
      double[] b,
      int bOff,
      int bj,
      boolean add,
      double[] c,
      int cOff,
      int ldc) {
    int whole = inPlace ? n / t.cols() * t.cols() : Packing.inPanels(n);
    int at = cOff + whole * ldc;
    if (inPlace) {
      t.columns(whole, k, a, 0, b, bOff, bj, add, c, cOff, ldc);
      t.singles(n - whole, k, a, 0, b, bOff + whole * bj, bj, add, c, at, ldc);
    } else {
      t.panels(whole, k, a, 0, b, add, c, cOff, ldc);
      t.singles(n - whole, k, a, 0, b, Packing.singles(n, k), k, add, c, at, ldc);
    }
  }
}
