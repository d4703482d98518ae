package org.scorebound.regress.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.scorebound.random.RandomStream;

/** Looks, Holm, sign flips, bootstrap, steady state. */
class AdjustmentTest {

  @Test
  void sharesOfTheLooksAreThoseOfTheSpendingFunctionAndSumToOne() {
    Looks looks = Looks.at(12, 24, 48);
    assertThat(looks.share(0)).isCloseTo(Math.log(1 + (Math.E - 1) / 4), within(1e-15));
    assertThat(looks.share(0) + looks.share(1) + looks.share(2)).isCloseTo(1, within(1e-15));
    assertThat(looks.share(2)).isBetween(0.37, 0.39);
    assertThat(Looks.at(12).share(0)).isEqualTo(1);
    assertThat(looks.combined(new double[] {0.5, 0.001}))
        .isCloseTo(0.001 / looks.share(1), within(1e-15));
    assertThat(looks.combined(new double[0])).isEqualTo(1);
    assertThatThrownBy(() -> Looks.at(12, 12)).hasMessageContaining("must increase");
  }

  @Test
  void holmsAdjustedValuesAndDivisors() {
    Holm holm = Holm.of(new double[] {0.01, 0.04, 0.03, 0.005}, 0.05);
    assertThat(holm.adjusted())
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
    assertThat(holm.divisors()).containsExactly(3, 2, 2, 4);
  }

  @Test
  void rejectionAndDivisorAgree() {
    RandomStream random = RandomStream.root(5);
    for (int r = 0; r < 2000; r++) {
      double[] p = new double[1 + random.nextInt(6)];
      for (int i = 0; i < p.length; i++) {
        p[i] = 0.1 * random.nextDouble();
      }
      Holm holm = Holm.of(p, 0.05);
      for (int i = 0; i < p.length; i++) {
        assertThat(holm.adjusted()[i] <= 0.05).isEqualTo(p[i] <= 0.05 / holm.divisors()[i]);
      }
    }
  }

  @Test
  void signFlipAgreesWithAllChoicesOfSigns() {
    RandomStream random = RandomStream.root(6);
    for (int r = 0; r < 20; r++) {
      double[] x = new double[2 + random.nextInt(10)];
      double seen = 0;
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextGaussian() + 0.4;
        seen += x[i];
      }
      int atLeast = 0;
      for (int signs = 0; signs < 1 << x.length; signs++) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
          sum += (signs >> i & 1) == 0 ? Math.abs(x[i]) : -Math.abs(x[i]);
        }
        atLeast += sum >= seen - 1e-9 ? 1 : 0;
      }
      // The grid can move sums that are closer than it is fine past each other.
      double tolerance = x.length < 6 ? 1e-15 : 3.0 / (1 << x.length);
      assertThat(SignFlip.pAbove(x))
          .isCloseTo(Math.scalb((double) atLeast, -x.length), within(tolerance));
    }
    assertThat(SignFlip.pAbove(new double[48])).isEqualTo(1);
  }

  @Test
  void bootstrapIsSeededAndAroundTheMean() {
    double[] x = {1, 2, 3, 4, 5, 6, 7, 8};
    BlockBootstrap one = BlockBootstrap.of(x, 0.01, RandomStream.root(1));
    assertThat(BlockBootstrap.of(x, 0.01, RandomStream.root(1))).isEqualTo(one);
    // Standard error of the mean .81, 2.3 of them.
    assertThat(one.lower()).isBetween(2.2, 3.2);
    assertThat(one.upper()).isBetween(5.8, 6.8);
  }

  @Test
  void warmupEndsWhereTheFallEnds() {
    assertThat(SteadyState.warmup(new double[] {9, 5, 3, 1.01, 1, 1.02, 1, 0.99, 1.01, 1}))
        .isEqualTo(3);
    assertThat(SteadyState.warmup(new double[] {1, 1, 1, 1})).isZero();
    assertThat(SteadyState.warmup(new double[] {1})).isZero();
    assertThat(SteadyState.warmup(new double[] {128, 64, 32, 16, 8, 4, 2, 1})).isEqualTo(4);
    // One slow iteration late is none of the warm-up's, and the median does not see it.
    assertThat(SteadyState.median(new double[] {1, 1, 1, 1, 1, 1, 50, 1})).isEqualTo(1);
    assertThat(SteadyState.median(new double[] {7, 2, 4})).isEqualTo(3);
  }
}
