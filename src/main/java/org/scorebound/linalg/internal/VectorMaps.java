package org.scorebound.linalg.internal;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.scorebound.linalg.Activation;

/**
 * Elementwise functions on the Vector API. One small leaf method per pass: two transcendental
 * functions in one loop exceed what C2 inlines, and vectors are then boxed for good; so {@code exp}
 * leaves its result in a buffer that the next pass reads from the first-level cache. For the same
 * reason a loop calls nothing but the API itself, whose methods are inlined by force, while a
 * helper of ours would be refused once the loop is large.
 *
 * <p>Arguments outside the range of the polynomials are found by a scan for the largest magnitude
 * of each block of {@value #BLOCK} elements. Such a block is done by {@link PolynomialMath}, as are
 * the last elements that do not fill a vector; of softplus, which has such arguments wherever a
 * network is trained upwards, only the arguments outside are.
 */
final class VectorMaps {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> SL = LongVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  /** Elements per block, 4 KiB for each array: three of them stay in any first-level cache. */
  private static final int BLOCK = 512;

  private static final long ALL = -1L;
  private static final long SIGN = Long.MIN_VALUE;
  private static final long MAGNITUDE = Long.MAX_VALUE;
  private static final long EXP_LIMIT_BITS = Double.doubleToRawLongBits(PolynomialMath.EXP_LIMIT);
  private static final long INFINITY_BITS = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

  private static final double[] NONE = new double[0];

  private VectorMaps() {}

  static void exp(int n, double[] x, int xOff, double[] y, int yOff) {
    for (int i = 0; i < n; i += BLOCK) {
      int len = Math.min(BLOCK, n - i);
      int full = len - len % L;
      if (exceeds(EXP_LIMIT_BITS, full, x, xOff + i)) {
        full = 0;
      }
      expLoop(full, x, xOff + i, ALL, 0, y, yOff + i);
      for (int j = i + full; j < i + len; j++) {
        y[yOff + j] = PolynomialMath.exp(x[xOff + j]);
      }
    }
  }

  /** As {@link KernelSpi#activate}, with {@code e} a scratch buffer of {@link #BLOCK} elements. */
  static void activate(
      Activation f, int n, double[] z, int zOff, double[] h, int hOff, double[] e) {
    long limit = limit(f);
    for (int i = 0; i < n; i += BLOCK) {
      int len = Math.min(BLOCK, n - i);
      int full = len - len % L;
      double[] outside = NONE;
      if (exceeds(limit, full, z, zOff + i)) {
        if (f == Activation.SOFTPLUS) {
          outside = Arrays.copyOfRange(z, zOff + i, zOff + i + full);
        } else {
          full = 0;
        }
      }
      switch (f) {
        case SOFTPLUS -> {
          expLoop(full, z, zOff + i, MAGNITUDE, SIGN, e, 0);
          softplusLoop(full, e, 0, z, zOff + i, h, hOff + i);
          for (int j = 0; j < outside.length; j++) {
            if (!(Math.abs(outside[j]) <= PolynomialMath.EXP_LIMIT)) {
              h[hOff + i + j] = PolynomialMath.value(f, outside[j]);
            }
          }
        }
        case TANH -> tanhLoop(full, z, zOff + i, h, hOff + i);
        case SILU -> {
          expLoop(full, z, zOff + i, ALL, SIGN, e, 0);
          siluLoop(full, e, 0, z, zOff + i, h, hOff + i);
        }
        case RELU -> reluLoop(full, z, zOff + i, h, hOff + i);
      }
      for (int j = i + full; j < i + len; j++) {
        h[hOff + j] = PolynomialMath.value(f, z[zOff + j]);
      }
    }
  }

  /** As {@link KernelSpi#activateWithSlope}. */
  static void activateWithSlope(
      Activation f, int n, double[] z, int zOff, double[] h, int hOff, double[] d, int dOff) {
    long limit = limit(f);
    for (int i = 0; i < n; i += BLOCK) {
      int len = Math.min(BLOCK, n - i);
      int full = len - len % L;
      int zi = zOff + i;
      int hi = hOff + i;
      int di = dOff + i;
      double[] outside = NONE;
      if (exceeds(limit, full, z, zi)) {
        if (f == Activation.SOFTPLUS) {
          outside = Arrays.copyOfRange(z, zi, zi + full);
        } else {
          full = 0;
        }
      }
      switch (f) {
        case SOFTPLUS -> {
          expLoop(full, z, zi, MAGNITUDE, SIGN, d, di);
          softplusSlopeLoop(full, d, di, z, zi, h, hi);
          for (int j = 0; j < outside.length; j++) {
            if (!(Math.abs(outside[j]) <= PolynomialMath.EXP_LIMIT)) {
              h[hi + j] = PolynomialMath.value(f, outside[j]);
              d[di + j] = PolynomialMath.slope(f, outside[j]);
            }
          }
        }
        case TANH -> {
          tanhLoop(full, z, zi, h, hi);
          tanhSlopeLoop(full, h, hi, d, di);
        }
        case SILU -> {
          expLoop(full, z, zi, ALL, SIGN, d, di);
          siluSlopeLoop(full, d, di, z, zi, h, hi);
        }
        case RELU -> reluSlopeLoop(full, z, zi, h, hi, d, di);
      }
      for (int j = full; j < len; j++) {
        double zj = z[zi + j];
        h[hi + j] = PolynomialMath.value(f, zj);
        d[di + j] = PolynomialMath.slope(f, zj);
      }
    }
  }

  private static long limit(Activation f) {
    return switch (f) {
      case SOFTPLUS, SILU -> EXP_LIMIT_BITS;
      case TANH -> INFINITY_BITS;
      case RELU -> INFINITY_BITS - 1;
    };
  }

  /**
   * Whether some {@code |x_i|} has bits above the limit, by the sign of {@code limit - bits}; bits
   * order like the numbers, with NaN above infinity.
   */
  private static boolean exceeds(long limit, int n, double[] x, int xOff) {
    LongVector signs = LongVector.zero(SL);
    LongVector bound = LongVector.broadcast(SL, limit);
    for (int i = 0; i < n; i += L) {
      LongVector bits = DoubleVector.fromArray(S, x, xOff + i).reinterpretAsLongs().and(MAGNITUDE);
      signs = signs.or(bound.sub(bits));
    }
    return signs.reduceLanes(VectorOperators.OR) < 0;
  }

  /**
   * {@code y = e^v}, with v the number whose bits are {@code (x & keep) ^ flip}: x itself, its
   * negative or {@code -|x|}.
   */
  private static void expLoop(
      int n, double[] x, int xOff, long keep, long flip, double[] y, int yOff) {
    for (int i = 0; i < n; i += L) {
      DoubleVector v =
          DoubleVector.fromArray(S, x, xOff + i)
              .reinterpretAsLongs()
              .and(keep)
              .lanewise(VectorOperators.XOR, flip)
              .reinterpretAsDoubles();
      DoubleVector u =
          v.fma(
              DoubleVector.broadcast(S, PolynomialMath.LOG2E),
              DoubleVector.broadcast(S, PolynomialMath.ROUNDER));
      DoubleVector k = u.sub(PolynomialMath.ROUNDER);
      DoubleVector r = k.fma(DoubleVector.broadcast(S, -PolynomialMath.LN2_HI), v);
      r = k.fma(DoubleVector.broadcast(S, -PolynomialMath.LN2_LO), r);
      DoubleVector y2 = r.mul(r);
      DoubleVector even =
          DoubleVector.broadcast(S, PolynomialMath.Q8)
              .fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q6));
      DoubleVector odd =
          DoubleVector.broadcast(S, PolynomialMath.Q9)
              .fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q7));
      even = even.fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q4));
      odd = odd.fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q5));
      even = even.fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q2));
      odd = odd.fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q3));
      even = even.fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q0));
      odd = odd.fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q1));
      DoubleVector q = odd.fma(r, even);
      LongVector p = y2.fma(q, r).add(1).reinterpretAsLongs();
      u.reinterpretAsLongs()
          .lanewise(VectorOperators.LSHL, 52)
          .add(p)
          .reinterpretAsDoubles()
          .intoArray(y, yOff + i);
    }
  }

  /** {@code h = log(1 + e^z)} from {@code e = e^-|z|}. */
  private static void softplusLoop(
      int n, double[] e, int eOff, double[] z, int zOff, double[] h, int hOff) {
    for (int i = 0; i < n; i += L) {
      DoubleVector f = DoubleVector.fromArray(S, e, eOff + i);
      DoubleVector s = f.div(f.add(2));
      DoubleVector y = s.mul(s);
      DoubleVector y2 = y.mul(y);
      DoubleVector even =
          DoubleVector.broadcast(S, PolynomialMath.R8)
              .fma(y2, DoubleVector.broadcast(S, PolynomialMath.R6));
      DoubleVector odd =
          DoubleVector.broadcast(S, PolynomialMath.R9)
              .fma(y2, DoubleVector.broadcast(S, PolynomialMath.R7));
      even = even.fma(y2, DoubleVector.broadcast(S, PolynomialMath.R4));
      odd = odd.fma(y2, DoubleVector.broadcast(S, PolynomialMath.R5));
      even = even.fma(y2, DoubleVector.broadcast(S, PolynomialMath.R2));
      odd = odd.fma(y2, DoubleVector.broadcast(S, PolynomialMath.R3));
      even = even.fma(y2, DoubleVector.broadcast(S, PolynomialMath.R0));
      odd = odd.fma(y2, DoubleVector.broadcast(S, PolynomialMath.R1));
      DoubleVector r = odd.fma(y, even);
      DoubleVector t = y.neg().fma(r, f);
      DoubleVector log1p = s.neg().fma(t, f);
      DoubleVector v = DoubleVector.fromArray(S, z, zOff + i);
      v.blend(0, v.compare(VectorOperators.LT, 0)).add(log1p).intoArray(h, hOff + i);
    }
  }

  /** {@code h = log(1 + e^z)} and {@code d = 1/(1 + e^-z)}; {@code d} holds {@code e^-|z|}. */
  private static void softplusSlopeLoop(
      int n, double[] d, int dOff, double[] z, int zOff, double[] h, int hOff) {
    for (int i = 0; i < n; i += L) {
      DoubleVector f = DoubleVector.fromArray(S, d, dOff + i);
      DoubleVector s = f.div(f.add(2));
      DoubleVector y = s.mul(s);
      DoubleVector y2 = y.mul(y);
      DoubleVector even =
          DoubleVector.broadcast(S, PolynomialMath.R8)
              .fma(y2, DoubleVector.broadcast(S, PolynomialMath.R6));
      DoubleVector odd =
          DoubleVector.broadcast(S, PolynomialMath.R9)
              .fma(y2, DoubleVector.broadcast(S, PolynomialMath.R7));
      even = even.fma(y2, DoubleVector.broadcast(S, PolynomialMath.R4));
      odd = odd.fma(y2, DoubleVector.broadcast(S, PolynomialMath.R5));
      even = even.fma(y2, DoubleVector.broadcast(S, PolynomialMath.R2));
      odd = odd.fma(y2, DoubleVector.broadcast(S, PolynomialMath.R3));
      even = even.fma(y2, DoubleVector.broadcast(S, PolynomialMath.R0));
      odd = odd.fma(y2, DoubleVector.broadcast(S, PolynomialMath.R1));
      DoubleVector r = odd.fma(y, even);
      DoubleVector t = y.neg().fma(r, f);
      DoubleVector log1p = s.neg().fma(t, f);
      DoubleVector v = DoubleVector.fromArray(S, z, zOff + i);
      var negative = v.compare(VectorOperators.LT, 0);
      DoubleVector.broadcast(S, 1).blend(f, negative).div(f.add(1)).intoArray(d, dOff + i);
      v.blend(0, negative).add(log1p).intoArray(h, hOff + i);
    }
  }

  /** {@code h = z/(1 + e)}, {@code e = e^-z}. */
  private static void siluLoop(
      int n, double[] e, int eOff, double[] z, int zOff, double[] h, int hOff) {
    for (int i = 0; i < n; i += L) {
      DoubleVector u = DoubleVector.fromArray(S, e, eOff + i).add(1);
      DoubleVector.fromArray(S, z, zOff + i).div(u).intoArray(h, hOff + i);
    }
  }

  /** {@code h = z/(1 + e)} and its slope; {@code d} holds {@code e = e^-z}. */
  private static void siluSlopeLoop(
      int n, double[] d, int dOff, double[] z, int zOff, double[] h, int hOff) {
    for (int i = 0; i < n; i += L) {
      DoubleVector f = DoubleVector.fromArray(S, d, dOff + i);
      DoubleVector u = f.add(1);
      DoubleVector g = DoubleVector.fromArray(S, z, zOff + i).div(u);
      DoubleVector s = DoubleVector.broadcast(S, 1).div(u);
      g.fma(f.mul(s), s).intoArray(d, dOff + i);
      g.intoArray(h, hOff + i);
    }
  }

  private static void tanhLoop(int n, double[] z, int zOff, double[] h, int hOff) {
    for (int i = 0; i < n; i += L) {
      LongVector bits = DoubleVector.fromArray(S, z, zOff + i).reinterpretAsLongs();
      DoubleVector a =
          bits.and(MAGNITUDE)
              .min(Double.doubleToRawLongBits(PolynomialMath.TANH_LIMIT))
              .reinterpretAsDoubles();
      DoubleVector x = a.add(a);
      DoubleVector u =
          x.fma(
              DoubleVector.broadcast(S, PolynomialMath.LOG2E),
              DoubleVector.broadcast(S, PolynomialMath.ROUNDER));
      DoubleVector k = u.sub(PolynomialMath.ROUNDER);
      DoubleVector r = k.fma(DoubleVector.broadcast(S, -PolynomialMath.LN2_HI), x);
      r = k.fma(DoubleVector.broadcast(S, -PolynomialMath.LN2_LO), r);
      DoubleVector y2 = r.mul(r);
      DoubleVector even =
          DoubleVector.broadcast(S, PolynomialMath.Q8)
              .fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q6));
      DoubleVector odd =
          DoubleVector.broadcast(S, PolynomialMath.Q9)
              .fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q7));
      even = even.fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q4));
      odd = odd.fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q5));
      even = even.fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q2));
      odd = odd.fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q3));
      even = even.fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q0));
      odd = odd.fma(y2, DoubleVector.broadcast(S, PolynomialMath.Q1));
      DoubleVector q = odd.fma(r, even);
      DoubleVector t = y2.mul(q);
      DoubleVector scale =
          u.reinterpretAsLongs()
              .add(1023)
              .lanewise(VectorOperators.LSHL, 52)
              .reinterpretAsDoubles();
      DoubleVector expm1 = scale.fma(t, scale.fma(r, scale.sub(1)));
      expm1
          .div(expm1.add(2))
          .reinterpretAsLongs()
          .or(bits.and(Long.MIN_VALUE))
          .reinterpretAsDoubles()
          .intoArray(h, hOff + i);
    }
  }

  private static void tanhSlopeLoop(int n, double[] h, int hOff, double[] d, int dOff) {
    for (int i = 0; i < n; i += L) {
      DoubleVector v = DoubleVector.fromArray(S, h, hOff + i);
      v.neg().fma(v, DoubleVector.broadcast(S, 1)).intoArray(d, dOff + i);
    }
  }

  private static void reluLoop(int n, double[] z, int zOff, double[] h, int hOff) {
    for (int i = 0; i < n; i += L) {
      DoubleVector v = DoubleVector.fromArray(S, z, zOff + i);
      v.blend(0, v.compare(VectorOperators.LT, 0)).intoArray(h, hOff + i);
    }
  }

  private static void reluSlopeLoop(
      int n, double[] z, int zOff, double[] h, int hOff, double[] d, int dOff) {
    for (int i = 0; i < n; i += L) {
      DoubleVector v = DoubleVector.fromArray(S, z, zOff + i);
      DoubleVector.broadcast(S, 1)
          .blend(0, v.compare(VectorOperators.LE, 0))
          .intoArray(d, dOff + i);
      v.blend(0, v.compare(VectorOperators.LT, 0)).intoArray(h, hOff + i);
    }
  }
}
