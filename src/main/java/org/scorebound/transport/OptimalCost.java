package org.scorebound.transport;

import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/**
 * The least cost under a given matrix, with its proof.
 *
 * @param certificate primal and dual value of the cost with their rounding bounds
 * @param plan the optimal coupling of rows and columns
 * @param u row duals, {@code u_i + v_j <= c_ij} with equality on the plan, to rounding
 * @param v column duals
 * @param method the solver that was used
 */
@SuppressWarnings("ArrayRecordComponent")
public record OptimalCost(
    Certificate certificate, Plan plan, double[] u, double[] v, Method method) {

  /** The cost per unit of mass. */
  public double value() {
    return certificate.primal();
  }

  /** The cost with its certified interval. */
  public Estimate estimate() {
    double value = certificate.primal();
    double lower = Math.nextDown(certificate.dual() - certificate.dualError());
    double upper = Math.nextUp(value + certificate.primalError());
    return Estimate.of(value, Math.min(lower, value), upper, Evidence.EXACT);
  }
}
