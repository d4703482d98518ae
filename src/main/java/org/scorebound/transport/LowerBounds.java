package org.scorebound.transport;

import java.util.Arrays;

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
   * The dual bound of W2 between two clouds with equal weights within each, from any prices of the
   * second: {@code W2^2 >= mean_i min_j (|x_i - y_j|^2 - v_j) + mean_j v_j}. Tight for optimal
   * prices; O(m n d) time.
   *
   * @return a lower bound of W2, rounding subtracted; zero where the dual value is negative
   */
  public static double dual(double[] x, double[] y, int d, double[] v) {
    int m = Clouds.check(x, d, "x");
    int n = Clouds.check(y, d, "y");
    if (v.length != n) {
      throw new IllegalArgumentException("v must have " + n + " prices, got " + v.length);
    }
    double top = 0;
    var sum = new Sum();
    double size = 0;
    for (int j = 0; j < n; j++) {
      sum.add(v[j] / n);
      top = Math.max(top, Math.abs(v[j]));
    }
    for (int i = 0; i < m; i++) {
      double min = Double.POSITIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        min = Math.min(min, Clouds.squaredDistance(x, i, y, j, d) - v[j]);
      }
      sum.add(min / m);
      size += Math.abs(min) / m;
    }
    double error = (d + 8) * 0x1.1p-53 * (size + 2 * top);
    return Math.sqrt(Math.max(0, sum.value() - error));
  }

  /**
   * W1 between two clouds of one size on the line, {@code (1/n) sum |x_(i) - y_(i)|}, a lower bound
   * of W2 by Jensen's inequality. O(n log n).
   */
  public static double w1OnTheLine(double[] x, double[] y) {
    if (x.length != y.length || x.length == 0) {
      throw new IllegalArgumentException(
          "clouds must have one size > 0, got " + x.length + " and " + y.length);
    }
    double[] a = x.clone();
    double[] b = y.clone();
    Arrays.sort(a);
    Arrays.sort(b);
    var sum = new Sum();
    for (int i = 0; i < a.length; i++) {
      sum.add(Math.abs(a[i] - b[i]) / a.length);
    }
    return sum.value();
  }
}
