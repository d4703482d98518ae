package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 2 vectors of rows by 5 columns, for processors with 16 vector registers: 10 accumulators, two
 * more than two multiply-adders of latency 4 need, 2 operands and as many broadcasts as are left.
 * It reads two vectors for ten multiply-adds: an array of Java is aligned to 8 bytes, so that every
 * other vector of 32 crosses a cache line and is read twice; with 4 vectors by 2 columns that took
 * all that the processor can read.
 *
 * <p>Columns that are no multiple of 5 are left to {@link GemmTile2x4} by fours, from 12 on to the
 * last.
 */
final class GemmTile2x5 implements GemmTile {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final int COLS = 5;

  private final GemmTile rest = new GemmTile2x4();

  @Override
  public int rows() {
    return 2 * L;
  }

  /** How many of n columns go by fives: as many as leave a multiple of 4, where that can be. */
  private static int inFives(int n) {
    for (int j = n / COLS * COLS; j >= 0; j -= COLS) {
      if ((n - j) % 4 == 0) {
        return j;
      }
    }
    return n / COLS * COLS;
  }

  @Override
  public void columns(
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
      int ldc) {
    int fives = inFives(n);
    for (int j = 0; j < fives; j += COLS) {
      columns5(k, a, aOff, b, bOff + j * ldb, ldb, add, c, cOff + j * ldc, ldc);
    }
    int bRest = bOff + fives * ldb;
    rest.columns(n - fives, k, a, aOff, b, bRest, ldb, add, c, cOff + fives * ldc, ldc);
  }

  private static void columns5(
      int k,
      double[] a,
      int aOff,
      double[] b,
      int bOff,
      int ldb,
      boolean add,
      double[] c,
      int cOff,
      int ldc) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s12 = DoubleVector.zero(S);
    DoubleVector s03 = DoubleVector.zero(S);
    DoubleVector s13 = DoubleVector.zero(S);
    DoubleVector s04 = DoubleVector.zero(S);
    DoubleVector s14 = DoubleVector.zero(S);
    int q1 = bOff + ldb;
    int q2 = bOff + 2 * ldb;
    int q3 = bOff + 3 * ldb;
    int q4 = bOff + 4 * ldb;
    for (int l = 0; l < k; l++) {
      int p = aOff + l * (2 * L);
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, p + L);
      DoubleVector b0 = DoubleVector.broadcast(S, b[bOff + l]);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      DoubleVector b1 = DoubleVector.broadcast(S, b[q1 + l]);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
      DoubleVector b2 = DoubleVector.broadcast(S, b[q2 + l]);
      s02 = a0.fma(b2, s02);
      s12 = a1.fma(b2, s12);
      DoubleVector b3 = DoubleVector.broadcast(S, b[q3 + l]);
      s03 = a0.fma(b3, s03);
      s13 = a1.fma(b3, s13);
      DoubleVector b4 = DoubleVector.broadcast(S, b[q4 + l]);
      s04 = a0.fma(b4, s04);
      s14 = a1.fma(b4, s14);
    }
    int c1 = cOff + ldc;
    int c2 = cOff + 2 * ldc;
    int c3 = cOff + 3 * ldc;
    int c4 = cOff + 4 * ldc;
    if (add) {
      s00.add(DoubleVector.fromArray(S, c, cOff)).intoArray(c, cOff);
      s10.add(DoubleVector.fromArray(S, c, cOff + L)).intoArray(c, cOff + L);
      s01.add(DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
      s11.add(DoubleVector.fromArray(S, c, c1 + L)).intoArray(c, c1 + L);
      s02.add(DoubleVector.fromArray(S, c, c2)).intoArray(c, c2);
      s12.add(DoubleVector.fromArray(S, c, c2 + L)).intoArray(c, c2 + L);
      s03.add(DoubleVector.fromArray(S, c, c3)).intoArray(c, c3);
      s13.add(DoubleVector.fromArray(S, c, c3 + L)).intoArray(c, c3 + L);
      s04.add(DoubleVector.fromArray(S, c, c4)).intoArray(c, c4);
      s14.add(DoubleVector.fromArray(S, c, c4 + L)).intoArray(c, c4 + L);
    } else {
      s00.intoArray(c, cOff);
      s10.intoArray(c, cOff + L);
      s01.intoArray(c, c1);
      s11.intoArray(c, c1 + L);
      s02.intoArray(c, c2);
      s12.intoArray(c, c2 + L);
      s03.intoArray(c, c3);
      s13.intoArray(c, c3 + L);
      s04.intoArray(c, c4);
      s14.intoArray(c, c4 + L);
    }
  }

  @Override
  public void pack(int n, int k, double[] b, int bOff, int ldb, double[] packed) {
    int fives = inFives(n);
    for (int j = 0; j < fives; j += COLS) {
      packFive(k, b, bOff + j, ldb, packed, j * k);
    }
    Packing.columns(n - fives, k, b, bOff + fives, ldb, packed, fives * k);
  }

  private static void packFive(int k, double[] b, int bOff, int ldb, double[] packed, int at) {
    if (L != 4) {
      for (int l = 0; l < k; l++) {
        System.arraycopy(b, bOff + l * ldb, packed, at + l * COLS, COLS);
      }
      return;
    }
    for (int l = 0; l < k; l++) {
      int p = bOff + l * ldb;
      int q = at + l * COLS;
      DoubleVector.fromArray(S, b, p).intoArray(packed, q);
      packed[q + 4] = b[p + 4];
    }
  }

  @Override
  public void packed(
      int n,
      int k,
      double[] a,
      int aOff,
      double[] b,
      int bOff,
      boolean add,
      double[] c,
      int cOff,
      int ldc) {
    int fives = inFives(n);
    for (int j = 0; j < fives; j += COLS) {
      panel5(k, a, aOff, b, bOff + j * k, add, c, cOff + j * ldc, ldc);
    }
    int bRest = bOff + fives * k;
    rest.packed(n - fives, k, a, aOff, b, bRest, add, c, cOff + fives * ldc, ldc);
  }

  private static void panel5(
      int k,
      double[] a,
      int aOff,
      double[] b,
      int bOff,
      boolean add,
      double[] c,
      int cOff,
      int ldc) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s12 = DoubleVector.zero(S);
    DoubleVector s03 = DoubleVector.zero(S);
    DoubleVector s13 = DoubleVector.zero(S);
    DoubleVector s04 = DoubleVector.zero(S);
    DoubleVector s14 = DoubleVector.zero(S);
    for (int l = 0; l < k; l++) {
      int p = aOff + l * (2 * L);
      int q = bOff + l * COLS;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, p + L);
      DoubleVector b0 = DoubleVector.broadcast(S, b[q]);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      DoubleVector b1 = DoubleVector.broadcast(S, b[q + 1]);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
      DoubleVector b2 = DoubleVector.broadcast(S, b[q + 2]);
      s02 = a0.fma(b2, s02);
      s12 = a1.fma(b2, s12);
      DoubleVector b3 = DoubleVector.broadcast(S, b[q + 3]);
      s03 = a0.fma(b3, s03);
      s13 = a1.fma(b3, s13);
      DoubleVector b4 = DoubleVector.broadcast(S, b[q + 4]);
      s04 = a0.fma(b4, s04);
      s14 = a1.fma(b4, s14);
    }
    int c1 = cOff + ldc;
    int c2 = cOff + 2 * ldc;
    int c3 = cOff + 3 * ldc;
    int c4 = cOff + 4 * ldc;
    if (add) {
      s00.add(DoubleVector.fromArray(S, c, cOff)).intoArray(c, cOff);
      s10.add(DoubleVector.fromArray(S, c, cOff + L)).intoArray(c, cOff + L);
      s01.add(DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
      s11.add(DoubleVector.fromArray(S, c, c1 + L)).intoArray(c, c1 + L);
      s02.add(DoubleVector.fromArray(S, c, c2)).intoArray(c, c2);
      s12.add(DoubleVector.fromArray(S, c, c2 + L)).intoArray(c, c2 + L);
      s03.add(DoubleVector.fromArray(S, c, c3)).intoArray(c, c3);
      s13.add(DoubleVector.fromArray(S, c, c3 + L)).intoArray(c, c3 + L);
      s04.add(DoubleVector.fromArray(S, c, c4)).intoArray(c, c4);
      s14.add(DoubleVector.fromArray(S, c, c4 + L)).intoArray(c, c4 + L);
    } else {
      s00.intoArray(c, cOff);
      s10.intoArray(c, cOff + L);
      s01.intoArray(c, c1);
      s11.intoArray(c, c1 + L);
      s02.intoArray(c, c2);
      s12.intoArray(c, c2 + L);
      s03.intoArray(c, c3);
      s13.intoArray(c, c3 + L);
      s04.intoArray(c, c4);
      s14.intoArray(c, c4 + L);
    }
  }
}
