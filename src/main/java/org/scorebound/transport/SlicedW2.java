package org.scorebound.transport;

import java.util.Arrays;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/**
 * The sliced Wasserstein-2 distance of two clouds of one size,
 *
 * <pre>
 *   SW2^2 = E_theta W2^2(theta . x, theta . y),   theta uniform on the unit sphere,
 * </pre>
 *
 * by Monte Carlo over directions, each solved by sorting. It is another distance, not an
 * approximation of W2: {@code SW2 <= W2 / sqrt(d)}, with equality for translations, and it must
 * never stand in for W2 in a bound. Cost O(L n (d + log n)) for L directions.
 *
 * <p>Reference: Bonneel, Rabin, Peyré and Pfister (2015), doi:10.1007/s10851-014-0506-3.
 */
public final class SlicedW2 {

  /** Two-sided 95 % of the normal law. */
  private static final double Z95 = 1.959963984540054;

  private SlicedW2() {}

  /**
   * The distance with its 95 % interval over the choice of directions (normal approximation).
   *
   * @param x first cloud, d x n
   * @param y second cloud, d x n
   * @param directions number of directions, at least 2
   * @param random source of the directions
   * @return SW2, not its square
   */
  public static Estimate between(
      double[] x, double[] y, int d, int directions, RandomStream random) {
    int n = Clouds.check(x, d, "x");
    int m = Clouds.check(y, d, "y");
    if (m != n) {
      throw new IllegalArgumentException("clouds must have one size, got " + n + " and " + m);
    }
    if (directions < 2) {
      throw new IllegalArgumentException("directions must be at least 2, got " + directions);
    }
    Clouds.Normalised z = Clouds.normalise(x, y, d);
    double mean = 0;
    double squares = 0;
    double[] theta = new double[d];
    for (int l = 0; l < directions; l++) {
      random.fillGaussian(theta, 0, d);
      double norm = 0;
      for (double t : theta) {
        norm = Math.hypot(norm, t);
      }
      double[] p = project(z.x(), theta, norm);
      double[] q = project(z.y(), theta, norm);
      double w = 0;
      for (int i = 0; i < n; i++) {
        w += (p[i] - q[i]) * (p[i] - q[i]) / n;
      }
      double delta = w - mean;
      mean += delta / (l + 1);
      squares += delta * (w - mean);
    }
    double radius = Z95 * Math.sqrt(squares / (directions - 1.0) / directions);
    return Estimate.of(
        Math.scalb(Math.sqrt(mean), z.exponent()),
        Math.scalb(Math.sqrt(Math.max(0, mean - radius)), z.exponent()),
        Math.scalb(Math.sqrt(mean + radius), z.exponent()),
        Evidence.STATISTICAL);
  }

  private static double[] project(double[] x, double[] theta, double norm) {
    int d = theta.length;
    double[] p = new double[x.length / d];
    for (int i = 0; i < p.length; i++) {
      for (int a = 0; a < d; a++) {
        p[i] += x[i * d + a] * theta[a];
      }
      p[i] /= norm;
    }
    Arrays.sort(p);
    return p;
  }
}
