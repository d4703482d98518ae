package org.scorebound.regress;

import java.util.List;
import java.util.Optional;

/**
 * All that was measured of one benchmark on both sides.
 *
 * @param id what was measured
 * @param metric of the scores
 * @param blocks complete ones, in their order
 * @param failure why it was not measured to the end, in one line
 */
public record Series(BenchmarkId id, Metric metric, List<Block> blocks, Optional<String> failure) {

  /** Copies the blocks. */
  public Series {
    blocks = List.copyOf(blocks);
  }

  /** Log-ratios of cost, candidate over baseline, of the first blocks: above 0 is slower. */
  public double[] logRatios(int n) {
    return blocks.stream()
        .limit(n)
        .mapToDouble(b -> metric.sign() * b.contrast(Fork::log))
        .toArray();
  }

  /** Differences of bytes per operation, of the first blocks. */
  public double[] bytes(int n) {
    return blocks.stream().limit(n).mapToDouble(b -> b.contrast(Fork::allocation)).toArray();
  }

  /** Whether every fork told what it allocated. */
  public boolean knowsAllocation() {
    return !blocks.isEmpty()
        && blocks.stream()
            .flatMap(b -> b.forks().stream())
            .noneMatch(f -> Double.isNaN(f.allocation()));
  }
}
