package org.scorebound.lipschitz;

import org.scorebound.linalg.Kernels;
import org.scorebound.network.FrozenNetwork;

/**
 * {@code lambda_max(sym J_s(x))} of a network score of two coordinates on a grid of points: a
 * picture of where the one-sided constant is attained, and a lower estimate of it everywhere.
 */
public final class CurvatureGrid {

  private CurvatureGrid() {}

  /**
   * The eigenvalues, each lowered by the bound of its rounding. Cost: three passes through the
   * network for each point.
   *
   * @param network of dimension 2
   * @param x1 first coordinates
   * @param x2 second coordinates
   * @return {@code values[j][i]} at {@code (x1[i], x2[j])}
   */
  public static double[][] of(FrozenNetwork network, double[] x1, double[] x2, Kernels kernels) {
    if (network.dimension() != 2) {
      throw new IllegalArgumentException(
          "network must have dimension 2, got " + network.dimension());
    }
    JacobianPoints points = new JacobianPoints(new FrozenLayers(network, kernels));
    double[][] values = new double[x2.length][x1.length];
    double[] row = new double[2 * x1.length];
    for (int j = 0; j < x2.length; j++) {
      for (int i = 0; i < x1.length; i++) {
        row[2 * i] = x1[i];
        row[2 * i + 1] = x2[j];
      }
      points.largest(row, x1.length, values[j]);
    }
    return values;
  }
}
