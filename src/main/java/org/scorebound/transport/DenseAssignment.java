package org.scorebound.transport;

import java.util.Arrays;

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
   * make it run for ever.
   */
  private int[] reduceRows(int[] free) {
    int[] left = new int[free.length];
    int count = 0;
    int head = 0;
    int[] queue = free.clone();
    long budget = 8L * n;
    while (head < queue.length) {
      int i = queue[head++];
      double u1 = Double.POSITIVE_INFINITY;
      double u2 = Double.POSITIVE_INFINITY;
      int j1 = -1;
      int j2 = -1;
      for (int j = 0; j < n; j++) {
        double h = c[i * n + j] - v[j];
        if (h < u2) {
          if (h < u1) {
            u2 = u1;
            j2 = j1;
            u1 = h;
            j1 = j;
          } else {
            u2 = h;
            j2 = j;
          }
        }
      }
      double price = j2 >= 0 ? v[j1] - (u2 - u1) : v[j1];
      boolean fell = price < v[j1];
      if (fell) {
        v[j1] = price;
      } else if (rowOf[j1] >= 0 && j2 >= 0) {
        j1 = j2;
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

  /** One shortest augmenting path (Dijkstra under reduced costs) for each free row. */
  private void augment(int[] free) {
    double[] dist = new double[n];
    int[] pred = new int[n];
    int[] columns = new int[n];
    for (int start : free) {
      for (int j = 0; j < n; j++) {
        columns[j] = j;
        dist[j] = c[start * n + j] - v[j];
        pred[j] = start;
      }
      int low = 0;
      int up = 0;
      int last = 0;
      double min = 0;
      int end = -1;
      while (end < 0) {
        if (up == low) {
          last = low;
          min = dist[columns[up++]];
          for (int k = up; k < n; k++) {
            int j = columns[k];
            double h = dist[j];
            if (h <= min) {
              if (h < min) {
                up = low;
                min = h;
              }
              columns[k] = columns[up];
              columns[up++] = j;
            }
          }
          for (int k = low; k < up && end < 0; k++) {
            if (rowOf[columns[k]] < 0) {
              end = columns[k];
            }
          }
        }
        while (end < 0 && low < up) {
          int j1 = columns[low++];
          int i = rowOf[j1];
          double h = c[i * n + j1] - v[j1] - min;
          for (int k = up; k < n; k++) {
            int j = columns[k];
            double through = c[i * n + j] - v[j] - h;
            if (through < dist[j]) {
              pred[j] = i;
              dist[j] = through;
              if (through <= min) {
                if (rowOf[j] < 0) {
                  end = j;
                  break;
                }
                columns[k] = columns[up];
                columns[up++] = j;
              }
            }
          }
        }
      }
      for (int k = 0; k < last; k++) {
        int j = columns[k];
        v[j] += dist[j] - min;
      }
      int j = end;
      int i;
      do {
        i = pred[j];
        rowOf[j] = i;
        int next = columnOf[i];
        columnOf[i] = j;
        j = next;
      } while (i != start);
    }
  }
}
