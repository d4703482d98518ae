package org.scorebound.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;

/** What the experiments compute, where it is known. */
class ClosedFormsTest {

  private static final Kernels KERNELS = Kernels.of(BackEnd.VECTOR);

  private static NetworkBound bound(Setting setting) {
    return new NetworkBound(setting, 2, RandomStream.root(1), KERNELS);
  }

  private static double[][] constant(double m) {
    double[][] errors = new double[10][];
    Arrays.setAll(errors, k -> new double[] {m, m, m});
    return errors;
  }

  /** With constant m the integral has a closed form on every step. */
  @Test
  void boundIsTheFormulaByHand() {
    Setting setting = Setting.standard(DataLaw.fourClusters(), 1);
    double[] ls = new double[10];
    double log = 0;
    double integral = 0;
    double gain = 0;
    for (int k = 0; k < 10; k++) {
      ls[k] = 0.3 * k;
      double beta = setting.noise().betas().get(k);
      double rate = beta * (0.5 + ls[k]);
      integral += beta * 0.2 * Math.exp(log) * Math.expm1(0.1 * rate) / rate;
      gain += beta * Math.exp(2 * log) * Math.expm1(0.2 * rate) / (2 * rate);
      log += 0.1 * rate;
    }
    NetworkBound bound = bound(setting);
    NetworkBound.Forms forms = bound.forms(constant(0.04), ls);
    double offset = Math.exp(log) * bound.start().upper();
    double j = 0.5 * 0.04 * setting.noise().total();
    assertThat(forms.logI()).isCloseTo(log, within(1e-10));
    assertThat(forms.logTheorem()).isCloseTo(Math.log(integral + offset), within(1e-7));
    assertThat(forms.logJ()).isCloseTo(Math.log(j), within(1e-7));
    assertThat(forms.logGain()).isCloseTo(Math.log(gain), within(1e-7));
    assertThat(forms.logMatching())
        .isCloseTo(Math.log(Math.sqrt(2 * gain * j) + offset), within(1e-7));
    assertThat(forms.logMatching()).isGreaterThan(forms.logTheorem());
    assertThat(forms.logJDenoising()).isGreaterThan(forms.logJ());
  }

  /** I grows by more than e^709 within one step here. */
  @Test
  void hugeBoundsAreNumbers() {
    Setting setting = Setting.standard(DataLaw.fourClusters(), 1);
    double[] ls = new double[10];
    Arrays.fill(ls, 1000);
    NetworkBound.Forms forms = bound(setting).forms(constant(1), ls);
    double b = setting.noise().total();
    assertThat(forms.logI()).isCloseTo(1000.5 * b, within(1e-6));
    // The integral of k I is (I - 1)/1000.5 when sqrt m = 1, to which the offset is added.
    double sum = 1 / 1000.5 + bound(setting).start().upper();
    assertThat(forms.logTheorem()).isCloseTo(1000.5 * b + Math.log(sum), within(1e-4));
  }

  /**
   * The published grid of difference quotients on the exact score: 15.9 where the supremum gives
   * 883, and 5.5 against 14.6 (THEORY.md section 6).
   */
  @Test
  void publishedGridMissesTheSupremum() {
    double[][] expected = {{0.0125 * 0.0125, 15.916}, {0.01, 5.498}};
    for (double[] e : expected) {
      DataLaw data = DataLaw.clusters("clusters", 2, 4, e[0]);
      Setting setting = Setting.standard(data, 1).with(NoiseSchedule.published(10));
      double[] ls =
          PublishedEstimators.gridLipschitz(
              k -> PublishedEstimators.exact(setting, k, KERNELS), 10);
      assertThat(PublishedEstimators.logI(setting.noise(), ls)).isCloseTo(e[1], within(1e-3));
    }
  }

  /** t with many degrees of freedom is normal: curvature -1 everywhere, at every time. */
  @Test
  void studentWithManyDegreesIsNormal() {
    HeavyTail normal = new HeavyTail(1e9, 1);
    for (double b : new double[] {0.1, 1, 5}) {
      double alpha = Math.exp(-0.5 * b);
      double sigma = Math.sqrt(-Math.expm1(-b));
      for (double x : new double[] {0, 0.7, 3}) {
        assertThat(normal.curvature(alpha, sigma, x)).isCloseTo(-1, within(1e-6));
      }
    }
  }

  /** Against second differences of the density, summed another way. */
  @Test
  void curvatureIsTheSecondDifferenceOfTheLogarithm() {
    HeavyTail student = new HeavyTail(3, 0.2);
    double alpha = 0.2 * Math.exp(-0.5);
    double sigma = Math.sqrt(-Math.expm1(-1));
    for (double x : new double[] {0, 1, 2.5, 4}) {
      double h = 1e-3;
      double second =
          (logDensity(alpha, sigma, x + h)
                  - 2 * logDensity(alpha, sigma, x)
                  + logDensity(alpha, sigma, x - h))
              / (h * h);
      assertThat(student.curvature(alpha, sigma, x)).isCloseTo(second, within(1e-4));
    }
  }

  /** log of the convolution by the trapezoidal rule, which converges at once for it. */
  private static double logDensity(double alpha, double sigma, double x) {
    double sum = 0;
    double step = 1e-3;
    for (double y = -40; y < 40; y += step) {
      double z = y / alpha;
      double r = (x - y) / sigma;
      sum += step * Math.exp(-0.5 * r * r - 2 * Math.log1p(z * z / 3));
    }
    return Math.log(sum);
  }

  /** Polynomial tails: positive far out, and the largest value grows with t. */
  @Test
  void studentHasNoLimit() {
    HeavyTail student = new HeavyTail(3, 0.2);
    double early = student.lipschitzLower(1);
    double late = student.lipschitzLower(8);
    assertThat(early).isPositive();
    assertThat(late).isGreaterThan(early);
  }
}
