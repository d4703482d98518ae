package org.scorebound.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

  @Test
  void publishedScheduleHasItsEvaluations() {
    Setting setting = Setting.standard(DataLaw.fourClusters(), 1000);
    assertThat(setting.batches()).isEqualTo(32);
    assertThat(Measurements.published().evaluations(1000, 32)).isEqualTo(4980);
    int[] steps = Measurements.published().checkpointSteps(32_000);
    assertThat(steps).hasSize(50).isSorted().doesNotHaveDuplicates();
    assertThat(steps[0]).isEqualTo(1);
    assertThat(steps[49]).isEqualTo(32_000);
    int[] certified = Measurements.published().certifiedAmong(steps, 320);
    assertThat(certified).hasSize(5);
    assertThat(steps[certified[0]]).isBetween(800, 1200);
    assertThat(certified[4]).isEqualTo(49);
  }

  @Test
  void shortRunsHaveEveryStepOnce() {
    for (int total = 1; total < 130; total++) {
      int[] steps = Measurements.published().checkpointSteps(total);
      assertThat(steps).hasSize(Math.min(50, total)).doesNotHaveDuplicates().isSorted();
      assertThat(steps[0]).isEqualTo(steps.length == 1 ? total : 1);
      assertThat(steps[steps.length - 1]).isEqualTo(total);
    }
  }

  /** .05 as published; ours destroys the data. */
  @Test
  void schedulesHaveTheirIntegrals() {
    assertThat(NoiseSchedule.published(10).total()).isCloseTo(0.05, within(1e-4));
    assertThat(NoiseSchedule.own(10).total()).isCloseTo(8.505, within(1e-9));
    assertThat(NoiseSchedule.constant(0.05, 200, 200).total()).isCloseTo(10, within(1e-12));
  }

  /** The scaled weights put the same mean on the plain noise error. */
  @Test
  void weightsAreOnOneScale() {
    Setting setting = Setting.standard(DataLaw.fourClusters(), 1);
    var process = setting.process();
    double[] sigma2 = LossWeight.SIGMA_SQUARED.of(process, 10);
    double c = sigma2[0] / process.diffusion().noiseCovariance(0.1, 2)[0][0];
    double wanted = mean(LossWeight.G_SQUARED.of(process, 10), sigma2, c);
    for (LossWeight w : LossWeight.values()) {
      assertThat(mean(w.of(process, 10), sigma2, c)).isCloseTo(wanted, within(1e-9 * wanted));
    }
    // k I of the exact score: log I rises by some 20 within the first steps and falls by B/2.
    double[] ki = LossWeight.K_I.of(process, 10);
    double[] g2 = LossWeight.G_SQUARED.of(process, 10);
    assertThat(ki[9] / g2[9]).isLessThan(0.1 * Arrays.stream(ratio(ki, g2)).max().orElse(0));
  }

  private static double[] ratio(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] / b[i]).toArray();
  }

  private static double mean(double[] lambda, double[] sigma2, double scale) {
    return IntStream.range(0, lambda.length)
        .mapToDouble(k -> lambda[k] / (sigma2[k] / scale) / lambda.length)
        .sum();
  }
}
