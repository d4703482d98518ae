package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** 1 vector of rows by 4 columns, for the rows that do not fill a larger tile. */
final class GemmTile1x4 implements GemmTile {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  @Override
  public int rows() {
    return 1 * L;
  }

  @Override
  public int cols() {
    return 4;
  }

  @Override
  public void full(
      int k,
      double[] a,
      int aOff,
      int lda,
      double[] b,
      int bOff,
      int bk,
      int bj,
      double alpha,
      boolean add,
      double[] c,
      int cOff,
      int ldc) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s03 = DoubleVector.zero(S);
    for (int l = 0; l < k; l++) {
      int p = aOff + l * lda;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      int q = bOff + l * bk;
      DoubleVector b0 = DoubleVector.broadcast(S, b[q]);
      s00 = a0.fma(b0, s00);
      DoubleVector b1 = DoubleVector.broadcast(S, b[q + bj]);
      s01 = a0.fma(b1, s01);
      DoubleVector b2 = DoubleVector.broadcast(S, b[q + 2 * bj]);
      s02 = a0.fma(b2, s02);
      DoubleVector b3 = DoubleVector.broadcast(S, b[q + 3 * bj]);
      s03 = a0.fma(b3, s03);
    }
    DoubleVector f = DoubleVector.broadcast(S, alpha);
    int c0 = cOff;
    int c1 = cOff + ldc;
    int c2 = cOff + 2 * ldc;
    int c3 = cOff + 3 * ldc;
    if (add) {
      s00.fma(f, DoubleVector.fromArray(S, c, c0)).intoArray(c, c0);
      s01.fma(f, DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
      s02.fma(f, DoubleVector.fromArray(S, c, c2)).intoArray(c, c2);
      s03.fma(f, DoubleVector.fromArray(S, c, c3)).intoArray(c, c3);
    } else {
      s00.mul(f).intoArray(c, c0);
      s01.mul(f).intoArray(c, c1);
      s02.mul(f).intoArray(c, c2);
      s03.mul(f).intoArray(c, c3);
    }
  }

  @Override
  public void two(
      int k,
      double[] a,
      int aOff,
      int lda,
      double[] b,
      int bOff,
      int bk,
      int bj,
      double alpha,
      boolean add,
      double[] c,
      int cOff,
      int ldc) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    for (int l = 0; l < k; l++) {
      int p = aOff + l * lda;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      int q = bOff + l * bk;
      DoubleVector b0 = DoubleVector.broadcast(S, b[q]);
      s00 = a0.fma(b0, s00);
      DoubleVector b1 = DoubleVector.broadcast(S, b[q + bj]);
      s01 = a0.fma(b1, s01);
    }
    DoubleVector f = DoubleVector.broadcast(S, alpha);
    int c0 = cOff;
    int c1 = cOff + ldc;
    if (add) {
      s00.fma(f, DoubleVector.fromArray(S, c, c0)).intoArray(c, c0);
      s01.fma(f, DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
    } else {
      s00.mul(f).intoArray(c, c0);
      s01.mul(f).intoArray(c, c1);
    }
  }

  @Override
  public void one(
      int k,
      double[] a,
      int aOff,
      int lda,
      double[] b,
      int bOff,
      int bk,
      int bj,
      double alpha,
      boolean add,
      double[] c,
      int cOff,
      int ldc) {
    DoubleVector s00 = DoubleVector.zero(S);
    for (int l = 0; l < k; l++) {
      int p = aOff + l * lda;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      int q = bOff + l * bk;
      DoubleVector b0 = DoubleVector.broadcast(S, b[q]);
      s00 = a0.fma(b0, s00);
    }
    DoubleVector f = DoubleVector.broadcast(S, alpha);
    int c0 = cOff;
    if (add) {
      s00.fma(f, DoubleVector.fromArray(S, c, c0)).intoArray(c, c0);
    } else {
      s00.mul(f).intoArray(c, c0);
    }
  }
}
