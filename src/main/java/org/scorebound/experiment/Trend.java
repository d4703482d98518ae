package org.scorebound.experiment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/** Slopes and rank correlations of pairs of numbers; pairs with a NaN or infinity are left out. */
public final class Trend {

  private static final int RESAMPLES = 2000;
  private static final double TAIL = 0.025;

  private final double[] x;
  private final double[] y;

  private Trend(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  /** The pairs. */
  public static Trend of(double[] x, double[] y) {
    int[] kept =
        IntStream.range(0, x.length)
            .filter(i -> Double.isFinite(x[i]) && Double.isFinite(y[i]))
            .toArray();
    return new Trend(pick(x, kept), pick(y, kept));
  }

  /** Natural logarithms; NaN where there is none. */
  static double[] logs(double[] a) {
    return Arrays.stream(a).map(v -> v > 0 ? Math.log(v) : Double.NaN).toArray();
  }

  private static double[] pick(double[] a, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> a[i]).toArray();
  }

  /** The number of pairs. */
  public int size() {
    return x.length;
  }

  /** The slope of the least-squares line of y over x; NaN where x does not vary. */
  double slope() {
    double mx = mean(x);
    double my = mean(y);
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - mx) * (x[i] - mx);
      xy += (x[i] - mx) * (y[i] - my);
    }
    return xy / xx;
  }

  /** The largest distance of a point from the line. */
  double largestResidual() {
    double slope = slope();
    double mx = mean(x);
    double my = mean(y);
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(y[i] - my - slope * (x[i] - mx)));
    }
    return largest;
  }

  /** Spearman's rank correlation; ties have their mean rank. */
  public double spearman() {
    Trend ranks = new Trend(ranks(x), ranks(y));
    Trend swapped = new Trend(ranks.y, ranks.x);
    double product = ranks.slope() * swapped.slope();
    return Math.signum(ranks.slope()) * Math.sqrt(Math.max(0, product));
  }

  /** The pairs with y in random order: the control in which there is no trend. */
  public Trend shuffled(RandomStream random) {
    double[] z = y.clone();
    for (int i = z.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double swap = z[i];
      z[i] = z[j];
      z[j] = swap;
    }
    return new Trend(x, z);
  }

  /**
   * The slope with a 95 % interval by the circular block bootstrap (Politis and Romano 1992): the
   * pairs are in order of time and neighbours are alike, so blocks of {@code n^(1/3)}, rounded up,
   * are drawn. It speaks of this run, not of other seeds.
   */
  Estimate slopeWithinRun(RandomStream random) {
    int n = x.length;
    double value = slope();
    if (n < 3 || Double.isNaN(value)) {
      return Estimate.of(
          Double.isNaN(value) ? 0 : value,
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Evidence.ESTIMATED);
    }
    int block = (int) Math.ceil(Math.cbrt(n));
    double[] slopes = new double[RESAMPLES];
    double[] a = new double[n];
    double[] b = new double[n];
    for (int r = 0; r < RESAMPLES; r++) {
      for (int i = 0; i < n; i += block) {
        int start = random.nextInt(n);
        for (int j = i; j < Math.min(n, i + block); j++) {
          a[j] = x[(start + j - i) % n];
          b[j] = y[(start + j - i) % n];
        }
      }
      slopes[r] = new Trend(a, b).slope();
    }
    double[] sorted = Arrays.stream(slopes).filter(s -> !Double.isNaN(s)).sorted().toArray();
    double lower = sorted[(int) (TAIL * sorted.length)];
    double upper = sorted[(int) ((1 - TAIL) * (sorted.length - 1))];
    return Estimate.of(value, Math.min(value, lower), Math.max(value, upper), Evidence.STATISTICAL);
  }

  private static double mean(double[] a) {
    return Arrays.stream(a).average().orElse(Double.NaN);
  }

  private static double[] ranks(double[] a) {
    int[] order =
        IntStream.range(0, a.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> a[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] ranks = new double[a.length];
    for (int i = 0; i < order.length; ) {
      int j = i;
      while (j + 1 < order.length && a[order[j + 1]] == a[order[i]]) {
        j++;
      }
      for (int k = i; k <= j; k++) {
        ranks[order[k]] = 0.5 * (i + j);
      }
      i = j + 1;
    }
    return ranks;
  }
}
