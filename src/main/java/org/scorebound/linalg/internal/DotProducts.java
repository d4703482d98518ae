package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Dot products: of two vectors, and of the few rows of a network's last layer with its columns. */
final class DotProducts {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  /** Columns whose partial sums are kept before their lanes are summed. */
  private static final int COLUMNS = 64;

  private DotProducts() {}

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

  /**
   * {@code C = alpha A B}, or that added to C, for fewer rows than lanes: dot products along the
   * inner dimension, of which row i of A is contiguous at {@code a[aOff + i lda]}. The sums of the
   * lanes are kept in memory for some columns, and then added by halves as {@link LaneSum} does:
   * from memory that takes one scalar addition each, from a vector two shuffles more.
   */
  static void fewRows(
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
    double[] lanes = scratch.strip(m * COLUMNS * L);
    int whole = k / L * L;
    for (int j = 0; j < n; j += COLUMNS) {
      int nj = Math.min(COLUMNS, n - j);
      for (int i = 0; i < m; i++) {
        int ai = aOff + i * lda;
        boolean pair = i + 2 <= m;
        int t = i * L;
        int h = 0;
        for (; h + 4 <= nj; h += 4) {
          int bh = bOff + (j + h) * ldb;
          int at = t + h * m * L;
          if (pair) {
            twoRows(whole, a, ai, ai + lda, b, bh, ldb, lanes, at, m * L);
          } else {
            oneRow(whole, a, ai, b, bh, ldb, lanes, at, m * L);
          }
        }
        for (; h < nj; h++) {
          int bh = bOff + (j + h) * ldb;
          int at = t + h * m * L;
          single(whole, a, ai, b, bh, lanes, at);
          if (pair) {
            single(whole, a, ai + lda, b, bh, lanes, at + L);
          }
        }
        if (pair) {
          i++;
        }
      }
      for (int h = 0; h < nj; h++) {
        int bh = bOff + (j + h) * ldb;
        int ch = cOff + (j + h) * ldc;
        for (int i = 0; i < m; i++) {
          double s = sum(lanes, (h * m + i) * L);
          for (int l = whole; l < k; l++) {
            s = Math.fma(a[aOff + i * lda + l], b[bh + l], s);
          }
          c[ch + i] = add ? Math.fma(alpha, s, c[ch + i]) : alpha * s;
        }
      }
    }
  }

  /** Lanes of the dot products of two rows with four columns. */
  private static void twoRows(
      int k,
      double[] a,
      int a0,
      int a1,
      double[] b,
      int b0,
      int ldb,
      double[] lanes,
      int at,
      int stride) {
    int b1 = b0 + ldb;
    int b2 = b0 + 2 * ldb;
    int b3 = b0 + 3 * ldb;
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s12 = DoubleVector.zero(S);
    DoubleVector s03 = DoubleVector.zero(S);
    DoubleVector s13 = DoubleVector.zero(S);
    for (int l = 0; l < k; l += L) {
      DoubleVector u = DoubleVector.fromArray(S, a, a0 + l);
      DoubleVector v = DoubleVector.fromArray(S, a, a1 + l);
      DoubleVector y0 = DoubleVector.fromArray(S, b, b0 + l);
      s00 = u.fma(y0, s00);
      s10 = v.fma(y0, s10);
      DoubleVector y1 = DoubleVector.fromArray(S, b, b1 + l);
      s01 = u.fma(y1, s01);
      s11 = v.fma(y1, s11);
      DoubleVector y2 = DoubleVector.fromArray(S, b, b2 + l);
      s02 = u.fma(y2, s02);
      s12 = v.fma(y2, s12);
      DoubleVector y3 = DoubleVector.fromArray(S, b, b3 + l);
      s03 = u.fma(y3, s03);
      s13 = v.fma(y3, s13);
    }
    s00.intoArray(lanes, at);
    s10.intoArray(lanes, at + L);
    s01.intoArray(lanes, at + stride);
    s11.intoArray(lanes, at + stride + L);
    s02.intoArray(lanes, at + 2 * stride);
    s12.intoArray(lanes, at + 2 * stride + L);
    s03.intoArray(lanes, at + 3 * stride);
    s13.intoArray(lanes, at + 3 * stride + L);
  }

  private static void oneRow(
      int k,
      double[] a,
      int aOff,
      double[] b,
      int b0,
      int ldb,
      double[] lanes,
      int at,
      int stride) {
    int b1 = b0 + ldb;
    int b2 = b0 + 2 * ldb;
    int b3 = b0 + 3 * ldb;
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    DoubleVector s2 = DoubleVector.zero(S);
    DoubleVector s3 = DoubleVector.zero(S);
    for (int l = 0; l < k; l += L) {
      DoubleVector u = DoubleVector.fromArray(S, a, aOff + l);
      s0 = u.fma(DoubleVector.fromArray(S, b, b0 + l), s0);
      s1 = u.fma(DoubleVector.fromArray(S, b, b1 + l), s1);
      s2 = u.fma(DoubleVector.fromArray(S, b, b2 + l), s2);
      s3 = u.fma(DoubleVector.fromArray(S, b, b3 + l), s3);
    }
    s0.intoArray(lanes, at);
    s1.intoArray(lanes, at + stride);
    s2.intoArray(lanes, at + 2 * stride);
    s3.intoArray(lanes, at + 3 * stride);
  }

  private static void single(
      int k, double[] a, int aOff, double[] b, int bOff, double[] lanes, int at) {
    DoubleVector s = DoubleVector.zero(S);
    for (int l = 0; l < k; l += L) {
      s = DoubleVector.fromArray(S, a, aOff + l).fma(DoubleVector.fromArray(S, b, bOff + l), s);
    }
    s.intoArray(lanes, at);
  }

  /** The sum of the L lanes at p, by halves; they are overwritten where L is above 4. */
  private static double sum(double[] x, int p) {
    if (L == 4) {
      return x[p] + x[p + 2] + (x[p + 1] + x[p + 3]);
    }
    for (int half = L / 2; half >= 1; half /= 2) {
      for (int i = 0; i < half; i++) {
        x[p + i] += x[p + i + half];
      }
    }
    return x[p];
  }
}
