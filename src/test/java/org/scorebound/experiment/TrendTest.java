package org.scorebound.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;

class TrendTest {

  private static double[] range(int n) {
    double[] a = new double[n];
    Arrays.setAll(a, i -> i);
    return a;
  }

  @Test
  void slopeOfALineIsExact() {
    double[] x = range(20);
    Trend line = Trend.of(x, Arrays.stream(x).map(v -> 3 - 0.5 * v).toArray());
    assertThat(line.slope()).isCloseTo(-0.5, within(1e-14));
    assertThat(line.largestResidual()).isLessThan(1e-13);
    Estimate within = line.slopeWithinRun(RandomStream.root(1));
    assertThat(within.lower()).isCloseTo(-0.5, within(1e-12));
    assertThat(within.upper()).isCloseTo(-0.5, within(1e-12));
  }

  @Test
  void pairsWithoutANumberAreLeftOut() {
    double nan = Double.NaN;
    Trend t = Trend.of(new double[] {0, 1, nan, 3}, new double[] {0, 2, 5, 6});
    assertThat(t.size()).isEqualTo(3);
    assertThat(t.slope()).isCloseTo(2, within(1e-14));
    assertThat(Trend.logs(new double[] {-1, 0, 1, Math.E})).containsExactly(nan, nan, 0, 1);
  }

  @Test
  void rankCorrelationKnowsOrderAndTies() {
    double[] x = range(10);
    assertThat(Trend.of(x, Arrays.stream(x).map(Math::exp).toArray()).spearman())
        .isCloseTo(1, within(1e-14));
    assertThat(Trend.of(x, Arrays.stream(x).map(v -> -v).toArray()).spearman())
        .isCloseTo(-1, within(1e-14));
    // By hand: ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3.
    assertThat(Trend.of(new double[] {1, 2, 2, 3}, new double[] {1, 2, 3, 4}).spearman())
        .isCloseTo(0.9486832980505138, within(1e-12));
  }

  /** A trend that is there in every run is gone in the shuffled ones. */
  @Test
  void shuffledControlShowsNoTrend() {
    RandomStream random = RandomStream.root(3);
    double[] kept = new double[20];
    double[] shuffled = new double[20];
    for (int s = 0; s < 20; s++) {
      double[] x = range(50);
      double[] y = Arrays.stream(x).map(v -> v + 20 * random.nextGaussian()).toArray();
      kept[s] = Trend.of(x, y).spearman();
      shuffled[s] = Trend.of(x, y).shuffled(random).spearman();
    }
    assertThat(new Sample(kept).interval(0.99).lower()).isGreaterThan(0.3);
    assertThat(new Sample(shuffled).interval(0.99).contains(0)).isTrue();
  }

  /** Student's interval covers at its level: 2,000 samples of 5, within four binomial errors. */
  @Test
  void studentIntervalCovers() {
    RandomStream random = RandomStream.root(5);
    int covered = 0;
    int n = 2000;
    for (int i = 0; i < n; i++) {
      double[] v = new double[5];
      Arrays.setAll(v, j -> 7 + random.nextGaussian());
      covered += new Sample(v).interval(0.95).contains(7) ? 1 : 0;
    }
    assertThat(covered / (double) n).isCloseTo(0.95, within(4 * Math.sqrt(0.95 * 0.05 / n)));
  }

  @Test
  void pairingTakesTheSeedsApart() {
    double[] a = {10, 20, 30, 40};
    double[] b = {9, 19, 29.5, 38.5};
    Estimate paired = Sample.difference(a, b).interval(0.95);
    assertThat(paired.value()).isCloseTo(1, within(1e-12));
    assertThat(paired.lower()).isPositive();
    assertThat(new Sample(a).interval(0.95).lower()).isLessThan(b[0]);
    // All four differences have one sign: 2 of 16 flips are as far out.
    assertThat(Sample.difference(a, b).signFlipP(RandomStream.root(1)))
        .isCloseTo(0.125, within(0.02));
  }

  @Test
  void oneSeedHasNoInterval() {
    Estimate one = new Sample(new double[] {3, Double.NaN}).interval(0.95);
    assertThat(one.value()).isEqualTo(3);
    assertThat(one.upper()).isInfinite();
  }
}
