package org.scorebound.transport;

/** What all solvers do with clouds: checks, exact scaling, squared distances. */
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

  /** The k for which {@code 2^-k} brings the largest coordinate into [1, 2). */
  static int exponent(double[] x, double[] y) {
    double top = 0;
    for (double a : x) {
      top = Math.max(top, Math.abs(a));
    }
    for (double a : y) {
      top = Math.max(top, Math.abs(a));
    }
    return top == 0 ? 0 : Math.max(Math.getExponent(top), Double.MIN_EXPONENT);
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
}
