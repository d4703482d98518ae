package org.scorebound.transport;

/**
 * The exact Wasserstein-2 distance between two clouds of n points each, all of weight 1/n,
 *
 * <pre>
 *   W2^2 = min over permutations sigma of (1/n) sum_i |x_i - y_sigma(i)|^2,
 * </pre>
 *
 * with the proof of its optimality (see {@link Certificate}). Costs are direct differences, never
 * expanded through {@code x . y}, which loses everything when the clouds sit far from the origin.
 *
 * <p>As an estimate of the W2 between the laws that the points were drawn from, it is biased
 * upwards; it is never a lower bound for that.
 */
public final class EmpiricalW2 {

  private EmpiricalW2() {}

  /**
   * W2 between two clouds of the same size.
   *
   * @param x first cloud, d x n, one point a column
   * @param y second cloud, d x n
   * @param d dimension
   * @throws IllegalArgumentException if sizes differ or a coordinate is not finite
   * @throws UntrustedException if the certificate does not close
   */
  public static EmpiricalDistance between(double[] x, double[] y, int d) {
    int n = Clouds.check(x, d, "x");
    int m = Clouds.check(y, d, "y");
    if (m != n) {
      throw new IllegalArgumentException(
          "clouds must have one size, got x of " + n + " and y of " + m);
    }
    if ((long) n * n > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "n must be at most 46340 for the dense method, which needs n^2 doubles, got " + n);
    }
    int k = Clouds.exponent(x, y);
    double[] xs = Clouds.scale(x, -k);
    double[] ys = Clouds.scale(y, -k);
    double[] c = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        c[i * n + j] = Clouds.squaredDistance(xs, i, ys, j, d);
      }
    }
    Assignment assignment = DenseAssignment.solve(c, n);
    double[] u = new double[n];
    Certificate scaled = Certifier.certify(xs, ys, d, assignment, u);
    return EmpiricalDistance.of(scaled, k, assignment, u, "dense Jonker-Volgenant");
  }
}
