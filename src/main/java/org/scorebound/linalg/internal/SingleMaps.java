package org.scorebound.linalg.internal;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The elementwise passes of {@link VectorSingle}, over panels as wide as a vector.
 *
 * <p>Softplus is {@code max(z, 0) + log(1 + f)} with {@code f = e^-|z|}, its slope {@code 1/(1+f)}
 * or {@code f/(1+f)} for negative z. {@code e^r = 1 + r + r^2 Q(r)} on {@code |r| <= ln(2)/2} with
 * Q of degree 4 (relative error 2^-26.9), {@code log(1+f) = f - s (f - y R(y))}, {@code s =
 * f/(2+f)}, {@code y = s^2}, with R of degree 3 (2^-25.9): Chebyshev fits in 40 digits, rounded.
 * The product {@code k ln 2} of the reduction is off by {@code 2^-25 k} at most, where f is at most
 * {@code 2^(1/2-k)}.
 */
final class SingleMaps {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int P = S.length();
  private static final int BLOCK = SingleSpi.BLOCK;
  private static final int PANEL = BLOCK * P;

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

  private SingleMaps() {}

  /** {@code z = g a} and {@code f = e^-|z|} of a panel. */
  static void exponential(
      float[] gain,
      int g0,
      int row,
      int[] step,
      int sOff,
      float[] a,
      int aOff,
      float[] z,
      int zOff,
      float[] f,
      int fOff) {
    for (int j = 0; j < BLOCK; j++) {
      FloatVector product =
          FloatVector.fromArray(S, a, aOff + j * P)
              .mul(FloatVector.fromArray(S, gain, g0 + step[sOff + j] * row));
      product.intoArray(z, zOff + j * P);
      FloatVector v =
          product.reinterpretAsInts().and(MAGNITUDE).min(LIMIT_BITS).or(SIGN).reinterpretAsFloats();
      FloatVector u = v.fma(FloatVector.broadcast(S, LOG2E), FloatVector.broadcast(S, ROUNDER));
      FloatVector r = u.sub(ROUNDER).fma(FloatVector.broadcast(S, -LN2), v);
      FloatVector q = FloatVector.broadcast(S, Q4).fma(r, FloatVector.broadcast(S, Q3));
      q = q.fma(r, FloatVector.broadcast(S, Q2));
      q = q.fma(r, FloatVector.broadcast(S, Q1));
      q = q.fma(r, FloatVector.broadcast(S, Q0));
      IntVector e = r.mul(r).fma(q, r).add(1).reinterpretAsInts();
      u.reinterpretAsInts()
          .lanewise(VectorOperators.LSHL, 23)
          .add(e)
          .reinterpretAsFloats()
          .intoArray(f, fOff + j * P);
    }
  }

  /** From z in h and {@code e^-|z|} in slope to softplus and its slope, in place. */
  static void valueAndSlope(int n, float[] h, int hOff, float[] slope, int slopeOff) {
    for (int i = 0; i < n; i += P) {
      FloatVector f = FloatVector.fromArray(S, slope, slopeOff + i);
      // One division for both, 1/(1+f) and f/(2+f).
      FloatVector f1 = f.add(1);
      FloatVector f2 = f.add(2);
      FloatVector d = FloatVector.broadcast(S, 1).div(f1.mul(f2));
      FloatVector s = f.mul(f1).mul(d);
      FloatVector y = s.mul(s);
      FloatVector r = FloatVector.broadcast(S, R3).fma(y, FloatVector.broadcast(S, R2));
      r = r.fma(y, FloatVector.broadcast(S, R1));
      r = r.fma(y, FloatVector.broadcast(S, R0));
      FloatVector log1p = s.neg().fma(y.neg().fma(r, f), f);
      FloatVector z = FloatVector.fromArray(S, h, hOff + i);
      VectorMask<Float> negative = z.compare(VectorOperators.LT, 0);
      z.blend(0, negative).add(log1p).intoArray(h, hOff + i);
      FloatVector upper = d.mul(f2);
      upper.blend(upper.mul(f), negative).intoArray(slope, slopeOff + i);
    }
  }

  /** One sample; panels follow each other, so that no sum waits for the one before it. */
  static void backward(
      int panels,
      float[] gain,
      int gOff,
      float[] a,
      int aOff,
      float[] slope,
      int slopeOff,
      float[] q,
      int qOff,
      float[] dGain,
      int dGainOff,
      float[] dBias,
      int dBiasOff) {
    for (int p = 0; p < panels; p++) {
      FloatVector t =
          FloatVector.fromArray(S, q, qOff + p * PANEL)
              .mul(FloatVector.fromArray(S, slope, slopeOff + p * PANEL));
      t.fma(
              FloatVector.fromArray(S, a, aOff + p * PANEL),
              FloatVector.fromArray(S, dGain, dGainOff + p * P))
          .intoArray(dGain, dGainOff + p * P);
      FloatVector v = t.mul(FloatVector.fromArray(S, gain, gOff + p * P));
      v.intoArray(q, qOff + p * PANEL);
      FloatVector.fromArray(S, dBias, dBiasOff + p * P).add(v).intoArray(dBias, dBiasOff + p * P);
    }
  }
}
