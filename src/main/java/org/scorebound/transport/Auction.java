package org.scorebound.transport;

import java.util.Arrays;

/**
 * The auction algorithm with epsilon-scaling on candidate lists (Bertsekas 1988,
 * doi:10.1007/BF02186476).
 *
 * <p>A free row takes its best column under {@code c_ij - v_j} and lowers {@code v_j} until that
 * column is worse than the row's second best by epsilon; the row that held it becomes free. A list
 * counts as exhausted once its best value exceeds its threshold by a slop, and is queried anew; so
 * the bids are nearly those of an auction over all columns. The bids of a phase are limited; what
 * is left free is the next solver's work.
 */
final class Auction {

  private static final int BIDS_PER_ROW = 12;

  /**
   * Bids without fewer free rows, as a share of n, after which a phase ends. Where a cluster holds
   * more rows than columns, bidding would only lower its prices epsilon by epsilon; a shortest path
   * lowers them at once.
   */
  private static final double PATIENCE = 0.1;

  private final CandidateLists lists;
  private final int n;
  private final double[] v;
  private final int[] columnOf;
  private final int[] rowOf;
  private final int[] queue;

  /**
   * An auction without a matching yet.
   *
   * @param v column duals, lowered in place
   */
  Auction(CandidateLists lists, double[] v) {
    this.lists = lists;
    this.n = v.length;
    this.v = v;
    columnOf = new int[n];
    rowOf = new int[n];
    Arrays.fill(columnOf, -1);
    Arrays.fill(rowOf, -1);
    queue = new int[n];
  }

  /** One phase: pairs that are not within epsilon are dissolved, then free rows bid. */
  void phase(double epsilon, double slop) {
    int[] start = lists.start;
    int[] length = lists.length;
    int size = 0;
    for (int i = 0; i < n; i++) {
      int held = columnOf[i];
      if (held >= 0) {
        double best = lists.threshold[i];
        double own = Double.POSITIVE_INFINITY;
        for (int e = start[i], last = e + length[i]; e < last; e++) {
          double s = lists.cost[e] - v[lists.column[e]];
          best = Math.min(best, s);
          if (lists.column[e] == held) {
            own = s;
          }
        }
        if (own > best + epsilon) {
          columnOf[i] = -1;
          rowOf[held] = -1;
          held = -1;
        }
      }
      if (held < 0) {
        queue[size++] = i;
      }
    }
    long limit = (long) BIDS_PER_ROW * n;
    int head = 0;
    int least = size;
    long patience = (int) (PATIENCE * n);
    while (size > 0 && limit-- > 0 && patience-- > 0) {
      if (size < least) {
        least = size;
        patience = Math.max(64, (int) (PATIENCE * n));
      }
      int i = queue[head];
      double u1 = Double.POSITIVE_INFINITY;
      double u2 = Double.POSITIVE_INFINITY;
      int j = -1;
      int[] column = lists.column;
      double[] cost = lists.cost;
      for (int e = start[i], last = e + length[i]; e < last; e++) {
        double s = cost[e] - v[column[e]];
        if (s < u2) {
          if (s < u1) {
            u2 = u1;
            u1 = s;
            j = column[e];
          } else {
            u2 = s;
          }
        }
      }
      double t = lists.threshold[i];
      if (u1 > t + slop) {
        lists.requery(i);
        continue;
      }
      head = head + 1 == n ? 0 : head + 1;
      size--;
      v[j] -= Math.max(0, Math.min(u2, t) - u1) + epsilon;
      int loser = rowOf[j];
      rowOf[j] = i;
      columnOf[i] = j;
      if (loser >= 0) {
        columnOf[loser] = -1;
        int tail = head + size;
        queue[tail >= n ? tail - n : tail] = loser;
        size++;
      }
    }
  }

  /** The column of each row, or -1. */
  int[] columnOf() {
    return columnOf;
  }

  /** The row of each column, or -1. */
  int[] rowOf() {
    return rowOf;
  }
}
