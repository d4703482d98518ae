package org.scorebound.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.scorebound.random.RandomStream;

/** Limits of means: against Student's quantiles, and by coverage where the values are skewed. */
class MeanIntervalTest {

  @Test
  void symmetricValuesHaveStudentsLimits() {
    double[] values = new double[200];
    for (int i = 0; i < 100; i++) {
      values[i] = i + 1;
      values[199 - i] = -(i + 1);
    }
    MeanInterval m = MeanInterval.of(values);
    assertThat(m.mean()).isZero();
    assertThat(m.skewness()).isCloseTo(0, within(1e-15));
    for (double error : new double[] {0.05, 0.005, 1e-6}) {
      double q = new TDistribution(199).inverseCumulativeProbability(1 - error);
      // The expansion's own error at 199 degrees of freedom, relative.
      assertThat(m.upper(error)).isCloseTo(q * m.standardError(), within(1e-4 * m.upper(error)));
      assertThat(m.lower(error)).isCloseTo(-m.upper(error), within(1e-9));
    }
  }

  @Test
  void constantValuesHaveNoWidth() {
    MeanInterval m = MeanInterval.of(new double[] {2, 2, 2});
    assertThat(m.lower(1e-6)).isEqualTo(2);
    assertThat(m.upper(1e-6)).isEqualTo(2);
  }

  /** Squares of normals: 2,000 means of 60, the upper limit at 95 % one-sided. */
  @Test
  void skewnessIsCorrected() {
    int repetitions = 2000;
    int n = 60;
    int covered = 0;
    int plain = 0;
    double[] z = new double[n];
    for (int r = 0; r < repetitions; r++) {
      RandomStream.root(r).fillGaussian(z, 0, n);
      for (int i = 0; i < n; i++) {
        z[i] *= z[i];
      }
      MeanInterval m = MeanInterval.of(z);
      covered += m.upper(0.05) >= 1 ? 1 : 0;
      plain += m.mean() + 1.6707 * m.standardError() >= 1 ? 1 : 0;
    }
    // Four binomial standard deviations of 0.0049 about the level; Student's misses it.
    assertThat((double) covered / repetitions).isBetween(0.93, 0.97);
    assertThat((double) plain / repetitions).isLessThan(0.925);
  }
}
