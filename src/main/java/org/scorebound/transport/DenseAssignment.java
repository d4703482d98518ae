package org.scorebound.transport;

import java.util.Arrays;
import org.scorebound.linalg.Scans;

/**
 * The linear assignment problem with a dense cost matrix, by the method of Jonker and Volgenant:
 * column reduction, augmenting row reduction, shortest augmenting paths.
 *
 * <p>Finds the permutation {@code sigma} that minimises {@code sum_i c_{i, sigma(i)}} and duals
 * with {@code u_i + v_j <= c_ij}, equality on the matching, to rounding. Cost O(n^3) at worst,
 * memory the n^2 doubles of the matrix. Costs are finite.
 *
 * <p>Reference: Jonker and Volgenant (1987), doi:10.1007/BF02278710.
 */
final class DenseAssignment {

  private final int n;
  private final double[] c;
  private final int[] columnOf;
  private final int[] rowOf;
  private final double[] v;

  private DenseAssignment(double[] c, int n) {
    this.n = n;
    this.c = c;
    this.columnOf = new int[n];
    this.rowOf = new int[n];
    this.v = new double[n];
    Arrays.fill(columnOf, -1);
    Arrays.fill(rowOf, -1);
  }

  /**
   * Solves the problem.
   *
   * @param c costs, row after row, {@code c[i * n + j]}
   * @param n number of rows and of columns
   */
  static Assignment solve(double[] c, int n) {
    var solver = new DenseAssignment(c, n);
    if (n > 0) {
      solver.reduceColumns();
      int[] free = solver.freeRows();
      for (int pass = 0; pass < 2; pass++) {
        free = solver.reduceRows(free);
      }
      solver.augment(free);
    }
    return new Assignment(solver.columnOf, solver.v);
  }

  /** v_j = min_i c_ij, and the column goes to that row if it is still free. */
  private void reduceColumns() {
    int[] best = new int[n];
    Arrays.fill(v, Double.POSITIVE_INFINITY);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double cij = c[i * n + j];
        if (cij < v[j]) {
          v[j] = cij;
          best[j] = i;
        }
      }
    }
    for (int j = n - 1; j >= 0; j--) {
      if (columnOf[best[j]] < 0) {
        columnOf[best[j]] = j;
        rowOf[j] = best[j];
      }
    }
  }

  private int[] freeRows() {
    int[] free = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (columnOf[i] < 0) {
        free[count++] = i;
      }
    }
    return Arrays.copyOf(free, count);
  }

  /**
   * Gives each free row its best column and lowers that column's price to the second best; the row
   * that lost it is taken next only if the price strictly fell, so that ties and roundings cannot
   * make it run for ever, and at most n times: chains of ever smaller falls cost more than the
   * paths that they save (four clusters, n = 128: twice the time at 8 n).
   */
  private int[] reduceRows(int[] free) {
    int[] left = new int[free.length];
    int count = 0;
    int head = 0;
    int[] queue = free.clone();
    long budget = n;
    double[] least = new double[Scans.workspace()];
    while (head < queue.length) {
      int i = queue[head++];
      Scans.leastTwo(n, c, i * n, v, least);
      double u1 = least[0];
      double u2 = least[1];
      int j1 = column(i, u1, -1);
      double price = n > 1 ? v[j1] - (u2 - u1) : v[j1];
      boolean fell = price < v[j1];
      if (fell) {
        v[j1] = price;
      } else if (rowOf[j1] >= 0 && n > 1) {
        j1 = column(i, u2, j1);
      }
      int loser = rowOf[j1];
      if (loser >= 0) {
        columnOf[loser] = -1;
      }
      columnOf[i] = j1;
      rowOf[j1] = i;
      if (loser >= 0) {
        if (fell && budget-- > 0) {
          queue[--head] = loser;
        } else {
          left[count++] = loser;
        }
      }
    }
    return Arrays.copyOf(left, count);
  }

  /** The first column but one of which row i has this reduced cost, to the bit. */
  private int column(int i, double reduced, int but) {
    int j = 0;
    while (j == but || c[i * n + j] - v[j] != reduced) {
      j++;
    }
    return j;
  }

  /**
   * One shortest augmenting path (Dijkstra under reduced costs) for each free row.
   *
   * <p>A scan is one pass without branches over a row of costs, in which the price of a column that
   * the search is through with is {@code -infinity}; whence a column was reached is not kept but
   * found again, along the path alone, as the first row that gives its distance to the bit.
   */
  private void augment(int[] free) {
    double[] dist = new double[n];
    double[] price = new double[n];
    int[] rows = new int[n + 1];
    double[] shift = new double[n + 1];
    int[] columns = new int[n];
    double[] lengths = new double[n + 1];
    for (int start : free) {
      Arrays.fill(dist, Double.POSITIVE_INFINITY);
      System.arraycopy(v, 0, price, 0, n);
      int count = 0;
      rows[0] = start;
      shift[0] = 0;
      int end;
      while (true) {
        double min = Scans.relax(n, c, rows[count] * n, price, shift[count], dist);
        int j = indexOf(dist, min);
        lengths[count] = min;
        if (rowOf[j] < 0) {
          end = j;
          break;
        }
        columns[count++] = j;
        price[j] = Double.NEGATIVE_INFINITY;
        dist[j] = Double.POSITIVE_INFINITY;
        rows[count] = rowOf[j];
        shift[count] = c[rowOf[j] * n + j] - v[j] - min;
      }
      follow(end, count, rows, shift, lengths);
      for (int k = 0; k < count; k++) {
        v[columns[k]] += Math.min(0, lengths[k] - lengths[count]);
      }
    }
  }

  private static int indexOf(double[] a, double value) {
    int j = 0;
    while (a[j] != value) {
      j++;
    }
    return j;
  }

  /** Matches along the path back from a free column, which was reached after {@code k} scans. */
  private void follow(int end, int k, int[] rows, double[] shift, double[] lengths) {
    int j = end;
    int at = k;
    while (true) {
      int r = 0;
      while (c[rows[r] * n + j] - v[j] - shift[r] != lengths[at]) {
        r++;
      }
      rowOf[j] = rows[r];
      int next = columnOf[rows[r]];
      columnOf[rows[r]] = j;
      if (r == 0) {
        return;
      }
      j = next;
      at = r - 1;
    }
  }
}
