package org.scorebound.transport;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Lower bounds of W2 between laws. */
public final class LowerBounds {

  private LowerBounds() {}

  /**
   * Gelbrich's bound: any two laws with these exact moments are at least as far apart as the
   * Gaussians with the same moments. Equality for two laws of one elliptical family.
   *
   * <p>From sample moments this is an estimate, not a bound. Reference: Gelbrich (1990),
   * doi:10.1002/mana.19901470121.
   *
   * @return a lower bound of W2, not of its square
   */
  public static double gelbrich(double[] m1, double[][] v1, double[] m2, double[][] v2) {
    return GaussianW2.between(m1, v1, m2, v2).value();
  }

  /**
   * Gelbrich's bound between two clouds, whose means and covariances are their exact moments. O((m
   * + n) d^2 + d^3); relative error a few roundings times d and the root of the condition number.
   *
   * @param x first cloud, d x m
   * @param wx weights of its points, {@code >= 0}, or null
   * @param y second cloud, d x n
   * @param wy weights of its points, or null
   * @return a lower bound of W2 to rounding
   */
  public static double gelbrich(
      double[] x, double @Nullable [] wx, double[] y, double @Nullable [] wy, int d) {
    Clouds.check(x, d, "x");
    Clouds.check(y, d, "y");
    Clouds.Normalised z = Clouds.normalise(x, y, d);
    double[] a = shares(wx, x.length / d, "weights of x");
    double[] b = shares(wy, y.length / d, "weights of y");
    double[] mx = mean(z.x(), a, d);
    double[] my = mean(z.y(), b, d);
    double value = gelbrich(mx, covariance(z.x(), a, mx, d), my, covariance(z.y(), b, my, d));
    return Math.scalb(value, z.exponent());
  }

  private static double[] mean(double[] x, double[] a, int d) {
    double[] mean = new double[d];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < d; k++) {
        mean[k] += a[i] * x[i * d + k];
      }
    }
    return mean;
  }

  private static double[][] covariance(double[] x, double[] a, double[] mean, int d) {
    double[][] v = new double[d][d];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < d; k++) {
        double xk = a[i] * (x[i * d + k] - mean[k]);
        for (int l = 0; l <= k; l++) {
          v[k][l] += xk * (x[i * d + l] - mean[l]);
          v[l][k] = v[k][l];
        }
      }
    }
    return v;
  }

  /** Weights over their sum; equal ones for null. */
  private static double[] shares(double @Nullable [] w, int n, String name) {
    double[] a = new double[n];
    if (w == null) {
      Arrays.fill(a, 1.0 / n);
      return a;
    }
    long[] mass = Cloud.weighted(new double[n], 1, w, name).mass;
    double total = Arrays.stream(mass).sum();
    Arrays.setAll(a, i -> mass[i] / total);
    return a;
  }

  /**
   * W1 between two clouds on the line,
   *
   * <pre>
   *   W1 = int |F_x(t) - F_y(t)| dt,
   * </pre>
   *
   * a lower bound of W2 by Jensen's inequality. O((m + n) log (m + n)); error a few roundings of
   * the sum.
   *
   * @param x first cloud
   * @param wx weights of its points, {@code >= 0}, or null
   * @param y second cloud
   * @param wy weights of its points, or null
   */
  public static double w1OnTheLine(
      double[] x, double @Nullable [] wx, double[] y, double @Nullable [] wy) {
    int m = Clouds.check(x, 1, "x");
    int n = Clouds.check(y, 1, "y");
    double[] a = shares(wx, m, "weights of x");
    double[] b = shares(wy, n, "weights of y");
    int[] order =
        IntStream.range(0, m + n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> i < m ? x[i] : y[i - m]))
            .mapToInt(i -> i)
            .toArray();
    var difference = new Sum();
    var sum = new Sum();
    double before = 0;
    for (int k = 0; k < order.length; k++) {
      int i = order[k];
      double t = i < m ? x[i] : y[i - m];
      if (k > 0) {
        double height = Math.abs(difference.value());
        // Halves, since the distance of two huge values may overflow.
        sum.add(2 * (height * (0.5 * t - 0.5 * before)));
      }
      difference.add(i < m ? a[i] : -b[i - m]);
      before = t;
    }
    return sum.value();
  }
}
