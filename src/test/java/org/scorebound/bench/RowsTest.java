package org.scorebound.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.scorebound.result.Evidence;
import org.scorebound.result.Progress;

/** Medians, intervals, paired ratios and shares of the roof from forks with known times. */
class RowsTest {

  private static final BenchmarkCase FMA = one("Roof.fma", "", new Work(1000, 0, 1));
  private static final BenchmarkCase L1 = one("Roof.triadL1", "", new Work(0, 2000, 1));
  private static final BenchmarkCase FAST = one("Kernel", "fast", new Work(500, 100, 1));
  private static final BenchmarkCase SLOW = one("Kernel", "slow", new Work(500, 100, 1));

  private static BenchmarkCase one(String group, String variant, Work work) {
    return new BenchmarkCase(
        "x." + group, new LinkedHashMap<>(), group, variant, "", Optional.of(work), false);
  }

  /** Answers with the given times in turn; a time of 0 fails. Keeps the order of its forks. */
  private static final class Scripted implements BenchmarkSession {
    private final Map<BenchmarkCase, double[]> times;
    private final Map<BenchmarkCase, double[]> peaks;
    private final Map<BenchmarkCase, Integer> next = new LinkedHashMap<>();
    private final List<String> order = new ArrayList<>();

    Scripted(Map<BenchmarkCase, double[]> times) {
      this(times, Map.of());
    }

    /** With peaks of the forks' own; 0 for a fork without one. */
    Scripted(Map<BenchmarkCase, double[]> times, Map<BenchmarkCase, double[]> peaks) {
      this.times = times;
      this.peaks = peaks;
    }

    @Override
    public ForkResult fork(BenchmarkCase benchmark, ForkPlan plan) throws ForkFailedException {
      order.add(benchmark.label());
      int k = next.merge(benchmark, 1, Integer::sum) - 1;
      double[] all = times.getOrDefault(benchmark, new double[] {1});
      double nanos = all[k % all.length];
      if (nanos == 0) {
        throw new ForkFailedException("crashed");
      }
      double[] own = peaks.getOrDefault(benchmark, new double[] {0});
      double peak = own[k % own.length];
      return new ForkResult(
          nanos,
          OptionalDouble.of(8),
          peak == 0 ? OptionalDouble.empty() : OptionalDouble.of(peak));
    }

    @Override
    public Profile profile(BenchmarkCase benchmark, Path folder) {
      throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public void writeFrameworkResults(OutputStream out) {}
  }

  private static BenchRun.Outcome measure(Scripted session, int forks) {
    return new BenchRun(session, List.of(FMA, L1, FAST, SLOW), ForkPlan.QUICK, forks, 1)
        .measure(Progress.NONE);
  }

  @Test
  void medianIntervalRatioAndShare() {
    Scripted session =
        new Scripted(
            Map.of(
                FMA, new double[] {110, 100, 120},
                L1, new double[] {100},
                FAST, new double[] {200, 100, 110},
                SLOW, new double[] {400, 300, 220}));
    BenchRun.Outcome outcome = measure(session, 3);
    assertThat(outcome.failures()).isEmpty();
    assertThat(session.order.subList(0, 5))
        .containsExactly("Roof.fma", "Roof.triadL1", "Kernel fast", "Kernel slow", "Roof.fma");
    // The fastest fork: 1000 flops in 100 ns.
    assertThat(outcome.roof().peak()).hasValue(1e10);
    assertThat(outcome.roof().l1()).hasValue(2e10);
    assertThat(outcome.roof().memory()).isEmpty();
    Row fast = outcome.rows().get(2);
    assertThat(fast.nanosPerOperation().value()).isEqualTo(110);
    assertThat(fast.nanosPerOperation().lower()).isEqualTo(100);
    assertThat(fast.nanosPerOperation().upper()).isEqualTo(200);
    assertThat(fast.nanosPerOperation().kind()).isEqualTo(Evidence.STATISTICAL);
    assertThat(fast.level()).isEqualTo(0.75);
    // Rounds 2, 3 and 2: the median of the quotients, not the quotient 300/110 of the medians.
    assertThat(fast.ratio("slow").orElseThrow().value().value()).isEqualTo(2);
    assertThat(fast.ratio("slow").orElseThrow().value().upper()).isEqualTo(3);
    // 500 flops take 50 ns at the peak, 100 bytes 5 ns in L1: arithmetic limits.
    assertThat(fast.roof()).contains("fma");
    assertThat(fast.shareOfRoof().getAsDouble()).isCloseTo(50.0 / 110, within(1e-12));
    assertThat(fast.bytesAllocated()).hasValue(8);
  }

  @Test
  void shareOfArithmeticIsAgainstEachForksOwnPeak() {
    Map<BenchmarkCase, double[]> times =
        Map.of(
            FMA, new double[] {100},
            L1, new double[] {100},
            FAST, new double[] {100, 200, 125},
            SLOW, new double[] {100});
    // 500 flops in 100, 200, 125 ns are 5, 2.5 and 4 flops a nanosecond: 1/2, 5/8 and 4/5 of these.
    Map<BenchmarkCase, double[]> peaks =
        Map.of(FAST, new double[] {1e10, 4e9, 5e9}, SLOW, new double[] {1e10, 0, 1e10});
    BenchRun.Outcome outcome = measure(new Scripted(times, peaks), 3);
    Row fast = outcome.rows().get(2);
    assertThat(fast.shareOfRoof().getAsDouble()).isCloseTo(0.625, within(1e-12));
    assertThat(fast.forkPeaks().orElseThrow()).containsExactly(1e10, 4e9, 5e9);
    // One fork without: the run's peak, as before.
    Row slow = outcome.rows().get(3);
    assertThat(slow.shareOfRoof().getAsDouble()).isCloseTo(0.5, within(1e-12));
    assertThat(slow.forkPeaks()).isEmpty();
    // Nor is a share of memory one of arithmetic.
    assertThat(outcome.rows().get(1).shareOfRoof().getAsDouble()).isCloseTo(1, within(1e-12));
  }

  @Test
  void failedForkIsNotedAndTheRestKept() {
    Scripted session = new Scripted(Map.of(FAST, new double[] {100, 0}, SLOW, new double[] {0}));
    BenchRun.Outcome outcome = measure(session, 2);
    assertThat(outcome.rows()).extracting(Row::variant).containsExactly("", "", "fast");
    assertThat(outcome.rows().get(2).nanosPerOperation().kind()).isEqualTo(Evidence.ESTIMATED);
    assertThat(outcome.rows().get(2).level()).isZero();
    assertThat(outcome.failures())
        .extracting(BenchRun.Failure::label)
        .containsExactly("Kernel slow", "Kernel fast", "Kernel slow");
  }

  @Test
  void figureComparesWithItsTarget() {
    Figure ratio =
        new Figure(
            "k", Figure.Measure.RATIO, "Kernel", "fast", "slow", Figure.Relation.AT_LEAST, 2.5);
    Figure cost =
        new Figure(
            "k", Figure.Measure.COST, "Kernel", "slow", "fast", Figure.Relation.AT_MOST, 2.5);
    Scripted session = new Scripted(Map.of(FAST, new double[] {100}, SLOW, new double[] {200}));
    List<Row> rows = measure(session, 1).rows();
    assertThat(ratio.in(rows).value()).hasValue(2);
    assertThat(ratio.in(rows).reached()).contains(false);
    assertThat(cost.in(rows).value()).hasValue(2);
    assertThat(cost.in(rows).reached()).contains(true);
    assertThat(cost.in(List.of()).reached()).isEmpty();
  }

  @Test
  void memoryIsChosenByTheBytes() {
    Roof roof =
        new Roof(
            OptionalDouble.empty(),
            OptionalDouble.of(4e9),
            OptionalDouble.of(2e9),
            OptionalDouble.of(1e9));
    assertThat(roof.share(new Work(0, 32768, 1), 32768).orElseThrow().of()).isEqualTo("L1");
    Roof.Share second = roof.share(new Work(0, 32769, 1), 32769).orElseThrow();
    assertThat(second.of()).isEqualTo("L2");
    // 1 byte a nanosecond of 2.
    assertThat(second.share()).isCloseTo(0.5, within(1e-12));
    assertThat(roof.share(new Work(0, (1 << 20) + 1, 1), 1).orElseThrow().of()).isEqualTo("memory");
    assertThat(roof.share(new Work(10, 0, 1), 1)).isEmpty();
  }

  @Test
  void badNumbersAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ForkResult(Double.NaN, OptionalDouble.empty(), OptionalDouble.empty()))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ForkPlan(0, 1, 1))
        .withMessageContaining("0, 1, 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Work(-1, 0, 0))
        .withMessageContaining("-1");
  }
}
