package org.scorebound.transport;

import java.util.Arrays;

/**
 * Successive shortest paths for the transportation problem on an implicit cost matrix of which only
 * candidate lists are held: {@link TransportSolver} in O(m + n) memory.
 *
 * <p>A search is Dijkstra's under the reduced costs {@code c_ij - u_i - v_j} in the residual graph:
 * row i of the tree reaches column j at distance {@code h_i + c_ij - v_j}, and a settled column
 * without demand left adds the rows that send to it. No column is settled before all rows whose
 * unlisted columns may lie nearer have been asked (their horizon, {@code h_i} plus the threshold of
 * the list), so feasible duals stay feasible and flows stay on tight pairs, to rounding. Every path
 * ends a supply, a demand or a flow; a search settles at most n columns.
 *
 * <p>Reference: Ahuja, Magnanti and Orlin (1993), Network Flows, section 9.7.
 */
final class FlowSearch {

  /** How many columns a row asks for at a time. */
  private static final int ASK = 8;

  private final double[] x;
  private final int d;
  private final PriceOracle oracle;
  private final CandidateLists lists;
  private final double[] v;
  private final long[] supply;
  private final long[] demand;

  /** Coordinates near which each column's price is attained, for the oracle. */
  private final double[] near;

  /** Flows as lists by column: row, cost, amount, next in the column. */
  private final int[] first;

  private int[] sender = new int[256];
  private double[] cost = new double[256];
  private long[] amount = new long[256];
  private int[] next = new int[256];
  private int used;
  private int unused = -1;

  private final double[] dist;
  private final double[] key;
  private final int[] pred;
  private final double[] predCost;
  private int[] touched = new int[64];
  private int touchedCount;
  private int[] settled = new int[64];
  private int settledCount;
  private int hidden;

  /** The column through which a row joined the tree, and the flow between them. */
  private final int[] entry;

  private final int[] entryFlow;
  private final int[] seen;
  private int mark;
  private int[] rows = new int[64];
  private double[] shift = new double[64];
  private int rowCount;
  private long work;
  private double nearestOpen;
  private final MinHeap columns = new MinHeap();
  private final MinHeap horizons = new MinHeap();
  private final MinHeap rests = new MinHeap();
  private final int[] foundIndex = new int[ASK];
  private final double[] foundValue = new double[ASK];

  /**
   * A problem without flows yet.
   *
   * @param v column duals, lowered in place
   * @param a row masses
   * @param b column masses, of the same sum
   */
  FlowSearch(
      double[] x,
      int d,
      PriceOracle oracle,
      CandidateLists lists,
      double[] v,
      long[] a,
      long[] b,
      double[] near) {
    this.x = x;
    this.d = d;
    this.oracle = oracle;
    this.lists = lists;
    this.v = v;
    this.near = near;
    supply = a.clone();
    demand = b.clone();
    int n = b.length;
    first = new int[n];
    Arrays.fill(first, -1);
    dist = new double[n];
    key = new double[n];
    Arrays.fill(key, Double.POSITIVE_INFINITY);
    pred = new int[n];
    predCost = new double[n];
    entry = new int[a.length];
    entryFlow = new int[a.length];
    seen = new int[a.length];
  }

  /** Begins with a flow on a tight pair, before anything is sent. */
  void begin(int i, int j, double c, long f) {
    predCost[j] = c;
    raise(i, j, f);
    supply[i] -= f;
    demand[j] -= f;
  }

  /** Sends all of row i's supply. */
  void send(int i) {
    while (supply[i] > 0) {
      int end = search(i);
      double reach = dist[end];
      for (int t = 0; t < settledCount; t++) {
        int j = settled[t];
        v[j] += Math.min(0, dist[j] - reach);
      }
      for (int t = 0; t < touchedCount; t++) {
        key[touched[t]] = Double.POSITIVE_INFINITY;
      }
      for (int t = 0; t < hidden; t++) {
        oracle.show(settled[t]);
      }
      push(i, end);
      work += rowCount;
      if (work > supply.length) {
        work = 0;
        oracle.refresh(near);
      }
    }
  }

  private int search(int start) {
    mark++;
    touchedCount = 0;
    settledCount = 0;
    hidden = 0;
    rowCount = 0;
    nearestOpen = Double.POSITIVE_INFINITY;
    columns.clear();
    horizons.clear();
    rests.clear();
    if (lists.least(start) == Double.POSITIVE_INFINITY) {
      throw new UntrustedException("row " + start + " has no candidates");
    }
    add(start, 0, -1, -1);
    while (true) {
      double distance = nextColumn();
      if (!horizons.isEmpty() && horizons.leastKey() < Math.min(distance, nearestOpen)) {
        ask(horizons.pop());
        continue;
      }
      int j = columns.pop();
      if (demand[j] > 0) {
        return j;
      }
      key[j] = Double.NEGATIVE_INFINITY;
      if (settledCount == settled.length) {
        settled = Arrays.copyOf(settled, 2 * settledCount);
      }
      settled[settledCount++] = j;
      for (int f = first[j]; f >= 0; f = next[f]) {
        if (seen[sender[f]] != mark) {
          add(sender[f], dist[j] - (cost[f] - v[j]), j, f);
        }
      }
    }
  }

  /** The distance of the nearest unsettled listed column. */
  private double nextColumn() {
    while (true) {
      while (!columns.isEmpty() && columns.leastKey() != key[columns.leastItem()]) {
        columns.pop();
      }
      double least = columns.isEmpty() ? Double.POSITIVE_INFINITY : columns.leastKey();
      if (rests.isEmpty() || rests.leastKey() >= Math.min(least, nearestOpen)) {
        return least;
      }
      int r = rests.pop();
      int i = rows[r];
      relaxAll(i, lists.start[i] + CandidateLists.HEAD, lists.start[i] + lists.length[i], shift[r]);
      lists.sort(i);
    }
  }

  private void add(int i, double h, int column, int flow) {
    seen[i] = mark;
    entry[i] = column;
    entryFlow[i] = flow;
    if (rowCount == rows.length) {
      rows = Arrays.copyOf(rows, 2 * rowCount);
      shift = Arrays.copyOf(shift, 2 * rowCount);
    }
    rows[rowCount] = i;
    shift[rowCount] = h;
    horizons.push(lists.threshold[i] + h, rowCount);
    int from = lists.start[i];
    int last = from + lists.length[i];
    int head = Math.min(last, from + CandidateLists.HEAD);
    relaxAll(i, from, head, h);
    if (head < last) {
      rests.push(lists.rest[i] + h, rowCount);
    }
    rowCount++;
  }

  private void relaxAll(int i, int from, int last, double h) {
    for (int e = from; e < last; e++) {
      int j = lists.column[e];
      relax(j, lists.cost[e] - v[j] + h, i, lists.cost[e]);
    }
  }

  private void relax(int j, double distance, int i, double c) {
    if (!(distance < key[j] && distance < nearestOpen)) {
      return;
    }
    if (key[j] == Double.POSITIVE_INFINITY) {
      if (touchedCount == touched.length) {
        touched = Arrays.copyOf(touched, 2 * touchedCount);
      }
      touched[touchedCount++] = j;
    }
    key[j] = distance;
    dist[j] = distance;
    pred[j] = i;
    predCost[j] = c;
    columns.push(distance, j);
    if (demand[j] > 0) {
      nearestOpen = distance;
    }
  }

  /** Asks tree row r for its nearest unsettled columns; moves its horizon beyond them. */
  private void ask(int r) {
    for (; hidden < settledCount; hidden++) {
      oracle.hide(settled[hidden]);
    }
    int i = rows[r];
    double h = shift[r];
    int found = oracle.nearest(x, i, ASK, Double.POSITIVE_INFINITY, foundIndex, foundValue);
    for (int f = 0; f < found; f++) {
      int j = foundIndex[f];
      relax(j, foundValue[f] + h, i, foundValue[f] + v[j]);
    }
    if (found == ASK) {
      horizons.push(foundValue[ASK - 1] + h, r);
    }
  }

  /** Sends as much as fits along the path that was found. */
  private void push(int start, int end) {
    long f = Math.min(supply[start], demand[end]);
    for (int i = pred[end]; i != start; i = pred[entry[i]]) {
      f = Math.min(f, amount[entryFlow[i]]);
    }
    int j = end;
    for (int i = pred[j]; ; i = pred[j]) {
      raise(i, j, f);
      if (i == start) {
        break;
      }
      j = entry[i];
      amount[entryFlow[i]] -= f;
      if (amount[entryFlow[i]] == 0) {
        remove(j, entryFlow[i]);
      }
    }
    supply[start] -= f;
    demand[end] -= f;
  }

  private void raise(int i, int j, long f) {
    for (int at = first[j]; at >= 0; at = next[at]) {
      if (sender[at] == i) {
        amount[at] += f;
        return;
      }
    }
    int at = unused;
    if (at >= 0) {
      unused = next[at];
    } else {
      at = used++;
      if (at == sender.length) {
        sender = Arrays.copyOf(sender, 2 * at);
        cost = Arrays.copyOf(cost, 2 * at);
        amount = Arrays.copyOf(amount, 2 * at);
        next = Arrays.copyOf(next, 2 * at);
      }
    }
    sender[at] = i;
    cost[at] = predCost[j];
    amount[at] = f;
    next[at] = first[j];
    first[j] = at;
    System.arraycopy(x, i * d, near, j * d, d);
  }

  private void remove(int j, int flow) {
    if (first[j] == flow) {
      first[j] = next[flow];
    } else {
      int at = first[j];
      while (next[at] != flow) {
        at = next[at];
      }
      next[at] = next[flow];
    }
    next[flow] = unused;
    unused = flow;
  }

  /** The flows as they are. */
  TransportSolver.Flows flows() {
    int count = 0;
    for (int head : first) {
      for (int f = head; f >= 0; f = next[f]) {
        count++;
      }
    }
    int[] from = new int[count];
    int[] to = new int[count];
    long[] mass = new long[count];
    int k = 0;
    for (int j = 0; j < first.length; j++) {
      for (int f = first[j]; f >= 0; f = next[f]) {
        from[k] = sender[f];
        to[k] = j;
        mass[k++] = amount[f];
      }
    }
    return new TransportSolver.Flows(from, to, mass, v);
  }
}
