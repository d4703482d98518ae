package org.scorebound.benchmarks.transport;

import java.util.Arrays;
import org.jblas.DoubleMatrix;

/**
 * The textbook Hungarian method on a jblas matrix, as a user of jblas would write it: one shortest
 * augmenting path a row with potentials, O(n^3), no start heuristic. A baseline, not a solver.
 *
 * <p>Reference: Kuhn (1955), doi:10.1002/nav.3800020109, in the O(n^3) form of Lawler (1976).
 */
final class Hungarian {

  private Hungarian() {}

  /** The least mean cost of a permutation. */
  static double meanCost(DoubleMatrix c) {
    int n = c.rows;
    double[] u = new double[n + 1];
    double[] v = new double[n + 1];
    int[] rowOf = new int[n + 1];
    int[] previous = new int[n + 1];
    for (int row = 1; row <= n; row++) {
      rowOf[0] = row;
      int j0 = 0;
      double[] least = new double[n + 1];
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      boolean[] used = new boolean[n + 1];
      do {
        used[j0] = true;
        int i0 = rowOf[j0];
        double delta = Double.POSITIVE_INFINITY;
        int j1 = 0;
        for (int j = 1; j <= n; j++) {
          if (!used[j]) {
            double reduced = c.get(i0 - 1, j - 1) - u[i0] - v[j];
            if (reduced < least[j]) {
              least[j] = reduced;
              previous[j] = j0;
            }
            if (least[j] < delta) {
              delta = least[j];
              j1 = j;
            }
          }
        }
        for (int j = 0; j <= n; j++) {
          if (used[j]) {
            u[rowOf[j]] += delta;
            v[j] -= delta;
          } else {
            least[j] -= delta;
          }
        }
        j0 = j1;
      } while (rowOf[j0] != 0);
      do {
        int j1 = previous[j0];
        rowOf[j0] = rowOf[j1];
        j0 = j1;
      } while (j0 != 0);
    }
    double sum = 0;
    for (int j = 1; j <= n; j++) {
      sum += c.get(rowOf[j] - 1, j - 1);
    }
    return sum / n;
  }
}
