package org.scorebound.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.numbers.gamma.Erfc;
import org.junit.jupiter.api.Test;
import org.scorebound.result.Evidence;

class QuantileW2Test {

  private static final MixtureQuantile P =
      new MixtureQuantile(new double[] {0.3, 0.7}, new double[] {-1, 0.8}, new double[] {0.2, 0.3});

  private static MixtureQuantile normal(double mean, double sd) {
    return new MixtureQuantile(new double[] {1}, new double[] {mean}, new double[] {sd});
  }

  @Test
  void isTheClosedFormForGaussians() {
    var result =
        QuantileW2.between(
            QuantileMap.gaussian(1, 2),
            QuantileMap.gaussian(-0.5, 0.25),
            QuantileW2.Options.PRECISE);
    double exact = Math.hypot(1.5, 1.75);
    assertThat(result.value()).isCloseTo(exact, within(1e-14));
    assertThat(result.w2().contains(exact)).isTrue();
    assertThat(result.error()).isLessThan(1e-12);
    assertThat(result.converged()).isTrue();
    assertThat(result.w2().kind()).isEqualTo(Evidence.EXACT);
  }

  @Test
  void agreesWithAnIndependentProgramForMixtures() {
    var q =
        new MixtureQuantile(
            new double[] {0.5, 0.2, 0.3}, new double[] {-0.4, 0.1, 1.5}, new double[] {.5, .1, .4});
    // SciPy: quantiles by brentq on the log of the distribution function, QUADPACK on 36 panels.
    assertThat(QuantileW2.between(P, q).value()).isCloseTo(0.45359127259588533, within(1e-12));
    assertThat(QuantileW2.between(P, normal(0, 1)).value())
        .isCloseTo(0.4746182330414879, within(1e-12));
  }

  @Test
  void crossesGapsBetweenFarComponents() {
    // Two spikes against the same two, a third of the mass moved over a gap of 200 deviations.
    var a = new MixtureQuantile(new double[] {1, 2}, new double[] {-1, 1}, new double[] {.01, .01});
    var b = new MixtureQuantile(new double[] {2, 1}, new double[] {-1, 1}, new double[] {.01, .01});
    var result = QuantileW2.between(a, b);
    // 1/3 of the mass moves by 2, but for the order within the spikes, of size .01.
    assertThat(result.value()).isCloseTo(2 / Math.sqrt(3), within(0.02));
    assertThat(result.error()).isLessThan(1e-11);
    // Mirror image: the same distance.
    var am =
        new MixtureQuantile(new double[] {2, 1}, new double[] {-1, 1}, new double[] {.01, .01});
    var bm =
        new MixtureQuantile(new double[] {1, 2}, new double[] {-1, 1}, new double[] {.01, .01});
    assertThat(QuantileW2.between(am, bm).value()).isCloseTo(result.value(), within(1e-12));
  }

  @Test
  void invertsTheDistributionFunctionInBothTails() {
    for (double z = -36; z <= 36; z += 0.37) {
      double x = P.at(z);
      double s = z <= 0 ? 1 : -1;
      double f =
          0.15 * Erfc.value(-s * (x + 1) / 0.2 * Math.sqrt(.5))
              + 0.35 * Erfc.value(-s * (x - 0.8) / 0.3 * Math.sqrt(.5));
      double target = 0.5 * Erfc.value(-s * z * Math.sqrt(.5));
      // A rounding of x is magnified by x F'/F, about z^2 in the tail.
      assertThat(f / target).as("z = %s", z).isCloseTo(1, within(1e-15 * (20 + 20 * z * z)));
    }
    assertThat(P.at(Double.NaN)).isNaN();
    assertThat(normal(3, 2).at(1.5)).isEqualTo(6);
  }

  @Test
  void tinyDistancesKeepTheirRelativeAccuracy() {
    var result =
        QuantileW2.between(
            QuantileMap.gaussian(0, 1),
            QuantileMap.of(z -> z + 1e-9 * Math.sin(z)),
            QuantileW2.Options.PRECISE);
    // E sin^2 Z = (1 - exp(-2)) / 2; the differences of values of size 1 carry 1e-16 each.
    double exact = 1e-9 * Math.sqrt(0.5 * (1 - Math.exp(-2)));
    assertThat(result.value()).isCloseTo(exact, within(1e-16));
    assertThat(result.w2().contains(exact)).isTrue();
  }

  @Test
  void countsMapErrorsAndStopsAtTheBudget() {
    var options = new QuantileW2.Options(1e-9, 0, 1e-7, 300);
    var rough =
        QuantileW2.between(
            QuantileMap.of(z -> Math.signum(z - 0.123)), QuantileMap.gaussian(0, 1), options);
    assertThat(rough.converged()).isFalse();
    assertThat(rough.w2().kind()).isEqualTo(Evidence.ESTIMATED);
    assertThat(rough.error()).isGreaterThan(1e-7);
    var same = QuantileW2.between(P, P);
    assertThat(same.value()).isZero();
    assertThat(same.converged()).isTrue();
  }

  @Test
  void refusesWhatIsNoLaw() {
    assertThatThrownBy(
            () -> new MixtureQuantile(new double[] {1}, new double[] {0}, new double[] {0}))
        .hasMessageContaining("sds[0] must be > 0, got 0.0");
    assertThatThrownBy(
            () -> new MixtureQuantile(new double[] {-1}, new double[] {0}, new double[] {1}))
        .hasMessageContaining("weights[0]");
    assertThatThrownBy(
            () ->
                QuantileW2.between(
                    z -> new double[1], QuantileMap.gaussian(0, 1), QuantileW2.Options.PRECISE))
        .hasMessageContaining("values, got 1");
    assertThatThrownBy(
            () ->
                QuantileW2.between(
                    QuantileMap.of(Math::log),
                    QuantileMap.gaussian(0, 1),
                    QuantileW2.Options.PRECISE))
        .hasMessageContaining("maps must be finite, got NaN");
  }
}
