package org.scorebound.distribution;

import org.scorebound.linalg.Matrices;

/** The named data laws of the published experiments, and laws made from points. */
public final class DataLaws {

  private DataLaws() {}

  /**
   * Points smoothed by a bandwidth: {@code (1/n) sum_j N(x_j, h^2 I)}, the Gaussian kernel density
   * estimate. A table of numbers becomes a data law this way.
   *
   * @param points n points of R^d
   * @param bandwidth h > 0, in the units of the points
   */
  public static GaussianMixture smoothedPoints(double[][] points, double bandwidth) {
    if (!(bandwidth > 0)) {
      throw new IllegalArgumentException("bandwidth must be > 0, got " + bandwidth);
    }
    double[] w = new double[points.length];
    java.util.Arrays.fill(w, 1.0 / points.length);
    return GaussianMixture.withCommonCovariance(
        w, points, Matrices.scaledIdentity(points[0].length, bandwidth * bandwidth));
  }

  /**
   * Two interleaving half circles of radius 1, as in scikit-learn's {@code make_moons}: {@code n/2}
   * equally spaced points on the upper half circle around 0 and as many on the lower one around (1,
   * 1/2), each smoothed by a Gaussian of standard deviation {@code noise}.
   *
   * @param n number of points, even, at least 4
   * @param noise standard deviation > 0
   */
  public static GaussianMixture twoMoons(int n, double noise) {
    if (n < 4 || n % 2 != 0) {
      throw new IllegalArgumentException("two moons need an even number >= 4, got " + n);
    }
    if (!(noise > 0)) {
      throw new IllegalArgumentException("noise must be > 0, got " + noise);
    }
    int half = n / 2;
    double[][] points = new double[n][];
    for (int i = 0; i < half; i++) {
      double angle = Math.PI * i / (half - 1);
      points[i] = new double[] {Math.cos(angle), Math.sin(angle)};
      points[half + i] = new double[] {1 - Math.cos(angle), 0.5 - Math.sin(angle)};
    }
    return smoothedPoints(points, noise);
  }

  /**
   * The published clusters: equal weights, variance {@code variance} in each coordinate, centres at
   * 0 (one cluster) or at every corner {@code (+-1/2, ..)} of the cube.
   *
   * @param dimension 1 or 2
   * @param count 1, or 2 in one dimension, or 4 in two
   */
  public static GaussianMixture clusters(int dimension, int count, double variance) {
    if (!(variance > 0)) {
      throw new IllegalArgumentException("variance must be > 0, got " + variance);
    }
    double[][] cov = Matrices.scaledIdentity(dimension, variance);
    if (count == 1) {
      return GaussianMixture.gaussian(new double[dimension], cov);
    }
    if (count != 1 << dimension) {
      throw new IllegalArgumentException(
          "clusters in dimension "
              + dimension
              + " come as 1 or "
              + (1 << dimension)
              + ", got "
              + count);
    }
    double[][] centres = new double[count][dimension];
    double[] w = new double[count];
    for (int i = 0; i < count; i++) {
      w[i] = 1.0 / count;
      for (int j = 0; j < dimension; j++) {
        centres[i][j] = (i >> j & 1) == 0 ? -0.5 : 0.5;
      }
    }
    return GaussianMixture.withCommonCovariance(w, centres, cov);
  }
}
