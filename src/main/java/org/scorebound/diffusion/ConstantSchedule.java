package org.scorebound.diffusion;

/**
 * {@code beta(t) = beta}.
 *
 * @param rate beta > 0
 */
public record ConstantSchedule(double rate) implements Schedule {

  /** Checks the rate. */
  public ConstantSchedule {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("beta must be > 0 and finite, got " + rate);
    }
  }

  @Override
  public double beta(double t) {
    return rate;
  }

  @Override
  public double integral(double t) {
    return rate * t;
  }
}
