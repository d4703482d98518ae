package org.scorebound.transport;

/** Coarse to fine. */
final class MultiscaleAssignment {

  private static final int BASE = 128;

  // Tuning knobs of the experiments.
  static int K = 16;
  static int K2 = 6;
  static double EPS_FIRST = 0.5;
  static double EPS_LAST = 0.02;
  static double EPS_FACTOR = 4;
  static boolean EXACT = true;
  static double FAR = 16;
  static double REFRESH = 1;
  static boolean LOG = false;

  private MultiscaleAssignment() {}

  static Assignment solve(double[] x, double[] y, int d) {
    int n = x.length / d;
    int[] px = TreeOrder.of(x, d);
    int[] py = TreeOrder.of(y, d);
    double[] xs = gather(x, px, d, 1);
    double[] ys = gather(y, py, d, 1);
    double scale = variance(xs, d) + variance(ys, d);
    Assignment sorted = level(xs, ys, d, scale, true);
    int[] columnOf = new int[n];
    double[] v = new double[n];
    for (int i = 0; i < n; i++) {
      columnOf[px[i]] = py[sorted.columnOf()[i]];
      v[py[i]] = sorted.v()[i];
    }
    return new Assignment(columnOf, v);
  }

  private static double variance(double[] x, int d) {
    int n = x.length / d;
    double sum = 0;
    for (int a = 0; a < d; a++) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += x[i * d + a];
      }
      mean /= n;
      for (int i = 0; i < n; i++) {
        double t = x[i * d + a] - mean;
        sum += t * t / n;
      }
    }
    return sum;
  }

  static double[] gather(double[] x, int[] order, int d, int step) {
    int m = (order.length + step - 1) / step;
    double[] out = new double[m * d];
    for (int i = 0; i < m; i++) {
      System.arraycopy(x, order[i * step] * d, out, i * d, d);
    }
    return out;
  }

  static double[] everySecond(double[] x, int d) {
    int n = x.length / d;
    int m = (n + 1) / 2;
    double[] out = new double[m * d];
    for (int i = 0; i < m; i++) {
      System.arraycopy(x, 2 * i * d, out, i * d, d);
    }
    return out;
  }

  private static Assignment level(double[] x, double[] y, int d, double scale, boolean exact) {
    int n = x.length / d;
    if (n <= BASE) {
      double[] c = new double[n * n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          c[i * n + j] = Clouds.squaredDistance(x, i, y, j, d);
        }
      }
      return DenseAssignment.solve(c, n);
    }
    double[] xc = everySecond(x, d);
    double[] yc = everySecond(y, d);
    Assignment coarse = level(xc, yc, d, scale, false);
    int m = xc.length / d;
    long T0 = System.nanoTime();
    // Row duals of the coarse level, and the columns' fresh duals from them.
    double[] vc = coarse.v();
    var coarseColumns = new PriceTree(yc, vc, d);
    double[] partner = new double[m * d];
    int[] rowOfCoarse = new int[m];
    for (int i = 0; i < m; i++) {
      if (coarse.columnOf()[i] >= 0) {
        rowOfCoarse[coarse.columnOf()[i]] = i;
      }
    }
    for (int j = 0; j < m; j++) {
      System.arraycopy(xc, rowOfCoarse[j] * d, partner, j * d, d);
    }
    coarseColumns.refresh(partner);
    double[] uc = new double[m];
    int[] one = new int[1];
    double[] val = new double[1];
    for (int i = 0; i < m; i++) {
      coarseColumns.nearest(xc, i, 1, Double.POSITIVE_INFINITY, one, val);
      uc[i] = val[0];
      System.arraycopy(yc, one[0] * d, partner, i * d, d);
    }
    var coarseRows = new PriceTree(xc, uc, d);
    coarseRows.refresh(partner);
    double[] v = new double[n];
    double[] near = new double[n * d];
    for (int j = 0; j < n; j++) {
      coarseRows.nearest(y, j, 1, Double.POSITIVE_INFINITY, one, val);
      v[j] = val[0];
      System.arraycopy(xc, one[0] * d, near, j * d, d);
    }
    long T1 = System.nanoTime();
    var columns = new PriceTree(y, v, d);
    columns.refresh(near);
    double unit = scale * Math.pow(n, -2.0 / d);
    int k = Math.min(n, K);
    double[] u = new double[n];
    int[] best = new int[n];
    var lists = new CandidateLists(x, columns, v, k, 0, best, u);
    long T2 = System.nanoTime();
    int k2 = Math.min(n, K2);
    if (k2 > 0) {
      double[] nearRow = new double[n * d];
      for (int i = 0; i < n; i++) {
        System.arraycopy(y, best[i] * d, nearRow, i * d, d);
      }
      var rows = new PriceTree(x, u, d);
      rows.refresh(nearRow);
      int[] byColumn = new int[n * k2];
      int[] idx = new int[k2];
      double[] vals = new double[k2];
      for (int j = 0; j < n; j++) {
        rows.nearest(y, j, k2, Double.POSITIVE_INFINITY, idx, vals);
        System.arraycopy(idx, 0, byColumn, j * k2, k2);
      }
      lists.add(y, d, byColumn, k2);
    }
    if (LOG) {
      System.out.printf(
          "n %d edges/n %.1f leaves/query rows %.1f%n",
          n, lists.edgesPerRow(), columns.leafVisits() / (double) n);
    }
    long T3 = System.nanoTime();
    var auction = new Auction(lists, v);
    for (double e = EPS_FIRST; e >= EPS_LAST * 0.99; e /= EPS_FACTOR) {
      long before = auction.bids();
      long bq = lists.queries();
      int left = auction.phase(e * unit);
      if (LOG) {
        System.out.printf(
            "  eps %.4f bids/n %.2f left %d queries %d%n",
            e, (auction.bids() - before) / (double) n, left, lists.queries() - bq);
      }
    }
    long T4 = System.nanoTime();
    if (!exact && !EXACT) {
      return new Assignment(auction.columnOf, v);
    }
    long before = columns.leafVisits();
    long bq = lists.queries();
    var paths = new PathSolver(x, columns, lists, v, auction.columnOf, auction.rowOf, near, unit);
    paths.refresh();
    long T5 = System.nanoTime();
    paths.solve();
    long T6 = System.nanoTime();
    if (LOG) {
      System.out.printf(
          "  exact: %s leaves %d queries %d%n",
          paths.counts(), columns.leafVisits() - before, lists.queries() - bq);
    }
    if (LOG) System.out.printf("  TIME n %d extend %.0f lists %.0f cols %.0f auction %.0f refresh %.0f paths %.0f ms%n", n, (T1-T0)/1e6,(T2-T1)/1e6,(T3-T2)/1e6,(T4-T3)/1e6,(T5-T4)/1e6,(T6-T5)/1e6);
    return new Assignment(auction.columnOf, v);
  }
}