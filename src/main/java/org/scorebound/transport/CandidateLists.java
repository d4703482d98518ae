package org.scorebound.transport;

import java.util.Arrays;

/**
 * For each row a list of candidate columns with their costs, and a threshold: no unlisted column
 * has {@code c_ij - v_j} below it.
 *
 * <p>A list is the row's best columns at the time of a query, so its threshold is the worst of
 * them; it stays valid while the {@code v_j} only fall. Package-private, the arrays are its
 * content: row i's candidates lie at {@code start[i] .. start[i] + length[i]} of the pool.
 */
final class CandidateLists {

  final int[] start;
  final int[] length;
  final double[] threshold;
  int[] column;
  double[] cost;

  private final double[] x;
  private final double[] v;
  private final PriceOracle oracle;
  private final int n;
  private int size;
  private final int[] foundIndex;
  private final double[] foundValue;

  /**
   * Each row's {@code k} best columns, to be completed by {@link #add}.
   *
   * @param best takes each row's best column
   * @param u takes each row's dual, the least {@code c_ij - v_j}
   */
  CandidateLists(double[] x, PriceOracle oracle, double[] v, int k, int[] best, double[] u) {
    this.x = x;
    this.v = v;
    this.oracle = oracle;
    n = v.length;
    start = new int[n];
    length = new int[n];
    threshold = new double[n];
    foundIndex = new int[k];
    foundValue = new double[k];
    column = new int[n * (k + 1)];
    cost = new double[column.length];
    for (int i = 0; i < n; i++) {
      requery(i);
      best[i] = foundIndex[0];
      u[i] = foundValue[0];
    }
  }

  /** Adds the edges of the columns' own candidate rows, n x k, where a row does not list them. */
  void add(double[] y, int d, int[] byColumn, int k) {
    int[] from = new int[n + 1];
    for (int e = 0; e < n * k; e++) {
      from[byColumn[e] + 1]++;
    }
    for (int i = 0; i < n; i++) {
      from[i + 1] += from[i];
    }
    int[] reverse = new int[n * k];
    int[] fill = Arrays.copyOf(from, n);
    for (int j = 0; j < n; j++) {
      for (int e = j * k; e < (j + 1) * k; e++) {
        reverse[fill[byColumn[e]]++] = j;
      }
    }
    int[] oldColumn = column;
    double[] oldCost = cost;
    column = new int[size + n * k];
    cost = new double[column.length];
    int[] mark = new int[n];
    size = 0;
    for (int i = 0; i < n; i++) {
      int old = start[i];
      start[i] = size;
      for (int e = old; e < old + length[i]; e++) {
        mark[oldColumn[e]] = i + 1;
        column[size] = oldColumn[e];
        cost[size++] = oldCost[e];
      }
      for (int e = from[i]; e < from[i + 1]; e++) {
        int j = reverse[e];
        if (mark[j] != i + 1) {
          column[size] = j;
          cost[size++] = Clouds.squaredDistance(x, i, y, j, d);
        }
      }
      length[i] = size - start[i];
    }
  }

  /** Replaces row i's list by its best columns under the present prices. */
  void requery(int i) {
    int k =
        oracle.nearest(x, i, foundIndex.length, Double.POSITIVE_INFINITY, foundIndex, foundValue);
    if (k > length[i]) {
      if (size + k > column.length) {
        int grown = Math.max(size + k, column.length + column.length / 8);
        column = Arrays.copyOf(column, grown);
        cost = Arrays.copyOf(cost, grown);
      }
      start[i] = size;
      size += k;
    }
    for (int f = 0, e = start[i]; f < k; f++, e++) {
      column[e] = foundIndex[f];
      cost[e] = foundValue[f] + v[foundIndex[f]];
    }
    length[i] = k;
    threshold[i] = k < n ? foundValue[k - 1] : Double.POSITIVE_INFINITY;
  }
}
