package org.scorebound.bench;

import java.util.OptionalDouble;

/**
 * What one fork measured.
 *
 * @param nanos mean time of an operation over the fork's iterations
 * @param bytesAllocated on the heap per operation, where it could be measured
 * @param peak flops per second of multiply-adds in registers in this fork, around its iterations,
 *     where it was measured
 */
public record ForkResult(double nanos, OptionalDouble bytesAllocated, OptionalDouble peak) {

  /** Checks that a time was taken. */
  public ForkResult {
    if (!(nanos > 0 && nanos < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("nanos must be > 0 and finite, got " + nanos);
    }
    if (peak.isPresent() && !(peak.getAsDouble() > 0)) {
      throw new IllegalArgumentException("peak must be > 0, got " + peak.getAsDouble());
    }
  }
}
