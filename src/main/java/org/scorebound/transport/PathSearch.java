package org.scorebound.transport;

import java.util.Arrays;

/**
 * Shortest augmenting paths (Dijkstra under the reduced costs {@code c_ij - u_i - v_j}) on an
 * implicit cost matrix of which only candidate lists are held.
 *
 * <p>The tree of a search holds rows; row i reaches column j at distance {@code h_i + c_ij - v_j}.
 * A row's unlisted columns lie no nearer than its horizon, {@code h_i} plus its threshold; it can
 * be asked for its nearest unsettled ones, which moves the horizon beyond them. Two ways to search:
 *
 * <ul>
 *   <li>{@link #exact}: no column is settled before all rows with a nearer horizon have been asked.
 *       From feasible duals this leaves feasible duals, whatever the lists.
 *   <li>{@link #quick}: rows are asked only where the lists are exhausted or the free column found
 *       lies further than {@code trusted} from the start, and what a row learned of the outside of
 *       an earlier search is taken to hold in the next. Under squared distances many short hops
 *       cost less than a long one, so this is nearly always right; the caller checks.
 * </ul>
 *
 * <p>Both end: every turn of the loop settles a column, of which there are n, or asks a row whose
 * horizon is the least of all distances; the columns found are then no further than the row's new
 * horizon, so it is not asked again before one more column is settled. A search costs at most n
 * settled columns and, between two of them, one question a row.
 */
final class PathSearch {

  /** How many columns a row asks for at a time. */
  private static final int ASK = 8;

  private final double[] x;
  private final PriceOracle oracle;
  private final CandidateLists lists;
  private final double[] v;
  private final int[] columnOf;
  private final int[] rowOf;

  /** Cost of each row's pair. */
  private final double[] heldCost;

  private final double[] dist;
  private final int[] pred;
  private final double[] predCost;

  /** Distance of a column: infinite before it is reached, minus infinity once settled. */
  private final double[] key;

  /** For each row a value below which no column lay outside the tree of an earlier search. */
  private final double[] outside;

  private int[] touched = new int[64];
  private int touchedCount;
  private final MinHeap columns = new MinHeap();

  /** The rows of the tree with {@code h_i}, and horizons of those that are watched. */
  private int[] rows = new int[64];

  private double[] shift = new double[64];
  private double[] horizon = new double[64];
  private int rowCount;
  private int watched;
  private int hidden;
  private final MinHeap horizons = new MinHeap();

  private boolean exact;

  /** Distance of the nearest free column that is known; nothing beyond it matters. */
  private double nearestFree;

  private final int[] foundIndex = new int[ASK];
  private final double[] foundValue = new double[ASK];

  PathSearch(
      double[] x,
      PriceOracle oracle,
      CandidateLists lists,
      double[] v,
      int[] columnOf,
      int[] rowOf,
      double[] heldCost) {
    int n = v.length;
    this.x = x;
    this.oracle = oracle;
    this.lists = lists;
    this.v = v;
    this.columnOf = columnOf;
    this.rowOf = rowOf;
    this.heldCost = heldCost;
    dist = new double[n];
    pred = new int[n];
    predCost = new double[n];
    key = new double[n];
    Arrays.fill(key, Double.POSITIVE_INFINITY);
    outside = new double[n];
    Arrays.fill(outside, Double.NEGATIVE_INFINITY);
  }

  /**
   * Matches a free row, exactly.
   *
   * @return the number of rows looked at
   */
  int exact(int start) {
    exact = true;
    begin(start);
    int end = -1;
    while (end < 0) {
      double next = nextColumn();
      if (!horizons.isEmpty() && horizons.leastKey() < next) {
        ask(horizons.pop(), Double.POSITIVE_INFINITY);
        continue;
      }
      end = settle();
    }
    finish(start, end);
    return rowCount;
  }

  /**
   * Matches a free row, trusting the lists where the path is short.
   *
   * @param trusted distances from the first column within which no row is asked
   * @param slack how far beyond the nearest known column rows are asked for others
   * @return the number of rows looked at
   */
  int quick(int start, double trusted, double slack) {
    exact = false;
    begin(start);
    double first = columns.isEmpty() ? Double.NEGATIVE_INFINITY : columns.leastKey();
    int end = -1;
    while (end < 0) {
      double next = nextColumn();
      boolean reached = next < Double.POSITIVE_INFINITY && rowOf[columns.leastItem()] < 0;
      if (next == Double.POSITIVE_INFINITY || (reached && !(next - first < trusted))) {
        for (; watched < rowCount; watched++) {
          horizons.push(horizon[watched], watched);
        }
        if (!horizons.isEmpty() && horizons.leastKey() < next) {
          ask(horizons.pop(), next + slack);
          continue;
        }
      }
      end = settle();
    }
    finish(start, end);
    return rowCount;
  }

  private void begin(int start) {
    columns.clear();
    horizons.clear();
    touchedCount = 0;
    rowCount = 0;
    watched = 0;
    nearestFree = Double.POSITIVE_INFINITY;
    scan(start, 0);
  }

  /** Drops stale entries; the distance of the nearest unsettled column that is known. */
  private double nextColumn() {
    while (!columns.isEmpty() && columns.leastKey() != key[columns.leastItem()]) {
      columns.pop();
    }
    return columns.isEmpty() ? Double.POSITIVE_INFINITY : columns.leastKey();
  }

  /** Settles the nearest column and scans its row; if it is free, returns it, else -1. */
  private int settle() {
    int j = columns.pop();
    int i = rowOf[j];
    if (i < 0) {
      return j;
    }
    key[j] = Double.NEGATIVE_INFINITY;
    return scan(i, dist[j] - (heldCost[i] - v[j]));
  }

  /** Adds row i to the tree; returns a free column no further than the last settled, or -1. */
  private int scan(int i, double h) {
    if (rowCount == rows.length) {
      rows = Arrays.copyOf(rows, 2 * rowCount);
      shift = Arrays.copyOf(shift, 2 * rowCount);
      horizon = Arrays.copyOf(horizon, 2 * rowCount);
    }
    rows[rowCount] = i;
    shift[rowCount] = h;
    if (exact) {
      horizons.push(lists.threshold[i] + h, rowCount);
    } else {
      horizon[rowCount] = Math.max(lists.threshold[i], outside[i]) + h;
    }
    rowCount++;
    double reach = columnOf[i] < 0 ? Double.NEGATIVE_INFINITY : dist[columnOf[i]];
    int[] column = lists.column;
    double[] cost = lists.cost;
    for (int e = lists.start[i], last = e + lists.length[i]; e < last; e++) {
      int j = column[e];
      double near = cost[e] - v[j] + h;
      if (near < key[j] && near < nearestFree) {
        relax(j, near, i, cost[e]);
        if (rowOf[j] < 0) {
          nearestFree = near;
          if (near <= reach) {
            return j;
          }
        }
      }
    }
    return -1;
  }

  private void relax(int j, double near, int i, double cost) {
    if (key[j] == Double.POSITIVE_INFINITY) {
      if (touchedCount == touched.length) {
        touched = Arrays.copyOf(touched, 2 * touchedCount);
      }
      touched[touchedCount++] = j;
    }
    key[j] = near;
    dist[j] = near;
    pred[j] = i;
    predCost[j] = cost;
    columns.push(near, j);
  }

  /** Asks tree row r for its nearest unsettled columns up to a distance; moves its horizon. */
  private void ask(int r, double distance) {
    for (; hidden < rowCount; hidden++) {
      int j = columnOf[rows[hidden]];
      if (j >= 0) {
        oracle.hide(j);
      }
    }
    int i = rows[r];
    double h = shift[r];
    int found = oracle.nearest(x, i, ASK, distance - h, foundIndex, foundValue);
    for (int f = 0; f < found; f++) {
      int j = foundIndex[f];
      double near = foundValue[f] + h;
      if (near < key[j] && near < nearestFree) {
        relax(j, near, i, foundValue[f] + v[j]);
        if (rowOf[j] < 0) {
          nearestFree = near;
        }
      }
    }
    double value = found < ASK ? distance - h : foundValue[ASK - 1];
    if (value < Double.POSITIVE_INFINITY) {
      outside[i] = value;
      horizons.push(found < ASK ? distance : value + h, r);
    }
  }

  /** Lowers the prices of the settled columns, moves the pairs along the path. */
  private void finish(int start, int end) {
    double reach = dist[end];
    for (int t = 0; t < touchedCount; t++) {
      int j = touched[t];
      if (key[j] == Double.NEGATIVE_INFINITY) {
        v[j] += Math.min(0, dist[j] - reach);
      }
      key[j] = Double.POSITIVE_INFINITY;
    }
    for (int r = 0; r < hidden; r++) {
      int j = columnOf[rows[r]];
      if (j >= 0) {
        oracle.show(j);
      }
    }
    hidden = 0;
    int j = end;
    int i;
    do {
      i = pred[j];
      rowOf[j] = i;
      int next = columnOf[i];
      columnOf[i] = j;
      heldCost[i] = predCost[j];
      j = next;
    } while (i != start);
  }
}
