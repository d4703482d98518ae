package org.scorebound.transport;

/**
 * Checks a plan and its duals by brute force: every pair of points is looked at, nothing is pruned,
 * nothing is scaled or moved. O(m n d) time, O(m + n) memory.
 */
public final class Verifier {

  private Verifier() {}

  /**
   * A certificate from the plan and the column duals alone.
   *
   * @param x first cloud as it was given to the solver
   * @param y second cloud
   * @param w2 what the solver returned
   * @throws UntrustedException if the plan or the duals do not prove the value
   */
  public static Certificate check(double[] x, double[] y, int d, EmpiricalDistance w2) {
    Plan plan = w2.plan();
    double[] v = w2.v();
    double[] rowMass = new double[x.length / d];
    double[] columnMass = new double[y.length / d];
    double gamma = (d + 3) * 0x1.1p-53;
    var primal = new Sum();
    for (int k = 0; k < plan.size(); k++) {
      int i = plan.from()[k];
      int j = plan.to()[k];
      primal.add(plan.mass()[k] * Clouds.squaredDistance(x, i, y, j, d));
      rowMass[i] += plan.mass()[k];
      columnMass[j] += plan.mass()[k];
    }
    var dual = new Sum();
    double size = 0;
    double top = 0;
    for (int i = 0; i < rowMass.length; i++) {
      double min = Double.POSITIVE_INFINITY;
      for (int j = 0; j < columnMass.length; j++) {
        min = Math.min(min, Clouds.squaredDistance(x, i, y, j, d) - v[j]);
      }
      if (rowMass[i] > 0) {
        dual.add(rowMass[i] * min);
        size += rowMass[i] * Math.abs(min);
      }
    }
    for (int j = 0; j < columnMass.length; j++) {
      if (columnMass[j] > 0) {
        dual.add(columnMass[j] * v[j]);
        top = Math.max(top, Math.abs(v[j]));
      }
    }
    double p = primal.value();
    // Masses are rounded quotients here, so both sums carry a rounding for each of their terms.
    double rounding = 8 * 0x1p-53;
    var certificate =
        new Certificate(
            p,
            (gamma + rounding) * p,
            dual.value(),
            (gamma + rounding) * (size + 2 * top) + gamma * top);
    if (!certificate.closes(16)) {
      throw new UntrustedException(
          "verification failed: primal "
              + p
              + ", dual "
              + dual.value()
              + ", rounding bound "
              + (certificate.primalError() + certificate.dualError()));
    }
    return certificate;
  }
}
