package org.scorebound.regress.statistics;

import java.util.Arrays;

/**
 * Where the warm-up of a fork ends, by the marginal standard error rule, MSER (White 1997,
 * doi:10.1177/003754979706900601): of all {@code d <= n/2} the one with the least
 *
 * <pre>
 *   MSER(d) = sum_(i >= d) (x_i - mean_d)^2 / (n-d)^2
 * </pre>
 *
 * over the numbers that are left, on logarithms, since iterations scatter in proportion. It trades
 * the bias of slow first iterations against the precision that is lost with them. Half is kept
 * whatever it says, and the median of that is the fork's number, so that single slow iterations (a
 * collection, another process) do not move it. Both sides go through the same rule.
 */
public final class SteadyState {

  private SteadyState() {}

  /**
   * Iterations to leave out.
   *
   * @param x positive, in the order they were measured
   * @return between 0 and n/2; n/2 where the fork was still changing
   */
  public static int warmup(double[] x) {
    int n = x.length;
    double sum = 0;
    double squares = 0;
    double least = Double.POSITIVE_INFINITY;
    int best = 0;
    // About the last one, so that no difference of large sums is taken.
    double origin = n == 0 ? 0 : Math.log(x[n - 1]);
    for (int d = n - 1; d >= 0; d--) {
      double v = Math.log(x[d]) - origin;
      sum += v;
      squares += v * v;
      int m = n - d;
      double mser = Math.max(0, squares - sum * sum / m) / ((double) m * m);
      if (d <= n / 2 && mser <= least) {
        least = mser;
        best = d;
      }
    }
    return best;
  }

  /** The fork's number: the median of what is left. */
  public static double median(double[] x) {
    return middle(Arrays.copyOfRange(x, warmup(x), x.length));
  }

  /** The median; of an even number the mean of the two in the middle. NaN of nothing. */
  public static double middle(double[] x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0 ? Double.NaN : 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
  }
}
