package org.scorebound.bench;

import java.util.OptionalDouble;

/**
 * What one fork measured.
 *
 * @param nanos mean time of an operation over the fork's iterations
 * @param bytesAllocated on the heap per operation, where it could be measured
 */
public record ForkResult(double nanos, OptionalDouble bytesAllocated) {

  /** Checks that a time was taken. */
  public ForkResult {
    if (!(nanos > 0 && nanos < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("nanos must be > 0 and finite, got " + nanos);
    }
  }
}
