package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Squared distances to padded points, 32 at a time. */
public final class VectorDistances {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final int BLOCK = 32;

  private VectorDistances() {}

  /** See {@code org.scorebound.linalg.Distances}; {@code m} is a multiple of 32. */
  public static void squaredMinus(
      double[] y, int d, double[] q, int at, double[] v, int m, double[] out, double[] least) {
    for (int j = 0; j < m; j += BLOCK) {
      double min = Double.POSITIVE_INFINITY;
      for (int k = j; k < j + BLOCK; k += 2 * L) {
        min = Math.min(min, pair(y, d, m, q, at, v, k, out));
      }
      least[j / BLOCK] = min;
    }
  }

  private static double pair(
      double[] y, int d, int m, double[] q, int at, double[] v, int k, double[] out) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    for (int a = 0, p = k; a < d; a++, p += m) {
      DoubleVector qa = DoubleVector.broadcast(S, q[at + a]);
      DoubleVector d0 = qa.sub(DoubleVector.fromArray(S, y, p));
      DoubleVector d1 = qa.sub(DoubleVector.fromArray(S, y, p + L));
      s0 = d0.fma(d0, s0);
      s1 = d1.fma(d1, s1);
    }
    s0 = s0.sub(DoubleVector.fromArray(S, v, k));
    s1 = s1.sub(DoubleVector.fromArray(S, v, k + L));
    s0.intoArray(out, k);
    s1.intoArray(out, k + L);
    return s0.min(s1).reduceLanes(VectorOperators.MIN);
  }
}
