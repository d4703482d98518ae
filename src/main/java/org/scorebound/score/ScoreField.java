package org.scorebound.score;

/** A vector field {@code x -> s(x, t)} at one time t. May own workspace; for one thread. */
public interface ScoreField {

  /**
   * Evaluates a batch.
   *
   * @param x d x n, column-major
   * @param n number of points
   * @param out d x n; must not be x
   */
  void scores(double[] x, int n, double[] out);

  /** The d x d Jacobian at one point. */
  double[][] jacobian(double[] x);
}
