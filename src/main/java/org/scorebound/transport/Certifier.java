package org.scorebound.transport;

import java.util.Arrays;
import org.scorebound.linalg.Scans;

/**
 * Computes certificates from the coordinates alone.
 *
 * <p>Rounding, with {@code u = 2^-53}: a squared distance has relative error at most {@code gamma =
 * (d + 2) u} (one rounding a difference, counted twice, one a square, d - 1 for the sum, to first
 * order). All terms of the primal are {@code >= 0} and the sum is compensated, so its error is at
 * most {@code (gamma + 6 u) primal}. For the dual, the true {@code c_ij - v_j} is at least {@code t
 * (1 - gamma - u) - gamma v_j} where {@code t} is the computed one, so the true minimum is below
 * the computed {@code u_i} by at most {@code (gamma + u) |u_i| + gamma max |v|}.
 *
 * <p>Squares of differences below {@code 2^-511} are subnormal and rounded to multiples of {@code
 * 2^-1074}, at most half of that for each of d squares; {@link #certify} for clouds adds d of it to
 * both errors. Products with masses underflow later than that.
 */
final class Certifier {

  /** Roundings are bounded to first order; the factor covers the higher ones amply. */
  private static final double UNIT = 1.01 * 0x1p-53;

  /**
   * How many times the rounding bound the gap may be before a result is refused. The solvers add
   * roundings along paths of pairs, which the bound does not count.
   */
  private static final double SLACK = 16;

  /** Up to so many columns a pass over all of them is faster than any tree. */
  private static final int FEW = 256;

  private Certifier() {}

  /**
   * Certifies flows between sites.
   *
   * @param a row masses
   * @param b column masses, of the same sum
   * @param flows what is to be certified, with its column duals
   * @param u row duals: fresh minima of {@code c_ij - v_j} over all j
   */
  static Certificate certify(
      double[] x, double[] y, int d, long[] a, long[] b, TransportSolver.Flows flows, double[] u) {
    checkMarginals(a, b, flows);
    var terms = new double[flows.from().length];
    for (int k = 0; k < terms.length; k++) {
      terms[k] = Clouds.squaredDistance(x, flows.from()[k], y, flows.to()[k], d);
    }
    return certify(terms, (d + 2) * UNIT, d * Double.MIN_VALUE, a, b, flows, u);
  }

  /**
   * Certifies flows of which each has the cost {@code terms[k]}, known to a relative error {@code
   * gamma} and an absolute one {@code tiny}.
   */
  static Certificate certify(
      double[] terms,
      double gamma,
      double tiny,
      long[] a,
      long[] b,
      TransportSolver.Flows flows,
      double[] u) {
    double[] v = flows.v();
    var primal = new Sum();
    double absPrimal = 0;
    double total = 0;
    for (int k = 0; k < terms.length; k++) {
      double t = flows.amount()[k] * terms[k];
      primal.add(t);
      absPrimal += Math.abs(t);
      total += flows.amount()[k];
    }
    var dual = new Sum();
    double abs = 0;
    double absU = 0;
    double maxV = 0;
    for (int i = 0; i < u.length; i++) {
      dual.add(a[i] * u[i]);
      absU += a[i] * Math.abs(u[i]);
    }
    for (int j = 0; j < v.length; j++) {
      dual.add(b[j] * v[j]);
      abs += b[j] * Math.abs(v[j]);
      maxV = Math.max(maxV, Math.abs(v[j]));
    }
    double p = primal.value() / total;
    double q = dual.value() / total;
    double primalError = (gamma + 6 * UNIT) * (absPrimal / total) + tiny;
    double dualError =
        (gamma + UNIT) * (absU / total) + gamma * maxV + 4 * UNIT * ((abs + absU) / total) + tiny;
    var certificate = new Certificate(p, primalError, q, dualError);
    if (!certificate.closes(SLACK)) {
      throw new UntrustedException(
          "certificate does not close: primal "
              + p
              + ", dual "
              + q
              + ", rounding bound "
              + (primalError + dualError));
    }
    return certificate;
  }

  /** Row duals by a fresh minimum over all sites for each row, from any duals of the columns. */
  static double[] rowDuals(double[] x, double[] y, int d, double[] v, int[] partnerOf) {
    int m = x.length / d;
    int n = y.length / d;
    double[] u = new double[m];
    if (n <= FEW) {
      double[] across = Clouds.across(y, d);
      double[] costs = new double[n];
      double[] reduced = new double[n];
      for (int i = 0; i < m; i++) {
        Clouds.row(x, i, across, d, n, costs, 0);
        Arrays.fill(reduced, Double.POSITIVE_INFINITY);
        u[i] = Scans.relax(n, costs, 0, v, 0, reduced);
      }
      return u;
    }
    int[] index = new int[1];
    double[] value = new double[1];
    // A column of each row; no more than a bound of the minimum, which is looked for over all.
    int[] own = new int[m];
    for (int j = 0; j < n; j++) {
      own[partnerOf[j]] = j;
    }
    PriceOracle oracle;
    if (Oracles.treeServes(d, n)) {
      int[] order = TreeOrder.of(y, d);
      double[] partners = new double[n * d];
      double[] sorted = new double[n];
      for (int j = 0; j < n; j++) {
        sorted[j] = v[order[j]];
        System.arraycopy(x, partnerOf[order[j]] * d, partners, j * d, d);
      }
      oracle = new PriceTree(MultiscaleAssignment.gather(y, order, d), sorted, d);
      oracle.refresh(partners);
    } else {
      oracle = new PriceScan(y, v, d);
    }
    for (int i = 0; i < m; i++) {
      if (i % PriceOracle.AHEAD == 0) {
        oracle.ahead(x, i);
      }
      u[i] = Clouds.squaredDistance(x, i, y, own[i], d) - v[own[i]];
      if (oracle.nearest(x, i, 1, u[i], index, value) > 0) {
        u[i] = value[0];
      }
    }
    return u;
  }

  static void checkMarginals(long[] a, long[] b, TransportSolver.Flows flows) {
    long[] rows = a.clone();
    long[] columns = b.clone();
    for (int k = 0; k < flows.from().length; k++) {
      long f = flows.amount()[k];
      if (f < 0) {
        throw new UntrustedException("flow is negative: " + f);
      }
      rows[flows.from()[k]] -= f;
      columns[flows.to()[k]] -= f;
    }
    for (long left : rows) {
      if (left != 0) {
        throw new UntrustedException("a row of the plan is off its mass by " + left);
      }
    }
    for (long left : columns) {
      if (left != 0) {
        throw new UntrustedException("a column of the plan is off its mass by " + left);
      }
    }
  }
}
