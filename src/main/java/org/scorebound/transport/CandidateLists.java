package org.scorebound.transport;

import java.util.Arrays;

/**
 * For each row a list of candidate columns with their costs, and a threshold: no unlisted column
 * has {@code c_ij - v_j} below it.
 *
 * <p>A list is the row's best columns at the time of a query, so its threshold is the worst of
 * them; it stays valid while the {@code v_j} only fall. Package-private, the arrays are its
 * content: row i's candidates lie at {@code start[i] .. start[i] + length[i]} of the pool.
 *
 * <p>{@link #sort} puts a row's best candidates first, so that a search may look at {@link #HEAD}
 * of them and leave the others until it has come as far as {@link #rest}.
 */
final class CandidateLists {

  /** The oracle may compute a value by a few other roundings than the list. */
  private static final double ROUNDINGS = 64;

  /** Candidates that are looked at first. */
  static final int HEAD = 6;

  final int[] start;
  final int[] length;
  final double[] threshold;

  /** A value below which no listed column after the first {@link #HEAD} has {@code c_ij - v_j}. */
  final double[] rest;

  int[] column;
  double[] cost;

  private final double[] x;
  private final double[] v;
  private final PriceOracle oracle;
  private final int m;
  private final int n;
  private int size;
  private final int[] foundIndex;
  private final double[] foundValue;
  private double[] sorted = new double[64];

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
    m = best.length;
    n = v.length;
    start = new int[m];
    length = new int[m];
    threshold = new double[m];
    rest = new double[m];
    foundIndex = new int[k];
    foundValue = new double[k];
    column = new int[m * (k + 1)];
    cost = new double[column.length];
    for (int i = 0; i < m; i++) {
      if (i % PriceOracle.AHEAD == 0) {
        oracle.ahead(x, i);
      }
      requery(i);
      best[i] = foundIndex[0];
      u[i] = foundValue[0];
    }
  }

  /** Adds the edges of the columns' own candidate rows, n x k, where a row does not list them. */
  void add(double[] y, int d, int[] byColumn, int k) {
    int[] from = new int[m + 1];
    for (int e = 0; e < n * k; e++) {
      from[byColumn[e] + 1]++;
    }
    for (int i = 0; i < m; i++) {
      from[i + 1] += from[i];
    }
    int[] reverse = new int[n * k];
    int[] fill = Arrays.copyOf(from, m);
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
    for (int i = 0; i < m; i++) {
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
      rest[i] = Double.NEGATIVE_INFINITY;
    }
  }

  /** Row i's least {@code c_ij - v_j} over its list, made anew where it is exhausted. */
  double least(int i) {
    sort(i);
    if (sorted[0] > threshold[i]) {
      requery(i);
      return foundValue[0];
    }
    return sorted[0];
  }

  /** Orders row i's list by the present prices. */
  void sort(int i) {
    int from = start[i];
    int k = length[i];
    if (k > sorted.length) {
      sorted = new double[k];
    }
    for (int e = 0; e < k; e++) {
      int j = column[from + e];
      double c = cost[from + e];
      double s = c - v[j];
      int p = e;
      while (p > 0 && sorted[p - 1] > s) {
        sorted[p] = sorted[p - 1];
        column[from + p] = column[from + p - 1];
        cost[from + p] = cost[from + p - 1];
        p--;
      }
      sorted[p] = s;
      column[from + p] = j;
      cost[from + p] = c;
    }
    rest[i] = k > HEAD ? sorted[HEAD] : Double.POSITIVE_INFINITY;
  }

  /** A bound that at least k of row i's listed columns lie below, from the list as it is. */
  private double reach(int i, int k) {
    if (length[i] < k) {
      return Double.POSITIVE_INFINITY;
    }
    sort(i);
    int e = start[i] + k - 1;
    return sorted[k - 1] + ROUNDINGS * Math.ulp(cost[e] + Math.abs(v[column[e]]));
  }

  /** Replaces row i's list by its best columns under the present prices. */
  void requery(int i) {
    int asked = foundIndex.length;
    int k = oracle.nearest(x, i, asked, reach(i, asked), foundIndex, foundValue);
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
    rest[i] = k > HEAD ? foundValue[HEAD] : Double.POSITIVE_INFINITY;
    threshold[i] = k < n ? foundValue[k - 1] : Double.POSITIVE_INFINITY;
  }
}
