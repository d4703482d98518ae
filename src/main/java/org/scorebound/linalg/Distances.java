package org.scorebound.linalg;

import org.scorebound.linalg.internal.VectorDistances;

/**
 * Squared distances from one point or a few to many, by direct differences, on the vector unit.
 *
 * <p>The many points are stored coordinate after coordinate, each padded to a multiple of {@link
 * #PAD}, so that consecutive points fill a vector register.
 */
public final class Distances {

  /** Points are padded to a multiple of this. */
  public static final int PAD = 32;

  /** Values of which a minimum is kept. */
  public static final int SHARE = 4;

  /** Distance of two values that share a minimum, and number of minima of {@link #PAD} values. */
  public static final int GROUPS = PAD / SHARE;

  /** Points whose distances are computed together. */
  public static final int TOGETHER = 4;

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
   * {@code out_rj = |q_r - y_j|^2 - v_j} for one point {@code q_0} or for four that lie one behind
   * the other, and minima of it: {@code least[r m / 4 + 8 b + g]} is the least of {@code out_rj}
   * over {@code j = 32 b + g + 8 t}, t = 0..3, with m the padded number of points.
   *
   * <p>Relative error of the squared distance at most {@code (d + 2) 2^-53}.
   *
   * @param y rows of {@link #rows}
   * @param d dimension
   * @param q coordinates of the points, from {@code q[at]} on
   * @param count number of points, 1 or {@link #TOGETHER}
   * @param v what is subtracted, padded with minus infinity
   * @param out takes the values, {@code count} times as many as {@code v} has
   * @param least takes the minima, a quarter as many
   */
  public static void squaredMinus(
      double[] y, int d, double[] q, int at, int count, double[] v, double[] out, double[] least) {
    int m = v.length;
    if (m % PAD != 0 || y.length < d * m) {
      throw new IllegalArgumentException(
          "arrays must be padded to " + PAD + ", got v of " + m + " and y of " + y.length);
    }
    if (count != 1 && count != TOGETHER) {
      throw new IllegalArgumentException("count must be 1 or " + TOGETHER + ", got " + count);
    }
    if (out.length < count * m || least.length < count * m / SHARE) {
      throw new IllegalArgumentException(
          "out and least must have "
              + count * m
              + " and "
              + count * m / SHARE
              + " places, got "
              + out.length
              + " and "
              + least.length);
    }
    if (VECTOR) {
      VectorDistances.squaredMinus(y, d, q, at, count, v, m, out, least);
    } else {
      for (int r = 0; r < count; r++) {
        plain(y, d, q, at + r * d, v, out, r * m, least);
      }
    }
  }

  /** The same for one point in plain loops; {@code out} from {@code to} on. */
  static void plain(
      double[] y, int d, double[] q, int at, double[] v, double[] out, int to, double[] least) {
    int m = v.length;
    for (int j = 0; j < m; j++) {
      double s = 0;
      for (int a = 0; a < d; a++) {
        double t = q[at + a] - y[a * m + j];
        s = Math.fma(t, t, s);
      }
      out[to + j] = s - v[j];
    }
    for (int g = 0; g < m / SHARE; g++) {
      int j = to + g / GROUPS * PAD + g % GROUPS;
      least[to / SHARE + g] =
          Math.min(
              Math.min(out[j], out[j + GROUPS]),
              Math.min(out[j + 2 * GROUPS], out[j + 3 * GROUPS]));
    }
  }
}
