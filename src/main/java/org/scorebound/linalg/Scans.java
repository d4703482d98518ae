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

  /** Length of the array that {@link #leastTwo} works in. */
  public static int workspace() {
    return VECTOR ? Math.max(2, 2 * VectorScans.lanes()) : 2;
  }

  /**
   * The least and the second least of {@code c_j - price_j}, equal if two of them are.
   *
   * @param n number of elements
   * @param c costs, from {@code c[at]} on
   * @param least of length {@link #workspace}; takes the two, infinite where there are none
   */
  public static void leastTwo(int n, double[] c, int at, double[] price, double[] least) {
    double first = Double.POSITIVE_INFINITY;
    double second = Double.POSITIVE_INFINITY;
    int j = 0;
    if (VECTOR) {
      VectorScans.leastTwo(n, c, at, price, least);
      j = VectorScans.whole(n);
      for (int lane = 0; lane < 2 * VectorScans.lanes(); lane++) {
        double t = least[lane];
        second = Math.min(second, Math.max(first, t));
        first = Math.min(first, t);
      }
    }
    for (; j < n; j++) {
      double t = c[at + j] - price[j];
      second = Math.min(second, Math.max(first, t));
      first = Math.min(first, t);
    }
    least[0] = first;
    least[1] = second;
  }
}
