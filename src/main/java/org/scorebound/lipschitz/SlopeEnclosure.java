package org.scorebound.lipschitz;

import org.scorebound.linalg.Activation;
import org.scorebound.linalg.Kernels;

/**
 * Enclosures of an activation f and of its slope {@code g = f'} over an interval {@code |v| <= w}
 * around a centre z:
 *
 * <pre>
 *   g(z + v) in g(z) + shift + chord v + [-eps, eps],   |g(z + v) - g(z)| <= deviation,
 *   |f(z + v) - f(z) - g(z) v| <= curve.
 * </pre>
 *
 * <p>chord is the slope of the secant of g over the interval, or 0 where the secant would leave
 * more than {@link #FLAT} of what the range of g leaves. Each subclass proves its bounds. The
 * kernels' errors, a few ulp of g and of f, are covered by {@link #SLOPE_ROUNDING} and {@link
 * #VALUE_ROUNDING}. Owns workspace; for one thread.
 */
abstract sealed class SlopeEnclosure {

  /** Covers a few ulp of the kernels and of the sums here, all of them of size at most 2. */
  static final double SLOPE_ROUNDING = 0x1p-48;

  /** Relative to {@code |f(z)| + w}. */
  static final double VALUE_ROUNDING = 0x1p-47;

  /** Share of half the range of g above which its secant is not worth having. */
  private static final double FLAT = 0.5;

  final Activation activation;
  final Kernels kernels;
  private double[] left = {};
  private double[] right = {};
  private double[] leftValue = {};
  private double[] rightValue = {};
  private double[] leftSlope = {};
  private double[] rightSlope = {};

  /** Where the results go; all arrays share one index. */
  static final class Result {
    final double[] value;
    final double[] slope;
    final double[] chord;
    final double[] shift;
    final double[] eps;
    final double[] deviation;
    final double[] curve;

    Result(int n) {
      value = new double[n];
      slope = new double[n];
      chord = new double[n];
      shift = new double[n];
      eps = new double[n];
      deviation = new double[n];
      curve = new double[n];
    }
  }

  SlopeEnclosure(Activation activation, Kernels kernels) {
    this.activation = activation;
    this.kernels = kernels;
  }

  static SlopeEnclosure of(Activation activation, Kernels kernels) {
    return switch (activation) {
      case SOFTPLUS -> new Softplus(kernels);
      case TANH -> new Tanh(kernels);
      case SILU -> new Silu(kernels);
      case RELU -> new Relu(kernels);
    };
  }

  /** Encloses n intervals. */
  void enclose(int n, double[] z, double[] w, Result out) {
    if (left.length < n) {
      left = new double[n];
      right = new double[n];
      leftValue = new double[n];
      rightValue = new double[n];
      leftSlope = new double[n];
      rightSlope = new double[n];
    }
    for (int i = 0; i < n; i++) {
      left[i] = z[i] - w[i];
      right[i] = z[i] + w[i];
    }
    kernels.activateWithSlope(activation, n, z, 0, out.value, 0, out.slope, 0);
    kernels.activateWithSlope(activation, n, left, 0, leftValue, 0, leftSlope, 0);
    kernels.activateWithSlope(activation, n, right, 0, rightValue, 0, rightSlope, 0);
    enclose(n, z, w, leftValue, leftSlope, rightValue, rightSlope, out);
  }

  abstract void enclose(
      int n,
      double[] z,
      double[] w,
      double[] leftValue,
      double[] leftSlope,
      double[] rightValue,
      double[] rightSlope,
      Result out);

  /** Whether {@code f(z) ~ max(z, 0)} far out, else f is bounded. */
  abstract boolean isRectifying();

  /** The least slope on {@code [a, b]}, either end possibly infinite, rounded down. */
  abstract double leastSlope(double a, double b);

  /** The largest slope on {@code [a, b]}, rounded up. */
  abstract double largestSlope(double a, double b);

  /** Lower bound of {@code f(z) - base} on {@code [a, b]}, base z where {@code a > 0}, else 0. */
  abstract double leastRest(double a, double b);

  /** The upper bound to {@link #leastRest}. */
  abstract double largestRest(double a, double b);

  /** A z such that g is near its extremes over the line at z and -z. */
  abstract double peak();

  /** Puts secant or range, whichever leaves less; the secant's rest lies in [low, high]. */
  static void choose(
      int i,
      double chord,
      double average,
      double low,
      double high,
      double least,
      double largest,
      Result out) {
    double eps = 0.5 * (high - low);
    double range = 0.5 * (largest - least);
    if (eps <= FLAT * range) {
      out.chord[i] = chord;
      out.shift[i] = average + 0.5 * (low + high) - out.slope[i];
      out.eps[i] = eps + SLOPE_ROUNDING;
    } else {
      out.chord[i] = 0;
      out.shift[i] = 0.5 * (least + largest) - out.slope[i];
      out.eps[i] = range + SLOPE_ROUNDING;
    }
  }

  /**
   * Softplus: g is the logistic function, increasing, and f convex.
   *
   * <p>Secant: {@code g - secant} vanishes at both ends, and its other extrema are where {@code g'
   * = g (1 - g) = chord}, that is {@code g = (1 +- q)/2} with {@code q = sqrt(1 - 4 chord)}, at
   * {@code +-log((1 + q)/(1 - q)) = +-log((1 + q)^2/(4 chord))}: there it is evaluated. An extremum
   * that rounding puts outside lies so close to an end that the value there is of second order in
   * an ulp. For w below {@link #SMALL}: {@code |g(z+v) - g(z) - g'(z) v| <= max|g''| w^2/2} with
   * {@code max|g''| = 1/(6 sqrt 3) < 0.09623}. Curve: f is convex and lies above its tangent, and
   * the rest is largest at an end; also at most {@code max f'' w^2/2 = w^2/8}.
   */
  static final class Softplus extends SlopeEnclosure {
    private static final double SMALL = 1e-3;
    private static final double SECOND = 0.09623;

    /** Below this range of g the secant gains nothing over rounding. */
    private static final double NARROW = 1e-12;

    Softplus(Kernels kernels) {
      super(Activation.SOFTPLUS, kernels);
    }

    @Override
    void enclose(
        int n,
        double[] z,
        double[] w,
        double[] leftValue,
        double[] leftSlope,
        double[] rightValue,
        double[] rightSlope,
        Result out) {
      for (int i = 0; i < n; i++) {
        double s = out.slope[i];
        double sl = leftSlope[i];
        double sr = rightSlope[i];
        double wi = w[i];
        double h = out.value[i];
        double ends = Math.max(rightValue[i] - h - s * wi, leftValue[i] - h + s * wi);
        out.curve[i] = Math.min(ends, 0.125 * wi * wi) + VALUE_ROUNDING * (h + wi);
        out.deviation[i] = Math.max(sr - s, s - sl) + SLOPE_ROUNDING;
        if (wi < SMALL) {
          out.chord[i] = s * (1 - s);
          out.shift[i] = 0;
          out.eps[i] = 0.5 * SECOND * wi * wi + SLOPE_ROUNDING;
        } else if (sr - sl < NARROW) {
          out.chord[i] = 0;
          out.shift[i] = 0.5 * (sl + sr) - s;
          out.eps[i] = 0.5 * (sr - sl) + SLOPE_ROUNDING;
        } else {
          secant(i, z[i], wi, sl, sr, out);
        }
      }
    }

    private static void secant(int i, double z, double w, double sl, double sr, Result out) {
      double chord = (sr - sl) / (2 * w);
      double average = 0.5 * (sl + sr);
      double q = Math.sqrt(Math.max(0, 1 - 4 * chord));
      double at = Math.log((1 + q) * (1 + q) / (4 * chord));
      double low = 0;
      double high = 0;
      double v = at - z;
      if (Math.abs(v) < w) {
        double e = 0.5 * (1 + q) - average - chord * v;
        low = Math.min(low, e);
        high = Math.max(high, e);
      }
      v = -at - z;
      if (Math.abs(v) < w) {
        double e = 0.5 * (1 - q) - average - chord * v;
        low = Math.min(low, e);
        high = Math.max(high, e);
      }
      choose(i, chord, average, low, high, sl, sr, out);
    }

    @Override
    boolean isRectifying() {
      return true;
    }

    @Override
    double peak() {
      return 40;
    }

    @Override
    double leastSlope(double a, double b) {
      return Math.max(0, activation.slope(a) - SLOPE_ROUNDING);
    }

    @Override
    double largestSlope(double a, double b) {
      return Math.min(1, activation.slope(b) + SLOPE_ROUNDING);
    }

    @Override
    double leastRest(double a, double b) {
      return 0;
    }

    /** {@code f(z) - z = f(-z)} falls, f rises. */
    @Override
    double largestRest(double a, double b) {
      return activation.value(a > 0 ? -a : b) * (1 + VALUE_ROUNDING);
    }
  }

  /**
   * A smooth activation by values of g at five equally spaced points. Between neighbours g lies
   * within {@code pad = (w/4)^2/2 max|g''|} of the chord through them (the error of linear
   * interpolation), so the secant's rest and the deviation, which are taken at the points, miss no
   * more than pad. Curve: {@code max|g'| w^2/2}, and {@code deviation w} by the mean value theorem.
   */
  abstract static sealed class Smooth extends SlopeEnclosure {
    private double[] inner = {};
    private double[] innerValue = {};
    private double[] leftInner = {};
    private double[] rightInner = {};

    Smooth(Activation activation, Kernels kernels) {
      super(activation, kernels);
    }

    /** {@code max|g''|} over {@code [z - w, z + w]}, from above. */
    abstract double second(double z, double w);

    /** {@code max|g'|} over the line, from above. */
    abstract double first();

    @Override
    void enclose(
        int n,
        double[] z,
        double[] w,
        double[] leftValue,
        double[] leftSlope,
        double[] rightValue,
        double[] rightSlope,
        Result out) {
      if (inner.length < n) {
        inner = new double[n];
        innerValue = new double[n];
        leftInner = new double[n];
        rightInner = new double[n];
      }
      for (int i = 0; i < n; i++) {
        inner[i] = z[i] - 0.5 * w[i];
      }
      kernels.activateWithSlope(activation, n, inner, 0, innerValue, 0, leftInner, 0);
      for (int i = 0; i < n; i++) {
        inner[i] = z[i] + 0.5 * w[i];
      }
      kernels.activateWithSlope(activation, n, inner, 0, innerValue, 0, rightInner, 0);
      for (int i = 0; i < n; i++) {
        double wi = w[i];
        double s = out.slope[i];
        double sl = leftSlope[i];
        double sr = rightSlope[i];
        double a = leftInner[i];
        double b = rightInner[i];
        double pad = wi * wi / 32 * second(z[i], wi);
        double average = 0.5 * (sl + sr);
        double quarter = 0.25 * (sr - sl);
        double middle = s - average;
        double ea = a - average + quarter;
        double eb = b - average - quarter;
        double low = Math.min(0, Math.min(middle, Math.min(ea, eb))) - pad;
        double high = Math.max(0, Math.max(middle, Math.max(ea, eb))) + pad;
        double least = leastSlope(z[i] - wi, z[i] + wi);
        double largest = largestSlope(z[i] - wi, z[i] + wi);
        double points =
            Math.max(
                Math.max(Math.abs(sl - s), Math.abs(sr - s)),
                Math.max(Math.abs(a - s), Math.abs(b - s)));
        double deviation =
            Math.min(points + pad, Math.max(largest - s, s - least)) + SLOPE_ROUNDING;
        out.deviation[i] = deviation;
        out.curve[i] =
            Math.min(0.5 * first() * wi * wi, deviation * wi)
                + VALUE_ROUNDING * (Math.abs(out.value[i]) + wi);
        choose(i, wi > 0 ? (sr - sl) / (2 * wi) : 0, average, low, high, least, largest, out);
      }
    }
  }

  /**
   * tanh: {@code g = 1 - t^2} is even and falls with |z|; {@code g'' = (1 - t^2)(6 t^2 - 2)}, so
   * {@code |g''| <= min(2, 4 g)}; {@code |g'| = 2 t (1 - t^2) <= 4/(3 sqrt 3) < 0.76981}.
   */
  static final class Tanh extends Smooth {
    Tanh(Kernels kernels) {
      super(Activation.TANH, kernels);
    }

    @Override
    double second(double z, double w) {
      double near = Math.abs(z) - w;
      // 4 g <= 16 e^{-2|z|}.
      return near <= 1 ? 2 : Math.min(2, 16 * Math.exp(-2 * near) * (1 + SLOPE_ROUNDING));
    }

    @Override
    double first() {
      return 0.76981;
    }

    @Override
    boolean isRectifying() {
      return false;
    }

    @Override
    double peak() {
      return 0;
    }

    @Override
    double leastSlope(double a, double b) {
      double far = Math.max(Math.abs(a), Math.abs(b));
      return Math.max(0, activation.slope(far) - SLOPE_ROUNDING);
    }

    @Override
    double largestSlope(double a, double b) {
      double near = a > 0 ? a : b < 0 ? -b : 0;
      return Math.min(1, activation.slope(near) + SLOPE_ROUNDING);
    }

    @Override
    double leastRest(double a, double b) {
      return Math.max(-1, activation.value(a) - SLOPE_ROUNDING);
    }

    @Override
    double largestRest(double a, double b) {
      return Math.min(1, activation.value(b) + SLOPE_ROUNDING);
    }
  }

  /**
   * {@code z sigma(z)}: g falls to its least value -0.09984 at z = -2.39936, rises to 1.09984 at
   * 2.39936 and falls to 1. With {@code |sigma''|, |sigma'''| <= sigma' <= e^{-|z|}}: {@code |g''|
   * = |3 sigma'' + z sigma'''| <= (3 + |z|) e^{-|z|}}, which falls with |z|, and at most 0.30819;
   * and {@code |g'| <= g'(0) = 1/2}. The rest {@code f(z) - max(z, 0) = -|z| sigma(-|z|)} has its
   * least value -0.27847 at |z| = 1.27846 and is monotone on either side.
   */
  static final class Silu extends Smooth {
    private static final double CRITICAL_FROM = 2.3993;
    private static final double CRITICAL_TO = 2.3994;
    private static final double LARGEST = 1.0998393201289;
    private static final double REST_TO = 1.27847;
    private static final double LEAST_REST = -0.2784645427611;

    Silu(Kernels kernels) {
      super(Activation.SILU, kernels);
    }

    @Override
    double second(double z, double w) {
      double near = Math.abs(z) - w;
      return near <= 2
          ? 0.30819
          : Math.min(0.30819, (3 + near) * Math.exp(-near) * (1 + SLOPE_ROUNDING));
    }

    @Override
    double first() {
      return 0.5;
    }

    @Override
    boolean isRectifying() {
      return true;
    }

    @Override
    double peak() {
      return 2.39936;
    }

    @Override
    double leastSlope(double a, double b) {
      if (a <= -CRITICAL_FROM && b >= -CRITICAL_TO) {
        return 1 - LARGEST;
      }
      return Math.min(activation.slope(a), activation.slope(b)) - SLOPE_ROUNDING;
    }

    @Override
    double largestSlope(double a, double b) {
      if (a <= CRITICAL_TO && b >= CRITICAL_FROM) {
        return LARGEST;
      }
      return Math.max(activation.slope(a), activation.slope(b)) + SLOPE_ROUNDING;
    }

    @Override
    double leastRest(double a, double b) {
      boolean inside = a > 0 ? a <= REST_TO : b >= -REST_TO;
      return inside ? LEAST_REST : rest(a > 0 ? a : -b) * (1 + VALUE_ROUNDING);
    }

    @Override
    double largestRest(double a, double b) {
      return 0;
    }

    private static double rest(double far) {
      return -far * Activation.SOFTPLUS.slope(-far);
    }
  }

  /**
   * {@code max(z, 0)}: g is 0 or 1 off the kink; on an interval that holds the kink every element
   * of Clarke's generalised derivative lies in [0, 1], and {@code curve <= w}.
   */
  static final class Relu extends SlopeEnclosure {
    Relu(Kernels kernels) {
      super(Activation.RELU, kernels);
    }

    @Override
    void enclose(
        int n,
        double[] z,
        double[] w,
        double[] leftValue,
        double[] leftSlope,
        double[] rightValue,
        double[] rightSlope,
        Result out) {
      for (int i = 0; i < n; i++) {
        boolean crossing = Math.abs(z[i]) <= w[i];
        out.chord[i] = 0;
        out.shift[i] = crossing ? 0.5 - out.slope[i] : 0;
        out.eps[i] = crossing ? 0.5 : 0;
        out.deviation[i] = crossing ? 1 : 0;
        out.curve[i] = crossing ? w[i] - Math.abs(z[i]) : 0;
      }
    }

    @Override
    boolean isRectifying() {
      return true;
    }

    @Override
    double peak() {
      return 1;
    }

    @Override
    double leastSlope(double a, double b) {
      return a > 0 ? 1 : 0;
    }

    @Override
    double largestSlope(double a, double b) {
      return b < 0 ? 0 : 1;
    }

    @Override
    double leastRest(double a, double b) {
      return 0;
    }

    @Override
    double largestRest(double a, double b) {
      return a > 0 ? 0 : Math.max(0, b);
    }
  }
}
