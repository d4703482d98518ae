package org.scorebound.linalg;

import org.scorebound.linalg.internal.VectorScans;

/**
 * Minima over a row of a cost matrix under prices, on the vector unit: what Dijkstra's algorithm on
 * a dense matrix does. No number may be NaN; each operation is rounded as in the plain loop, so the
 * bits do not depend on the vector unit.
 */
public final class Scans {

  /** The class of the fast loops cannot be loaded without the module. */
  private static final boolean VECTOR = KernelProviders.hasVectorModule();

  private Scans() {}

  /**
   * {@code dist_j = min(dist_j, c_j - price_j - shift)}.
   *
   * @param n number of elements
   * @param c costs, from {@code c[at]} on
   * @param price may be {@code -infinity}, which leaves that distance as it is
   * @return the least distance
   */
  public static double relax(
      int n, double[] c, int at, double[] price, double shift, double[] dist) {
    double least = Double.POSITIVE_INFINITY;
    int j = 0;
    if (VECTOR) {
      least = VectorScans.relax(n, c, at, price, shift, dist);
      j = VectorScans.whole(n);
    }
    for (; j < n; j++) {
      double through = c[at + j] - price[j] - shift;
      if (through < dist[j]) {
        dist[j] = through;
      }
      if (dist[j] < least) {
        least = dist[j];
      }
    }
    return least;
  }

  /** The least of n numbers. */
  public static double least(int n, double[] a) {
    double least = Double.POSITIVE_INFINITY;
    int j = 0;
    if (VECTOR) {
      least = VectorScans.least(n, a);
      j = VectorScans.whole(n);
    }
    for (; j < n; j++) {
      if (a[j] < least) {
        least = a[j];
      }
    }
    return least;
  }
}
