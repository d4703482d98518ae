package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The passes of {@code org.scorebound.linalg.Scans} on the vector unit. */
public final class VectorScans {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private VectorScans() {}

  /** How many of n elements the vector loops take. */
  public static int whole(int n) {
    return n - n % L;
  }

  /** See {@code Scans.relax}; the first {@link #whole} elements. */
  public static double relax(
      int n, double[] c, int at, double[] price, double shift, double[] dist) {
    DoubleVector least = DoubleVector.broadcast(S, Double.POSITIVE_INFINITY);
    DoubleVector by = DoubleVector.broadcast(S, shift);
    int whole = whole(n);
    for (int j = 0; j < whole; j += L) {
      DoubleVector old = DoubleVector.fromArray(S, dist, j);
      DoubleVector through =
          DoubleVector.fromArray(S, c, at + j).sub(DoubleVector.fromArray(S, price, j)).sub(by);
      VectorMask<Double> shorter = through.compare(VectorOperators.LT, old);
      DoubleVector now = old.blend(through, shorter);
      now.intoArray(dist, j);
      least = least.blend(now, now.compare(VectorOperators.LT, least));
    }
    return least.reduceLanes(VectorOperators.MIN);
  }

  /** See {@code Scans.least}; the first {@link #whole} elements. */
  public static double least(int n, double[] a) {
    DoubleVector least = DoubleVector.broadcast(S, Double.POSITIVE_INFINITY);
    int whole = whole(n);
    for (int j = 0; j < whole; j += L) {
      DoubleVector now = DoubleVector.fromArray(S, a, j);
      least = least.blend(now, now.compare(VectorOperators.LT, least));
    }
    return least.reduceLanes(VectorOperators.MIN);
  }
}
