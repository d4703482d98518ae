package org.scorebound.regress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebound.regress.statistics.Looks;
import org.scorebound.regress.statistics.SignedRank;

/** Verdicts on made series: what they are, how often they are wrong, how often they find. */
class JudgeTest {

  private static final Rules RULES = Rules.with(Rules.FULL);
  private static final Rules FIRST = Rules.with(Looks.at(12));

  private static Judgement judged(Rules rules, Series... series) {
    Series control = Synthetic.quiet(0).series(99, 7, 12);
    return new Judge(rules, 1).judge(List.of(series), List.of(control), List.of());
  }

  private static Comparison verdict(Rules rules, Series series) {
    return new Judge(rules, 1).compare(List.of(series)).getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, REGRESSED, slower by",
    "-0.05, IMPROVED, faster by",
    "0, EQUIVALENT, within 3 % of each other"
  })
  void clearCases(double effect, Verdict verdict, String words) {
    Judgement judgement = judged(RULES, Synthetic.quiet(effect).series(1, 0, 48));
    assertThat(judgement.verdict()).isEqualTo(verdict);
    assertThat(judgement.comparisons().getFirst().reason()).startsWith(words);
    assertThat(judgement.controls()).noneMatch(Control::failed);
  }

  @Test
  void throughputThatFallsIsARegression() {
    Metric throughput = Metric.of("thrpt", "ops/s");
    Comparison c = verdict(RULES, Synthetic.quiet(0.05).series(1, 0, 48, throughput));
    assertThat(c.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(c.candidate()).isLessThan(c.baseline());
    assertThat(c.ratio().value()).isBetween(1.03, 1.07);
  }

  @Test
  void smallButCertainDifferenceIsNoRegression() {
    Synthetic small = new Synthetic(0.009, 0.002, 0.002, 0, 0);
    Comparison c = verdict(FIRST, small.series(1, 0, 12));
    assertThat(c.pSlower()).isLessThanOrEqualTo(0.01);
    assertThat(c.verdict()).isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void noiseThatHidesEverythingIsInconclusive() {
    Comparison c = verdict(FIRST, new Synthetic(0, 0.2, 0.01, 0, 0).series(1, 0, 12));
    assertThat(c.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(c.reason()).isEqualTo("too noisy to tell after 12 blocks");
    assertThat(c.forkDeviation()).isBetween(0.15, 0.25);
  }

  @Test
  void tooFewBlocksAndFailuresAreNoVerdict() {
    Series few = Synthetic.quiet(0.5).series(1, 0, 11);
    assertThat(verdict(FIRST, few).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    Series failed =
        new Series(few.id(), few.metric(), few.blocks(), Optional.of("candidate: died"));
    assertThat(verdict(FIRST, failed).verdict()).isEqualTo(Verdict.UNTRUSTED);
    Judgement both = judged(FIRST, failed, Synthetic.quiet(0.1).series(1, 1, 12));
    assertThat(both.verdict()).isEqualTo(Verdict.UNTRUSTED);
    assertThat(both.comparisons().get(1).verdict()).isEqualTo(Verdict.REGRESSED);
  }

  @Test
  void oneUndecidedBenchmarkKeepsARunFromBeingWell() {
    Series noisy = new Synthetic(0, 0.3, 0.01, 0, 0).series(1, 0, 12);
    Series faster = Synthetic.quiet(-0.2).series(1, 1, 12);
    assertThat(judged(FIRST, noisy, faster).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judged(FIRST, faster).verdict()).isEqualTo(Verdict.IMPROVED);
  }

  @Test
  void allocationIsAGateOfItsOwn() {
    Series same = Synthetic.quiet(0).series(4, 0, 24);
    Series more = changed(same, Side.CANDIDATE, f -> bytes(f, 16));
    Comparison c = verdict(RULES, more);
    assertThat(c.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(c.reason()).startsWith("allocates 16 bytes an operation more; time: ");
    assertThat(verdict(RULES, changed(same, Side.CANDIDATE, f -> bytes(f, 4))).verdict())
        .isEqualTo(Verdict.EQUIVALENT);
    assertThat(verdict(RULES, changed(same, Side.BASELINE, f -> bytes(f, 16))).reason())
        .endsWith("; allocates 16 bytes an operation less");
    Series silent = changed(more, Side.BASELINE, f -> withBytes(f, new double[0]));
    assertThat(verdict(RULES, silent).allocation()).isEmpty();
  }

  @Test
  void aControlThatMovesOverridesEverything() {
    Series slower = Synthetic.quiet(0.1).series(1, 0, 24);
    Series moved = Synthetic.quiet(0.05).series(2, 1, 12);
    Judgement aa = new Judge(RULES, 1).judge(List.of(slower), List.of(moved), List.of());
    assertThat(aa.verdict()).isEqualTo(Verdict.UNTRUSTED);
    assertThat(aa.comparisons().getFirst().reason())
        .startsWith("the control A/A moved by")
        .contains("; else REGRESSED: slower by");
    Series hot =
        changed(
            slower,
            Side.CANDIDATE,
            f -> new Fork(f.scores(), f.bytes(), 1.05 * f.register(), f.memory(), f.seconds()));
    assertThat(judged(RULES, hot).comparisons().getFirst().reason()).contains("control register");
    Series slowMemory =
        changed(
            slower,
            Side.BASELINE,
            f -> new Fork(f.scores(), f.bytes(), f.register(), 1.1 * f.memory(), f.seconds()));
    assertThat(judged(RULES, slowMemory).verdict()).isEqualTo(Verdict.UNTRUSTED);
  }

  @Test
  void aControlThatCannotMoveIsNone() {
    Series control = Synthetic.quiet(0).series(2, 1, Controls.LEAST_BLOCKS - 1);
    Judgement j =
        new Judge(RULES, 1)
            .judge(List.of(Synthetic.quiet(0).series(1, 0, 24)), List.of(control), List.of());
    assertThat(j.verdict()).isEqualTo(Verdict.UNTRUSTED);
    assertThat(j.comparisons().getFirst().reason()).contains("too few to show anything");
  }

  /** What a gate would do that looks after 12, 24 and 48 blocks and stops when it knows. */
  private static Verdict run(Function<Integer, Series> measured) {
    Verdict last = Verdict.INCONCLUSIVE;
    for (int blocks : RULES.looks()) {
      Comparison c = verdict(RULES, measured.apply(blocks));
      last = c.verdict();
      if (!Judge.isOpen(c)) {
        break;
      }
    }
    return last;
  }

  private static int count(Synthetic model, Verdict wanted, int replicas) {
    int count = 0;
    for (int r = 0; r < replicas; r++) {
      long seed = 1000L + r;
      count += run(blocks -> model.series(seed, 0, blocks)) == wanted ? 1 : 0;
    }
    return count;
  }

  /** Identical sides, quiet, noisy, drifting, with two kinds of forks: 4 x 250 runs. */
  @Test
  void falseAlarmsAreRarerThanOneInAHundred() {
    int alarms = 0;
    int equal = 0;
    for (Synthetic model :
        List.of(
            Synthetic.quiet(0),
            new Synthetic(0, 0.08, 0.01, 0, 0),
            new Synthetic(0, 0.02, 0.01, 0.005, 0),
            new Synthetic(0, 0.02, 0.01, 0, 0.25))) {
      alarms += count(model, Verdict.REGRESSED, 250);
      equal += count(model, Verdict.EQUIVALENT, 250);
    }
    // 1 % of 1000 and four standard deviations; in fact below 1 %, since it takes 1.5 % as well.
    assertThat(alarms).isLessThanOrEqualTo(22);
    assertThat(equal).isGreaterThan(400);
  }

  @Test
  void threePercentAreFound() {
    assertThat(count(Synthetic.quiet(0.03), Verdict.REGRESSED, 200)).isGreaterThanOrEqualTo(190);
    Synthetic drifting = new Synthetic(0.03, 0.02, 0.01, 0.005, 0);
    assertThat(count(drifting, Verdict.REGRESSED, 200)).isGreaterThanOrEqualTo(190);
    assertThat(count(Synthetic.quiet(0.03), Verdict.EQUIVALENT, 200)).isLessThanOrEqualTo(6);
  }

  /**
   * The planted error that this gate exists against: iterations as the unit in place of forks. The
   * same test at the same level then flags identical sides in more than a tenth of the runs.
   */
  @Test
  void iterationsAsTheUnitAreSeenToFail() {
    int alarms = 0;
    for (int r = 0; r < 250; r++) {
      Series series = Synthetic.quiet(0).series(2000L + r, 0, 4);
      List<Double> pairs = new ArrayList<>();
      for (Block block : series.blocks()) {
        int sign = block.order() == Order.ABBA ? 1 : -1;
        double[] first = block.forks().get(0).scores();
        double[] second = block.forks().get(1).scores();
        for (int i = 0; i < first.length; i++) {
          pairs.add(sign * (Math.log(second[i]) - Math.log(first[i])));
        }
      }
      double[] x = pairs.stream().mapToDouble(Double::doubleValue).toArray();
      alarms += SignedRank.of(x).lower(0.01) > 0 ? 1 : 0;
    }
    assertThat(alarms).isGreaterThan(25);
  }

  @Test
  void familyOfManyBenchmarksKeepsTheLevel() {
    int alarms = 0;
    for (int r = 0; r < 60; r++) {
      List<Series> series = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        series.add(new Synthetic(0, 0.1, 0.01, 0, 0).series(3000L + r, i, 48));
      }
      boolean any =
          new Judge(RULES, 1)
              .compare(series).stream().anyMatch(c -> c.verdict() == Verdict.REGRESSED);
      alarms += any ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(4);
  }

  @Test
  void metricsOfAllModes() {
    assertThat(Metric.of("thrpt", "ops/ms").sign()).isEqualTo(-1);
    assertThat(Metric.of("avgt", "us/op").sign()).isEqualTo(1);
    assertThat(Metric.of("sample", "ms/op").unit()).isEqualTo("ns/op");
    assertThat(Metric.of("ss", "s/op").higherIsBetter()).isFalse();
    assertThat(Metric.factor("us/op")).isEqualTo(1000);
    assertThat(Metric.factor("ops/s")).isEqualTo(1e-9);
    assertThatThrownBy(() -> Metric.of("thrpt", "ns/op")).hasMessageContaining("thrpt with ns/op");
    assertThatThrownBy(() -> Metric.of("avgt", "bytes")).hasMessageContaining("got bytes");
    assertThatThrownBy(() -> Metric.factor("weeks/op")).hasMessageContaining("weeks/op");
  }

  private static Series changed(Series s, Side side, UnaryOperator<Fork> change) {
    List<Block> blocks = new ArrayList<>();
    for (Block b : s.blocks()) {
      List<Fork> forks = new ArrayList<>();
      for (int i = 0; i < Order.FORKS; i++) {
        Fork f = b.forks().get(i);
        forks.add(b.order().sides().get(i) == side ? change.apply(f) : f);
      }
      blocks.add(new Block(b.order(), forks));
    }
    return new Series(s.id(), s.metric(), blocks, s.failure());
  }

  private static Fork bytes(Fork f, double more) {
    double[] bytes = f.bytes().clone();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] += more;
    }
    return withBytes(f, bytes);
  }

  private static Fork withBytes(Fork f, double[] bytes) {
    return new Fork(f.scores(), bytes, f.register(), f.memory(), f.seconds());
  }
}
