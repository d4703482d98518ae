package org.scorebound.transport;

import org.scorebound.result.Estimate;

/**
 * An exact distance between two clouds with its proof.
 *
 * <p>The duals are in units of squared length and scaled so that {@code u_i + v_j <= |x_i -
 * y_j|^2}.
 */
public final class EmpiricalDistance {

  private final Certificate certificate;
  private final int[] matching;
  private final double[] u;
  private final double[] v;
  private final String method;

  private EmpiricalDistance(
      Certificate certificate, int[] matching, double[] u, double[] v, String method) {
    this.certificate = certificate;
    this.matching = matching;
    this.u = u;
    this.v = v;
    this.method = method;
  }

  /** Undoes the scaling of the coordinates by {@code 2^-k}. */
  static EmpiricalDistance of(
      Certificate scaled, int k, Assignment assignment, double[] u, String method) {
    var certificate =
        new Certificate(
            Math.scalb(scaled.primal(), 2 * k),
            Math.scalb(scaled.primalError(), 2 * k),
            Math.scalb(scaled.dual(), 2 * k),
            Math.scalb(scaled.dualError(), 2 * k));
    return new EmpiricalDistance(
        certificate,
        assignment.columnOf(),
        Clouds.scale(u, 2 * k),
        Clouds.scale(assignment.v(), 2 * k),
        method);
  }

  /** W2. */
  public double value() {
    return Math.sqrt(certificate.primal());
  }

  /** W2 squared. */
  public double squared() {
    return certificate.primal();
  }

  /** W2 with its certified interval. */
  public Estimate w2() {
    return certificate.w2();
  }

  /** Primal and dual with their rounding bounds. */
  public Certificate certificate() {
    return certificate;
  }

  /** The partner in y of each point of x. */
  public int[] matching() {
    return matching.clone();
  }

  /** The dual of each point of x. */
  public double[] u() {
    return u.clone();
  }

  /** The dual of each point of y. */
  public double[] v() {
    return v.clone();
  }

  /** The solver that was used. */
  public String method() {
    return method;
  }
}
