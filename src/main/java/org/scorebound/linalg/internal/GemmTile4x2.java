package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 4 vectors of rows by 2 columns, for processors with 16 vector registers: 8 accumulators, which is
 * what two multiply-adders of latency 4 need, and at most 6 operands, in whatever order the
 * compiler schedules their loads. With 2 by 6 it loads all six broadcasts first and spills.
 */
final class GemmTile4x2 implements GemmTile {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  @Override
  public int rows() {
    return 4 * L;
  }

  @Override
  public int cols() {
    return 2;
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
    for (int j = 0; j + 2 <= n; j += 2) {
      columns2(k, a, aOff, b, bOff + j * ldb, ldb, add, c, cOff + j * ldc, ldc);
    }
  }

  private static void columns2(
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
    DoubleVector s20 = DoubleVector.zero(S);
    DoubleVector s30 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s21 = DoubleVector.zero(S);
    DoubleVector s31 = DoubleVector.zero(S);
    int q1 = bOff + ldb;
    for (int l = 0; l < k; l++) {
      int p = aOff + l * (4 * L);
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, p + L);
      DoubleVector a2 = DoubleVector.fromArray(S, a, p + 2 * L);
      DoubleVector a3 = DoubleVector.fromArray(S, a, p + 3 * L);
      DoubleVector b0 = DoubleVector.broadcast(S, b[bOff + l]);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      s20 = a2.fma(b0, s20);
      s30 = a3.fma(b0, s30);
      DoubleVector b1 = DoubleVector.broadcast(S, b[q1 + l]);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
      s21 = a2.fma(b1, s21);
      s31 = a3.fma(b1, s31);
    }
    int c1 = cOff + ldc;
    if (add) {
      s00.add(DoubleVector.fromArray(S, c, cOff)).intoArray(c, cOff);
      s10.add(DoubleVector.fromArray(S, c, cOff + L)).intoArray(c, cOff + L);
      s20.add(DoubleVector.fromArray(S, c, cOff + 2 * L)).intoArray(c, cOff + 2 * L);
      s30.add(DoubleVector.fromArray(S, c, cOff + 3 * L)).intoArray(c, cOff + 3 * L);
      s01.add(DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
      s11.add(DoubleVector.fromArray(S, c, c1 + L)).intoArray(c, c1 + L);
      s21.add(DoubleVector.fromArray(S, c, c1 + 2 * L)).intoArray(c, c1 + 2 * L);
      s31.add(DoubleVector.fromArray(S, c, c1 + 3 * L)).intoArray(c, c1 + 3 * L);
    } else {
      s00.intoArray(c, cOff);
      s10.intoArray(c, cOff + L);
      s20.intoArray(c, cOff + 2 * L);
      s30.intoArray(c, cOff + 3 * L);
      s01.intoArray(c, c1);
      s11.intoArray(c, c1 + L);
      s21.intoArray(c, c1 + 2 * L);
      s31.intoArray(c, c1 + 3 * L);
    }
  }

  @Override
  public void panels(
      int n, int k, double[] a, int aOff, double[] b, boolean add, double[] c, int cOff, int ldc) {
    for (int j = 0; j + 2 <= n; j += 2) {
      panel2(k, a, aOff, b, Packing.panelColumn(j, k), add, c, cOff + j * ldc, ldc);
    }
  }

  private static void panel2(
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
    DoubleVector s20 = DoubleVector.zero(S);
    DoubleVector s30 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s21 = DoubleVector.zero(S);
    DoubleVector s31 = DoubleVector.zero(S);
    for (int l = 0; l < k; l++) {
      int p = aOff + l * (4 * L);
      int q = bOff + l * PANEL;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, p + L);
      DoubleVector a2 = DoubleVector.fromArray(S, a, p + 2 * L);
      DoubleVector a3 = DoubleVector.fromArray(S, a, p + 3 * L);
      DoubleVector b0 = DoubleVector.broadcast(S, b[q]);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      s20 = a2.fma(b0, s20);
      s30 = a3.fma(b0, s30);
      DoubleVector b1 = DoubleVector.broadcast(S, b[q + 1]);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
      s21 = a2.fma(b1, s21);
      s31 = a3.fma(b1, s31);
    }
    int c1 = cOff + ldc;
    if (add) {
      s00.add(DoubleVector.fromArray(S, c, cOff)).intoArray(c, cOff);
      s10.add(DoubleVector.fromArray(S, c, cOff + L)).intoArray(c, cOff + L);
      s20.add(DoubleVector.fromArray(S, c, cOff + 2 * L)).intoArray(c, cOff + 2 * L);
      s30.add(DoubleVector.fromArray(S, c, cOff + 3 * L)).intoArray(c, cOff + 3 * L);
      s01.add(DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
      s11.add(DoubleVector.fromArray(S, c, c1 + L)).intoArray(c, c1 + L);
      s21.add(DoubleVector.fromArray(S, c, c1 + 2 * L)).intoArray(c, c1 + 2 * L);
      s31.add(DoubleVector.fromArray(S, c, c1 + 3 * L)).intoArray(c, c1 + 3 * L);
    } else {
      s00.intoArray(c, cOff);
      s10.intoArray(c, cOff + L);
      s20.intoArray(c, cOff + 2 * L);
      s30.intoArray(c, cOff + 3 * L);
      s01.intoArray(c, c1);
      s11.intoArray(c, c1 + L);
      s21.intoArray(c, c1 + 2 * L);
      s31.intoArray(c, c1 + 3 * L);
    }
  }

  @Override
  public void singles(
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
    for (int j = 0; j < n; j++) {
      single(k, a, aOff, b, bOff + j * ldb, add, c, cOff + j * ldc);
    }
  }

  private static void single(
      int k, double[] a, int aOff, double[] b, int bOff, boolean add, double[] c, int cOff) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s20 = DoubleVector.zero(S);
    DoubleVector s30 = DoubleVector.zero(S);
    for (int l = 0; l < k; l++) {
      int p = aOff + l * (4 * L);
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, p + L);
      DoubleVector a2 = DoubleVector.fromArray(S, a, p + 2 * L);
      DoubleVector a3 = DoubleVector.fromArray(S, a, p + 3 * L);
      DoubleVector b0 = DoubleVector.broadcast(S, b[bOff + l]);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      s20 = a2.fma(b0, s20);
      s30 = a3.fma(b0, s30);
    }
    if (add) {
      s00.add(DoubleVector.fromArray(S, c, cOff)).intoArray(c, cOff);
      s10.add(DoubleVector.fromArray(S, c, cOff + L)).intoArray(c, cOff + L);
      s20.add(DoubleVector.fromArray(S, c, cOff + 2 * L)).intoArray(c, cOff + 2 * L);
      s30.add(DoubleVector.fromArray(S, c, cOff + 3 * L)).intoArray(c, cOff + 3 * L);
    } else {
      s00.intoArray(c, cOff);
      s10.intoArray(c, cOff + L);
      s20.intoArray(c, cOff + 2 * L);
      s30.intoArray(c, cOff + 3 * L);
    }
  }
}
