package org.scorebound.bound;

import org.scorebound.result.Evidence;

/**
 * A number {@code >= 0} with its interval, kept as logarithms because it may pass e^709.
 *
 * @param logValue logarithm of the value, {@code -Infinity} for 0
 * @param logLower logarithm of the lower end
 * @param logUpper logarithm of the upper end
 * @param kind how the interval is known
 */
public record LogEstimate(double logValue, double logLower, double logUpper, Evidence kind) {

  /** Checks the order. */
  public LogEstimate {
    if (!(logLower <= logValue && logValue <= logUpper)) {
      throw new IllegalArgumentException(
          "log estimate must satisfy lower <= value <= upper, got "
              + logLower
              + " <= "
              + logValue
              + " <= "
              + logUpper);
    }
  }

  /** The value; {@code +Infinity} where it passes the largest double. */
  public double value() {
    return Math.exp(logValue);
  }

  /** The lower end. */
  public double lower() {
    return Math.exp(logLower);
  }

  /** The upper end. */
  public double upper() {
    return Math.exp(logUpper);
  }
}
