package org.scorebound.transport;

import java.util.Arrays;

/**
 * Shortest augmenting paths (Dijkstra under the reduced costs {@code c_ij - u_i - v_j}) on an
 * implicit cost matrix of which only candidate lists are held.
 *
 * <p>The tree of a search holds rows; row i reaches column j at distance {@code h_i + c_ij - v_j}.
 * Of its list the head is looked at when it joins the tree, the others once the search has come as
 * far as {@code h_i} plus the list's {@code rest}. A row's unlisted columns lie no nearer than its
 * horizon, {@code h_i} plus its threshold; it can be asked for its nearest unsettled ones, which
 * moves the horizon beyond them. Two ways to search:
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

  /** Rows of which only the head was looked at, by the distance of their other candidates. */
  private final MinHeap rests = new MinHeap();

  private boolean exact;

  /** Whether several rows are matched at once; for each row of the tree the one it starts from. */
  private boolean several;

  private int[] root = new int[0];
  private int[] endOf = new int[0];

  /** Distance of the nearest free column that is known; nothing beyond it matters. */
  private double nearestFree;

  private int freeColumn;

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
    lower(dist[end]);
    flip(start, end);
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
    double first = nextColumn();
    first = first < Double.POSITIVE_INFINITY ? first : Double.NEGATIVE_INFINITY;
    int end = -1;
    while (end < 0) {
      double next = nextColumn();
      boolean reached = next < Double.POSITIVE_INFINITY && rowOf[columns.leastItem()] < 0;
      if ((next == Double.POSITIVE_INFINITY || (reached && !(next - first < trusted)))
          && askNearer(next, slack)) {
        continue;
      }
      end = settle();
    }
    lower(dist[end]);
    flip(start, end);
    return rowCount;
  }

  /**
   * Matches free rows from one forest that grows from all of them, until half as many free columns
   * are settled; each row takes the first of its tree, if there is one. The paths share no row and
   * no column, and lowering the prices of the settled columns by what they lie nearer than the last
   * makes all of them tight. Trusts as {@link #quick} does.
   *
   * @param starts free rows, the first {@code count}
   * @return the number of rows that were matched
   */
  int forest(int[] starts, int count, double trusted, double slack) {
    exact = false;
    several = true;
    if (root.length == 0) {
      root = new int[v.length];
      endOf = new int[v.length];
    }
    clear();
    for (int k = 0; k < count; k++) {
      int i = starts[k];
      root[i] = i;
      endOf[i] = -1;
      scan(i, -lists.least(i));
    }
    int matched = 0;
    double reach = 0;
    int[] ends = new int[(count + 1) / 2];
    for (int left = (count + 1) / 2; left > 0; ) {
      double next = nextColumn();
      boolean reached = next < Double.POSITIVE_INFINITY && rowOf[columns.leastItem()] < 0;
      if ((next == Double.POSITIVE_INFINITY || (reached && !(next < trusted)))
          && askNearer(next, slack)) {
        continue;
      }
      int j = columns.pop();
      int i = rowOf[j];
      reach = dist[j];
      key[j] = Double.NEGATIVE_INFINITY;
      int start = root[pred[j]];
      if (i >= 0) {
        root[i] = start;
        scan(i, reach - (heldCost[i] - v[j]));
      } else {
        // Or a question would find it again and again.
        oracle.hide(j);
        ends[(count + 1) / 2 - left] = j;
        left--;
        matched += endOf[start] < 0 ? 1 : 0;
        endOf[start] = endOf[start] < 0 ? j : endOf[start];
      }
    }
    several = false;
    for (int j : ends) {
      oracle.show(j);
    }
    lower(reach);
    for (int k = 0; k < count; k++) {
      if (endOf[starts[k]] >= 0) {
        flip(starts[k], endOf[starts[k]]);
      }
    }
    return matched;
  }

  /** Asks the row with the nearest horizon, if there is one before {@code next}. */
  private boolean askNearer(double next, double slack) {
    for (; watched < rowCount; watched++) {
      horizons.push(horizon[watched], watched);
    }
    if (!horizons.isEmpty() && horizons.leastKey() < next) {
      ask(horizons.pop(), next + slack);
      return true;
    }
    return false;
  }

  /** Rows in the tree of the last search. */
  int size() {
    return rowCount;
  }

  private void begin(int start) {
    clear();
    scan(start, 0);
  }

  private void clear() {
    columns.clear();
    horizons.clear();
    rests.clear();
    touchedCount = 0;
    rowCount = 0;
    watched = 0;
    nearestFree = Double.POSITIVE_INFINITY;
  }

  /** The distance of the nearest unsettled listed column. */
  private double nextColumn() {
    while (true) {
      while (!columns.isEmpty() && columns.leastKey() != key[columns.leastItem()]) {
        columns.pop();
      }
      double next = columns.isEmpty() ? Double.POSITIVE_INFINITY : columns.leastKey();
      if (rests.isEmpty() || rests.leastKey() >= Math.min(next, nearestFree)) {
        return next;
      }
      int r = rests.pop();
      int i = rows[r];
      relaxAll(i, lists.start[i] + CandidateLists.HEAD, lists.start[i] + lists.length[i], shift[r]);
      lists.sort(i);
    }
  }

  /** Settles the nearest column and scans its row; if it is free, returns it, else -1. */
  private int settle() {
    int j = columns.pop();
    int i = rowOf[j];
    if (i < 0) {
      return j;
    }
    key[j] = Double.NEGATIVE_INFINITY;
    scan(i, dist[j] - (heldCost[i] - v[j]));
    return nearestFree <= dist[j] ? freeColumn : -1;
  }

  /** Adds row i to the tree. */
  private void scan(int i, double h) {
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
    int from = lists.start[i];
    int last = from + lists.length[i];
    int head = Math.min(last, from + CandidateLists.HEAD);
    relaxAll(i, from, head, h);
    if (head < last) {
      rests.push(lists.rest[i] + h, rowCount - 1);
    }
  }

  private void relaxAll(int i, int from, int last, double h) {
    int[] column = lists.column;
    double[] cost = lists.cost;
    for (int e = from; e < last; e++) {
      int j = column[e];
      double near = cost[e] - v[j] + h;
      if (near < key[j] && near < nearestFree) {
        relax(j, near, i, cost[e]);
      }
    }
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
    if (rowOf[j] < 0 && !several) {
      nearestFree = near;
      freeColumn = j;
    }
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
      }
    }
    double value = found < ASK ? distance - h : foundValue[ASK - 1];
    if (value < Double.POSITIVE_INFINITY) {
      outside[i] = value;
      horizons.push(found < ASK ? distance : value + h, r);
    }
  }

  /** Lowers the prices of the settled columns by what they lie nearer; forgets the search. */
  private void lower(double reach) {
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
  }

  /** Moves the pairs along the path from a free row to a free column. */
  private void flip(int start, int end) {
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
