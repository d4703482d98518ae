package org.scorebound.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Checks a plan and its duals by brute force: every pair of points is looked at, nothing is pruned,
 * nothing is scaled or moved. O(m n d) time, O(m + n) memory.
 *
 * <p>The plan must have the given weights as marginals, up to the rounding of its masses; what they
 * are off by, times the largest cost, is added to the rounding bound, since so much the least cost
 * can change. Rounding as in {@link Certifier}, with one more for each quotient of weights.
 */
public final class Verifier {

  /** As for the certificate: solvers add roundings along paths, which the bound does not count. */
  private static final double SLACK = 16;

  /** Masses are multiples of 2^-52, and one of each cloud takes what is left over. */
  private static final double MASS_UNIT = 0x1p-52;

  /** Squares of coordinates must not overflow. */
  private static final double LARGEST = 0x1p500;

  private Verifier() {}

  /** The same for equal weights within each cloud. */
  public static Certificate check(double[] x, double[] y, int d, EmpiricalDistance w2) {
    return check(x, null, y, null, d, w2);
  }

  /**
   * A certificate from the plan and the column duals alone.
   *
   * @param x first cloud as it was given to the solver
   * @param wx its weights, or null for equal ones
   * @param y second cloud
   * @param wy its weights, or null
   * @param w2 what the solver returned
   * @throws UntrustedException if the plan or the duals do not prove the value
   * @throws IllegalArgumentException if a coordinate is so large that its square overflows
   */
  public static Certificate check(
      double[] x,
      double @Nullable [] wx,
      double[] y,
      double @Nullable [] wy,
      int d,
      EmpiricalDistance w2) {
    checkSize(x, "x");
    checkSize(y, "y");
    double[] a = shares(wx, x.length / d);
    double[] b = shares(wy, y.length / d);
    Plan plan = w2.plan();
    double[] v = w2.v();
    double gamma = (d + 3) * 0x1.1p-53;
    var primal = new Sum();
    Sum[] rows = sums(a.length);
    Sum[] columns = sums(b.length);
    for (int k = 0; k < plan.size(); k++) {
      int i = plan.from()[k];
      int j = plan.to()[k];
      double mass = plan.mass()[k];
      if (!(mass >= 0)) {
        throw new UntrustedException("verification failed: a mass of the plan is " + mass);
      }
      primal.add(mass * Clouds.squaredDistance(x, i, y, j, d));
      rows[i].add(mass);
      columns[j].add(mass);
    }
    double off = marginal(rows, a, "row") + marginal(columns, b, "column");
    var dual = new Sum();
    double size = 0;
    double top = 0;
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      double min = Double.POSITIVE_INFINITY;
      for (int j = 0; j < b.length; j++) {
        double c = Clouds.squaredDistance(x, i, y, j, d);
        largest = Math.max(largest, c);
        min = Math.min(min, c - v[j]);
      }
      if (a[i] > 0) {
        dual.add(a[i] * min);
        size += a[i] * Math.abs(min);
      }
    }
    for (int j = 0; j < b.length; j++) {
      if (b[j] > 0) {
        dual.add(b[j] * v[j]);
        size += b[j] * Math.abs(v[j]);
        top = Math.max(top, Math.abs(v[j]));
      }
    }
    double p = primal.value();
    double rounding = 8 * 0x1p-53;
    var certificate =
        new Certificate(
            p,
            (gamma + rounding) * p + off * largest,
            dual.value(),
            (gamma + rounding) * size + gamma * top);
    if (!certificate.closes(SLACK)) {
      throw new UntrustedException(
          "verification failed: primal "
              + p
              + ", dual "
              + dual.value()
              + ", rounding bound "
              + (certificate.primalError() + certificate.dualError()));
    }
    double value = w2.squared();
    double error = certificate.primalError() + certificate.dualError();
    if (!(Math.abs(value - p) <= SLACK * error + Double.MIN_NORMAL)) {
      throw new UntrustedException(
          "verification failed: the plan costs " + p + ", the solver returned " + value);
    }
    return certificate;
  }

  private static void checkSize(double[] x, String name) {
    for (int i = 0; i < x.length; i++) {
      if (!(Math.abs(x[i]) < LARGEST)) {
        throw new IllegalArgumentException(
            "brute force squares coordinates as they are: "
                + name
                + " must be below "
                + LARGEST
                + ", got "
                + x[i]);
      }
    }
  }

  private static Sum[] sums(int n) {
    Sum[] all = new Sum[n];
    Arrays.setAll(all, i -> new Sum());
    return all;
  }

  /** Weights over their sum. */
  private static double[] shares(double @Nullable [] w, int n) {
    double[] share = new double[n];
    if (w == null) {
      Arrays.fill(share, 1.0 / n);
      return share;
    }
    var sum = new Sum();
    for (double wi : w) {
      sum.add(wi);
    }
    Arrays.setAll(share, i -> w[i] / sum.value());
    return share;
  }

  /** By how much the plan is off its marginal in all; refused beyond the rounding of masses. */
  private static double marginal(Sum[] sent, double[] share, String side) {
    double off = 0;
    for (int i = 0; i < share.length; i++) {
      double by = Math.abs(sent[i].value() - share[i]);
      // The point that takes the rest may be off by a rounding of every other.
      if (!(by <= (4 + share.length) * MASS_UNIT)) {
        throw new UntrustedException(
            "verification failed: " + side + " " + i + " of the plan is off its mass by " + by);
      }
      off += by;
    }
    return off;
  }
}
