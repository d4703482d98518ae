package org.scorebound.bound;

/** Sums in the log domain. */
public final class Logs {

  private Logs() {}

  /** {@code log(e^a + e^b)}; {@code -Infinity} stands for 0. */
  public static double add(double a, double b) {
    double max = Math.max(a, b);
    return max == Double.NEGATIVE_INFINITY ? max : max + Math.log1p(Math.exp(Math.min(a, b) - max));
  }
}
