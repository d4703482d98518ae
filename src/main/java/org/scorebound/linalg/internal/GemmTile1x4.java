package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** 1 vector of rows by 4 columns, for the last rows. */
final class GemmTile1x4 implements GemmTile {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  @Override
  public int rows() {
    return L;
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
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s03 = DoubleVector.zero(S);
    int q1 = bOff + ldb;
    int q2 = bOff + 2 * ldb;
    int q3 = bOff + 3 * ldb;
    for (int l = 0; l < k; l++) {
      int p = aOff + l * L;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector b0 = DoubleVector.broadcast(S, b[bOff + l]);
      s00 = a0.fma(b0, s00);
      DoubleVector b1 = DoubleVector.broadcast(S, b[q1 + l]);
      s01 = a0.fma(b1, s01);
      DoubleVector b2 = DoubleVector.broadcast(S, b[q2 + l]);
      s02 = a0.fma(b2, s02);
      DoubleVector b3 = DoubleVector.broadcast(S, b[q3 + l]);
      s03 = a0.fma(b3, s03);
    }
    int c1 = cOff + ldc;
    int c2 = cOff + 2 * ldc;
    int c3 = cOff + 3 * ldc;
    if (add) {
      s00.add(DoubleVector.fromArray(S, c, cOff)).intoArray(c, cOff);
      s01.add(DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
      s02.add(DoubleVector.fromArray(S, c, c2)).intoArray(c, c2);
      s03.add(DoubleVector.fromArray(S, c, c3)).intoArray(c, c3);
    } else {
      s00.intoArray(c, cOff);
      s01.intoArray(c, c1);
      s02.intoArray(c, c2);
      s03.intoArray(c, c3);
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
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s03 = DoubleVector.zero(S);
    for (int l = 0; l < k; l++) {
      int p = aOff + l * L;
      int q = bOff + l * PANEL;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector b0 = DoubleVector.broadcast(S, b[q]);
      s00 = a0.fma(b0, s00);
      DoubleVector b1 = DoubleVector.broadcast(S, b[q + 1]);
      s01 = a0.fma(b1, s01);
      DoubleVector b2 = DoubleVector.broadcast(S, b[q + 2]);
      s02 = a0.fma(b2, s02);
      DoubleVector b3 = DoubleVector.broadcast(S, b[q + 3]);
      s03 = a0.fma(b3, s03);
    }
    int c1 = cOff + ldc;
    int c2 = cOff + 2 * ldc;
    int c3 = cOff + 3 * ldc;
    if (add) {
      s00.add(DoubleVector.fromArray(S, c, cOff)).intoArray(c, cOff);
      s01.add(DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
      s02.add(DoubleVector.fromArray(S, c, c2)).intoArray(c, c2);
      s03.add(DoubleVector.fromArray(S, c, c3)).intoArray(c, c3);
    } else {
      s00.intoArray(c, cOff);
      s01.intoArray(c, c1);
      s02.intoArray(c, c2);
      s03.intoArray(c, c3);
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
    for (int l = 0; l < k; l++) {
      int p = aOff + l * L;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector b0 = DoubleVector.broadcast(S, b[bOff + l]);
      s00 = a0.fma(b0, s00);
    }
    if (add) {
      s00.add(DoubleVector.fromArray(S, c, cOff)).intoArray(c, cOff);
    } else {
      s00.intoArray(c, cOff);
    }
  }
}
