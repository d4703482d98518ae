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

  /**
   * See {@code Scans.leastTwo}; the first {@link #whole} elements.
   *
   * @param least takes the least of each lane, then the second of each lane
   */
  public static void leastTwo(int n, double[] c, int at, double[] price, double[] least) {
    DoubleVector first = DoubleVector.broadcast(S, Double.POSITIVE_INFINITY);
    DoubleVector second = first;
    int whole = whole(n);
    for (int j = 0; j < whole; j += L) {
      DoubleVector t =
          DoubleVector.fromArray(S, c, at + j).sub(DoubleVector.fromArray(S, price, j));
      VectorMask<Double> less = t.compare(VectorOperators.LT, first);
      DoubleVector larger = t.blend(first, less);
      first = first.blend(t, less);
      second = second.blend(larger, larger.compare(VectorOperators.LT, second));
    }
    first.intoArray(least, 0);
    second.intoArray(least, L);
  }

  /** Length of a vector. */
  public static int lanes() {
    return L;
  }
}
