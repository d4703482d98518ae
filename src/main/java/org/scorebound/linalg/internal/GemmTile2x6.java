package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 2 vectors of rows by 6 columns: 12 accumulators, 2 vectors of A and a broadcast of B, for
 * processors with 16 vector registers.
 */
final class GemmTile2x6 implements GemmTile {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  @Override
  public int rows() {
    return 2 * L;
  }

  @Override
  public int cols() {
    return 6;
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
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s12 = DoubleVector.zero(S);
    DoubleVector s03 = DoubleVector.zero(S);
    DoubleVector s13 = DoubleVector.zero(S);
    DoubleVector s04 = DoubleVector.zero(S);
    DoubleVector s14 = DoubleVector.zero(S);
    DoubleVector s05 = DoubleVector.zero(S);
    DoubleVector s15 = DoubleVector.zero(S);
    for (int l = 0; l < k; l++) {
      int p = aOff + l * lda;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, p + L);
      int q = bOff + l * bk;
      DoubleVector b0 = DoubleVector.broadcast(S, b[q]);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      DoubleVector b1 = DoubleVector.broadcast(S, b[q + bj]);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
      DoubleVector b2 = DoubleVector.broadcast(S, b[q + 2 * bj]);
      s02 = a0.fma(b2, s02);
      s12 = a1.fma(b2, s12);
      DoubleVector b3 = DoubleVector.broadcast(S, b[q + 3 * bj]);
      s03 = a0.fma(b3, s03);
      s13 = a1.fma(b3, s13);
      DoubleVector b4 = DoubleVector.broadcast(S, b[q + 4 * bj]);
      s04 = a0.fma(b4, s04);
      s14 = a1.fma(b4, s14);
      DoubleVector b5 = DoubleVector.broadcast(S, b[q + 5 * bj]);
      s05 = a0.fma(b5, s05);
      s15 = a1.fma(b5, s15);
    }
    DoubleVector f = DoubleVector.broadcast(S, alpha);
    int c0 = cOff;
    int c1 = cOff + ldc;
    int c2 = cOff + 2 * ldc;
    int c3 = cOff + 3 * ldc;
    int c4 = cOff + 4 * ldc;
    int c5 = cOff + 5 * ldc;
    if (add) {
      s00.fma(f, DoubleVector.fromArray(S, c, c0)).intoArray(c, c0);
      s10.fma(f, DoubleVector.fromArray(S, c, c0 + L)).intoArray(c, c0 + L);
      s01.fma(f, DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
      s11.fma(f, DoubleVector.fromArray(S, c, c1 + L)).intoArray(c, c1 + L);
      s02.fma(f, DoubleVector.fromArray(S, c, c2)).intoArray(c, c2);
      s12.fma(f, DoubleVector.fromArray(S, c, c2 + L)).intoArray(c, c2 + L);
      s03.fma(f, DoubleVector.fromArray(S, c, c3)).intoArray(c, c3);
      s13.fma(f, DoubleVector.fromArray(S, c, c3 + L)).intoArray(c, c3 + L);
      s04.fma(f, DoubleVector.fromArray(S, c, c4)).intoArray(c, c4);
      s14.fma(f, DoubleVector.fromArray(S, c, c4 + L)).intoArray(c, c4 + L);
      s05.fma(f, DoubleVector.fromArray(S, c, c5)).intoArray(c, c5);
      s15.fma(f, DoubleVector.fromArray(S, c, c5 + L)).intoArray(c, c5 + L);
    } else {
      s00.mul(f).intoArray(c, c0);
      s10.mul(f).intoArray(c, c0 + L);
      s01.mul(f).intoArray(c, c1);
      s11.mul(f).intoArray(c, c1 + L);
      s02.mul(f).intoArray(c, c2);
      s12.mul(f).intoArray(c, c2 + L);
      s03.mul(f).intoArray(c, c3);
      s13.mul(f).intoArray(c, c3 + L);
      s04.mul(f).intoArray(c, c4);
      s14.mul(f).intoArray(c, c4 + L);
      s05.mul(f).intoArray(c, c5);
      s15.mul(f).intoArray(c, c5 + L);
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
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    for (int l = 0; l < k; l++) {
      int p = aOff + l * lda;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, p + L);
      int q = bOff + l * bk;
      DoubleVector b0 = DoubleVector.broadcast(S, b[q]);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      DoubleVector b1 = DoubleVector.broadcast(S, b[q + bj]);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
    }
    DoubleVector f = DoubleVector.broadcast(S, alpha);
    int c0 = cOff;
    int c1 = cOff + ldc;
    if (add) {
      s00.fma(f, DoubleVector.fromArray(S, c, c0)).intoArray(c, c0);
      s10.fma(f, DoubleVector.fromArray(S, c, c0 + L)).intoArray(c, c0 + L);
      s01.fma(f, DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
      s11.fma(f, DoubleVector.fromArray(S, c, c1 + L)).intoArray(c, c1 + L);
    } else {
      s00.mul(f).intoArray(c, c0);
      s10.mul(f).intoArray(c, c0 + L);
      s01.mul(f).intoArray(c, c1);
      s11.mul(f).intoArray(c, c1 + L);
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
    DoubleVector s10 = DoubleVector.zero(S);
    for (int l = 0; l < k; l++) {
      int p = aOff + l * lda;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, p + L);
      int q = bOff + l * bk;
      DoubleVector b0 = DoubleVector.broadcast(S, b[q]);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
    }
    DoubleVector f = DoubleVector.broadcast(S, alpha);
    int c0 = cOff;
    if (add) {
      s00.fma(f, DoubleVector.fromArray(S, c, c0)).intoArray(c, c0);
      s10.fma(f, DoubleVector.fromArray(S, c, c0 + L)).intoArray(c, c0 + L);
    } else {
      s00.mul(f).intoArray(c, c0);
      s10.mul(f).intoArray(c, c0 + L);
    }
  }
}
