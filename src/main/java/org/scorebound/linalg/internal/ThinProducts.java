package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of which one dimension is as small as the data's: the first and the last layer of a
 * network, their gradients, and a matrix times a vector. They move as much as they compute, so that
 * nothing is packed; columns of A are read in place, four at a time.
 *
 * <p>Where rows run along the lanes, each element is one chain of fused multiply-adds in the order
 * of the inner dimension, as in {@link VectorGemm}.
 */
final class ThinProducts {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  /** Up to this many columns, packing A costs more than reading it again for every two. */
  static final int FEW = 4;

  private ThinProducts() {}

  /** {@code C += alpha A B} for few columns; B by strides as in {@link VectorGemm}. */
  static void fewColumns(
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
      double[] c,
      int cOff,
      int ldc) {
    int j = 0;
    for (; j + 2 <= n; j += 2) {
      int q = bOff + j * bj;
      int cj = cOff + j * ldc;
      int l = 0;
      for (; l + 4 <= k; l += 4) {
        int r = q + l * bk;
        fourInTwo(
            m,
            a,
            aOff + l * lda,
            lda,
            alpha * b[r],
            alpha * b[r + bk],
            alpha * b[r + 2 * bk],
            alpha * b[r + 3 * bk],
            alpha * b[r + bj],
            alpha * b[r + bk + bj],
            alpha * b[r + 2 * bk + bj],
            alpha * b[r + 3 * bk + bj],
            c,
            cj,
            cj + ldc);
      }
      for (; l < k; l++) {
        int r = q + l * bk;
        oneInOne(m, a, aOff + l * lda, alpha * b[r], c, cj);
        oneInOne(m, a, aOff + l * lda, alpha * b[r + bj], c, cj + ldc);
      }
    }
    if (j < n) {
      int q = bOff + j * bj;
      int cj = cOff + j * ldc;
      int l = 0;
      for (; l + 4 <= k; l += 4) {
        int r = q + l * bk;
        fourInOne(
            m,
            a,
            aOff + l * lda,
            lda,
            alpha * b[r],
            alpha * b[r + bk],
            alpha * b[r + 2 * bk],
            alpha * b[r + 3 * bk],
            c,
            cj);
      }
      for (; l < k; l++) {
        oneInOne(m, a, aOff + l * lda, alpha * b[q + l * bk], c, cj);
      }
    }
  }

  /** Four columns of A into two of C. */
  private static void fourInTwo(
      int m,
      double[] a,
      int aOff,
      int lda,
      double b00,
      double b10,
      double b20,
      double b30,
      double b01,
      double b11,
      double b21,
      double b31,
      double[] c,
      int c0,
      int c1) {
    int a1 = aOff + lda;
    int a2 = aOff + 2 * lda;
    int a3 = aOff + 3 * lda;
    int i = 0;
    for (; i + L <= m; i += L) {
      DoubleVector v0 = DoubleVector.fromArray(S, a, aOff + i);
      DoubleVector v1 = DoubleVector.fromArray(S, a, a1 + i);
      DoubleVector v2 = DoubleVector.fromArray(S, a, a2 + i);
      DoubleVector v3 = DoubleVector.fromArray(S, a, a3 + i);
      DoubleVector s = v0.fma(DoubleVector.broadcast(S, b00), DoubleVector.fromArray(S, c, c0 + i));
      DoubleVector t = v0.fma(DoubleVector.broadcast(S, b01), DoubleVector.fromArray(S, c, c1 + i));
      s = v1.fma(DoubleVector.broadcast(S, b10), s);
      t = v1.fma(DoubleVector.broadcast(S, b11), t);
      s = v2.fma(DoubleVector.broadcast(S, b20), s);
      t = v2.fma(DoubleVector.broadcast(S, b21), t);
      v3.fma(DoubleVector.broadcast(S, b30), s).intoArray(c, c0 + i);
      v3.fma(DoubleVector.broadcast(S, b31), t).intoArray(c, c1 + i);
    }
    for (; i < m; i++) {
      double s = Math.fma(a[aOff + i], b00, c[c0 + i]);
      double t = Math.fma(a[aOff + i], b01, c[c1 + i]);
      s = Math.fma(a[a1 + i], b10, s);
      t = Math.fma(a[a1 + i], b11, t);
      s = Math.fma(a[a2 + i], b20, s);
      t = Math.fma(a[a2 + i], b21, t);
      c[c0 + i] = Math.fma(a[a3 + i], b30, s);
      c[c1 + i] = Math.fma(a[a3 + i], b31, t);
    }
  }

  private static void fourInOne(
      int m,
      double[] a,
      int aOff,
      int lda,
      double b0,
      double b1,
      double b2,
      double b3,
      double[] c,
      int cOff) {
    int a1 = aOff + lda;
    int a2 = aOff + 2 * lda;
    int a3 = aOff + 3 * lda;
    int i = 0;
    for (; i + L <= m; i += L) {
      DoubleVector s =
          DoubleVector.fromArray(S, a, aOff + i)
              .fma(DoubleVector.broadcast(S, b0), DoubleVector.fromArray(S, c, cOff + i));
      s = DoubleVector.fromArray(S, a, a1 + i).fma(DoubleVector.broadcast(S, b1), s);
      s = DoubleVector.fromArray(S, a, a2 + i).fma(DoubleVector.broadcast(S, b2), s);
      DoubleVector.fromArray(S, a, a3 + i)
          .fma(DoubleVector.broadcast(S, b3), s)
          .intoArray(c, cOff + i);
    }
    for (; i < m; i++) {
      double s = Math.fma(a[aOff + i], b0, c[cOff + i]);
      s = Math.fma(a[a1 + i], b1, s);
      s = Math.fma(a[a2 + i], b2, s);
      c[cOff + i] = Math.fma(a[a3 + i], b3, s);
    }
  }

  private static void oneInOne(int m, double[] a, int aOff, double b, double[] c, int cOff) {
    int i = 0;
    for (; i + L <= m; i += L) {
      DoubleVector.fromArray(S, a, aOff + i)
          .fma(DoubleVector.broadcast(S, b), DoubleVector.fromArray(S, c, cOff + i))
          .intoArray(c, cOff + i);
    }
    for (; i < m; i++) {
      c[cOff + i] = Math.fma(a[aOff + i], b, c[cOff + i]);
    }
  }

  /** {@code C = alpha A B} for an inner dimension of 2: the first layer of a planar network. */
  static void innerTwo(
      int m,
      int n,
      double alpha,
      double[] a,
      int aOff,
      int lda,
      double[] b,
      int bOff,
      int bk,
      int bj,
      double[] c,
      int cOff,
      int ldc) {
    int j = 0;
    for (; j + 4 <= n; j += 4) {
      int q = bOff + j * bj;
      twoInFour(
          m,
          a,
          aOff,
          aOff + lda,
          alpha * b[q],
          alpha * b[q + bk],
          alpha * b[q + bj],
          alpha * b[q + bk + bj],
          alpha * b[q + 2 * bj],
          alpha * b[q + bk + 2 * bj],
          alpha * b[q + 3 * bj],
          alpha * b[q + bk + 3 * bj],
          c,
          cOff + j * ldc,
          ldc);
    }
    for (; j < n; j++) {
      int q = bOff + j * bj;
      twoInOne(m, a, aOff, aOff + lda, alpha * b[q], alpha * b[q + bk], c, cOff + j * ldc);
    }
  }

  /** Two columns of A to four of C. */
  private static void twoInFour(
      int m,
      double[] a,
      int a0,
      int a1,
      double b00,
      double b10,
      double b01,
      double b11,
      double b02,
      double b12,
      double b03,
      double b13,
      double[] c,
      int c0,
      int ldc) {
    int c1 = c0 + ldc;
    int c2 = c0 + 2 * ldc;
    int c3 = c0 + 3 * ldc;
    int i = 0;
    for (; i + L <= m; i += L) {
      DoubleVector u = DoubleVector.fromArray(S, a, a0 + i);
      DoubleVector v = DoubleVector.fromArray(S, a, a1 + i);
      v.fma(DoubleVector.broadcast(S, b10), u.mul(DoubleVector.broadcast(S, b00)))
          .intoArray(c, c0 + i);
      v.fma(DoubleVector.broadcast(S, b11), u.mul(DoubleVector.broadcast(S, b01)))
          .intoArray(c, c1 + i);
      v.fma(DoubleVector.broadcast(S, b12), u.mul(DoubleVector.broadcast(S, b02)))
          .intoArray(c, c2 + i);
      v.fma(DoubleVector.broadcast(S, b13), u.mul(DoubleVector.broadcast(S, b03)))
          .intoArray(c, c3 + i);
    }
    for (; i < m; i++) {
      double u = a[a0 + i];
      double v = a[a1 + i];
      c[c0 + i] = Math.fma(v, b10, u * b00);
      c[c1 + i] = Math.fma(v, b11, u * b01);
      c[c2 + i] = Math.fma(v, b12, u * b02);
      c[c3 + i] = Math.fma(v, b13, u * b03);
    }
  }

  private static void twoInOne(
      int m, double[] a, int a0, int a1, double b0, double b1, double[] c, int cOff) {
    int i = 0;
    for (; i + L <= m; i += L) {
      DoubleVector.fromArray(S, a, a1 + i)
          .fma(
              DoubleVector.broadcast(S, b1),
              DoubleVector.fromArray(S, a, a0 + i).mul(DoubleVector.broadcast(S, b0)))
          .intoArray(c, cOff + i);
    }
    for (; i < m; i++) {
      c[cOff + i] = Math.fma(a[a1 + i], b1, a[a0 + i] * b0);
    }
  }
}
