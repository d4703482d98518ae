package org.scorebound.linalg.internal;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix multiplication over register tiles, for the shapes of small networks: tens to hundreds of
 * rows, any number of columns.
 *
 * <p>Rows run along the lanes. A is copied where it is transposed, block by block where its leading
 * dimension would make its columns evict each other, and padded with zeros in the last rows that
 * fill no vector; B is read in place. The inner dimension is cut into pieces whose block of A fits
 * the first-level cache, and columns into pieces of B that fit the second. A product with fewer
 * rows than lanes runs along k instead, or is done as its transpose.
 */
final class VectorGemm {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  /** Doubles of A that one row block may take: 16 KiB, half of a small first-level cache. */
  private static final int A_BLOCK = 2048;

  /** Doubles of B per column block: 256 KiB, well within a second-level cache. */
  private static final int B_BLOCK = 32768;

  /** From this leading dimension on, columns of a block fall into too few sets of the cache. */
  private static final int WIDE = 96;

  /** A copy of a block pays off when it serves this many columns. */
  private static final int REUSE = 32;

  private final GemmTile tile;
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
    int bk = transB ? ldb : 1;
    int bj = transB ? 1 : ldb;
    if (m < L && !transB) {
      alongInner(transA, m, n, k, alpha, a, aOff, lda, b, bOff, ldb, add, c, cOff, ldc, scratch);
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
    } else if (transA) {
      double[] at = scratch.packed(m * k);
      Transpose.apply(m, k, a, aOff, lda, at, 0);
      rowsAcross(m, n, k, alpha, at, 0, m, b, bOff, bk, bj, add, c, cOff, ldc, scratch);
    } else {
      rowsAcross(m, n, k, alpha, a, aOff, lda, b, bOff, bk, bj, add, c, cOff, ldc, scratch);
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
   * {@code C = alpha A B}, or that added to C, with rows along the lanes; {@code A} is m x k, not
   * transposed.
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
    int tr = tile.rows();
    int pieces = (k * tr + A_BLOCK - 1) / A_BLOCK;
    int kc = (k + pieces - 1) / pieces;
    int nc = Math.max(tile.cols(), B_BLOCK / kc / tile.cols() * tile.cols());
    boolean pack = lda >= WIDE && n >= REUSE;
    double[] panel = pack ? scratch.panel(tr * kc) : a;
    for (int j = 0; j < n; j += nc) {
      int nj = Math.min(nc, n - j);
      for (int l = 0; l < k; l += kc) {
        int kl = Math.min(kc, k - l);
        int al = aOff + l * lda;
        int bl = bOff + l * bk + j * bj;
        int cj = cOff + j * ldc;
        boolean addHere = add || l > 0;
        int i = 0;
        for (; i + tr <= m; i += tr) {
          if (pack) {
            packPanel(tr, kl, a, al + i, lda, panel);
            columns(tile, nj, kl, alpha, panel, 0, tr, b, bl, bk, bj, addHere, c, cj + i, ldc);
          } else {
            columns(tile, nj, kl, alpha, a, al + i, lda, b, bl, bk, bj, addHere, c, cj + i, ldc);
          }
        }
        for (; i + L <= m; i += L) {
          columns(narrow, nj, kl, alpha, a, al + i, lda, b, bl, bk, bj, addHere, c, cj + i, ldc);
        }
        if (i < m) {
          lastRows(
              m - i, nj, kl, alpha, a, al + i, lda, b, bl, bk, bj, addHere, c, cj + i, ldc,
              scratch);
        }
      }
    }
  }

  /** A tile's rows of A, k columns, side by side. */
  private static void packPanel(int rows, int k, double[] a, int aOff, int lda, double[] panel) {
    for (int l = 0; l < k; l++) {
      int p = aOff + l * lda;
      int q = l * rows;
      for (int i = 0; i < rows; i += L) {
        DoubleVector.fromArray(S, a, p + i).intoArray(panel, q + i);
      }
    }
  }

  private static void columns(
      GemmTile t,
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
      int ldc) {
    int width = t.cols();
    int j = 0;
    for (; j + width <= n; j += width) {
      t.full(k, a, aOff, lda, b, bOff + j * bj, bk, bj, alpha, add, c, cOff + j * ldc, ldc);
    }
    for (; j + 2 <= n; j += 2) {
      t.two(k, a, aOff, lda, b, bOff + j * bj, bk, bj, alpha, add, c, cOff + j * ldc, ldc);
    }
    if (j < n) {
      t.one(k, a, aOff, lda, b, bOff + j * bj, bk, bj, alpha, add, c, cOff + j * ldc, ldc);
    }
  }

  /** The last {@code m < L} rows, through a copy of A padded with zeros to one vector. */
  private void lastRows(
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
    double[] rows = scratch.rows(L * k);
    for (int l = 0; l < k; l++) {
      for (int i = 0; i < L; i++) {
        rows[l * L + i] = i < m ? a[aOff + i + l * lda] : 0;
      }
    }
    double[] t = scratch.strip(L * n);
    columns(narrow, n, k, alpha, rows, 0, L, b, bOff, bk, bj, false, t, 0, L);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        int at = cOff + i + j * ldc;
        c[at] = add ? c[at] + t[j * L + i] : t[j * L + i];
      }
    }
  }

  /**
   * {@code C = alpha op(A) B}, or that added to C, for few rows: each element is a dot product
   * along k.
   */
  private static void alongInner(
      boolean transA,
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
      boolean add,
      double[] c,
      int cOff,
      int ldc,
      Scratch scratch) {
    double[] at = a;
    int atOff = aOff;
    int ldat = lda;
    if (!transA) {
      at = scratch.packed(m * k);
      atOff = 0;
      ldat = k;
      for (int l = 0; l < k; l++) {
        for (int i = 0; i < m; i++) {
          at[i * k + l] = a[aOff + i + l * lda];
        }
      }
    }
    for (int j = 0; j < n; j++) {
      int bj = bOff + j * ldb;
      int cj = cOff + j * ldc;
      int i = 0;
      for (; i + 2 <= m; i += 2) {
        twoDots(k, at, atOff + i * ldat, atOff + (i + 1) * ldat, b, bj, alpha, add, c, cj + i);
      }
      if (i < m) {
        double t = alpha * dot(k, at, atOff + i * ldat, b, bj);
        c[cj + i] = add ? c[cj + i] + t : t;
      }
    }
  }

  private static void twoDots(
      int k,
      double[] a,
      int a0,
      int a1,
      double[] b,
      int bOff,
      double alpha,
      boolean add,
      double[] c,
      int cOff) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    int l = 0;
    for (; l + L <= k; l += L) {
      DoubleVector v = DoubleVector.fromArray(S, b, bOff + l);
      s0 = v.fma(DoubleVector.fromArray(S, a, a0 + l), s0);
      s1 = v.fma(DoubleVector.fromArray(S, a, a1 + l), s1);
    }
    double t0 = LaneSum.of(s0);
    double t1 = LaneSum.of(s1);
    for (; l < k; l++) {
      t0 = Math.fma(a[a0 + l], b[bOff + l], t0);
      t1 = Math.fma(a[a1 + l], b[bOff + l], t1);
    }
    c[cOff] = add ? Math.fma(alpha, t0, c[cOff]) : alpha * t0;
    c[cOff + 1] = add ? Math.fma(alpha, t1, c[cOff + 1]) : alpha * t1;
  }

  /** Dot product in four interleaved vector sums. */
  static double dot(int n, double[] x, int xOff, double[] y, int yOff) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    DoubleVector s2 = DoubleVector.zero(S);
    DoubleVector s3 = DoubleVector.zero(S);
    int i = 0;
    for (; i + 4 * L <= n; i += 4 * L) {
      int p = xOff + i;
      int q = yOff + i;
      s0 = DoubleVector.fromArray(S, x, p).fma(DoubleVector.fromArray(S, y, q), s0);
      s1 = DoubleVector.fromArray(S, x, p + L).fma(DoubleVector.fromArray(S, y, q + L), s1);
      s2 = DoubleVector.fromArray(S, x, p + 2 * L).fma(DoubleVector.fromArray(S, y, q + 2 * L), s2);
      s3 = DoubleVector.fromArray(S, x, p + 3 * L).fma(DoubleVector.fromArray(S, y, q + 3 * L), s3);
    }
    for (; i + L <= n; i += L) {
      s0 = DoubleVector.fromArray(S, x, xOff + i).fma(DoubleVector.fromArray(S, y, yOff + i), s0);
    }
    double s = LaneSum.of(s0.add(s1).add(s2.add(s3)));
    for (; i < n; i++) {
      s = Math.fma(x[xOff + i], y[yOff + i], s);
    }
    return s;
  }
}
