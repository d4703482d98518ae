package org.scorebound.sde;

import java.util.Arrays;

/**
 * The times of a simulation, {@code T = t_0 > t_1 > .. > t_N = 0}, denser where the coefficients
 * act faster: {@code int rho dt} is the same over every step.
 */
public final class TimeGrid {

  /** Points at which the density is read. */
  private static final int RESOLUTION = 512;

  private final double[] times;

  private final boolean[] jumps;

  private TimeGrid(double[] times, boolean[] jumps) {
    this.times = times;
    this.jumps = jumps;
  }

  /** A function of time. */
  public interface Rate {
    /** Its value at t, > 0. */
    double at(double t);
  }

  /**
   * A graded grid.
   *
   * @param horizon T
   * @param steps N, even
   * @param rho the density of steps, > 0
   */
  public static TimeGrid graded(double horizon, int steps, Rate rho) {
    return graded(horizon, steps, rho, new double[0]);
  }

  /**
   * A graded grid that has the times where the coefficients jump among its points, with an even
   * number of steps between two of them; there may be some more steps for that.
   *
   * @param jumps times inside (0, T), increasing
   */
  public static TimeGrid graded(double horizon, int steps, Rate rho, double[] jumps) {
    int m = RESOLUTION;
    double[] cumulative = new double[m + 1];
    // Quadratic in the index, so that the fast end near 0 is resolved.
    for (int i = 1; i <= m; i++) {
      double a = horizon * square((i - 1.0) / m);
      double b = horizon * square((double) i / m);
      cumulative[i] = cumulative[i - 1] + (b - a) * rho.at(0.5 * (a + b));
    }
    double[] t = new double[steps + 2 * jumps.length + 2];
    boolean[] isJump = new boolean[t.length];
    int size = 1;
    int i = 1;
    double from = 0;
    for (int piece = 0; piece <= jumps.length; piece++) {
      double end = piece < jumps.length ? jumps[piece] : horizon;
      double to = piece < jumps.length ? at(cumulative, end / horizon) : cumulative[m];
      int n = 2 * (int) Math.max(1, Math.round(0.5 * steps * (to - from) / cumulative[m]));
      if (size + n > t.length) {
        t = Arrays.copyOf(t, size + n);
        isJump = Arrays.copyOf(isJump, size + n);
      }
      for (int j = 1; j < n; j++) {
        double target = from + (to - from) * j / n;
        while (cumulative[i] < target) {
          i++;
        }
        double a = horizon * square((i - 1.0) / m);
        double b = horizon * square((double) i / m);
        double fraction = (target - cumulative[i - 1]) / (cumulative[i] - cumulative[i - 1]);
        t[size++] = a + fraction * (b - a);
      }
      isJump[size] = piece < jumps.length;
      t[size++] = end;
      from = to;
    }
    double[] descending = new double[size];
    boolean[] descendingJumps = new boolean[size];
    for (int j = 0; j < size; j++) {
      descending[j] = t[size - 1 - j];
      descendingJumps[j] = isJump[size - 1 - j];
    }
    return new TimeGrid(descending, descendingJumps);
  }

  /** The cumulative density at a share of the horizon, linear within a cell. */
  private static double at(double[] cumulative, double share) {
    int m = cumulative.length - 1;
    double root = Math.sqrt(share) * m;
    int i = Math.clamp((int) root, 0, m - 1);
    double a = square((double) i / m);
    double b = square((i + 1.0) / m);
    double fraction = Math.clamp((share - a) / (b - a), 0.0, 1.0);
    return cumulative[i] + fraction * (cumulative[i + 1] - cumulative[i]);
  }

  /** A grid given by its times, as the negative controls do; nothing is checked. */
  public static TimeGrid of(double[] times) {
    return new TimeGrid(times.clone(), new boolean[times.length]);
  }

  private static double square(double x) {
    return x * x;
  }

  /** The number of steps. */
  public int steps() {
    return times.length - 1;
  }

  /** {@code t_j}. */
  public double time(int j) {
    return times[j];
  }

  /**
   * The time at which the coefficients of the step that starts at {@code t_j} are read: just below
   * {@code t_j} where they jump there, since they are continuous from the right.
   */
  public double below(int j) {
    return jumps[j] ? Math.nextDown(times[j]) : times[j];
  }

  /** All times, from T down to 0. */
  public double[] times() {
    return times.clone();
  }
}
