package org.scorebound.transport;

import java.util.Arrays;

/**
 * An auction for the transportation problem on candidate lists, which finds most of the flows
 * before {@link FlowSearch} finds the others.
 *
 * <p>A row bids with its whole mass: it takes its best columns under {@code c_ij - v_j} until they
 * hold it, and lowers their {@code v_j} until they are worse than its best other column by epsilon.
 * A column is held by one row at a time; the row that held it loses it and bids again. So every row
 * has its flows on columns within epsilon of its best, and with epsilon = 0 on tight ones, as the
 * shortest paths need them. Bids are limited, and mass that shares a column is left to the paths.
 *
 * <p>Reference: Bertsekas and Castañon (1989), doi:10.1007/BF02216933.
 */
final class FlowAuction {

  private static final int BIDS_PER_ROW = 12;

  /** Bids without less mass to be placed, as a share of the rows, after which a phase ends. */
  private static final double PATIENCE = 0.1;

  private final CandidateLists lists;
  private final double[] v;
  private final long[] a;
  private final long[] b;
  private final int[] holder;
  private final long[] amount;

  /** Columns of a row as a list: first of the row, next of the column. */
  private final int[] firstHeld;

  private final int[] nextHeld;
  private final long[] placed;
  private final int[] queue;
  private final boolean[] queued;
  private int head;
  private int size;
  private long left;

  /**
   * An auction without flows yet.
   *
   * @param v column duals, lowered in place
   * @param a row masses
   * @param b column masses
   */
  FlowAuction(CandidateLists lists, double[] v, long[] a, long[] b) {
    this.lists = lists;
    this.v = v;
    this.a = a;
    this.b = b;
    holder = new int[b.length];
    nextHeld = new int[b.length];
    amount = new long[b.length];
    firstHeld = new int[a.length];
    placed = new long[a.length];
    queue = new int[a.length];
    queued = new boolean[a.length];
    Arrays.fill(holder, -1);
    Arrays.fill(firstHeld, -1);
    left = Arrays.stream(a).sum();
  }

  /** One phase: flows that are not within epsilon are given up, then rows with mass left bid. */
  void phase(double epsilon, double slop) {
    dissolve(epsilon);
    head = 0;
    size = 0;
    for (int i = 0; i < a.length; i++) {
      queued[i] = false;
      if (placed[i] < a[i]) {
        enqueue(i);
      }
    }
    long limit = (long) BIDS_PER_ROW * a.length;
    int wait = Math.max(64, (int) (PATIENCE * a.length));
    int patience = wait;
    long least = left;
    while (size > 0 && limit-- > 0 && patience-- > 0) {
      int i = queue[head];
      head = head + 1 == queue.length ? 0 : head + 1;
      size--;
      queued[i] = false;
      if (placed[i] < a[i]) {
        bid(i, epsilon, slop);
      }
      if (left < least) {
        least = left;
        patience = wait;
      }
    }
  }

  /** Gives up the flows of which the column is worse than the row's best by more than epsilon. */
  void dissolve(double epsilon) {
    for (int i = 0; i < a.length; i++) {
      if (firstHeld[i] < 0) {
        continue;
      }
      double best = lists.threshold[i];
      int from = lists.start[i];
      for (int e = from, last = from + lists.length[i]; e < last; e++) {
        best = Math.min(best, lists.cost[e] - v[lists.column[e]]);
      }
      for (int e = from, last = from + lists.length[i]; e < last; e++) {
        int j = lists.column[e];
        if (holder[j] == i && lists.cost[e] - v[j] > best + epsilon) {
          drop(j);
        }
      }
    }
  }

  private void bid(int i, double epsilon, double slop) {
    lists.sort(i);
    int taken = enough(i);
    double level = level(i, taken);
    if (level > lists.threshold[i] + slop) {
      lists.requery(i);
      taken = enough(i);
      level = level(i, taken);
    }
    level = Math.min(level, lists.threshold[i]);
    if (level == Double.POSITIVE_INFINITY) {
      // The row takes all columns; any level does.
      level = taken > 0 ? value(i, taken - 1) : 0;
    }
    while (firstHeld[i] >= 0) {
      drop(firstHeld[i]);
    }
    for (int e = lists.start[i], last = e + taken; e < last && placed[i] < a[i]; e++) {
      int j = lists.column[e];
      double price = v[j] - Math.max(0, level - (lists.cost[e] - v[j])) - epsilon;
      int loser = holder[j];
      if (loser >= 0 && !(price < v[j])) {
        continue;
      }
      v[j] = price;
      if (loser >= 0) {
        drop(j);
        enqueue(loser);
      }
      take(i, j);
    }
  }

  /** The number of row i's first columns that hold its mass, or of all. */
  private int enough(int i) {
    long mass = 0;
    int k = 0;
    for (int from = lists.start[i]; k < lists.length[i] && mass < a[i]; k++) {
      mass += b[lists.column[from + k]];
    }
    return k;
  }

  private double level(int i, int taken) {
    return taken < lists.length[i] ? value(i, taken) : Double.POSITIVE_INFINITY;
  }

  private double value(int i, int k) {
    int e = lists.start[i] + k;
    return lists.cost[e] - v[lists.column[e]];
  }

  private void take(int i, int j) {
    long f = Math.min(a[i] - placed[i], b[j]);
    holder[j] = i;
    amount[j] = f;
    placed[i] += f;
    left -= f;
    nextHeld[j] = firstHeld[i];
    firstHeld[i] = j;
  }

  private void drop(int j) {
    int i = holder[j];
    if (firstHeld[i] == j) {
      firstHeld[i] = nextHeld[j];
    } else {
      int at = firstHeld[i];
      while (nextHeld[at] != j) {
        at = nextHeld[at];
      }
      nextHeld[at] = nextHeld[j];
    }
    holder[j] = -1;
    placed[i] -= amount[j];
    left += amount[j];
    amount[j] = 0;
  }

  private void enqueue(int i) {
    if (!queued[i]) {
      queued[i] = true;
      int tail = head + size;
      queue[tail >= queue.length ? tail - queue.length : tail] = i;
      size++;
    }
  }

  /** The row that holds each column, or -1. */
  int[] holder() {
    return holder;
  }

  /** Tells the search of the flows. */
  void handOver(FlowSearch search) {
    for (int i = 0; i < a.length; i++) {
      if (firstHeld[i] < 0) {
        continue;
      }
      for (int e = lists.start[i], last = e + lists.length[i]; e < last; e++) {
        int j = lists.column[e];
        if (holder[j] == i) {
          search.begin(i, j, lists.cost[e], amount[j]);
        }
      }
    }
  }
}
