package org.scorebound.regress;

import org.scorebound.regress.statistics.SteadyState;

/**
 * What one virtual machine measured.
 *
 * @param scores of the iterations in their order, in the series' unit, positive
 * @param bytes allocated per operation in the iterations, where the profiler told; else empty
 * @param register seconds that the register-bound sentinel took right after the fork
 * @param memory seconds that the memory-bound sentinel took right after the fork
 * @param seconds from start to result
 */
public record Fork(
    double[] scores, double[] bytes, double register, double memory, double seconds) {

  /** Checks that something was measured. */
  public Fork {
    if (scores.length == 0) {
      throw new IllegalArgumentException("scores must have at least one iteration, got none");
    }
    for (double score : scores) {
      if (!(score > 0 && score < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("scores must be > 0 and finite, got " + score);
      }
    }
  }

  /** The logarithm of the fork's number. */
  public double log() {
    return Math.log(SteadyState.median(scores));
  }

  /**
   * Bytes per operation: the median over the iterations that count; NaN where the profiler was
   * silent.
   */
  public double allocation() {
    int warmup = Math.min(SteadyState.warmup(scores), Math.max(0, bytes.length - 1));
    double[] kept = java.util.Arrays.copyOfRange(bytes, warmup, bytes.length);
    return SteadyState.middle(kept);
  }
}
