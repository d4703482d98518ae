package org.scorebound.transport;

/**
 * Computes certificates from the coordinates alone, in O(n^2 d) time and O(1) extra memory.
 *
 * <p>Rounding, with {@code u = 2^-53}: a squared distance has relative error at most {@code gamma =
 * (d + 2) u} (one rounding a difference, counted twice, one a square, d - 1 for the sum, to first
 * order). All terms of the primal are {@code >= 0} and the sum is compensated, so its error is at
 * most {@code (gamma + 4 u) primal}. For the dual, the true {@code c_ij - v_j} is at least {@code t
 * (1 - gamma - u) - gamma v_j} where {@code t} is the computed one, so the true minimum is below
 * the computed {@code u_i} by at most {@code (gamma + u) |u_i| + gamma max |v|}.
 */
final class Certifier {

  /** Roundings are bounded to first order; the factor covers the higher ones amply. */
  private static final double UNIT = 1.01 * 0x1p-53;

  /** How many times the rounding bound the gap may be before a result is refused. */
  private static final double SLACK = 4;

  private Certifier() {}

  /**
   * Certifies a matching of equal weights.
   *
   * @param u takes the fresh row duals
   */
  static Certificate certify(double[] x, double[] y, int d, Assignment assignment, double[] u) {
    int n = u.length;
    int[] columnOf = assignment.columnOf();
    double[] v = assignment.v();
    checkPermutation(columnOf);
    double gamma = (d + 2) * UNIT;
    var primal = new Sum();
    var dual = new Sum();
    double absU = 0;
    double maxV = 0;
    double absV = 0;
    for (int i = 0; i < n; i++) {
      primal.add(Clouds.squaredDistance(x, i, y, columnOf[i], d));
      double min = Double.POSITIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        min = Math.min(min, Clouds.squaredDistance(x, i, y, j, d) - v[j]);
      }
      u[i] = min;
      dual.add(min);
      dual.add(v[i]);
      absU += Math.abs(min);
      absV += Math.abs(v[i]);
      maxV = Math.max(maxV, Math.abs(v[i]));
    }
    double p = primal.value() / n;
    double q = dual.value() / n;
    double primalError = (gamma + 4 * UNIT) * p;
    double dualError =
        (gamma + UNIT) * (absU / n) + gamma * maxV + 4 * UNIT * (Math.abs(q) + (absU + absV) / n);
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

  static void checkPermutation(int[] columnOf) {
    boolean[] seen = new boolean[columnOf.length];
    for (int j : columnOf) {
      if (j < 0 || j >= seen.length || seen[j]) {
        throw new UntrustedException("matching is not a permutation: column " + j);
      }
      seen[j] = true;
    }
  }
}
