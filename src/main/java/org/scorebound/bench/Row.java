package org.scorebound.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import org.scorebound.result.Estimate;

/**
 * One line of the result table.
 *
 * @param benchmark full name
 * @param parameters values by name
 * @param group what is computed
 * @param variant who computes it
 * @param nanosPerOperation median over forks; the interval is from the fastest to the slowest fork,
 *     which covers the median of forks at {@code level}
 * @param level {@code 1 - 2^(1-forks)}, by the order statistics of the forks
 * @param forkNanos the mean of each fork, in the order they ran
 * @param flopsPerSecond at the median
 * @param bytesPerSecond at the median
 * @param roof {@code fma}, {@code L1}, {@code L2} or {@code memory}: what limits the operation
 * @param shareOfRoof where memory is the roof: at the median time; where arithmetic is: median over
 *     forks of {@code (flops per second) / (flops per second of multiply-adds in the same fork)},
 *     or at the median time against the run's fastest fork where forks have not measured it
 * @param forkPeaks flops per second of multiply-adds in each fork, in the order they ran; empty
 *     where not every fork measured it
 * @param ratios to every other variant of the group
 * @param bytesAllocated per operation, median over forks
 * @param run the {@link MeasuredRun} whose forks these are; rows of one group are of one run
 */
public record Row(
    String benchmark,
    SequencedMap<String, String> parameters,
    String group,
    String variant,
    Estimate nanosPerOperation,
    double level,
    double[] forkNanos,
    OptionalDouble flopsPerSecond,
    OptionalDouble bytesPerSecond,
    Optional<String> roof,
    OptionalDouble shareOfRoof,
    Optional<double[]> forkPeaks,
    List<Ratio> ratios,
    OptionalDouble bytesAllocated,
    int run) {

  /** Copies the list. */
  public Row {
    ratios = List.copyOf(ratios);
  }

  /**
   * How many times as long another variant takes.
   *
   * @param to the other variant
   * @param value median over rounds of {@code time(other) / time(this)}, each round one fork of
   *     both, run in turn; the interval is from the least to the largest
   */
  public record Ratio(String to, Estimate value) {}

  /** The name that the user sees. */
  public String label() {
    return variant.isEmpty() ? group : group + " " + variant;
  }

  /** Which benchmark this is, whatever its name for the user. */
  BenchmarkCase.Key key() {
    return new BenchmarkCase.Key(benchmark, parameters);
  }

  /** The same numbers, known as those of this run. */
  Row inRun(int id) {
    return with(ratios, id);
  }

  /** The same without ratios to variants that are not among these. */
  Row withRatiosTo(Set<String> variants) {
    return with(ratios.stream().filter(r -> variants.contains(r.to())).toList(), run);
  }

  private Row with(List<Ratio> others, int id) {
    return new Row(
        benchmark,
        parameters,
        group,
        variant,
        nanosPerOperation,
        level,
        forkNanos,
        flopsPerSecond,
        bytesPerSecond,
        roof,
        shareOfRoof,
        forkPeaks,
        others,
        bytesAllocated,
        id);
  }

  /** The ratio to a variant. */
  public Optional<Ratio> ratio(String to) {
    return ratios.stream().filter(r -> r.to().equals(to)).findFirst();
  }
}
