package org.scorebound.score;

/** A smooth factor c(t) that switches an error on over time; resolved once, outside loops. */
public sealed interface TimeProfile {

  /** c = 1. */
  static TimeProfile one() {
    return new Linear(1, 1, 1);
  }

  /** {@code c(t)}. */
  double at(double t);

  /** Times inside (0, T) where c changes sign, so that {@code |c|} has a kink; increasing. */
  default double[] signChanges() {
    return new double[0];
  }

  /**
   * {@code c(t) = from + (to - from) t/T}.
   *
   * @param from value at 0
   * @param to value at T
   * @param horizon T
   */
  record Linear(double from, double to, double horizon) implements TimeProfile {
    @Override
    public double at(double t) {
      return from + (to - from) * (t / horizon);
    }

    @Override
    public double[] signChanges() {
      return from * to < 0 ? new double[] {horizon * from / (from - to)} : new double[0];
    }
  }

  /**
   * {@code c(t) = exp(rate t)}.
   *
   * @param rate per unit of time
   */
  record Exponential(double rate) implements TimeProfile {
    @Override
    public double at(double t) {
      return Math.exp(rate * t);
    }
  }

  /**
   * {@code c(t) = (1 + rate t)^exponent}, {@code 1 + rate t > 0} on [0, T].
   *
   * @param rate per unit of time
   * @param exponent any
   */
  record Power(double rate, double exponent) implements TimeProfile {
    @Override
    public double at(double t) {
      return Math.pow(1 + rate * t, exponent);
    }
  }

  /**
   * {@code c(t) = 1 + depth sin(2 pi cycles t/T)}, {@code |depth| < 1}, so of one sign.
   *
   * @param depth relative amplitude, in (-1, 1)
   * @param cycles periods over [0, T]
   * @param horizon T
   */
  record Wave(double depth, double cycles, double horizon) implements TimeProfile {

    /** Checks the depth. */
    public Wave {
      if (!(Math.abs(depth) < 1)) {
        throw new IllegalArgumentException("profile depth must be in (-1, 1), got " + depth);
      }
    }

    @Override
    public double at(double t) {
      return 1 + depth * Math.sin(2 * Math.PI * cycles * (t / horizon));
    }
  }
}
