package org.scorebound.transport;

import org.scorebound.result.Progress;

/**
 * The transportation problem between weighted clouds by squared distance, from coarse to fine, in
 * O(m + n) memory.
 *
 * <p>Both clouds are centred and put in kd order. Neighbours in that order are merged in pairs into
 * their barycentre and that problem is solved first, recursively down to a dense base; its duals
 * become prices and candidate lists of the finer one ({@link CoarseDuals}), from which shortest
 * paths ({@link FlowSearch}) start without any flow. Coarse duals only make paths short: any prices
 * are feasible, so the result is exact whatever they are.
 */
final class MultiscaleTransport {

  /** Problems of so many costs are solved densely. */
  private static final long BASE = 2_500;

  private static final int LIST = 16;
  private static final int LIST_BY_COLUMN = 6;

  /** In units of the squared spacing, as for the assignment; bids end with 0. */
  private static final double EPSILON_FIRST = 0.5;

  private static final double EPSILON_LAST = 0.02;
  private static final double EPSILON_FACTOR = 4;
  private static final double SLOP = 2;

  private final Oracles oracles;
  private final int d;
  private final double scale;
  private final Progress progress;

  private MultiscaleTransport(Oracles oracles, double scale, Progress progress) {
    this.oracles = oracles;
    this.scale = scale;
    this.d = oracles.d();
    this.progress = progress;
  }

  /** Points and whole masses. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Side(double[] at, long[] mass) {
    int size() {
      return mass.length;
    }
  }

  /**
   * Solves the problem.
   *
   * @param x row sites
   * @param a their masses, positive
   * @param y column sites
   * @param b their masses, of the same sum
   */
  static TransportSolver.Flows solve(
      double[] x, long[] a, double[] y, long[] b, int d, Progress progress) {
    if (a.length > b.length) {
      // Columns have short lists of senders if they are the larger side.
      return transposed(solve(y, b, x, a, d, progress), y, x, d);
    }
    double[] meanX = MultiscaleAssignment.mean(x, d);
    double[] meanY = MultiscaleAssignment.mean(y, d);
    double[] xc = MultiscaleAssignment.centred(x, meanX, d);
    double[] yc = MultiscaleAssignment.centred(y, meanY, d);
    int[] px = TreeOrder.of(xc, d);
    int[] py = TreeOrder.of(yc, d);
    boolean tree = Oracles.treeServes(d, b.length);
    double scale =
        2
            * Math.sqrt(
                MultiscaleAssignment.meanSquare(xc, d) * MultiscaleAssignment.meanSquare(yc, d));
    var solver = new MultiscaleTransport(new Oracles(d, tree), scale, progress);
    TransportSolver.Flows sorted =
        solver.level(ordered(xc, a, px, d), ordered(yc, b, py, d), b.length);
    int[] from = new int[sorted.from().length];
    int[] to = new int[from.length];
    for (int k = 0; k < from.length; k++) {
      from[k] = px[sorted.from()[k]];
      to[k] = py[sorted.to()[k]];
    }
    double[] v = new double[b.length];
    for (int j = 0; j < v.length; j++) {
      double s = sorted.v()[j];
      for (int axis = 0; axis < d; axis++) {
        s -= 2 * (meanX[axis] - meanY[axis]) * yc[py[j] * d + axis];
      }
      v[py[j]] = s;
    }
    return new TransportSolver.Flows(from, to, sorted.amount(), v);
  }

  /** Rows become columns; their duals are fresh minima. */
  private static TransportSolver.Flows transposed(
      TransportSolver.Flows flows, double[] x, double[] y, int d) {
    int[] partnerOf = new int[flows.v().length];
    for (int k = 0; k < flows.to().length; k++) {
      partnerOf[flows.to()[k]] = flows.from()[k];
    }
    double[] u = Certifier.rowDuals(x, y, d, flows.v(), partnerOf);
    return new TransportSolver.Flows(flows.to(), flows.from(), flows.amount(), u);
  }

  private TransportSolver.Flows level(Side x, Side y, int total) {
    if ((long) x.size() * y.size() <= BASE) {
      return TransportSolver.solve(Clouds.costs(x.at, y.at, d), x.mass, y.mass);
    }
    Side xc = halved(x);
    Side yc = halved(y);
    TransportSolver.Flows coarse = level(xc, yc, total);
    progress.report(y.size(), total, "transport to " + y.size() + " points");
    int[] rowOf = new int[yc.size()];
    for (int k = 0; k < coarse.from().length; k++) {
      rowOf[coarse.to()[k]] = coarse.from()[k];
    }
    int n = y.size();
    double[] v = new double[n];
    double[] near = new double[n * d];
    CoarseDuals.extend(xc.at, yc.at, coarse.v(), rowOf, y.at, oracles, v, near);
    PriceOracle columns = oracles.of(y.at, v);
    columns.refresh(near);
    int listed = LIST + 2 * Math.ceilDiv(n, x.size());
    CandidateLists lists =
        CoarseDuals.candidates(x.at, y.at, v, columns, oracles, x.size(), listed, LIST_BY_COLUMN);
    double unit = scale * Math.pow(n, -2.0 / d);
    var auction = new FlowAuction(lists, v, x.mass, y.mass);
    for (double e = EPSILON_FIRST; e >= EPSILON_LAST; e /= EPSILON_FACTOR) {
      auction.phase(e * unit, SLOP * unit);
    }
    auction.phase(0, 0);
    for (int j = 0; j < n; j++) {
      int i = auction.holder()[j];
      if (i >= 0) {
        System.arraycopy(x.at, i * d, near, j * d, d);
      }
    }
    columns.refresh(near);
    var search = new FlowSearch(x.at, d, columns, lists, v, x.mass, y.mass, near);
    auction.handOver(search);
    for (int i = 0; i < x.size(); i++) {
      search.send(i);
    }
    return search.flows();
  }

  /** Neighbours merged into their barycentres; a side of few points stays as it is. */
  private Side halved(Side s) {
    int n = s.size();
    if (n <= 16) {
      return s;
    }
    int m = (n + 1) / 2;
    double[] at = new double[m * d];
    long[] mass = new long[m];
    for (int i = 0; i < m; i++) {
      int p = 2 * i;
      int q = Math.min(2 * i + 1, n - 1);
      mass[i] = p == q ? s.mass[p] : s.mass[p] + s.mass[q];
      double share = p == q ? 0 : (double) s.mass[q] / mass[i];
      for (int axis = 0; axis < d; axis++) {
        at[i * d + axis] = (1 - share) * s.at[p * d + axis] + share * s.at[q * d + axis];
      }
    }
    return new Side(at, mass);
  }

  private static Side ordered(double[] x, long[] mass, int[] order, int d) {
    long[] m = new long[order.length];
    for (int i = 0; i < m.length; i++) {
      m[i] = mass[order[i]];
    }
    return new Side(MultiscaleAssignment.gather(x, order, d), m);
  }
}
