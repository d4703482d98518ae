package org.scorebound.transport;

/** What all solvers do with clouds: checks, exact normalisation, squared distances. */
final class Clouds {

  private Clouds() {}

  /** Number of points of a d x n cloud. */
  static int check(double[] x, int d, String name) {
    if (d < 1) {
      throw new IllegalArgumentException("dimension must be >= 1, got " + d);
    }
    if (x.length % d != 0) {
      throw new IllegalArgumentException(
          name + " must hold whole points of dimension " + d + ", got " + x.length + " numbers");
    }
    if (x.length == 0) {
      throw new IllegalArgumentException(name + " must have at least one point, got 0");
    }
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i])) {
        throw new IllegalArgumentException(
            name + " must be finite, got " + x[i] + " at point " + i / d + ", coordinate " + i % d);
      }
    }
    return x.length / d;
  }

  /**
   * Two clouds moved and scaled without rounding.
   *
   * @param x the first
   * @param y the second
   * @param exponent coordinates were multiplied by {@code 2^-exponent}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Normalised(double[] x, double[] y, int exponent) {}

  /**
   * Brings coordinates near 1 in size, exactly. A coordinate is moved only if its values lie
   * further from zero than four times their spread; then all share the leading bits of the common
   * offset, and the differences are representable.
   */
  static Normalised normalise(double[] x, double[] y, int d) {
    double[] offset = new double[d];
    double top = 0;
    for (int a = 0; a < d; a++) {
      double lo = Math.min(extreme(x, a, d, -1), extreme(y, a, d, -1));
      double hi = Math.max(extreme(x, a, d, 1), extreme(y, a, d, 1));
      // Halves, since the spread of two huge values may overflow.
      double spread = 0.5 * hi - 0.5 * lo;
      double middle = 0.5 * lo + 0.5 * hi;
      if (Math.abs(middle) > 4 * spread) {
        offset[a] = x[a];
        top = Math.max(top, 2 * spread);
      } else {
        top = Math.max(top, Math.max(Math.abs(lo), Math.abs(hi)));
      }
    }
    int k = top == 0 ? 0 : Math.max(Math.getExponent(top), Double.MIN_EXPONENT) + 1;
    return new Normalised(move(x, offset, d, -k), move(y, offset, d, -k), k);
  }

  private static double extreme(double[] x, int a, int d, double sign) {
    double top = Double.NEGATIVE_INFINITY;
    for (int i = a; i < x.length; i += d) {
      top = Math.max(top, sign * x[i]);
    }
    return sign * top;
  }

  private static double[] move(double[] x, double[] offset, int d, int k) {
    double[] z = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      z[i] = Math.scalb(x[i] - offset[i % d], k);
    }
    return z;
  }

  /** {@code 2^k x}, exact short of underflow. */
  static double[] scale(double[] x, int k) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.scalb(x[i], k);
    }
    return y;
  }

  /** {@code |x_i - y_j|^2} by direct differences; relative error at most {@code (d + 2) 2^-53}. */
  static double squaredDistance(double[] x, int i, double[] y, int j, int d) {
    double sum = 0;
    for (int a = i * d, b = j * d, end = a + d; a < end; a++, b++) {
      double diff = x[a] - y[b];
      sum += diff * diff;
    }
    return sum;
  }

  /**
   * All squared distances, row after row: the same numbers as {@link #squaredDistance}, coordinate
   * by coordinate over all points of y.
   */
  static double[] costs(double[] x, double[] y, int d) {
    int m = x.length / d;
    int n = y.length / d;
    double[] across = across(y, d);
    double[] c = new double[m * n];
    for (int i = 0; i < m; i++) {
      row(x, i, across, d, n, c, i * n);
    }
    return c;
  }

  /** Coordinate by coordinate what is point by point: n x d from d x n. */
  static double[] across(double[] y, int d) {
    int n = y.length / d;
    double[] across = new double[y.length];
    for (int a = 0; a < d; a++) {
      for (int j = 0; j < n; j++) {
        across[a * n + j] = y[j * d + a];
      }
    }
    return across;
  }

  /** The squared distances of point i to n points, of which the coordinates lie {@link #across}. */
  static void row(double[] x, int i, double[] across, int d, int n, double[] c, int at) {
    square(x[i * d], across, n, c, at);
    for (int a = 1; a < d; a++) {
      addSquare(x[i * d + a], across, a * n, n, c, at);
    }
  }

  private static void square(double x, double[] y, int n, double[] c, int at) {
    for (int j = 0; j < n; j++) {
      double diff = x - y[j];
      c[at + j] = diff * diff;
    }
  }

  private static void addSquare(double x, double[] y, int from, int n, double[] c, int at) {
    for (int j = 0; j < n; j++) {
      double diff = x - y[from + j];
      c[at + j] += diff * diff;
    }
  }
}
