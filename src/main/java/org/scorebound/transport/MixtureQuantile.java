package org.scorebound.transport;

import org.apache.commons.numbers.gamma.Erfc;

/**
 * The quantile map of a Gaussian mixture on the line, {@code z -> F^-1(Phi(z))} with {@code F(x) =
 * sum_k w_k Phi((x - m_k) / s_k)}.
 *
 * <p>For {@code z <= 0} it solves {@code log F(x) = log Phi(z)}, for {@code z > 0} the mirrored
 * equation of the survival functions, so neither tail loses digits. The root is bracketed from the
 * start: {@code F^-1(Phi(z))} lies between the least and the largest of the components' own
 * quantiles {@code m_k + s_k z}. Newton's step is taken where it stays in the bracket and at least
 * halves the residual's bracket, bisection otherwise; so gaps between far components are crossed
 * safely. For a single component the map is affine and evaluated as such.
 *
 * <p>Accuracy: a few ulps of {@code max(|x|, |m_k|)} plus {@code 1e-16 / (F'/F)}, the conditioning
 * of the root. Range {@code |z| <= 37}, where {@code Phi} is a normal number. NaN gives NaN.
 */
public final class MixtureQuantile implements QuantileMap {

  /** Beyond it the normal distribution function is subnormal. */
  static final double MAX_Z = 37;

  private static final int MAX_ITERATIONS = 200;

  private final double[] weights;
  private final double[] means;
  private final double[] sds;

  /**
   * The mixture of {@code N(means[k], sds[k]^2)} with probability {@code weights[k]} over their
   * sum.
   */
  public MixtureQuantile(double[] weights, double[] means, double[] sds) {
    int k = weights.length;
    if (k == 0 || means.length != k || sds.length != k) {
      throw new IllegalArgumentException(
          "weights, means and sds must have one length > 0, got "
              + k
              + ", "
              + means.length
              + " and "
              + sds.length);
    }
    double total = 0;
    for (int i = 0; i < k; i++) {
      if (!(weights[i] > 0 && Double.isFinite(weights[i]))) {
        throw new IllegalArgumentException("weights[" + i + "] must be > 0, got " + weights[i]);
      }
      if (!Double.isFinite(means[i])) {
        throw new IllegalArgumentException("means[" + i + "] must be finite, got " + means[i]);
      }
      if (!(sds[i] > 0 && Double.isFinite(sds[i]))) {
        throw new IllegalArgumentException("sds[" + i + "] must be > 0, got " + sds[i]);
      }
      total += weights[i];
    }
    this.weights = new double[k];
    for (int i = 0; i < k; i++) {
      this.weights[i] = weights[i] / total;
    }
    this.means = means.clone();
    this.sds = sds.clone();
  }

  @Override
  public double[] at(double[] z) {
    double[] x = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      x[i] = at(z[i]);
    }
    return x;
  }

  /** The quantile at {@code Phi(z)}. */
  public double at(double z) {
    if (Double.isNaN(z) || Math.abs(z) > MAX_Z) {
      if (Double.isNaN(z)) {
        return z;
      }
      throw new IllegalArgumentException("z must lie in [-37, 37], got " + z);
    }
    // Solved for the lower tail; the upper one is the lower one of the mirrored mixture.
    double sign = z <= 0 ? 1 : -1;
    return sign * lowerQuantile(sign * z, sign);
  }

  private double lowerQuantile(double z, double sign) {
    double lo = Double.POSITIVE_INFINITY;
    double hi = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < means.length; k++) {
      double x = sign * means[k] + sds[k] * z;
      lo = Math.min(lo, x);
      hi = Math.max(hi, x);
    }
    if (lo == hi) {
      return lo;
    }
    double target = cdf(z);
    double x = 0.5 * (lo + hi);
    double previous = Double.POSITIVE_INFINITY;
    for (int i = 0; i < MAX_ITERATIONS; i++) {
      double f = 0;
      double density = 0;
      for (int k = 0; k < means.length; k++) {
        double t = (x - sign * means[k]) / sds[k];
        f += weights[k] * cdf(t);
        density += weights[k] / sds[k] * pdf(t);
      }
      if (f == target) {
        return x;
      }
      if (f < target) {
        lo = x;
      } else {
        hi = x;
      }
      // Newton for log F = log target; f = 0 far in the tail of a wide bracket gives NaN.
      double residual = Math.log(f / target);
      double next = x - residual * f / density;
      boolean newton = next > lo && next < hi && Math.abs(residual) < 0.5 * previous;
      previous = Math.abs(residual);
      if (!newton) {
        next = 0.5 * (lo + hi);
        previous = Double.POSITIVE_INFINITY;
      }
      if (Math.abs(next - x) <= 2 * Math.ulp(Math.max(Math.abs(next), Math.abs(x)))) {
        return next;
      }
      x = next;
    }
    return x;
  }

  private static double cdf(double t) {
    return 0.5 * Erfc.value(-t * Math.sqrt(0.5));
  }

  private static double pdf(double t) {
    return Math.exp(-0.5 * t * t) / Math.sqrt(2 * Math.PI);
  }
}
