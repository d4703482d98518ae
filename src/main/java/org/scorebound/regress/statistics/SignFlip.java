package org.scorebound.regress.statistics;

/**
 * The exact p value of a mean above 0 when every number's sign is a fair coin (Fisher 1935): the
 * share of the {@code 2^n} choices of signs whose sum is at least the one seen. Shown beside a
 * verdict, never part of it.
 *
 * <p>The numbers are rounded to a grid of 2^-16 of the sum of their sizes, and the distribution of
 * the sum on that grid is exact: n passes over a table of 65,536 entries in place of 2^n sums.
 */
public final class SignFlip {

  private static final int CELLS = 1 << 16;

  private SignFlip() {}

  /** One-sided p value of "the mean is at most 0"; 1 of nothing or of zeros alone. */
  public static double pAbove(double[] x) {
    double size = 0;
    for (double v : x) {
      size += Math.abs(v);
    }
    if (!(size > 0)) {
      return 1;
    }
    int[] step = new int[x.length];
    int negative = 0;
    int total = 0;
    for (int i = 0; i < x.length; i++) {
      step[i] = (int) Math.rint(Math.abs(x[i]) / size * CELLS);
      total += step[i];
      negative += x[i] < 0 ? step[i] : 0;
    }
    // The sum of those with a minus: the total is large where it is small.
    double[] p = new double[total + 1];
    p[0] = 1;
    int top = 0;
    for (int s : step) {
      top += s;
      for (int c = top; c >= 0; c--) {
        p[c] = 0.5 * (p[c] + (c >= s ? p[c - s] : 0));
      }
    }
    double sum = 0;
    for (int c = 0; c <= negative; c++) {
      sum += p[c];
    }
    return Math.min(1, sum);
  }
}
