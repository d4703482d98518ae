package org.scorebound.experiment;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/**
 * One number per seed; what is no number is left out, so who asks for all must look at {@link
 * #size}.
 *
 * @param values the numbers
 */
public record Sample(double[] values) {

  private static final int FLIPS = 9999;

  /** Keeps the finite ones. */
  public Sample {
    values = Arrays.stream(values).filter(Double::isFinite).toArray();
  }

  /** The differences of two columns, seed by seed. */
  static Sample difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, i -> a[i] - b[i]);
    return new Sample(difference);
  }

  /** How many there are. */
  public int size() {
    return values.length;
  }

  /** The mean. */
  public double mean() {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /**
   * The mean with Student's interval at a level, which takes the mean of that many seeds as normal;
   * unbounded for fewer than two.
   */
  public Estimate interval(double level) {
    int n = values.length;
    double mean = mean();
    if (n < 2) {
      return Estimate.of(
          n == 0 ? 0 : mean,
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Evidence.ESTIMATED);
    }
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double radius =
        new TDistribution(n - 1).inverseCumulativeProbability(0.5 + 0.5 * level)
            * Math.sqrt(squares / (n - 1.0) / n);
    return Estimate.of(mean, mean - radius, mean + radius, Evidence.STATISTICAL);
  }

  /**
   * The two-sided p-value of "the differences are symmetric about 0", by random flips of their
   * signs: the check on {@link #interval} that needs no normal law.
   */
  double signFlipP(RandomStream random) {
    double observed = Math.abs(Arrays.stream(values).sum());
    int atLeast = 1;
    for (int r = 0; r < FLIPS; r++) {
      double sum = 0;
      for (double v : values) {
        sum += random.nextInt(2) == 0 ? v : -v;
      }
      atLeast += Math.abs(sum) >= observed ? 1 : 0;
    }
    return atLeast / (FLIPS + 1.0);
  }
}
