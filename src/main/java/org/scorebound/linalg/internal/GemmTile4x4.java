package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 4 vectors of rows by 4 columns: 16 accumulators and at most 8 operands, for processors with 32
 * vector registers.
 */
final class GemmTile4x4 implements GemmTile {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  @Override
  public int rows() {
    return 4 * L;
  }

  @Override
  public int cols() {
    return 4;
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
    for (int j = 0; j + 4 <= n; j += 4) {
      columns4(k, a, aOff, b, bOff + j * ldb, ldb, add, c, cOff + j * ldc, ldc);
    }
  }

  private static void columns4(
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
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s12 = DoubleVector.zero(S);
    DoubleVector s22 = DoubleVector.zero(S);
    DoubleVector s32 = DoubleVector.zero(S);
    DoubleVector s03 = DoubleVector.zero(S);
    DoubleVector s13 = DoubleVector.zero(S);
    DoubleVector s23 = DoubleVector.zero(S);
    DoubleVector s33 = DoubleVector.zero(S);
    int q1 = bOff + ldb;
    int q2 = bOff + 2 * ldb;
    int q3 = bOff + 3 * ldb;
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
      DoubleVector b2 = DoubleVector.broadcast(S, b[q2 + l]);
      s02 = a0.fma(b2, s02);
      s12 = a1.fma(b2, s12);
      s22 = a2.fma(b2, s22);
      s32 = a3.fma(b2, s32);
      DoubleVector b3 = DoubleVector.broadcast(S, b[q3 + l]);
      s03 = a0.fma(b3, s03);
      s13 = a1.fma(b3, s13);
      s23 = a2.fma(b3, s23);
      s33 = a3.fma(b3, s33);
    }
    int c1 = cOff + ldc;
    int c2 = cOff + 2 * ldc;
    int c3 = cOff + 3 * ldc;
    if (add) {
      s00.add(DoubleVector.fromArray(S, c, cOff)).intoArray(c, cOff);
      s10.add(DoubleVector.fromArray(S, c, cOff + L)).intoArray(c, cOff + L);
      s20.add(DoubleVector.fromArray(S, c, cOff + 2 * L)).intoArray(c, cOff + 2 * L);
      s30.add(DoubleVector.fromArray(S, c, cOff + 3 * L)).intoArray(c, cOff + 3 * L);
      s01.add(DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
      s11.add(DoubleVector.fromArray(S, c, c1 + L)).intoArray(c, c1 + L);
      s21.add(DoubleVector.fromArray(S, c, c1 + 2 * L)).intoArray(c, c1 + 2 * L);
      s31.add(DoubleVector.fromArray(S, c, c1 + 3 * L)).intoArray(c, c1 + 3 * L);
      s02.add(DoubleVector.fromArray(S, c, c2)).intoArray(c, c2);
      s12.add(DoubleVector.fromArray(S, c, c2 + L)).intoArray(c, c2 + L);
      s22.add(DoubleVector.fromArray(S, c, c2 + 2 * L)).intoArray(c, c2 + 2 * L);
      s32.add(DoubleVector.fromArray(S, c, c2 + 3 * L)).intoArray(c, c2 + 3 * L);
      s03.add(DoubleVector.fromArray(S, c, c3)).intoArray(c, c3);
      s13.add(DoubleVector.fromArray(S, c, c3 + L)).intoArray(c, c3 + L);
      s23.add(DoubleVector.fromArray(S, c, c3 + 2 * L)).intoArray(c, c3 + 2 * L);
      s33.add(DoubleVector.fromArray(S, c, c3 + 3 * L)).intoArray(c, c3 + 3 * L);
    } else {
      s00.intoArray(c, cOff);
      s10.intoArray(c, cOff + L);
      s20.intoArray(c, cOff + 2 * L);
      s30.intoArray(c, cOff + 3 * L);
      s01.intoArray(c, c1);
      s11.intoArray(c, c1 + L);
      s21.intoArray(c, c1 + 2 * L);
      s31.intoArray(c, c1 + 3 * L);
      s02.intoArray(c, c2);
      s12.intoArray(c, c2 + L);
      s22.intoArray(c, c2 + 2 * L);
      s32.intoArray(c, c2 + 3 * L);
      s03.intoArray(c, c3);
      s13.intoArray(c, c3 + L);
      s23.intoArray(c, c3 + 2 * L);
      s33.intoArray(c, c3 + 3 * L);
    }
  }

  @Override
  public void panels(
      int n, int k, double[] a, int aOff, double[] b, boolean add, double[] c, int cOff, int ldc) {
    for (int j = 0; j + 4 <= n; j += 4) {
      panel4(k, a, aOff, b, Packing.panelColumn(j, k), add, c, cOff + j * ldc, ldc);
    }
  }

  private static void panel4(
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
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s12 = DoubleVector.zero(S);
    DoubleVector s22 = DoubleVector.zero(S);
    DoubleVector s32 = DoubleVector.zero(S);
    DoubleVector s03 = DoubleVector.zero(S);
    DoubleVector s13 = DoubleVector.zero(S);
    DoubleVector s23 = DoubleVector.zero(S);
    DoubleVector s33 = DoubleVector.zero(S);
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
      DoubleVector b2 = DoubleVector.broadcast(S, b[q + 2]);
      s02 = a0.fma(b2, s02);
      s12 = a1.fma(b2, s12);
      s22 = a2.fma(b2, s22);
      s32 = a3.fma(b2, s32);
      DoubleVector b3 = DoubleVector.broadcast(S, b[q + 3]);
      s03 = a0.fma(b3, s03);
      s13 = a1.fma(b3, s13);
      s23 = a2.fma(b3, s23);
      s33 = a3.fma(b3, s33);
    }
    int c1 = cOff + ldc;
    int c2 = cOff + 2 * ldc;
    int c3 = cOff + 3 * ldc;
    if (add) {
      s00.add(DoubleVector.fromArray(S, c, cOff)).intoArray(c, cOff);
      s10.add(DoubleVector.fromArray(S, c, cOff + L)).intoArray(c, cOff + L);
      s20.add(DoubleVector.fromArray(S, c, cOff + 2 * L)).intoArray(c, cOff + 2 * L);
      s30.add(DoubleVector.fromArray(S, c, cOff + 3 * L)).intoArray(c, cOff + 3 * L);
      s01.add(DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
      s11.add(DoubleVector.fromArray(S, c, c1 + L)).intoArray(c, c1 + L);
      s21.add(DoubleVector.fromArray(S, c, c1 + 2 * L)).intoArray(c, c1 + 2 * L);
      s31.add(DoubleVector.fromArray(S, c, c1 + 3 * L)).intoArray(c, c1 + 3 * L);
      s02.add(DoubleVector.fromArray(S, c, c2)).intoArray(c, c2);
      s12.add(DoubleVector.fromArray(S, c, c2 + L)).intoArray(c, c2 + L);
      s22.add(DoubleVector.fromArray(S, c, c2 + 2 * L)).intoArray(c, c2 + 2 * L);
      s32.add(DoubleVector.fromArray(S, c, c2 + 3 * L)).intoArray(c, c2 + 3 * L);
      s03.add(DoubleVector.fromArray(S, c, c3)).intoArray(c, c3);
      s13.add(DoubleVector.fromArray(S, c, c3 + L)).intoArray(c, c3 + L);
      s23.add(DoubleVector.fromArray(S, c, c3 + 2 * L)).intoArray(c, c3 + 2 * L);
      s33.add(DoubleVector.fromArray(S, c, c3 + 3 * L)).intoArray(c, c3 + 3 * L);
    } else {
      s00.intoArray(c, cOff);
      s10.intoArray(c, cOff + L);
      s20.intoArray(c, cOff + 2 * L);
      s30.intoArray(c, cOff + 3 * L);
      s01.intoArray(c, c1);
      s11.intoArray(c, c1 + L);
      s21.intoArray(c, c1 + 2 * L);
      s31.intoArray(c, c1 + 3 * L);
      s02.intoArray(c, c2);
      s12.intoArray(c, c2 + L);
      s22.intoArray(c, c2 + 2 * L);
      s32.intoArray(c, c2 + 3 * L);
      s03.intoArray(c, c3);
      s13.intoArray(c, c3 + L);
      s23.intoArray(c, c3 + 2 * L);
      s33.intoArray(c, c3 + 3 * L);
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
