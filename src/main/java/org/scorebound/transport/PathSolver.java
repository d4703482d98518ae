package org.scorebound.transport;

/**
 * Finishes an assignment exactly, from candidate lists and prices that are nearly right.
 *
 * <ol>
 *   <li>Pairs that are not tight on the lists are dissolved; what is free goes through augmenting
 *       row reduction and then through quick searches of {@link PathSearch}.
 *   <li>Rounds of checks: each row asks the oracle for a column better than its own; one that finds
 *       it is freed and matched again at once, so that the next rows see the new prices. (Freed all
 *       together, a price that is wrong for one column frees every row around it.) A round that
 *       frees none proves the duals feasible.
 *   <li>Should {@link #ROUNDS} rounds not do, all lists are made anew, all pairs that are not tight
 *       are dissolved, which leaves feasible duals, and exact searches keep them so.
 * </ol>
 *
 * <p>So it ends with feasible duals that are tight on a complete matching, to rounding, on every
 * instance: after at most {@code (ROUNDS + 2) n} searches, each of which ends.
 */
final class PathSolver {

  /** Distances trusted without asking, in units of the squared spacing; lists reach so far. */
  private static final double TRUSTED = 16;

  /** How far beyond what is known rows are asked, in the same units. */
  private static final double SLACK = 16;

  /** Rounds of quick searches; two suffice on nearly all instances. */
  private static final int ROUNDS = 4;

  /** Reduced costs on the matching are zero up to the roundings of the updates of the duals. */
  private static final double ROUNDINGS = 64;

  private static final int CHAIN = 40;

  /** A tree of n rows costs as much as so many searches for single rows, which stop earlier. */
  private static final int TOGETHER = 4;

  private final double[] x;
  private final int n;
  private final int d;
  private final PriceOracle oracle;
  private final CandidateLists lists;
  private final double[] v;
  private final int[] columnOf;
  private final int[] rowOf;
  private final double[] heldCost;
  private final double[] partners;
  private final double unit;
  private final PathSearch search;

  /** Rows looked at since the oracle was last told of the prices. */
  private long work;

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
    heldCost = new double[n];
    search = new PathSearch(x, oracle, lists, v, columnOf, rowOf, heldCost);
  }

  /** Matches all rows; the oracle was refreshed since the prices last changed. */
  void solve() {
    dissolve();
    reduce();
    reduce();
    matchTogether();
    for (int i = 0; i < n; i++) {
      if (columnOf[i] < 0) {
        count(search.quick(i, TRUSTED * unit, SLACK * unit));
      }
    }
    for (int round = 0; check() > 0; round++) {
      if (round == ROUNDS) {
        finishExactly();
        break;
      }
    }
  }

  /** Free rows are matched from one tree, as long as a tree matches a few. */
  private void matchTogether() {
    int[] free = new int[n];
    int matched = TOGETHER;
    while (matched >= TOGETHER) {
      int count = 0;
      for (int i = 0; i < n; i++) {
        if (columnOf[i] < 0) {
          free[count++] = i;
        }
      }
      if (count < 2 * TOGETHER) {
        return;
      }
      matched = search.forest(free, count, TRUSTED * unit, SLACK * unit);
      count(search.size());
    }
  }

  /** From lists made anew, by exact searches alone. */
  void finishExactly() {
    refresh();
    for (int i = 0; i < n; i++) {
      if (i % PriceOracle.AHEAD == 0) {
        oracle.ahead(x, i);
      }
      lists.requery(i);
    }
    dissolve();
    for (int i = 0; i < n; i++) {
      if (columnOf[i] < 0) {
        count(search.exact(i));
      }
    }
  }

  private void count(int rows) {
    work += rows;
    if (work > n) {
      refresh();
    }
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

  /** Frees the rows that have a listed column, or may have an unlisted one, better than theirs. */
  private void dissolve() {
    for (int i = 0; i < n; i++) {
      int held = columnOf[i];
      lists.sort(i);
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
  }

  /** Rows with a column better than their own are matched again; returns how many there were. */
  private int check() {
    int freed = 0;
    int[] index = new int[1];
    double[] value = new double[1];
    refresh();
    int announced = 0;
    for (int i = 0; i < n; i++) {
      if (i == announced) {
        oracle.ahead(x, i);
        announced += PriceOracle.AHEAD;
      }
      int held = columnOf[i];
      double u = heldCost[i] - v[held];
      double tolerance = ROUNDINGS * Math.ulp(Math.abs(heldCost[i]) + Math.abs(v[held]));
      if (oracle.nearest(x, i, 1, u - tolerance, index, value) > 0) {
        freed++;
        columnOf[i] = -1;
        rowOf[held] = -1;
        lists.requery(i);
        count(search.quick(i, 0, SLACK * unit));
        announced = i + 1;
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
}
