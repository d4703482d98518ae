package org.scorebound.transport;

import java.util.Arrays;

/**
 * Finishes an assignment exactly by shortest augmenting paths on an implicit cost matrix of which
 * only candidate lists are held.
 *
 * <p>Augmenting only lowers the {@code v_j}, so the thresholds of {@link CandidateLists} stay valid
 * for good. A search runs on the lists (Dijkstra under reduced costs). When it has found a free
 * column at some distance, or exhausted the lists, the rows whose thresholds lie nearer are asked
 * for their best columns among those not settled, up to that distance; what they find goes on with
 * the search. Distances within {@link #FAR} spacings of the start are trusted without asking, and
 * what a row learned lies outside an earlier search is taken to lie outside the next; both are
 * nearly always right and are made good by a last round: each row asks for a column better than its
 * own, and those that find one are freed and matched again, from the second round on without the
 * short cuts. So the result is exact.
 */
final class PathSolver {

  /** In units of the squared spacing; lists reach about this far. */
  private static final double FAR = 16;

  private static final int MAX_ROUNDS = 20;

  /** Reduced costs on the matching are zero up to the roundings of the updates of the duals. */
  private static final double ROUNDINGS = 64;

  private static final int CHAIN = 40;

  private final double[] x;
  private final int n;
  private final PriceOracle oracle;
  private final CandidateLists lists;
  private final double[] v;
  private final int[] columnOf;
  private final int[] rowOf;

  private final double[] dist;
  private final int[] pred;
  private final double[] predCost;
  private final double[] heldCost;
  private final double[] outside;

  /** Distance of a column: infinite before it is reached, minus infinity once settled. */
  private final double[] key;

  private int[] touched = new int[64];
  private int touchedCount;

  /**
   * The rows of the present search, what is added to their costs, and up to where they are exact.
   */
  private int[] searchRows = new int[64];

  private double[] searchShift = new double[64];
  private double[] searchBound = new double[64];
  private int rowCount;
  private int hiddenRows;

  private final double unit;
  private final double[] partners;
  private final int d;
  private long work;
  private double far;

  private double[] heapKey = new double[256];
  private int[] heapItem = new int[256];
  private int heapSize;

  private int[] foundIndex = new int[1];
  private double[] foundValue = new double[1];

  PathSolver(
      double[] x,
      PriceOracle oracle,
      CandidateLists lists,
      double[] v,
      int[] columnOf,
      int[] rowOf,
      double[] partners,
      double unit) {
    this.partners = partners;
    this.unit = unit;
    this.d = x.length / v.length;
    this.x = x;
    this.n = v.length;
    this.oracle = oracle;
    this.lists = lists;
    this.v = v;
    this.columnOf = columnOf;
    this.rowOf = rowOf;
    dist = new double[n];
    pred = new int[n];
    predCost = new double[n];
    heldCost = new double[n];
    key = new double[n];
    Arrays.fill(key, Double.POSITIVE_INFINITY);
    outside = new double[n];
    Arrays.fill(outside, Double.NEGATIVE_INFINITY);
  }

  /** Keeps what is tight, reduces the remaining rows, and augments until all are matched. */
  void solve() {
    int rounds = 0;
    refresh();
    for (int i = 0; i < n; i++) {
      int held = columnOf[i];
      if (held < 0) {
        continue;
      }
      double best = lists.threshold[i];
      double own = Double.POSITIVE_INFINITY;
      for (int e = lists.start[i], last = e + lists.length[i]; e < last; e++) {
        double s = lists.cost[e] - v[lists.column[e]];
        best = Math.min(best, s);
        if (lists.column[e] == held) {
          own = s;
          heldCost[i] = lists.cost[e];
        }
      }
      if (own > best) {
        columnOf[i] = -1;
        rowOf[held] = -1;
      }
    }
    reduce();
    reduce();
    far = FAR * unit;
    do {
      for (int i = 0; i < n; i++) {
        if (columnOf[i] < 0) {
          augment(i);
          if (work > n) {
            refresh();
          }
        }
      }
      rounds++;
      if (rounds == 2) {
        far = 0;
      }
    } while (rounds < MAX_ROUNDS && price() > 0);
  }

  /** Tells the oracle of the present prices, by which it prunes. */
  private void refresh() {
    work = 0;
    for (int j = 0; j < n; j++) {
      if (rowOf[j] >= 0) {
        System.arraycopy(x, rowOf[j] * d, partners, j * d, d);
      }
    }
    oracle.refresh(partners);
  }

  /** Frees the rows that have a column better than their own; returns how many. */
  private int price() {
    int freed = 0;
    refresh();
    for (int i = 0; i < n; i++) {
      int held = columnOf[i];
      double u = heldCost[i] - v[held];
      double tolerance = ROUNDINGS * Math.ulp(Math.abs(heldCost[i]) + Math.abs(v[held]));
      if (oracle.nearest(x, i, 1, u - tolerance, foundIndex, foundValue) > 0) {
        freed++;
        columnOf[i] = -1;
        rowOf[held] = -1;
        lists.requery(i);
      }
    }
    return freed;
  }

  /** Augmenting row reduction on the lists: epsilon = 0, one chain per free row. */
  private void reduce() {
    for (int first = 0; first < n; first++) {
      int i = columnOf[first] < 0 ? first : -1;
      int budget = CHAIN;
      while (i >= 0 && budget-- > 0) {
        double u1 = Double.POSITIVE_INFINITY;
        double u2 = Double.POSITIVE_INFINITY;
        int j1 = -1;
        double c1 = 0;
        for (int e = lists.start[i], last = e + lists.length[i]; e < last; e++) {
          double s = lists.cost[e] - v[lists.column[e]];
          if (s < u2) {
            if (s < u1) {
              u2 = u1;
              u1 = s;
              j1 = lists.column[e];
              c1 = lists.cost[e];
            } else {
              u2 = s;
            }
          }
        }
        if (u1 > lists.threshold[i]) {
          lists.requery(i);
          continue;
        }
        int loser = rowOf[j1];
        double price = v[j1] - (Math.min(u2, lists.threshold[i]) - u1);
        if (loser >= 0 && !(price < v[j1])) {
          break;
        }
        v[j1] = price;
        rowOf[j1] = i;
        columnOf[i] = j1;
        heldCost[i] = c1;
        if (loser >= 0) {
          columnOf[loser] = -1;
        }
        i = loser;
      }
    }
  }

  private void augment(int start) {
    heapSize = 0;
    touchedCount = 0;
    rowCount = 0;
    double min = Double.NEGATIVE_INFINITY;
    int end = scan(start, 0, min);
    double first = heapSize > 0 ? heapKey[0] : 0;
    while (true) {
      if (end < 0) {
        while (heapSize > 0 && (heapKey[0] != key[heapItem[0]])) {
          pop();
        }
        if (heapSize > 0 && rowOf[heapItem[0]] >= 0) {
          int j = heapItem[0];
          min = heapKey[0];
          pop();
          key[j] = Double.NEGATIVE_INFINITY;
          int i = rowOf[j];
          end = scan(i, shift(i), min);
          continue;
        }
        if (heapSize > 0) {
          end = heapItem[0];
        }
      }
      // A free column, or none in the lists: does an unlisted one come earlier?
      if (end >= 0 && dist[end] - first < far) {
        break;
      }
      if (!verify(end < 0 ? Double.POSITIVE_INFINITY : dist[end], first)) {
        if (end >= 0) {
          break;
        }
        for (int r = 0; r < rowCount; r++) {
          searchBound[r] = Double.NEGATIVE_INFINITY;
        }
        verify(Double.POSITIVE_INFINITY, first);
      }
      end = -1;
    }
    work += rowCount;
    double reach = dist[end];
    for (int t = 0; t < touchedCount; t++) {
      int j = touched[t];
      if (key[j] == Double.NEGATIVE_INFINITY) {
        v[j] += Math.min(0, dist[j] - reach);
      }
      key[j] = Double.POSITIVE_INFINITY;
    }
    for (int r = 0; r < hiddenRows; r++) {
      int j = columnOf[searchRows[r]];
      if (j >= 0) {
        oracle.show(j);
      }
    }
    hiddenRows = 0;
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

  /**
   * Asks the rows whose thresholds lie below {@code reach} for unsettled columns nearer than that,
   * and relaxes them.
   *
   * @return whether there was one
   */
  private boolean verify(double reach, double first) {
    boolean any = false;
    double bound = reach;
    for (int r = 0; r < rowCount; r++) {
      if (searchBound[r] < bound) {
        for (; hiddenRows < rowCount; hiddenRows++) {
          int j = columnOf[searchRows[hiddenRows]];
          if (j >= 0) {
            oracle.hide(j);
          }
        }
        int i = searchRows[r];
        double h = searchShift[r];
        double limit = bound - h + 2 * (bound - first);
        double nd;
        int k = 2;
        int found;
        do {
          k = Math.min(2 * k, n);
          if (foundIndex.length < k) {
            foundIndex = new int[k];
            foundValue = new double[k];
          }
          found = oracle.nearest(x, i, k, limit, foundIndex, foundValue);
          nd = found < k ? limit + h : foundValue[k - 1] + h;
          // With no bound yet, the first columns found set one.
        } while (nd < bound && bound < Double.POSITIVE_INFINITY && k < n);
        outside[i] = nd < Double.POSITIVE_INFINITY ? nd - h : lists.threshold[i];
        for (int f = 0; f < found; f++) {
          int j = foundIndex[f];
          double near = foundValue[f] + h;
          if (relax(j, near, i, foundValue[f] + v[j]) && near < bound) {
            any = true;
            bound = near;
          }
        }
        searchBound[r] = nd;
      }
    }
    return any;
  }

  /** Distance of matched row i less its dual: what is added to its {@code c_ij - v_j}. */
  private double shift(int i) {
    int j = columnOf[i];
    return dist[j] - (heldCost[i] - v[j]);
  }

  /** Relaxes row i's candidates; returns a free column at no more than {@code min}, or -1. */
  private int scan(int i, double h, double min) {
    if (rowCount == searchRows.length) {
      searchRows = Arrays.copyOf(searchRows, 2 * rowCount);
      searchShift = Arrays.copyOf(searchShift, 2 * rowCount);
      searchBound = Arrays.copyOf(searchBound, 2 * rowCount);
    }
    searchRows[rowCount] = i;
    searchShift[rowCount] = h;
    searchBound[rowCount++] =
        (far == 0 ? lists.threshold[i] : Math.max(lists.threshold[i], outside[i])) + h;
    int[] column = lists.column;
    double[] cost = lists.cost;
    for (int e = lists.start[i], last = e + lists.length[i]; e < last; e++) {
      int j = column[e];
      double nd = cost[e] - v[j] + h;
      if (relax(j, nd, i, cost[e]) && nd <= min && rowOf[j] < 0) {
        return j;
      }
    }
    return -1;
  }

  /** Whether {@code nd} is less than what was known of an unsettled column. */
  private boolean relax(int j, double nd, int i, double cost) {
    double known = key[j];
    if (nd >= known) {
      return false;
    }
    if (known == Double.POSITIVE_INFINITY) {
      if (touchedCount == touched.length) {
        touched = Arrays.copyOf(touched, 2 * touchedCount);
      }
      touched[touchedCount++] = j;
    }
    key[j] = nd;
    dist[j] = nd;
    pred[j] = i;
    predCost[j] = cost;
    push(nd, j);
    return true;
  }

  private void push(double distance, int item) {
    if (heapSize == heapKey.length) {
      heapKey = Arrays.copyOf(heapKey, 2 * heapSize);
      heapItem = Arrays.copyOf(heapItem, 2 * heapSize);
    }
    int p = heapSize++;
    while (p > 0) {
      int q = (p - 1) >> 2;
      if (heapKey[q] <= distance) {
        break;
      }
      heapKey[p] = heapKey[q];
      heapItem[p] = heapItem[q];
      p = q;
    }
    heapKey[p] = distance;
    heapItem[p] = item;
  }

  /** Removes the least of a heap with four children a node. */
  private void pop() {
    double distance = heapKey[--heapSize];
    int item = heapItem[heapSize];
    int p = 0;
    while (true) {
      int q = 4 * p + 1;
      if (q >= heapSize) {
        break;
      }
      int least = q;
      for (int r = q + 1, end = Math.min(q + 4, heapSize); r < end; r++) {
        if (heapKey[r] < heapKey[least]) {
          least = r;
        }
      }
      if (heapKey[least] >= distance) {
        break;
      }
      heapKey[p] = heapKey[least];
      heapItem[p] = heapItem[least];
      p = least;
    }
    heapKey[p] = distance;
    heapItem[p] = item;
  }
}
