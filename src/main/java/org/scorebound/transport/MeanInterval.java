package org.scorebound.transport;

import org.apache.commons.math3.special.Erf;

/**
 * One-sided confidence limits of a mean from independent values, corrected for skewness.
 *
 * <p>Upper limit {@code m - s/sqrt(n) h(-q)}, lower {@code m - s/sqrt(n) h(q)}, with q the quantile
 * of Student's t at n - 1 degrees of freedom and
 *
 * <pre>
 *   h(x) = 3 sqrt(n)/g (cbrt(1 + g (x/sqrt(n) - g/(6n))) - 1),
 * </pre>
 *
 * g the sample skewness: the inverse of Hall's monotone cubic transformation, which leaves an error
 * of order 1/n in the coverage where the plain interval has 1/sqrt(n) (Hall 1992, "On the removal
 * of skewness by transformation", J. R. Statist. Soc. B 54, 221-228). Each limit is the farther one
 * of this and of Student's, so that a skewness that the sample shows can only widen. Coverage is
 * asymptotic, so the evidence is statistical; {@code verify --coverage} measures it.
 *
 * @param mean m
 * @param deviation s, divisor n - 1
 * @param skewness g; 0 for constant values
 * @param n number of values, at least 2
 */
public record MeanInterval(double mean, double deviation, double skewness, int n) {

  /** From values. O(n), two passes. */
  public static MeanInterval of(double[] values) {
    int n = values.length;
    if (n < 2) {
      throw new IllegalArgumentException("a mean's interval needs at least 2 values, got " + n);
    }
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    double mean = sum / n;
    double squares = 0;
    double cubes = 0;
    for (double v : values) {
      double e = v - mean;
      squares += e * e;
      cubes += e * e * e;
    }
    double variance = squares / (n - 1);
    double g = variance > 0 ? cubes / n / (variance * Math.sqrt(variance)) : 0;
    return new MeanInterval(mean, Math.sqrt(variance), Double.isFinite(g) ? g : 0, n);
  }

  /** {@code s/sqrt(n)}. */
  public double standardError() {
    return deviation / Math.sqrt(n);
  }

  /**
   * Below the mean but with this probability.
   *
   * @param error in (0, 1/2)
   */
  public double lower(double error) {
    double q = student(error);
    return mean - standardError() * Math.max(q, hall(q));
  }

  /** Above the mean but with this probability, in (0, 1/2). */
  public double upper(double error) {
    double q = student(error);
    return mean - standardError() * Math.min(-q, hall(-q));
  }

  private double hall(double x) {
    double root = Math.sqrt(n);
    double g = skewness / root;
    if (Math.abs(g) < 1e-8) {
      return x;
    }
    return 3 / g * (Math.cbrt(1 + g * (x - g / 6)) - 1);
  }

  /**
   * The quantile at {@code 1 - error} of Student's t with n - 1 degrees of freedom, by the
   * expansion about the normal one (Abramowitz and Stegun 1972, 26.7.5, four terms): to 1e-4 from
   * some 50 degrees on.
   */
  private double student(double error) {
    double z = Math.sqrt(2) * Erf.erfcInv(2 * error);
    double z2 = z * z;
    double v = n - 1.0;
    double g1 = z * (z2 + 1) / 4;
    double g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
    double g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    double g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
    return z + (g1 + (g2 + (g3 + g4 / v) / v) / v) / v;
  }
}
