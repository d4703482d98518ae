package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 4 vectors of rows by 4 columns: 16 accumulators, 4 vectors of A and a broadcast of B, for
 * processors with 32 vector registers.
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
      int p = aOff + l * lda;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, p + L);
      DoubleVector a2 = DoubleVector.fromArray(S, a, p + 2 * L);
      DoubleVector a3 = DoubleVector.fromArray(S, a, p + 3 * L);
      int q = bOff + l * bk;
      DoubleVector b0 = DoubleVector.broadcast(S, b[q]);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      s20 = a2.fma(b0, s20);
      s30 = a3.fma(b0, s30);
      DoubleVector b1 = DoubleVector.broadcast(S, b[q + bj]);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
      s21 = a2.fma(b1, s21);
      s31 = a3.fma(b1, s31);
      DoubleVector b2 = DoubleVector.broadcast(S, b[q + 2 * bj]);
      s02 = a0.fma(b2, s02);
      s12 = a1.fma(b2, s12);
      s22 = a2.fma(b2, s22);
      s32 = a3.fma(b2, s32);
      DoubleVector b3 = DoubleVector.broadcast(S, b[q + 3 * bj]);
      s03 = a0.fma(b3, s03);
      s13 = a1.fma(b3, s13);
      s23 = a2.fma(b3, s23);
      s33 = a3.fma(b3, s33);
    }
    DoubleVector f = DoubleVector.broadcast(S, alpha);
    int c0 = cOff;
    int c1 = cOff + ldc;
    int c2 = cOff + 2 * ldc;
    int c3 = cOff + 3 * ldc;
    if (add) {
      s00.fma(f, DoubleVector.fromArray(S, c, c0)).intoArray(c, c0);
      s10.fma(f, DoubleVector.fromArray(S, c, c0 + L)).intoArray(c, c0 + L);
      s20.fma(f, DoubleVector.fromArray(S, c, c0 + 2 * L)).intoArray(c, c0 + 2 * L);
      s30.fma(f, DoubleVector.fromArray(S, c, c0 + 3 * L)).intoArray(c, c0 + 3 * L);
      s01.fma(f, DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
      s11.fma(f, DoubleVector.fromArray(S, c, c1 + L)).intoArray(c, c1 + L);
      s21.fma(f, DoubleVector.fromArray(S, c, c1 + 2 * L)).intoArray(c, c1 + 2 * L);
      s31.fma(f, DoubleVector.fromArray(S, c, c1 + 3 * L)).intoArray(c, c1 + 3 * L);
      s02.fma(f, DoubleVector.fromArray(S, c, c2)).intoArray(c, c2);
      s12.fma(f, DoubleVector.fromArray(S, c, c2 + L)).intoArray(c, c2 + L);
      s22.fma(f, DoubleVector.fromArray(S, c, c2 + 2 * L)).intoArray(c, c2 + 2 * L);
      s32.fma(f, DoubleVector.fromArray(S, c, c2 + 3 * L)).intoArray(c, c2 + 3 * L);
      s03.fma(f, DoubleVector.fromArray(S, c, c3)).intoArray(c, c3);
      s13.fma(f, DoubleVector.fromArray(S, c, c3 + L)).intoArray(c, c3 + L);
      s23.fma(f, DoubleVector.fromArray(S, c, c3 + 2 * L)).intoArray(c, c3 + 2 * L);
      s33.fma(f, DoubleVector.fromArray(S, c, c3 + 3 * L)).intoArray(c, c3 + 3 * L);
    } else {
      s00.mul(f).intoArray(c, c0);
      s10.mul(f).intoArray(c, c0 + L);
      s20.mul(f).intoArray(c, c0 + 2 * L);
      s30.mul(f).intoArray(c, c0 + 3 * L);
      s01.mul(f).intoArray(c, c1);
      s11.mul(f).intoArray(c, c1 + L);
      s21.mul(f).intoArray(c, c1 + 2 * L);
      s31.mul(f).intoArray(c, c1 + 3 * L);
      s02.mul(f).intoArray(c, c2);
      s12.mul(f).intoArray(c, c2 + L);
      s22.mul(f).intoArray(c, c2 + 2 * L);
      s32.mul(f).intoArray(c, c2 + 3 * L);
      s03.mul(f).intoArray(c, c3);
      s13.mul(f).intoArray(c, c3 + L);
      s23.mul(f).intoArray(c, c3 + 2 * L);
      s33.mul(f).intoArray(c, c3 + 3 * L);
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
    DoubleVector s20 = DoubleVector.zero(S);
    DoubleVector s30 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s21 = DoubleVector.zero(S);
    DoubleVector s31 = DoubleVector.zero(S);
    for (int l = 0; l < k; l++) {
      int p = aOff + l * lda;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, p + L);
      DoubleVector a2 = DoubleVector.fromArray(S, a, p + 2 * L);
      DoubleVector a3 = DoubleVector.fromArray(S, a, p + 3 * L);
      int q = bOff + l * bk;
      DoubleVector b0 = DoubleVector.broadcast(S, b[q]);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      s20 = a2.fma(b0, s20);
      s30 = a3.fma(b0, s30);
      DoubleVector b1 = DoubleVector.broadcast(S, b[q + bj]);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
      s21 = a2.fma(b1, s21);
      s31 = a3.fma(b1, s31);
    }
    DoubleVector f = DoubleVector.broadcast(S, alpha);
    int c0 = cOff;
    int c1 = cOff + ldc;
    if (add) {
      s00.fma(f, DoubleVector.fromArray(S, c, c0)).intoArray(c, c0);
      s10.fma(f, DoubleVector.fromArray(S, c, c0 + L)).intoArray(c, c0 + L);
      s20.fma(f, DoubleVector.fromArray(S, c, c0 + 2 * L)).intoArray(c, c0 + 2 * L);
      s30.fma(f, DoubleVector.fromArray(S, c, c0 + 3 * L)).intoArray(c, c0 + 3 * L);
      s01.fma(f, DoubleVector.fromArray(S, c, c1)).intoArray(c, c1);
      s11.fma(f, DoubleVector.fromArray(S, c, c1 + L)).intoArray(c, c1 + L);
      s21.fma(f, DoubleVector.fromArray(S, c, c1 + 2 * L)).intoArray(c, c1 + 2 * L);
      s31.fma(f, DoubleVector.fromArray(S, c, c1 + 3 * L)).intoArray(c, c1 + 3 * L);
    } else {
      s00.mul(f).intoArray(c, c0);
      s10.mul(f).intoArray(c, c0 + L);
      s20.mul(f).intoArray(c, c0 + 2 * L);
      s30.mul(f).intoArray(c, c0 + 3 * L);
      s01.mul(f).intoArray(c, c1);
      s11.mul(f).intoArray(c, c1 + L);
      s21.mul(f).intoArray(c, c1 + 2 * L);
      s31.mul(f).intoArray(c, c1 + 3 * L);
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
    DoubleVector s20 = DoubleVector.zero(S);
    DoubleVector s30 = DoubleVector.zero(S);
    for (int l = 0; l < k; l++) {
      int p = aOff + l * lda;
      DoubleVector a0 = DoubleVector.fromArray(S, a, p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, p + L);
      DoubleVector a2 = DoubleVector.fromArray(S, a, p + 2 * L);
      DoubleVector a3 = DoubleVector.fromArray(S, a, p + 3 * L);
      int q = bOff + l * bk;
      DoubleVector b0 = DoubleVector.broadcast(S, b[q]);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      s20 = a2.fma(b0, s20);
      s30 = a3.fma(b0, s30);
    }
    DoubleVector f = DoubleVector.broadcast(S, alpha);
    int c0 = cOff;
    if (add) {
      s00.fma(f, DoubleVector.fromArray(S, c, c0)).intoArray(c, c0);
      s10.fma(f, DoubleVector.fromArray(S, c, c0 + L)).intoArray(c, c0 + L);
      s20.fma(f, DoubleVector.fromArray(S, c, c0 + 2 * L)).intoArray(c, c0 + 2 * L);
      s30.fma(f, DoubleVector.fromArray(S, c, c0 + 3 * L)).intoArray(c, c0 + 3 * L);
    } else {
      s00.mul(f).intoArray(c, c0);
      s10.mul(f).intoArray(c, c0 + L);
      s20.mul(f).intoArray(c, c0 + 2 * L);
      s30.mul(f).intoArray(c, c0 + 3 * L);
    }
  }
}
