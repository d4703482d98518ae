package org.scorebound.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Optimal transport under a given matrix of costs,
 *
 * <pre>
 *   C = min over f >= 0 of sum_ij f_ij c_ij,   sum_j f_ij = a_i,   sum_i f_ij = b_j,
 * </pre>
 *
 * with the proof of its optimality. Masses sum to 1, so for equal sizes and weights C is the mean
 * cost of the best assignment. Costs may have either sign. A cost of plus infinity forbids a pair,
 * where no weights are given; NaN and minus infinity are refused.
 *
 * <p>Equal sizes without weights or forbidden pairs: the dense method of Jonker and Volgenant;
 * otherwise successive shortest paths. Memory a few times the matrix. For {@code W_p} with other
 * exponents give {@code |x_i - y_j|^p} and take the p-th root of C.
 */
public final class CostMatrix {

  /** Beyond it, or below its inverse, costs are scaled by a power of two before they are added. */
  private static final int LARGE_EXPONENT = 500;

  private CostMatrix() {}

  /**
   * The least cost of a square or rectangular problem.
   *
   * @param c costs, row after row, {@code c[i * n + j]}
   * @param m number of rows
   * @param n number of columns
   * @param a weights of the rows, {@code >= 0}, taken over their sum; null for equal weights
   * @param b weights of the columns, or null
   * @throws IllegalArgumentException if sizes do not fit, a cost is NaN or minus infinity, or no
   *     plan has finite cost
   * @throws UntrustedException if the certificate does not close
   */
  public static OptimalCost solve(
      double[] c, int m, int n, double @Nullable [] a, double @Nullable [] b) {
    double top = check(c, m, n, a != null || b != null);
    boolean forbidden = top == Double.POSITIVE_INFINITY;
    double largest = 0;
    for (double cij : c) {
      largest = cij == Double.POSITIVE_INFINITY ? largest : Math.max(largest, Math.abs(cij));
    }
    int k = largest == 0 ? 0 : Math.getExponent(largest);
    k = Math.abs(k) > LARGE_EXPONENT ? k : 0;
    double[] scaled = k == 0 ? c : Clouds.scale(c, -k);
    boolean uniform = a == null && b == null;
    Cloud rows = cloud(m, a, uniform ? n : 0, "weights of the rows");
    Cloud columns = cloud(n, b, uniform ? m : 0, "weights of the columns");
    boolean dense = uniform && m == n && !forbidden;
    TransportSolver.Flows flows =
        dense
            ? flows(DenseAssignment.solve(scaled, n), rows.mass)
            : TransportSolver.solve(scaled, rows.mass, columns.mass);
    double[] u = rowDuals(scaled, m, n, flows.v());
    double[] terms = new double[flows.from().length];
    for (int f = 0; f < terms.length; f++) {
      terms[f] = scaled[flows.from()[f] * n + flows.to()[f]];
    }
    // The costs are given, so they carry no rounding of their own.
    Certificate z = Certifier.certify(terms, 0, 0, rows.mass, columns.mass, flows, u);
    double moved = (rows.weightError + columns.weightError) * 2 * largest;
    var certificate =
        new Certificate(
            Math.scalb(z.primal(), k),
            Math.scalb(z.primalError(), k) + moved,
            Math.scalb(z.dual(), k),
            Math.scalb(z.dualError(), k) + moved);
    double total = rows.total();
    double[] mass = Arrays.stream(flows.amount()).mapToDouble(f -> f / total).toArray();
    return new OptimalCost(
        certificate,
        new Plan(flows.from(), flows.to(), mass),
        Clouds.scale(u, k),
        Clouds.scale(flows.v(), k),
        dense ? Method.DENSE : Method.TRANSPORT);
  }

  /** Returns the largest cost. */
  private static double check(double[] c, int m, int n, boolean weighted) {
    if (m < 1 || n < 1 || c.length != (long) m * n) {
      throw new IllegalArgumentException(
          "costs must be m x n with m, n >= 1, got " + c.length + " for " + m + " x " + n);
    }
    double top = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < m; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        double cij = c[i * n + j];
        if (!(cij > Double.NEGATIVE_INFINITY) || (weighted && cij == Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException(
              "costs must be numbers"
                  + (weighted ? ", and finite where weights are given" : "")
                  + ", got "
                  + cij
                  + " at row "
                  + i
                  + ", column "
                  + j);
        }
        least = Math.min(least, cij);
        top = Math.max(top, cij);
      }
      if (least == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "row " + i + " of the costs (counted from 0) must have a finite entry");
      }
    }
    return top;
  }

  private static Cloud cloud(int n, double @Nullable [] w, long each, String name) {
    double[] places = new double[n];
    if (w == null && each > 0) {
      return Cloud.uniform(places, 1, each);
    }
    if (w == null) {
      w = new double[n];
      Arrays.fill(w, 1);
    }
    return Cloud.weighted(places, 1, w, name);
  }

  private static TransportSolver.Flows flows(Assignment assignment, long[] mass) {
    int[] from = new int[mass.length];
    Arrays.setAll(from, i -> i);
    return new TransportSolver.Flows(from, assignment.columnOf(), mass, assignment.v());
  }

  private static double[] rowDuals(double[] c, int m, int n, double[] v) {
    double[] u = new double[m];
    for (int i = 0; i < m; i++) {
      double min = Double.POSITIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        min = Math.min(min, c[i * n + j] - v[j]);
      }
      u[i] = min;
    }
    return u;
  }
}
