package org.scorebound.regress.statistics;

import java.util.Arrays;

/**
 * Exact inference on the centre theta of numbers {@code x_1 .. x_n}, each of which is symmetric
 * about theta, by inverting Wilcoxon's signed-rank test (Wilcoxon 1945, doi:10.2307/3001968; Hodges
 * and Lehmann 1963, doi:10.1214/aoms/1177704172; Hollander, Wolfe and Chicken 2014, section 3.3).
 *
 * <p>With the Walsh averages {@code W_1 <= .. <= W_M}, {@code (x_i + x_j)/2} for {@code i <= j},
 * {@code M = n (n+1)/2}, and T the sum of the ranks that a fair coin picks out of 1..n:
 *
 * <pre>
 *   p of "theta <= t"   P(T <= #{k : W_k <= t})
 *   lower bound         W_(c+1),  c the largest with P(T <= c) <= alpha
 *   estimate            the median of the Walsh averages
 * </pre>
 *
 * The bound is below theta with probability at least 1 - alpha for every n and every symmetric
 * distribution, whether or not the x have the same one; equal numbers make it smaller, never larger
 * (a tie broken at random can only raise T over the count that is used). It needs {@code 2^-n <=
 * alpha}: otherwise it is minus infinity. Cost: O(n^2 log n).
 */
public final class SignedRank {

  private final int n;
  private final double[] walsh;

  private SignedRank(int n, double[] walsh) {
    this.n = n;
    this.walsh = walsh;
  }

  /**
   * Inference on some numbers.
   *
   * @param x finite; none at all is allowed and says nothing
   */
  public static SignedRank of(double[] x) {
    int n = x.length;
    double[] walsh = new double[n * (n + 1) / 2];
    int m = 0;
    for (int i = 0; i < n; i++) {
      if (!Double.isFinite(x[i])) {
        throw new IllegalArgumentException("x must be finite, got x[" + i + "] = " + x[i]);
      }
      for (int j = i; j < n; j++) {
        walsh[m++] = 0.5 * (x[i] + x[j]);
      }
    }
    Arrays.sort(walsh);
    return new SignedRank(n, walsh);
  }

  /** How many numbers. */
  public int n() {
    return n;
  }

  /** The Hodges-Lehmann estimate; NaN of nothing. */
  public double estimate() {
    int m = walsh.length;
    return m == 0 ? Double.NaN : 0.5 * (walsh[(m - 1) / 2] + walsh[m / 2]);
  }

  /** Lower bound at one-sided level {@code 1 - alpha}. */
  public double lower(double alpha) {
    int c = critical(alpha);
    return c < 0 ? Double.NEGATIVE_INFINITY : walsh[c];
  }

  /** Upper bound at one-sided level {@code 1 - alpha}. */
  public double upper(double alpha) {
    int c = critical(alpha);
    return c < 0 ? Double.POSITIVE_INFINITY : walsh[walsh.length - 1 - c];
  }

  /** p value of "theta is at most t"; small where theta is above. */
  public double pAbove(double t) {
    int count = 0;
    while (count < walsh.length && walsh[count] <= t) {
      count++;
    }
    return atMost(count);
  }

  /** p value of "theta is at least t"; small where theta is below. */
  public double pBelow(double t) {
    int count = 0;
    while (count < walsh.length && walsh[walsh.length - 1 - count] >= t) {
      count++;
    }
    return atMost(count);
  }

  private double atMost(int count) {
    double[] p = distribution(n);
    double sum = 0;
    for (int c = 0; c <= count; c++) {
      sum += p[c];
    }
    return Math.min(1, sum);
  }

  /** The largest c with P(T <= c) <= alpha; -1 if there is none. */
  private int critical(double alpha) {
    double[] p = distribution(n);
    double sum = 0;
    int c = -1;
    while (c + 1 < walsh.length && sum + p[c + 1] <= alpha) {
      c++;
      sum += p[c];
    }
    return c;
  }

  /**
   * P(T = c) for c = 0 .. n(n+1)/2: rank k is in the sum or not, with probability 1/2 each. Exact
   * for n up to 53, where all terms are multiples of 2^-n; beyond that to n roundings.
   */
  static double[] distribution(int n) {
    double[] p = new double[n * (n + 1) / 2 + 1];
    p[0] = 1;
    int top = 0;
    for (int k = 1; k <= n; k++) {
      top += k;
      for (int c = top; c >= 0; c--) {
        p[c] = 0.5 * (p[c] + (c >= k ? p[c - k] : 0));
      }
    }
    return p;
  }
}
