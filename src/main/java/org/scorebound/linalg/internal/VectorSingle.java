package org.scorebound.linalg.internal;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A layer in single precision on the Vector API, for {@link KernelSpi#singleLayer}: samples run
 * along the lanes, so that weights, biases and gains are broadcasts and a block of samples stays in
 * the first-level cache from the first layer to the last. One leaf method per loop, as in {@link
 * VectorMaps}.
 *
 * <p>Softplus is {@code max(z, 0) + log(1 + f)} with {@code f = e^-|z|}. {@code e^r = 1 + r + r^2
 * Q(r)} on {@code |r| <= ln(2)/2} with Q of degree 4 (relative error 2^-26.9), {@code log(1+f) = f
 * - s (f - y R(y))}, {@code s = f/(2+f)}, {@code y = s^2}, with R of degree 3 (2^-25.9): Chebyshev
 * fits in 40 digits, rounded. The product {@code k ln 2} of the reduction is off by {@code 2^-25 k}
 * at most, where f is at most {@code 2^(1/2-k)}.
 */
final class VectorSingle {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private static final int BLOCK = KernelSpi.SINGLE_BLOCK;
  private static final int GROUP = KernelSpi.SINGLE_GROUP;

  private static final int MAGNITUDE = Integer.MAX_VALUE;
  private static final int SIGN = Integer.MIN_VALUE;

  /** Beyond it {@code e^-|z|} is below the smallest normal number and adds nothing. */
  private static final int LIMIT_BITS = Float.floatToRawIntBits(87);

  /** Adding it leaves the nearest integer in the low bits of the sum. */
  private static final float ROUNDER = 0x1.8p23f;

  private static final float LOG2E = 0x1.715476p0f;
  private static final float LN2 = 0x1.62e43p-1f;

  private static final float Q0 = 0x1.0p-1f;
  private static final float Q1 = 0x1.5554dcp-3f;
  private static final float Q2 = 0x1.55551ap-5f;
  private static final float Q3 = 0x1.120b6ep-7f;
  private static final float Q4 = 0x1.6d110ap-10f;

  private static final float R0 = 0x1.55554cp-1f;
  private static final float R1 = 0x1.99ad6cp-2f;
  private static final float R2 = 0x1.21249ap-2f;
  private static final float R3 = 0x1.12f598p-2f;

  private VectorSingle() {}

  /** {@code z = g (W x + b)}, four outputs and two vectors of samples at a time. */
  static void affine(
      int in, int out, float[] w, float[] bias, float[] gain, int gOff, float[] x, float[] z) {
    for (int o = 0; o < out; o += GROUP) {
      for (int j = 0; j < BLOCK; j += 2 * L) {
        tile(in, w, o * in, bias, gain, gOff, o, x, j, z, o * BLOCK + j);
      }
    }
  }

  private static void tile(
      int in,
      float[] w,
      int wOff,
      float[] bias,
      float[] gain,
      int gOff,
      int o,
      float[] x,
      int j,
      float[] z,
      int zOff) {
    FloatVector s00 = FloatVector.broadcast(S, bias[o]);
    FloatVector s10 = FloatVector.broadcast(S, bias[o + 1]);
    FloatVector s20 = FloatVector.broadcast(S, bias[o + 2]);
    FloatVector s30 = FloatVector.broadcast(S, bias[o + 3]);
    FloatVector s01 = s00;
    FloatVector s11 = s10;
    FloatVector s21 = s20;
    FloatVector s31 = s30;
    for (int l = 0; l < in; l++) {
      FloatVector x0 = FloatVector.fromArray(S, x, j + l * BLOCK);
      FloatVector x1 = FloatVector.fromArray(S, x, j + l * BLOCK + L);
      FloatVector w0 = FloatVector.broadcast(S, w[wOff + l * GROUP]);
      s00 = x0.fma(w0, s00);
      s01 = x1.fma(w0, s01);
      FloatVector w1 = FloatVector.broadcast(S, w[wOff + l * GROUP + 1]);
      s10 = x0.fma(w1, s10);
      s11 = x1.fma(w1, s11);
      FloatVector w2 = FloatVector.broadcast(S, w[wOff + l * GROUP + 2]);
      s20 = x0.fma(w2, s20);
      s21 = x1.fma(w2, s21);
      FloatVector w3 = FloatVector.broadcast(S, w[wOff + l * GROUP + 3]);
      s30 = x0.fma(w3, s30);
      s31 = x1.fma(w3, s31);
    }
    float g0 = gain[gOff + o];
    float g1 = gain[gOff + o + 1];
    float g2 = gain[gOff + o + 2];
    float g3 = gain[gOff + o + 3];
    s00.mul(g0).intoArray(z, zOff);
    s01.mul(g0).intoArray(z, zOff + L);
    s10.mul(g1).intoArray(z, zOff + BLOCK);
    s11.mul(g1).intoArray(z, zOff + BLOCK + L);
    s20.mul(g2).intoArray(z, zOff + 2 * BLOCK);
    s21.mul(g2).intoArray(z, zOff + 2 * BLOCK + L);
    s30.mul(g3).intoArray(z, zOff + 3 * BLOCK);
    s31.mul(g3).intoArray(z, zOff + 3 * BLOCK + L);
  }

  /** {@code f = e^-|z|} for n elements, a multiple of the vector length. */
  static void expOfMinusMagnitude(int n, float[] z, float[] f) {
    for (int i = 0; i < n; i += L) {
      FloatVector v =
          FloatVector.fromArray(S, z, i)
              .reinterpretAsInts()
              .and(MAGNITUDE)
              .min(LIMIT_BITS)
              .or(SIGN)
              .reinterpretAsFloats();
      FloatVector u = v.fma(FloatVector.broadcast(S, LOG2E), FloatVector.broadcast(S, ROUNDER));
      FloatVector r = u.sub(ROUNDER).fma(FloatVector.broadcast(S, -LN2), v);
      FloatVector q = FloatVector.broadcast(S, Q4).fma(r, FloatVector.broadcast(S, Q3));
      q = q.fma(r, FloatVector.broadcast(S, Q2));
      q = q.fma(r, FloatVector.broadcast(S, Q1));
      q = q.fma(r, FloatVector.broadcast(S, Q0));
      IntVector p = r.mul(r).fma(q, r).add(1).reinterpretAsInts();
      u.reinterpretAsInts()
          .lanewise(VectorOperators.LSHL, 23)
          .add(p)
          .reinterpretAsFloats()
          .intoArray(f, i);
    }
  }

  /** {@code z = log(1 + e^z)} in place, from {@code f = e^-|z|}. */
  static void softplus(int n, float[] f, float[] z) {
    for (int i = 0; i < n; i += L) {
      FloatVector e = FloatVector.fromArray(S, f, i);
      FloatVector s = e.div(e.add(2));
      FloatVector y = s.mul(s);
      FloatVector r = FloatVector.broadcast(S, R3).fma(y, FloatVector.broadcast(S, R2));
      r = r.fma(y, FloatVector.broadcast(S, R1));
      r = r.fma(y, FloatVector.broadcast(S, R0));
      FloatVector log1p = s.neg().fma(y.neg().fma(r, e), e);
      FloatVector v = FloatVector.fromArray(S, z, i);
      v.blend(0, v.compare(VectorOperators.LT, 0)).add(log1p).intoArray(z, i);
    }
  }
}
