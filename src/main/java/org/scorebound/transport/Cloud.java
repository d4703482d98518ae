package org.scorebound.transport;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A weighted cloud: points, whole masses, and the sites that remain when equal points are merged.
 *
 * <p>Weights become whole numbers of which the sum is the same for both clouds, so that plans are
 * exact. Equal weights are represented exactly; others are rounded to multiples of {@code 2^-52} of
 * their sum, and {@link #weightError} says by how much in all.
 */
final class Cloud {

  /** Total mass of rounded weights. */
  private static final long TOTAL = 1L << 52;

  final double[] points;
  final int d;
  final int n;
  final long[] mass;
  final double weightError;

  private Cloud(double[] points, int d, long[] mass, double weightError) {
    this.points = points;
    this.d = d;
    this.n = mass.length;
    this.mass = mass;
    this.weightError = weightError;
  }

  /** Points of equal mass {@code each}. */
  static Cloud uniform(double[] points, int d, long each) {
    long[] mass = new long[points.length / d];
    Arrays.fill(mass, each);
    return new Cloud(points, d, mass, 0);
  }

  /** Points of weights {@code w >= 0} over their sum; points of weight zero keep mass zero. */
  static Cloud weighted(double[] points, int d, double[] w, String name) {
    int n = points.length / d;
    if (w.length != n) {
      throw new IllegalArgumentException(
          name + " must have one weight a point, got " + w.length + " for " + n + " points");
    }
    var sum = new Sum();
    int top = 0;
    for (int i = 0; i < n; i++) {
      if (!(w[i] >= 0 && w[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            name + " must be finite and >= 0, got " + w[i] + " at point " + i);
      }
      sum.add(w[i]);
      top = w[i] > w[top] ? i : top;
    }
    double total = sum.value();
    if (!(total > 0 && total < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must have a positive finite sum, got " + total);
    }
    long[] mass = new long[n];
    long left = TOTAL;
    for (int i = 0; i < n; i++) {
      mass[i] = Math.round(w[i] / total * TOTAL);
      left -= mass[i];
    }
    mass[top] += left;
    // Each share is rounded in the division and to a whole number; the largest takes the rest.
    double error = (2.0 * n + 2) * 0x1p-52;
    return new Cloud(points, d, mass, error);
  }

  long total() {
    return Arrays.stream(mass).sum();
  }

  /** The number of distinct points, by hashing. */
  int distinct() {
    int size = Integer.highestOneBit(Math.max(4, 4 * n));
    int[] table = new int[size];
    int count = 0;
    for (int i = 0; i < n; i++) {
      long h = 0;
      for (int k = i * d; k < (i + 1) * d; k++) {
        // Adding zero turns -0.0 into 0.0.
        h = (h + Double.doubleToLongBits(points[k] + 0.0)) * 0x9E3779B97F4A7C15L;
        h ^= h >>> 32;
      }
      int at = (int) h & (size - 1);
      while (table[at] != 0 && compare(table[at] - 1, i) != 0) {
        at = (at + 1) & (size - 1);
      }
      if (table[at] == 0) {
        table[at] = i + 1;
        count++;
      }
    }
    return count;
  }

  /** Equal points merged: the sites and, for each point, its site; points without mass apart. */
  Sites sites() {
    int[] order =
        IntStream.range(0, n)
            .filter(i -> mass[i] > 0)
            .boxed()
            .sorted(Comparator.comparing(i -> i, this::compare))
            .mapToInt(i -> i)
            .toArray();
    int[] siteOf = new int[n];
    Arrays.fill(siteOf, -1);
    int[] first = new int[order.length];
    long[] siteMass = new long[order.length];
    int count = 0;
    for (int k = 0; k < order.length; k++) {
      if (k == 0 || compare(order[k - 1], order[k]) != 0) {
        first[count++] = order[k];
      }
      siteOf[order[k]] = count - 1;
      siteMass[count - 1] += mass[order[k]];
    }
    double[] at = new double[count * d];
    for (int s = 0; s < count; s++) {
      System.arraycopy(points, first[s] * d, at, s * d, d);
    }
    return new Sites(at, Arrays.copyOf(siteMass, count), siteOf, order);
  }

  private int compare(int i, int j) {
    for (int a = 0; a < d; a++) {
      double p = points[i * d + a];
      double q = points[j * d + a];
      if (p != q) {
        return p < q ? -1 : 1;
      }
    }
    return 0;
  }

  /**
   * Distinct points.
   *
   * @param points coordinates of the sites, in lexicographic order
   * @param mass their masses
   * @param siteOf the site of each point, -1 for a point without mass
   * @param order the points by site
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Sites(double[] points, long[] mass, int[] siteOf, int[] order) {}
}
