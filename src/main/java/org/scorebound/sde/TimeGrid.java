package org.scorebound.sde;

/**
 * The times of a simulation, {@code T = t_0 > t_1 > .. > t_N = 0}, denser where the coefficients
 * act faster: {@code int rho dt} is the same over every step.
 */
public final class TimeGrid {

  /** Points at which the density is read. */
  private static final int RESOLUTION = 512;

  private final double[] times;

  private TimeGrid(double[] times) {
    this.times = times;
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
    int m = RESOLUTION;
    double[] cumulative = new double[m + 1];
    // Quadratic in the index, so that the fast end near 0 is resolved.
    for (int i = 1; i <= m; i++) {
      double a = horizon * square((i - 1.0) / m);
      double b = horizon * square((double) i / m);
      cumulative[i] = cumulative[i - 1] + (b - a) * rho.at(0.5 * (a + b));
    }
    double[] t = new double[steps + 1];
    int i = 1;
    for (int j = 1; j < steps; j++) {
      double target = cumulative[m] * j / steps;
      while (cumulative[i] < target) {
        i++;
      }
      double a = horizon * square((i - 1.0) / m);
      double b = horizon * square((double) i / m);
      double fraction = (target - cumulative[i - 1]) / (cumulative[i] - cumulative[i - 1]);
      t[steps - j] = a + fraction * (b - a);
    }
    t[0] = horizon;
    t[steps] = 0;
    return new TimeGrid(t);
  }

  /** A grid given by its times, as the negative controls do; nothing is checked. */
  public static TimeGrid of(double[] times) {
    return new TimeGrid(times.clone());
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

  /** All times, from T down to 0. */
  public double[] times() {
    return times.clone();
  }
}
