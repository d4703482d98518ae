package org.scorebound.transport;

import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/**
 * The proof that a coupling is optimal: the primal and the dual value of {@code W2^2} and derived
 * bounds of their rounding errors.
 *
 * <p>For costs {@code c_ij = |x_i - y_j|^2}, every coupling of the two clouds costs at least {@code
 * W2^2}, and for every {@code v} the dual value {@code sum_i a_i min_j (c_ij - v_j) + sum_j b_j
 * v_j} is at most {@code W2^2}. So, with both computed from the original coordinates, {@code W2^2}
 * lies in {@code [dual - dualError, primal + primalError]}, whatever the solver did.
 *
 * @param primal cost of the coupling, computed by direct differences and compensated sums
 * @param primalError bound of the rounding error of {@code primal}
 * @param dual dual value from fresh minima over all columns
 * @param dualError bound of the rounding error of {@code dual}
 */
public record Certificate(double primal, double primalError, double dual, double dualError) {

  /** Lower end for {@code W2^2}. */
  public double lowerSquared() {
    return Math.max(0, Math.nextDown(dual - dualError));
  }

  /** Upper end for {@code W2^2}. */
  public double upperSquared() {
    return Math.nextUp(primal + primalError);
  }

  /** {@code primal - dual}, rounding apart never negative. */
  public double gap() {
    return primal - dual;
  }

  /**
   * Whether primal and dual agree to {@code slack} times the rounding bounds: the coupling is
   * optimal as far as double precision tells.
   */
  public boolean closes(double slack) {
    return Math.abs(gap()) <= slack * (primalError + dualError);
  }

  /** {@code W2} with its certified interval. */
  public Estimate w2() {
    double value = Math.sqrt(primal);
    double lower = Math.max(0, Math.nextDown(Math.sqrt(lowerSquared())));
    double upper = Math.nextUp(Math.sqrt(upperSquared()));
    return Estimate.of(value, Math.min(lower, value), upper, Evidence.EXACT);
  }

  /** {@code 2^k W2}, of which the square may lie beyond the range of numbers. */
  Estimate w2Times(int k) {
    Estimate w2 = w2();
    double lower = Math.scalb(w2.lower(), k);
    double upper = Math.scalb(w2.upper(), k);
    // Ends that became subnormal, zero or infinite were rounded.
    lower = Math.scalb(lower, -k) > w2.lower() ? Math.nextDown(lower) : lower;
    lower = Math.min(lower, Double.MAX_VALUE);
    upper = Math.scalb(upper, -k) < w2.upper() ? Math.nextUp(upper) : upper;
    return Estimate.of(Math.scalb(w2.value(), k), lower, upper, Evidence.EXACT);
  }

  /** All values times {@code 2^k}. */
  Certificate times(int k) {
    return new Certificate(
        Math.scalb(primal, k),
        Math.scalb(primalError, k),
        Math.scalb(dual, k),
        Math.scalb(dualError, k));
  }
}
