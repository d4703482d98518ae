package org.scorebound.benchmarks.driver;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.scorebound.benchmarks.RoofBenchmark;

/**
 * Measures the roof of arithmetic, {@link RoofBenchmark#multiplyAdds}, in the fork itself, right
 * before and right after each iteration. On a shared machine a core's rate moves by tens of percent
 * within minutes; a share of what the same core did in the same second moves less. Nothing of it
 * falls into the iteration's time.
 *
 * <p>Public with a public constructor, as JMH makes it by name in the fork.
 */
public final class PeakProfiler implements InternalProfiler {

  /** Flops per second, mean of before and after. */
  static final String LABEL = "peak.fma";

  /** Some 20 ms once the compiler has done its part, ten times as long before it has. */
  private static final long WARM_UP_CALLS = 5_000;

  /** Where no compiler ever does. */
  private static final long WARM_UP_NANOS = 3_000_000_000L;

  private static final long SAMPLE_NANOS = 10_000_000;

  private double value = 0.999;
  private boolean warm;
  private double before;

  /** Not warm yet. */
  public PeakProfiler() {}

  @Override
  public String getDescription() {
    return "multiply-adds in registers, before and after each iteration";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    if (!warm) {
      rate(WARM_UP_CALLS, WARM_UP_NANOS);
      warm = true;
    }
    before = rate(Long.MAX_VALUE, SAMPLE_NANOS);
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double mean = 0.5 * (before + rate(Long.MAX_VALUE, SAMPLE_NANOS));
    return List.of(new ScalarResult(LABEL, mean, "flop/s", AggregationPolicy.AVG));
  }

  /** Flops per second until the first limit; each call's argument depends on the result before. */
  private double rate(long mostCalls, long mostNanos) {
    long start = System.nanoTime();
    long calls = 0;
    long elapsed;
    do {
      value = 0.999 + 1e-300 * RoofBenchmark.multiplyAdds(value);
      calls++;
      elapsed = System.nanoTime() - start;
    } while (calls < mostCalls && elapsed < mostNanos);
    return 1e9 * RoofBenchmark.flops() * calls / elapsed;
  }
}
