package org.scorebound.transport;

import java.util.Arrays;

/**
 * A certified answer in normalised coordinates; package-private, so the arrays are not copied.
 *
 * @param certificate its proof
 * @param plan the coupling of the original points
 * @param u duals of the points of x
 * @param v duals of the points of y
 * @param note what was done besides, or empty
 */
@SuppressWarnings("ArrayRecordComponent")
record Solution(Certificate certificate, Plan plan, double[] u, double[] v, String note) {

  /** Certifies an assignment of clouds of equal masses. */
  static Solution of(Cloud a, Cloud b, Assignment assignment) {
    int n = a.n;
    int[] from = new int[n];
    int[] rowOf = new int[n];
    double[] mass = new double[n];
    long[] amount = new long[n];
    for (int i = 0; i < n; i++) {
      from[i] = i;
      rowOf[assignment.columnOf()[i]] = i;
    }
    Arrays.fill(mass, 1.0 / n);
    Arrays.fill(amount, a.mass[0]);
    var flows = new TransportSolver.Flows(from, assignment.columnOf(), amount, assignment.v());
    double[] u = Certifier.rowDuals(a.points, b.points, a.d, assignment.v(), rowOf);
    Certificate certificate = Certifier.certify(a.points, b.points, a.d, a.mass, b.mass, flows, u);
    return new Solution(
        certificate, new Plan(from, assignment.columnOf(), mass), u, assignment.v(), "");
  }

  Solution withNote(String words) {
    return new Solution(certificate, plan, u, v, words);
  }
}
