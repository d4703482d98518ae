package org.scorebound.regress.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebound.random.RandomStream;

class SignedRankTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 12})
  void distributionIsThatOfAllChoicesOfSigns(int n) {
    double[] count = new double[n * (n + 1) / 2 + 1];
    for (int signs = 0; signs < 1 << n; signs++) {
      int sum = 0;
      for (int k = 0; k < n; k++) {
        sum += (signs >> k & 1) * (k + 1);
      }
      count[sum] += Math.scalb(1.0, -n);
    }
    assertThat(SignedRank.distribution(n)).containsExactly(count);
  }

  /** Largest c with P(T <= c) at most alpha, from table A of Wilcoxon's test in textbooks. */
  @ParameterizedTest
  @CsvSource({"10, 0.005, 3", "12, 0.005, 7", "12, 0.025, 13", "24, 0.005, 61", "24, 0.05, 91"})
  void criticalValuesAreThoseOfTheTables(int n, double alpha, int critical) {
    double sum = 0;
    double[] p = SignedRank.distribution(n);
    for (int c = 0; c <= critical; c++) {
      sum += p[c];
    }
    assertThat(sum).isLessThanOrEqualTo(alpha);
    assertThat(sum + p[critical + 1]).isGreaterThan(alpha);
  }

  @Test
  void handComputedCase() {
    SignedRank rank = SignedRank.of(new double[] {-1, 2, 3});
    // Walsh averages -1, 0.5, 1, 2, 2.5, 3.
    assertThat(rank.estimate()).isEqualTo(1.5);
    assertThat(rank.pAbove(0)).isEqualTo(2.0 / 8);
    assertThat(rank.pBelow(0)).isEqualTo(7.0 / 8);
    assertThat(rank.lower(0.25)).isEqualTo(0.5);
    assertThat(rank.upper(0.25)).isEqualTo(2.5);
    assertThat(rank.lower(0.1)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void boundExcludesWhatTheTestRejects() {
    RandomStream random = RandomStream.root(11);
    for (int r = 0; r < 2000; r++) {
      double[] x = new double[3 + random.nextInt(20)];
      for (int i = 0; i < x.length; i++) {
        // Few distinct values, so that ties and zeros are common.
        x[i] = random.nextInt(7) - 2;
      }
      SignedRank rank = SignedRank.of(x);
      double alpha = random.nextDouble(0.0005, 0.2);
      assertThat(rank.lower(alpha) > 0).isEqualTo(rank.pAbove(0) <= alpha);
      assertThat(rank.upper(alpha) < 0).isEqualTo(rank.pBelow(0) <= alpha);
    }
  }

  /** Twelve blocks, any noise whose sign is a coin: Cauchy, a mixture of scales, a lattice. */
  @Test
  void boundIsBelowTheCentreAsOftenAsItSays() {
    double alpha = 0.01;
    ToDoubleFunction<RandomStream> cauchy = u -> Math.tan(Math.PI * (u.nextDouble() - 0.5));
    ToDoubleFunction<RandomStream> mixture = u -> u.nextGaussian() * (u.nextInt(4) == 0 ? 50 : 1);
    ToDoubleFunction<RandomStream> lattice = u -> u.nextInt(5) - 2;
    for (ToDoubleFunction<RandomStream> noise : java.util.List.of(cauchy, mixture, lattice)) {
      assertThat(misses(noise, alpha)).isLessThanOrEqualTo(highest(alpha));
    }
  }

  /** A planted error: the bound one Walsh average too high, seen by the same count. */
  @Test
  void levelThatIsTooLargeIsSeen() {
    ToDoubleFunction<RandomStream> noise = RandomStream::nextGaussian;
    assertThat(misses(noise, 0.02)).isGreaterThan(highest(0.01));
  }

  private static final int REPLICAS = 20_000;

  private static int misses(ToDoubleFunction<RandomStream> noise, double alpha) {
    RandomStream random = RandomStream.root(3);
    int misses = 0;
    for (int r = 0; r < REPLICAS; r++) {
      double[] x = new double[12];
      for (int i = 0; i < x.length; i++) {
        x[i] = 0.5 + noise.applyAsDouble(random);
      }
      misses += SignedRank.of(x).lower(alpha) > 0.5 ? 1 : 0;
    }
    return misses;
  }

  /** Four standard deviations above the mean count, passed by chance once in 30,000. */
  private static int highest(double alpha) {
    return (int) (REPLICAS * alpha + 4 * Math.sqrt(REPLICAS * alpha));
  }

  @Test
  void emptyAndNonFiniteInput() {
    assertThat(SignedRank.of(new double[0]).estimate()).isNaN();
    assertThat(SignedRank.of(new double[0]).pAbove(0)).isEqualTo(1);
    assertThatThrownBy(() -> SignedRank.of(new double[] {1, Double.NaN}))
        .hasMessageContaining("x[1] = NaN");
    assertThat(SignedRank.distribution(48)[0]).isCloseTo(Math.pow(2, -48), within(0.0));
  }
}
