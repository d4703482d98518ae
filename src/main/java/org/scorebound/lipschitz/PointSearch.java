package org.scorebound.lipschitz;

import java.util.Arrays;

/**
 * The largest {@code lambda_max(sym J_s(x))}, or other {@link JacobianFunction}, that ascent from
 * many starts finds: directions spread over the sphere at radii from 0.01 to 100,000, equally
 * spaced in the logarithm, because the supremum may lie far out. Each of the best starts then moves
 * along the axes or along its ray, by a step relative to {@code 1 + |x|} that grows on success and
 * shrinks on failure.
 */
final class PointSearch {

  private static final int RADII = 12;
  private static final double LOG_FROM = Math.log(1e-2);
  private static final double LOG_TO = Math.log(1e5);
  private static final int CLIMBERS = 8;
  private static final int ROUNDS = 12;
  private static final int FEW_CLIMBERS = 2;
  private static final int FEW_ROUNDS = 6;

  private final JacobianPoints points;
  private final int d;
  private final double limit;

  /** Where the climbers are. */
  private double[] climbers = {};

  /** The best point so far. */
  final double[] best;

  double value = Double.NEGATIVE_INFINITY;

  /** The largest magnitude seen, a scale of the problem. */
  double scale;

  /**
   * A search.
   *
   * @param limit largest coordinate, possibly infinite
   */
  PointSearch(FrozenLayers net, JacobianFunction goal, double limit) {
    this(new JacobianPoints(net, goal), net.d, limit);
  }

  /** The same on given values. */
  PointSearch(JacobianPoints points, int d, double limit) {
    this.points = points;
    this.d = d;
    this.limit = limit;
    best = new double[d];
  }

  /** Runs it. */
  void run() {
    int directions = d == 1 ? 2 : d == 2 ? 24 : 32;
    int n = directions * RADII + 1;
    double[] x = new double[d * n];
    for (int i = 0; i < directions; i++) {
      double[] u = direction(i, directions);
      for (int r = 0; r < RADII; r++) {
        double radius = Math.exp(LOG_FROM + (LOG_TO - LOG_FROM) * r / (RADII - 1));
        for (int k = 0; k < d; k++) {
          x[d * (i * RADII + r) + k] = radius * u[k];
        }
      }
    }
    double[] values = evaluate(x, n);
    for (double v : values) {
      if (Double.isFinite(v)) {
        scale = Math.max(scale, Math.abs(v));
      }
    }
    climb(x, values, order(values), Math.min(n, CLIMBERS), ROUNDS);
  }

  /** A short search from where another one of nearly the same network ended. */
  void runFrom(PointSearch other) {
    scale = Math.max(scale, other.scale);
    int n = other.climbers.length / d + 1;
    double[] x = Arrays.copyOf(other.climbers, d * n);
    System.arraycopy(other.best, 0, x, d * (n - 1), d);
    double[] values = evaluate(x, n);
    climb(x, values, order(values), Math.min(n, FEW_CLIMBERS), FEW_ROUNDS);
  }

  private static Integer[] order(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(values[b], values[a]));
    return order;
  }

  /** A low-discrepancy direction; Gaussian quantiles would do no better here. */
  private double[] direction(int i, int of) {
    double[] u = new double[d];
    if (d == 1) {
      u[0] = i % 2 == 0 ? 1 : -1;
      return u;
    }
    if (d == 2) {
      double angle = 2 * Math.PI * (i + 0.31) / of;
      u[0] = Math.cos(angle);
      u[1] = Math.sin(angle);
      return u;
    }
    double norm = 0;
    for (int k = 0; k < d; k++) {
      // Weyl sequence with roots of primes-like irrationals; every coordinate keeps its own.
      double phase = (i + 1) * Math.sqrt(2 + 3 * k + k * k) % 1;
      u[k] = 2 * phase - 1;
      norm += u[k] * u[k];
    }
    norm = Math.sqrt(Math.max(norm, 1e-12));
    for (int k = 0; k < d; k++) {
      u[k] /= norm;
    }
    return u;
  }

  private double[] evaluate(double[] x, int n) {
    for (int i = 0; i < d * n; i++) {
      x[i] = Math.clamp(x[i], -limit, limit);
    }
    double[] values = new double[n];
    points.largest(x, n, values);
    for (int i = 0; i < n; i++) {
      offer(x, i, values[i]);
    }
    return values;
  }

  private void offer(double[] x, int i, double v) {
    if (v > value) {
      value = v;
      System.arraycopy(x, d * i, best, 0, d);
    }
  }

  /** Offers a value that was found elsewhere. */
  void offer(double[] x, int at, double v, int dimension) {
    if (v > value) {
      value = v;
      System.arraycopy(x, at, best, 0, dimension);
    }
  }

  private void climb(double[] x, double[] values, Integer[] order, int count, int rounds) {
    int moves = 2 * d + 2;
    double[] at = new double[d * count];
    double[] height = new double[count];
    double[] step = new double[count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(x, d * order[i], at, d * i, d);
      height[i] = values[order[i]];
      step[i] = 0.25;
    }
    double[] tries = new double[d * moves * count];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < count; i++) {
        double norm = 0;
        for (int k = 0; k < d; k++) {
          norm = Math.max(norm, Math.abs(at[d * i + k]));
        }
        for (int m = 0; m < moves; m++) {
          int to = d * (i * moves + m);
          double sign = m % 2 == 0 ? 1 : -1;
          for (int k = 0; k < d; k++) {
            double old = at[d * i + k];
            boolean axis = m / 2 == k;
            boolean ray = m / 2 == d;
            tries[to + k] =
                ray
                    ? old * (sign > 0 ? 1 + 4 * step[i] : 1 / (1 + 4 * step[i]))
                    : axis ? old + sign * step[i] * (0.5 + norm) : old;
          }
        }
      }
      double[] v = evaluate(tries, moves * count);
      for (int i = 0; i < count; i++) {
        int top = i * moves;
        for (int m = 1; m < moves; m++) {
          top = v[i * moves + m] > v[top] ? i * moves + m : top;
        }
        if (v[top] > height[i]) {
          height[i] = v[top];
          System.arraycopy(tries, d * top, at, d * i, d);
          step[i] *= 1.5;
        } else {
          step[i] *= 0.4;
        }
      }
    }
    climbers = at;
  }
}
