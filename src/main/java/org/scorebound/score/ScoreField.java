package org.scorebound.score;

import java.util.Arrays;

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

  /** The Jacobians at n points, d x n; the same numbers as one by one. */
  default double[][][] jacobians(double[] x, int n) {
    int d = x.length / n;
    double[][][] all = new double[n][][];
    for (int j = 0; j < n; j++) {
      all[j] = jacobian(Arrays.copyOfRange(x, d * j, d * (j + 1)));
    }
    return all;
  }
}
