package org.scorebound.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Streams of both generators: known answers, independence of order, and statistics. Seeds are
 * fixed, so the outcome is; the false-alarm rate of each statistical test, over seeds, is stated.
 */
class RandomStreamTest {

  /** False-alarm rate of each test. */
  private static final double ALPHA = 1e-6;

  enum Generator {
    XOSHIRO,
    PHILOX;

    RandomStream root(long seed) {
      return this == XOSHIRO ? RandomStream.root(seed) : RandomStream.counterBased(seed);
    }
  }

  /** Two-sided normal quantile at a level split evenly over several tests. */
  private static double quantile(int tests) {
    return Math.sqrt(2) * Erf.erfcInv(ALPHA / tests);
  }

  /**
   * The known answers that Random123 publishes in {@code tests/kat_vectors}, lines {@code
   * philox4x32 10}: counter, key, answer (github.com/DEShawResearch/random123).
   */
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1",
  })
  void philoxGivesItsKnownAnswers(String counter, String key, String expected) {
    int[] block = words(counter);
    int[] k = words(key);
    Philox.encrypt(block, k[0], k[1]);
    assertThat(block).containsExactly(words(expected));
  }

  private static int[] words(String hex) {
    return Arrays.stream(hex.strip().split(" ", -1))
        .mapToInt(w -> Integer.parseUnsignedInt(w, 16))
        .toArray();
  }

  @Test
  void philoxCountsItsBlocksAndSeeks() {
    Philox stream = new Philox(0x299f31d0_a4093822L);
    long[] drawn = new long[9];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = stream.nextLong();
    }
    int[] third = {3, 0, 0, 0};
    Philox.encrypt(third, 0xa4093822, 0x299f31d0);
    assertThat(drawn[6]).isEqualTo((third[0] & 0xFFFFFFFFL) | ((long) third[1] << 32));
    assertThat(drawn[7]).isEqualTo((third[2] & 0xFFFFFFFFL) | ((long) third[3] << 32));
    for (int i : new int[] {5, 0, 8, 3, 4}) {
      stream.seek(i);
      assertThat(stream.nextLong()).isEqualTo(drawn[i]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void childrenDependOnTheirPathAlone(Generator generator) {
    RandomStream root = generator.root(5);
    long before = root.child(3).child("noise").nextLong();
    for (int i = 0; i < 10; i++) {
      root.nextLong();
    }
    assertThat(root.child(3).child("noise").nextLong()).isEqualTo(before);
    assertThat(generator.root(5).child(3).child("noise").nextLong()).isEqualTo(before);
    assertThat(generator.root(5).child(4).child("noise").nextLong()).isNotEqualTo(before);
  }

  /** Mean, variance, skewness and kurtosis, each by its normal limit: rate 1e-6 in all. */
  @ParameterizedTest
  @EnumSource
  void momentsOfNormals(Generator generator) {
    int n = 400_000;
    double[] x = new double[n];
    generator.root(11).fillGaussian(x, 0, n);
    double[] powers = new double[4];
    for (double v : x) {
      powers[0] += v;
      powers[1] += v * v;
      powers[2] += v * v * v;
      powers[3] += v * v * v * v;
    }
    double[] expected = {0, 1, 0, 3};
    double[] variances = {1, 2, 15, 96};
    for (int k = 0; k < 4; k++) {
      double z = (powers[k] / n - expected[k]) / Math.sqrt(variances[k] / n);
      assertThat(Math.abs(z)).as("moment %d", k + 1).isLessThan(quantile(4));
    }
  }

  /**
   * Kolmogorov and Smirnov's distance against {@code sqrt(log(2/alpha)/(2n))}, which holds for
   * every n (Massart 1990, doi:10.1214/aop/1176990746).
   */
  @ParameterizedTest
  @EnumSource
  void normalsFollowTheirLaw(Generator generator) {
    int n = 200_000;
    double[] x = new double[n];
    generator.root(12).child("ks").fillGaussian(x, 0, n);
    Arrays.sort(x);
    double distance = 0;
    for (int i = 0; i < n; i++) {
      double p = 0.5 * Erf.erfc(-x[i] / Math.sqrt(2));
      distance = Math.max(distance, Math.max(p - (double) i / n, (i + 1.0) / n - p));
    }
    assertThat(distance).isLessThan(Math.sqrt(Math.log(2 / ALPHA) / (2 * n)));
  }

  /** Correlations of all pairs of 40 children, and of each with itself one place on. */
  @ParameterizedTest
  @EnumSource
  void childrenAreUncorrelated(Generator generator) {
    int streams = 40;
    int n = 8192;
    double[][] x = new double[streams][n + 1];
    for (int s = 0; s < streams; s++) {
      generator.root(13).child(s).fillGaussian(x[s], 0, n + 1);
    }
    int pairs = streams * (streams + 1) / 2;
    double limit = quantile(pairs) * Math.sqrt(n);
    for (int a = 0; a < streams; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = 0;
        int lag = a == b ? 1 : 0;
        for (int i = 0; i < n; i++) {
          sum += x[a][i] * x[b][i + lag];
        }
        // Products of independent normals have mean 0 and variance 1.
        assertThat(Math.abs(sum)).as("streams %d and %d", a, b).isLessThan(limit);
      }
    }
  }

  /** Bits of 256 children at the same place: each of 64 bits is fair, rate 1e-6 in all. */
  @ParameterizedTest
  @EnumSource
  void samePlaceOfManyChildrenIsFair(Generator generator) {
    int n = 4096;
    int[] ones = new int[64];
    for (int s = 0; s < n; s++) {
      long word = generator.root(14).child(s).nextLong();
      for (int b = 0; b < 64; b++) {
        ones[b] += (int) (word >>> b & 1);
      }
    }
    for (int b = 0; b < 64; b++) {
      double z = (ones[b] - 0.5 * n) / Math.sqrt(0.25 * n);
      assertThat(Math.abs(z)).as("bit %d", b).isLessThan(quantile(64));
    }
  }
}
