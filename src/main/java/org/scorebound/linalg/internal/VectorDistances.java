package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Squared distances from one point or from four to padded points, 32 at a time.
 *
 * <p>Four points share each load of the padded ones, which come from the outer caches where they
 * are many. Minima are kept lane by lane in memory: a reduction over the lanes of {@code double}s
 * in Java's order of -0 and NaN cost more than the distances.
 */
public final class VectorDistances {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final int BLOCK = 32;
  private static final int GROUPS = 8;

  private VectorDistances() {}

  /**
   * See {@code org.scorebound.linalg.Distances}; {@code m} is a multiple of 32 and {@code count} is
   * 1 or 4.
   */
  public static void squaredMinus(
      double[] y,
      int d,
      double[] q,
      int at,
      int count,
      double[] v,
      int m,
      double[] out,
      double[] least) {
    for (int j = 0; j < m; j += BLOCK) {
      for (int k = j; k < j + BLOCK; k += 2 * L) {
        if (count == 1) {
          one(y, d, m, q, at, v, k, out, least);
        } else {
          four(y, d, m, q, at, v, k, out, least);
        }
      }
    }
  }

  private static void one(
      double[] y,
      int d,
      int m,
      double[] q,
      int at,
      double[] v,
      int k,
      double[] out,
      double[] least) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    for (int a = 0, p = k; a < d; a++, p += m) {
      DoubleVector qa = DoubleVector.broadcast(S, q[at + a]);
      DoubleVector d0 = qa.sub(DoubleVector.fromArray(S, y, p));
      DoubleVector d1 = qa.sub(DoubleVector.fromArray(S, y, p + L));
      s0 = d0.fma(d0, s0);
      s1 = d1.fma(d1, s1);
    }
    store(s0.sub(DoubleVector.fromArray(S, v, k)), k, 0, m, out, least);
    store(s1.sub(DoubleVector.fromArray(S, v, k + L)), k + L, 0, m, out, least);
  }

  private static void four(
      double[] y,
      int d,
      int m,
      double[] q,
      int at,
      double[] v,
      int k,
      double[] out,
      double[] least) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s20 = DoubleVector.zero(S);
    DoubleVector s21 = DoubleVector.zero(S);
    DoubleVector s30 = DoubleVector.zero(S);
    DoubleVector s31 = DoubleVector.zero(S);
    for (int a = at, p = k; a < at + d; a++, p += m) {
      DoubleVector y0 = DoubleVector.fromArray(S, y, p);
      DoubleVector y1 = DoubleVector.fromArray(S, y, p + L);
      DoubleVector qa = DoubleVector.broadcast(S, q[a]);
      DoubleVector t = qa.sub(y0);
      s00 = t.fma(t, s00);
      t = qa.sub(y1);
      s01 = t.fma(t, s01);
      qa = DoubleVector.broadcast(S, q[a + d]);
      t = qa.sub(y0);
      s10 = t.fma(t, s10);
      t = qa.sub(y1);
      s11 = t.fma(t, s11);
      qa = DoubleVector.broadcast(S, q[a + 2 * d]);
      t = qa.sub(y0);
      s20 = t.fma(t, s20);
      t = qa.sub(y1);
      s21 = t.fma(t, s21);
      qa = DoubleVector.broadcast(S, q[a + 3 * d]);
      t = qa.sub(y0);
      s30 = t.fma(t, s30);
      t = qa.sub(y1);
      s31 = t.fma(t, s31);
    }
    DoubleVector v0 = DoubleVector.fromArray(S, v, k);
    DoubleVector v1 = DoubleVector.fromArray(S, v, k + L);
    store(s00.sub(v0), k, 0, m, out, least);
    store(s01.sub(v1), k + L, 0, m, out, least);
    store(s10.sub(v0), k, 1, m, out, least);
    store(s11.sub(v1), k + L, 1, m, out, least);
    store(s20.sub(v0), k, 2, m, out, least);
    store(s21.sub(v1), k + L, 2, m, out, least);
    store(s30.sub(v0), k, 3, m, out, least);
    store(s31.sub(v1), k + L, 3, m, out, least);
  }

  /** Values of padded points k, k + 1, ... for point r, and what they add to the minima. */
  private static void store(DoubleVector s, int k, int r, int m, double[] out, double[] least) {
    s.intoArray(out, r * m + k);
    int group = (r * m + k) / BLOCK * GROUPS + k % GROUPS;
    if (k % BLOCK >= GROUPS) {
      DoubleVector before = DoubleVector.fromArray(S, least, group);
      s = s.blend(before, before.compare(VectorOperators.LT, s));
    }
    s.intoArray(least, group);
  }
}
