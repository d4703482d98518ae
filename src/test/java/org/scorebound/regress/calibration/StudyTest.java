package org.scorebound.regress.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scorebound.random.RandomStream;
import org.scorebound.regress.BenchmarkId;
import org.scorebound.regress.Block;
import org.scorebound.regress.Fork;
import org.scorebound.regress.Metric;
import org.scorebound.regress.Order;
import org.scorebound.regress.Rules;
import org.scorebound.regress.Series;
import org.scorebound.regress.Side;
import org.scorebound.regress.Verdict;
import org.scorebound.result.Figure;

/** The study on forks from a model whose answer is known. */
class StudyTest {

  private static final Series LIKE =
      new Series(
          new BenchmarkId("a.B.c", "avgt", new LinkedHashMap<>()),
          Metric.of("avgt", "ns/op"),
          List.of(),
          Optional.empty());

  /** Forks differ by 2 %, iterations of one by 1 %: the numbers at which pooling fails. */
  private static List<Fork> forks() {
    RandomStream random = RandomStream.root(8);
    List<Fork> forks = new ArrayList<>();
    for (int f = 0; f < 400; f++) {
      double level = 0.02 * random.nextGaussian();
      double[] scores = new double[6];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = 1000 * Math.exp(level + 0.01 * random.nextGaussian());
      }
      forks.add(new Fork(scores, new double[0], 0.01, 0.02, 0.4));
    }
    return forks;
  }

  private static Study.Row drawn(double percent, int runs) {
    Study study = new Study(Rules.with(Rules.FULL), 1);
    return study.drawn(Condition.QUIET, percent, forks(), LIKE, runs);
  }

  @Test
  void poolingFailsWhereTheGateDoesNot() {
    Study.Row none = drawn(0, 150);
    assertThat(none.count(Verdict.REGRESSED)).isLessThanOrEqualTo(2);
    assertThat(none.count(Verdict.EQUIVALENT)).isGreaterThan(130);
    assertThat(none.rivals().get(Rival.POOLED_T)).isGreaterThan(15);
    assertThat(none.rivals().get(Rival.MANN_WHITNEY)).isGreaterThan(15);
    assertThat(none.rivals().get(Rival.TEN_PERCENT)).isZero();
    Study.Row some = drawn(3, 60);
    assertThat(some.count(Verdict.REGRESSED)).isGreaterThanOrEqualTo(57);
    assertThat(some.rivals().get(Rival.TEN_PERCENT)).isZero();
    assertThat(drawn(15, 20).rivals().get(Rival.TEN_PERCENT)).isEqualTo(20);
    assertThat(drawn(15, 20).rivals().get(Rival.MANN_WHITNEY_STRICT)).isEqualTo(20);

    Figure curve = Curves.curve(none, some);
    assertThat(curve.series()).hasSize(1 + Rival.values().length);
    // All the way up: at no threshold at all everything is called slower.
    assertThat(curve.series().get(1).x().getLast()).isEqualTo(1.0);
    assertThat(curve.series().get(1).y().getLast()).isEqualTo(1.0);
    assertThat(Curves.table(List.of(none, some)).rows()).hasSize(2);
    assertThat(Curves.power(List.of(none, some)).series()).hasSize(1);
  }

  @Test
  void aSentinelThatMovesWithTheSidesIsUntrusted() {
    List<Fork> forks = forks();
    Study study = new Study(Rules.with(Rules.FULL), 1);
    for (boolean moved : new boolean[] {false, true}) {
      List<Block> blocks = new ArrayList<>();
      for (int b = 0; b < 12; b++) {
        Order order = Order.drawn(3, 0, b);
        List<Fork> four = new ArrayList<>();
        for (int i = 0; i < Order.FORKS; i++) {
          Fork f = forks.get(4 * b + i);
          double register = moved && order.sides().get(i) == Side.CANDIDATE ? 0.011 : 0.01;
          four.add(new Fork(f.scores(), f.bytes(), register, f.memory(), f.seconds()));
        }
        blocks.add(new Block(order, four));
      }
      Series series = new Series(LIKE.id(), LIKE.metric(), blocks, Optional.empty());
      assertThat(study.judged(series).verdict() == Verdict.UNTRUSTED).isEqualTo(moved);
    }
  }

  @Test
  void upperEndsOfRates() {
    // 1 - .05^(1/n), and the two figures that the gate is held to.
    assertThat(Curves.atMost(0, 10)).isCloseTo(1 - Math.pow(0.05, 0.1), within(1e-9));
    assertThat(Curves.atMost(0, 299)).isBetween(0.0099, 0.01);
    assertThat(Curves.atMost(1, 473)).isBetween(0.0099, 0.01);
    assertThat(Curves.atMost(5, 5)).isEqualTo(1);
  }

  @Test
  void scoresOfKnownPools() {
    RandomStream random = RandomStream.root(1);
    double[] a = {1, 1.01, 0.99, 1.02, 0.98, 1};
    double[] b = {1.2, 1.21, 1.19, 1.22, 1.18, 1.2};
    for (Rival rival : Rival.values()) {
      boolean strict = rival == Rival.MANN_WHITNEY_STRICT;
      assertThat(rival.score(a, a, random))
          .as(rival.title())
          .isLessThanOrEqualTo(rival.threshold());
      assertThat(rival.score(b, a, random))
          .as(rival.title())
          .isLessThanOrEqualTo(rival.threshold());
      // Six against six give p = .004 at best.
      assertThat(rival.score(a, b, random) > rival.threshold()).isEqualTo(!strict);
    }
  }
}
