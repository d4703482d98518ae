package org.scorebound.transport;

import org.scorebound.result.Estimate;

/**
 * An exact distance between two clouds with its proof.
 *
 * <p>The duals are in units of squared length, with {@code u_i + v_j <= |x_i - y_j|^2} and equality
 * on the plan, to rounding. They belong to clouds moved together by a common offset, which changes
 * no distance.
 */
public final class EmpiricalDistance {

  private final Estimate w2;
  private final Certificate certificate;
  private final Plan plan;
  private final double[] u;
  private final double[] v;
  private final Method method;
  private final String note;

  EmpiricalDistance(
      Estimate w2,
      Certificate certificate,
      Plan plan,
      double[] u,
      double[] v,
      Method method,
      String note) {
    this.w2 = w2;
    this.certificate = certificate;
    this.plan = plan;
    this.u = u;
    this.v = v;
    this.method = method;
    this.note = note;
  }

  /** W2. */
  public double value() {
    return w2.value();
  }

  /** W2 squared; zero or infinity where it lies beyond the range of numbers. */
  public double squared() {
    return certificate.primal();
  }

  /** W2 with its certified interval. */
  public Estimate w2() {
    return w2;
  }

  /** Primal and dual of W2 squared with their rounding bounds. */
  public Certificate certificate() {
    return certificate;
  }

  /** The optimal coupling. */
  public Plan plan() {
    return plan;
  }

  /**
   * The partner in y of each point of x.
   *
   * @throws IllegalStateException if the plan splits points
   */
  public int[] matching() {
    if (!plan.isMatching()) {
      throw new IllegalStateException("plan splits points, use plan()");
    }
    int[] columnOf = new int[plan.size()];
    for (int k = 0; k < columnOf.length; k++) {
      columnOf[plan.from()[k]] = plan.to()[k];
    }
    return columnOf;
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
  public Method method() {
    return method;
  }

  /** The solver in words, with what was done besides, for example merging equal points. */
  public String description() {
    return note.isEmpty() ? method.description() : method.description() + ", " + note;
  }
}
