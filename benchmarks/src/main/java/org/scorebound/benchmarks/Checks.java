package org.scorebound.benchmarks;

/** Results of benchmarks against a reference, outside of the timing. */
final class Checks {

  private Checks() {}

  /**
   * Throws unless {@code |got_i - want_i| <= error}, which fails the benchmark's fork.
   *
   * @param what named in the message
   */
  static void close(String what, double[] got, double[] want, double error) {
    for (int i = 0; i < want.length; i++) {
      if (!(Math.abs(got[i] - want[i]) <= error)) {
        throw new IllegalStateException(
            what + " is wrong at " + i + ": got " + got[i] + ", want " + want[i]);
      }
    }
  }
}
