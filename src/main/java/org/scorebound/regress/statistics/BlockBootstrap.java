package org.scorebound.regress.statistics;

import java.util.Arrays;
import org.scorebound.random.RandomStream;

/**
 * A percentile interval for the mean of block log-ratios: blocks drawn with replacement, seeded
 * (Efron 1979, doi:10.1214/aos/1176344552). Shown beside a verdict, never part of it: with a dozen
 * blocks the interval is too short.
 *
 * @param lower the {@code alpha} quantile of the means
 * @param upper the {@code 1-alpha} quantile
 */
public record BlockBootstrap(double lower, double upper) {

  /** Enough for a quantile at 1 % to have 20 means below it. */
  static final int REPLICAS = 2000;

  /**
   * The interval.
   *
   * @param x at least one number
   * @param random which draws
   */
  public static BlockBootstrap of(double[] x, double alpha, RandomStream random) {
    double[] means = new double[REPLICAS];
    for (int r = 0; r < REPLICAS; r++) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += x[random.nextInt(x.length)];
      }
      means[r] = sum / x.length;
    }
    Arrays.sort(means);
    int k = (int) (alpha * REPLICAS);
    return new BlockBootstrap(means[k], means[REPLICAS - 1 - k]);
  }
}
