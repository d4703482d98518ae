package org.scorebound.linalg;

import org.scorebound.linalg.internal.VectorDistances;

/**
 * Squared distances from one point to many, by direct differences, on the vector unit.
 *
 * <p>The many points are stored coordinate after coordinate, each padded to a multiple of {@link
 * #PAD}, so that consecutive points fill a vector register.
 */
public final class Distances {

  /** Points are padded to a multiple of this. */
  public static final int PAD = 32;

  /** The class of the fast loops cannot be loaded without the module. */
  private static final boolean VECTOR = KernelProviders.hasVectorModule();

  private Distances() {}

  /** The padded number of points. */
  public static int padded(int n) {
    return (n + PAD - 1) / PAD * PAD;
  }

  /**
   * Points d x n, one a column, turned into d rows of {@code padded(n)}; the padding is zero.
   *
   * @param y points, one a column
   */
  public static double[] rows(double[] y, int d) {
    int n = y.length / d;
    int m = padded(n);
    double[] t = new double[m * d];
    for (int j = 0; j < n; j++) {
      for (int a = 0; a < d; a++) {
        t[a * m + j] = y[j * d + a];
      }
    }
    return t;
  }

  /**
   * {@code out_j = |q - y_j|^2 - v_j}, each block of 32 with its minimum.
   *
   * <p>Relative error of the squared distance at most {@code (d + 2) 2^-53}.
   *
   * @param y rows of {@link #rows}
   * @param d dimension
   * @param q coordinates of the point, from {@code q[at]} on
   * @param v what is subtracted, padded with minus infinity
   * @param out takes the values, of the length of {@code v}
   * @param least takes the minimum of each block of {@link #PAD}
   */
  public static void squaredMinus(
      double[] y, int d, double[] q, int at, double[] v, double[] out, double[] least) {
    int m = v.length;
    if (m % PAD != 0 || y.length < d * m || out.length < m || least.length < m / PAD) {
      throw new IllegalArgumentException(
          "arrays must be padded to " + PAD + ", got v of " + m + " and y of " + y.length);
    }
    if (VECTOR) {
      VectorDistances.squaredMinus(y, d, q, at, v, m, out, least);
    } else {
      plain(y, d, q, at, v, m, out, least);
    }
  }

  private static void plain(
      double[] y, int d, double[] q, int at, double[] v, int m, double[] out, double[] least) {
    for (int block = 0; block < m; block += PAD) {
      double min = Double.POSITIVE_INFINITY;
      for (int j = block; j < block + PAD; j++) {
        double s = 0;
        for (int a = 0; a < d; a++) {
          double t = q[at + a] - y[a * m + j];
          s = Math.fma(t, t, s);
        }
        out[j] = s - v[j];
        min = Math.min(min, out[j]);
      }
      least[block / PAD] = min;
    }
  }
}
