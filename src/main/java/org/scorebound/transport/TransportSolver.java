package org.scorebound.transport;

import java.util.Arrays;

/**
 * The transportation problem with dense costs and whole masses, by successive shortest paths.
 *
 * <p>Finds flows {@code f_ij >= 0} with row sums {@code a_i} and column sums {@code b_j} that
 * minimise {@code sum f_ij c_ij}, and column duals {@code v} with {@code c_ij - v_j} least on the
 * support of each row. Masses are whole numbers, so flows are exact. Starts with each column's
 * cheapest row, then sends what is left along shortest paths in the residual graph (Dijkstra under
 * reduced costs). Cost O(p m n) for p paths, seen to be a small multiple of {@code m + n}; memory
 * the m n costs. Reference: Ahuja, Magnanti and Orlin (1993), Network Flows, section 9.7.
 */
final class TransportSolver {

  private final int m;
  private final int n;
  private final double[] c;
  private final long[] supply;
  private final long[] demand;
  private final double[] v;

  /** For each column the rows that send to it, and how much. */
  private final int[][] senders;

  private final long[][] sent;
  private final int[] senderCount;

  private final double[] dist;
  private final int[] predRow;
  private final int[] entry;
  private final int[] seenRow;
  private final int[] open;
  private int mark;

  private TransportSolver(double[] c, long[] a, long[] b) {
    this.c = c;
    m = a.length;
    n = b.length;
    supply = a.clone();
    demand = b.clone();
    v = new double[n];
    senders = new int[n][2];
    sent = new long[n][2];
    senderCount = new int[n];
    dist = new double[n];
    predRow = new int[n];
    entry = new int[m];
    seenRow = new int[m];
    open = new int[n];
  }

  /**
   * The flows, and the column duals.
   *
   * @param from row of each flow
   * @param to column of each flow
   * @param amount its mass, positive
   * @param v column duals
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Flows(int[] from, int[] to, long[] amount, double[] v) {}

  /**
   * Solves the problem.
   *
   * @param c costs, row after row; plus infinity forbids a pair
   * @param a row masses, {@code >= 0}
   * @param b column masses, {@code >= 0}, of the same sum
   * @throws IllegalArgumentException if no plan avoids the forbidden pairs
   */
  static Flows solve(double[] c, long[] a, long[] b) {
    var solver = new TransportSolver(c, a, b);
    solver.start();
    for (int i = 0; i < a.length; i++) {
      while (solver.supply[i] > 0) {
        solver.augment(i);
      }
    }
    return solver.flows();
  }

  private void start() {
    int[] best = new int[n];
    Arrays.fill(v, Double.POSITIVE_INFINITY);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        if (c[i * n + j] < v[j]) {
          v[j] = c[i * n + j];
          best[j] = i;
        }
      }
    }
    for (int j = 0; j < n; j++) {
      if (v[j] == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "column " + j + " of the costs (counted from 0) must have a finite entry");
      }
      long f = Math.min(supply[best[j]], demand[j]);
      if (f > 0) {
        move(best[j], j, f);
        supply[best[j]] -= f;
        demand[j] -= f;
      }
    }
  }

  private void augment(int start) {
    mark++;
    int left = n;
    for (int j = 0; j < n; j++) {
      open[j] = j;
      dist[j] = c[start * n + j] - v[j];
      predRow[j] = start;
    }
    seenRow[start] = mark;
    entry[start] = -1;
    int end = -1;
    while (end < 0) {
      int at = 0;
      for (int k = 1; k < left; k++) {
        if (dist[open[k]] < dist[open[at]]) {
          at = k;
        }
      }
      int j = open[at];
      if (dist[j] == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "costs must allow a plan of finite cost, got none for row "
                + start
                + " (counted from 0) among the rows before it");
      }
      open[at] = open[--left];
      open[left] = j;
      if (demand[j] > 0) {
        end = j;
        break;
      }
      for (int s = 0; s < senderCount[j]; s++) {
        int i = senders[j][s];
        if (seenRow[i] != mark) {
          seenRow[i] = mark;
          entry[i] = j;
          relax(i, dist[j] - (c[i * n + j] - v[j]), left);
        }
      }
    }
    double reach = dist[end];
    for (int k = left; k < n; k++) {
      int j = open[k];
      v[j] += Math.min(0, dist[j] - reach);
    }
    push(start, end);
  }

  private void relax(int i, double h, int left) {
    int row = i * n;
    for (int k = 0; k < left; k++) {
      int j = open[k];
      double through = c[row + j] - v[j] + h;
      if (through < dist[j]) {
        dist[j] = through;
        predRow[j] = i;
      }
    }
  }

  /** Sends as much as fits along the path that was found. */
  private void push(int start, int end) {
    long f = Math.min(supply[start], demand[end]);
    for (int i = predRow[end]; i != start; i = predRow[entry[i]]) {
      f = Math.min(f, sent[entry[i]][sender(entry[i], i)]);
    }
    int j = end;
    for (int i = predRow[j]; ; i = predRow[j]) {
      move(i, j, f);
      if (i == start) {
        break;
      }
      j = entry[i];
      move(i, j, -f);
    }
    supply[start] -= f;
    demand[end] -= f;
  }

  private int sender(int j, int i) {
    for (int s = 0; s < senderCount[j]; s++) {
      if (senders[j][s] == i) {
        return s;
      }
    }
    return -1;
  }

  private void move(int i, int j, long f) {
    int s = sender(j, i);
    if (s < 0) {
      s = senderCount[j]++;
      if (s == senders[j].length) {
        senders[j] = Arrays.copyOf(senders[j], 2 * s);
        sent[j] = Arrays.copyOf(sent[j], 2 * s);
      }
      senders[j][s] = i;
      sent[j][s] = 0;
    }
    sent[j][s] += f;
    if (sent[j][s] == 0) {
      int last = --senderCount[j];
      senders[j][s] = senders[j][last];
      sent[j][s] = sent[j][last];
    }
  }

  private Flows flows() {
    int count = Arrays.stream(senderCount).sum();
    int[] from = new int[count];
    int[] to = new int[count];
    long[] amount = new long[count];
    int k = 0;
    for (int j = 0; j < n; j++) {
      for (int s = 0; s < senderCount[j]; s++) {
        from[k] = senders[j][s];
        to[k] = j;
        amount[k++] = sent[j][s];
      }
    }
    return new Flows(from, to, amount, v);
  }
}
