package org.scorebound.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one thread of this machine can do, measured in the same run, and the share of it that a
 * kernel reaches.
 *
 * <p>The roofline model (Williams, Waterman and Patterson 2009, doi:10.1145/1498765.1498785): an
 * operation of F flops and Q bytes takes at least {@code max(F / peak, Q / bandwidth)}, with the
 * bandwidth of the smallest memory that holds the Q bytes. Both peaks are reached by benchmarks, so
 * they are lower estimates of the machine's, and a share may come out a little above 1.
 *
 * @param peak flops per second of fused multiply-adds in registers
 * @param l1 bytes per second of a triad {@code a = b + s c} in the first-level cache
 * @param l2 in the second-level cache
 * @param memory in memory
 */
public record Roof(
    OptionalDouble peak, OptionalDouble l1, OptionalDouble l2, OptionalDouble memory) {

  /** Groups of the benchmarks that measure the roof. */
  public static final List<String> GROUPS =
      List.of("Roof.fma", "Roof.triadL1", "Roof.triadL2", "Roof.triadMemory");

  /** The roof that is no memory. */
  static final String ARITHMETIC = "fma";

  /** First-level data caches have at least 32 KiB. */
  private static final double L1_BYTES = 32 << 10;

  /** Second-level caches of today have at least 1 MiB per core. */
  private static final double L2_BYTES = 1 << 20;

  /**
   * A share.
   *
   * @param of what: {@code fma}, {@code L1}, {@code L2} or {@code memory}
   * @param share 1 at the roof
   */
  public record Share(String of, double share) {}

  /** The share of the roof of an operation that takes this long; empty where it is not known. */
  public Optional<Share> share(Work work, double nanos) {
    double seconds = 1e-9 * nanos;
    Optional<Share> arithmetic = part(ARITHMETIC, work.flops(), peak, seconds);
    Optional<Share> traffic =
        work.bytes() <= L1_BYTES
            ? part("L1", work.bytes(), l1, seconds)
            : work.bytes() <= L2_BYTES
                ? part("L2", work.bytes(), l2, seconds)
                : part("memory", work.bytes(), memory, seconds);
    if (arithmetic.isPresent() && traffic.isPresent()) {
      return arithmetic.get().share() >= traffic.get().share() ? arithmetic : traffic;
    }
    return arithmetic.or(() -> traffic);
  }

  /** The share of an operation in a fork with a peak of its own, where arithmetic is the roof. */
  static double share(Work work, double nanos, double peak) {
    return 1e9 * work.flops() / nanos / peak;
  }

  private static Optional<Share> part(
      String of, double amount, OptionalDouble perSecond, double seconds) {
    return amount == 0 || perSecond.isEmpty()
        ? Optional.empty()
        : Optional.of(new Share(of, amount / perSecond.getAsDouble() / seconds));
  }
}
