package org.scorebound.result;

/**
 * A number with the interval it is known to lie in and how that is known.
 *
 * @param value the best single value
 * @param lower lower end of the interval, at most {@code value}
 * @param upper upper end of the interval, at least {@code value}; may be {@code +Infinity}
 * @param kind how the interval is known
 */
public record Estimate(double value, double lower, @NonFiniteAllowed double upper, Evidence kind) {

  /** Checks {@code lower <= value <= upper}, none of them NaN. */
  public Estimate {
    if (!(lower <= value && value <= upper)) {
      throw new IllegalArgumentException(
          "estimate must satisfy lower <= value <= upper, got "
              + lower
              + " <= "
              + value
              + " <= "
              + upper);
    }
  }

  /** A number known exactly up to {@code error >= 0}, an absolute numerical error bound. */
  public static Estimate exact(double value, double error) {
    return new Estimate(value, value - error, value + error, Evidence.EXACT);
  }

  /** An interval with its ends and a value between them. */
  public static Estimate of(double value, double lower, double upper, Evidence kind) {
    return new Estimate(value, lower, upper, kind);
  }

  /** Half of the interval's length. */
  public double radius() {
    return 0.5 * (upper - lower);
  }

  /** Whether {@code x} lies in the interval. */
  public boolean contains(double x) {
    return lower <= x && x <= upper;
  }

  /** This estimate times a factor {@code >= 0}. */
  public Estimate times(double factor) {
    if (!(factor >= 0)) {
      throw new IllegalArgumentException("factor must be >= 0, got " + factor);
    }
    return new Estimate(value * factor, lower * factor, upper * factor, kind);
  }

  /** The sum of two estimates; the evidence is the weaker one. */
  public Estimate plus(Estimate other) {
    return new Estimate(
        value + other.value, lower + other.lower, upper + other.upper, kind.and(other.kind));
  }
}
