package org.scorebound.transport;

import java.util.Arrays;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/**
 * Entropic optimal transport between two clouds with equal weights within each, by Sinkhorn's
 * iteration in the log domain. An approximation, labelled as such: the cost of the regularised plan
 * after rounding to a coupling is an upper estimate of W2, and the value of its potentials, made
 * feasible, a lower one.
 *
 * <pre>
 *   f_i = -eps log sum_j b_j exp((g_j - c_ij) / eps),   g_j likewise.
 * </pre>
 *
 * Cost O(m n) an iteration, memory the m n costs. References: Cuturi (2013), arXiv 1306.0895;
 * Altschuler, Weed and Rigollet (2017), arXiv 1705.09634, for the rounding.
 */
public final class SinkhornW2 {

  private SinkhornW2() {}

  /**
   * Refuses sizes whose costs do not fit into memory.
   *
   * @throws IllegalArgumentException that says what is needed and what would work
   */
  public static void checkMemory(int m, int n) {
    Memory.require((long) m * n, "sinkhorn", "an exact method");
  }

  /**
   * W2 between two clouds up to regularisation.
   *
   * @param epsilon regularisation, in units of squared length, positive
   * @param iterations number of iterations
   * @return value: root of the cost of the rounded plan; interval: from the dual to that
   */
  public static Estimate between(double[] x, double[] y, int d, double epsilon, int iterations) {
    int m = Clouds.check(x, d, "x");
    int n = Clouds.check(y, d, "y");
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY && iterations > 0)) {
      throw new IllegalArgumentException(
          "epsilon and iterations must be positive, got " + epsilon + " and " + iterations);
    }
    checkMemory(m, n);
    Clouds.Normalised z = Clouds.normalise(x, y, d);
    double eps = Math.scalb(epsilon, -2 * z.exponent());
    if (!(eps > 0 && eps < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "epsilon must be within 1e300 of the squared size of the clouds, got " + epsilon);
    }
    double[] c = Clouds.costs(z.x(), z.y(), d);
    double[] f = new double[m];
    double[] g = new double[n];
    double[] terms = new double[Math.max(m, n)];
    for (int k = 0; k < iterations; k++) {
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < m; i++) {
          terms[i] = (f[i] - c[i * n + j]) / eps;
        }
        g[j] = -eps * (logSum(terms, m) - Math.log(m));
      }
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          terms[j] = (g[j] - c[i * n + j]) / eps;
        }
        f[i] = -eps * (logSum(terms, n) - Math.log(n));
      }
    }
    double upper = Math.scalb(Math.sqrt(roundedCost(c, f, g, eps)), z.exponent());
    double lower = Math.scalb(Math.sqrt(Math.max(0, dual(c, g, m))), z.exponent());
    return Estimate.of(upper, Math.min(lower, upper), upper, Evidence.ESTIMATED);
  }

  private static double logSum(double[] terms, int n) {
    double top = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < n; k++) {
      top = Math.max(top, terms[k]);
    }
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += Math.exp(terms[k] - top);
    }
    return top + Math.log(sum);
  }

  private static double dual(double[] c, double[] g, int m) {
    int n = g.length;
    double sum = 0;
    for (int i = 0; i < m; i++) {
      double min = Double.POSITIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        min = Math.min(min, c[i * n + j] - g[j]);
      }
      sum += min / m;
    }
    for (double gj : g) {
      sum += gj / n;
    }
    return sum;
  }

  /** Shrinks rows and columns to their masses and sends the rest by the product of what lacks. */
  private static double roundedCost(double[] c, double[] f, double[] g, double epsilon) {
    int m = f.length;
    int n = g.length;
    double[] p = new double[n];
    double[] columns = new double[n];
    for (int i = 0; i < m; i++) {
      rowOfPlan(c, f, g, epsilon, i, p);
      for (int j = 0; j < n; j++) {
        columns[j] += p[j];
      }
    }
    double[] lackRow = new double[m];
    Arrays.fill(lackRow, 1.0 / m);
    double[] lackColumn = new double[n];
    Arrays.fill(lackColumn, 1.0 / n);
    double cost = 0;
    for (int i = 0; i < m; i++) {
      rowOfPlan(c, f, g, epsilon, i, p);
      for (int j = 0; j < n; j++) {
        double q = p[j] * Math.min(1, 1 / (n * columns[j]));
        lackRow[i] -= q;
        lackColumn[j] -= q;
        cost += q * c[i * n + j];
      }
    }
    double lack = 0;
    for (int i = 0; i < m; i++) {
      lackRow[i] = Math.max(0, lackRow[i]);
      lack += lackRow[i];
    }
    for (int i = 0; i < m && lack > 0; i++) {
      for (int j = 0; j < n; j++) {
        cost += lackRow[i] * Math.max(0, lackColumn[j]) / lack * c[i * n + j];
      }
    }
    return cost;
  }

  /** Row i of the regularised plan, shrunk to the row's mass. */
  private static void rowOfPlan(
      double[] c, double[] f, double[] g, double epsilon, int i, double[] p) {
    int m = f.length;
    int n = g.length;
    double row = 0;
    for (int j = 0; j < n; j++) {
      p[j] = Math.exp((f[i] + g[j] - c[i * n + j]) / epsilon) / m / n;
      row += p[j];
    }
    double shrink = Math.min(1, 1 / (m * row));
    for (int j = 0; j < n; j++) {
      p[j] *= shrink;
    }
  }
}
