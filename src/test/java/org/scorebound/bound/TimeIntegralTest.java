package org.scorebound.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against integrals in closed form, and the stated error against the true one. */
class TimeIntegralTest {

  /** Some hundred roundings; 1e-12 is aimed at. */
  private static final double ACCURACY = 1e-12;

  /** A profile whose L_s is a rate, k = 1, L = 0 and m = weight^2. */
  private static Profile profile(
      DoubleUnaryOperator rate, DoubleUnaryOperator weight, double horizon, double... breakpoints) {
    return new Profile() {
      @Override
      public TimePoint at(double t) {
        double w = weight.applyAsDouble(t);
        return new TimePoint(t, 1, 1, 1, 0, 0, rate.applyAsDouble(t), w * w);
      }

      @Override
      public double denoisingGap(double t) {
        return 0;
      }

      @Override
      public double horizon() {
        return horizon;
      }

      @Override
      public double tolerance() {
        return ACCURACY;
      }

      @Override
      public double[] breakpoints() {
        return breakpoints;
      }
    };
  }

  private static TimeIntegral.Result over(Profile profile, double power) {
    return TimeIntegral.over(
        profile,
        TimePoint::ls,
        List.of(new TimeIntegral.Term(p -> Math.sqrt(p.m()), power)),
        0,
        profile.horizon());
  }

  /** {@code int_0^1 e^{p r t} dt = (e^{p r} - 1)/(p r)}, from e^-1600 to e^1600. */
  @ParameterizedTest
  @ValueSource(doubles = {-800, -30, -1e-3, 0.7, 12, 355, 800})
  void exponentialsOfAnySize(double rate) {
    for (double power : new double[] {1, 2}) {
      TimeIntegral.Result r = over(profile(t -> rate, t -> 1, 1), power);
      double x = power * rate;
      double expected =
          x > 30 ? x - Math.log(x) + Math.log1p(-Math.exp(-x)) : Math.log(Math.expm1(x) / x);
      assertThat(r.logI()).isCloseTo(rate, within(ACCURACY * Math.max(1, Math.abs(rate))));
      assertThat(r.logValues()[0]).isCloseTo(expected, within(ACCURACY * Math.max(1, Math.abs(x))));
      assertThat(r.relativeErrors()[0]).isBetween(0.0, 1e-8);
    }
  }

  @Test
  void nothingIsZeroToTheEndAndNotNaN() {
    TimeIntegral.Result r = over(profile(t -> 900 * (1 - t), t -> 0, 1), 2);
    assertThat(r.logValues()[0]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(r.relativeErrors()[0]).isFinite();
    assertThat(r.logI()).isCloseTo(450, within(450 * ACCURACY));
  }

  /** {@code I = e^{t^2}}, weight {@code 2 t}: the integral is {@code e^{T^2} - 1}. */
  @Test
  void gainThatGrowsWithTime() {
    TimeIntegral.Result r = over(profile(t -> 2 * t, t -> 2 * t, 3), 1);
    assertThat(r.logValues()[0]).isCloseTo(Math.log(Math.expm1(9)), within(10 * ACCURACY));
  }

  /** A kink and a jump of the rate that nobody announced. */
  @Test
  void kinksAndJumps() {
    double c = 1 / Math.E;
    double kinked = 0.5 * (c * c + (1 - c) * (1 - c));
    TimeIntegral.Result kink = over(profile(t -> Math.abs(t - c), t -> 1, 1), 1);
    assertThat(kink.logI()).isCloseTo(kinked, within(1e-11));
    TimeIntegral.Result jump = over(profile(t -> t < c ? 5 : -3, t -> 1, 1), 1);
    assertThat(jump.logI()).isCloseTo(5 * c - 3 * (1 - c), within(1e-11));
    // For a jump that nobody announced, the difference of the rules is no bound but has the size.
    assertThat(Math.abs(jump.logI() - (5 * c - 3 * (1 - c))))
        .isLessThanOrEqualTo(2 * jump.logIError());
    double peak = Math.exp(5 * c);
    double expected = (peak - 1) / 5 + peak * -Math.expm1(-3 * (1 - c)) / 3;
    assertThat(jump.value(0)).isCloseTo(expected, within(1e-10 * expected));
  }

  @Test
  void announcedJumpIsExact() {
    double c = 1 / Math.E;
    TimeIntegral.Result r = over(profile(t -> t < c ? 5 : -3, t -> 1, 1, c), 1);
    assertThat(r.logI()).isCloseTo(5 * c - 3 * (1 - c), within(1e-14));
    assertThat(r.times()).hasSize(30);
  }

  /** Hundreds of kinks, too many to resolve: the stated error must cover the true one. */
  @ParameterizedTest
  @ValueSource(ints = {40, 151, 600})
  void statedErrorCoversUnresolvedKinks(int kinks) {
    TimeIntegral.Result r =
        over(profile(t -> Math.abs(Math.sin(Math.PI * kinks * t * t)), t -> 1, 1), 1);
    double exact = 0;
    int n = 400_000;
    for (int i = 0; i < n; i++) {
      double t = (i + 0.5) / n;
      exact += Math.abs(Math.sin(Math.PI * kinks * t * t)) / n;
    }
    // The midpoint rule: h^2/24 times the jumps of the slope, 2 pi kinks each, summed.
    double reference = Math.pow(2 * Math.PI * kinks / n, 2);
    assertThat(Math.abs(r.logI() - exact)).isLessThan(r.logIError() + reference);
    assertThat(r.logIError()).isLessThan(0.05);
  }

  /** The noise of a searched supremum must not make the quadrature run to its limit. */
  @Test
  void noiseEndsTheRefinement() {
    TimeIntegral.Result r = over(profile(t -> 3 + 1e-11 * Math.sin(1e9 * t), t -> 1, 1), 1);
    assertThat(r.logI()).isCloseTo(3, within(1e-11));
    assertThat(r.times().length).isLessThan(200 * 15);
  }

  @Test
  void logIAtTheNodesIsTheRunningIntegral() {
    TimeIntegral.Result r = over(profile(t -> Math.cos(7 * t), t -> 1, 2), 1);
    for (int i = 0; i < r.times().length; i++) {
      assertThat(r.logIs()[i]).isCloseTo(Math.sin(7 * r.times()[i]) / 7, within(ACCURACY));
    }
  }

  /** {@code int k^2 I^2 / lambda} and J together, with I = e^{-t}, m = e^{2t}, lambda = g^2 = 1. */
  @Test
  void corollaryInClosedForm() {
    Profile p = profile(t -> -1, Math::exp, 1.5);
    LossFormula.Evaluated e = LossFormula.scoreMatching().evaluate(p, 0.25, 0);
    double j = 0.25 * Math.expm1(3);
    double gain = -0.5 * Math.expm1(-3);
    double bound = Math.sqrt(2 * gain * j) + 0.25 * Math.exp(-1.5);
    assertThat(Math.exp(e.logLoss())).isCloseTo(j, within(ACCURACY * j));
    assertThat(Math.exp(e.logBound())).isCloseTo(bound, within(ACCURACY * bound));
  }

  /** {@code int k I sqrt(m) = 1.5} for the same profile, and the form with I from t to T. */
  @Test
  void theoremInClosedForm() {
    Profile p = profile(t -> -1, Math::exp, 1.5);
    TheoremFormula.Evaluated e = TheoremFormula.theorem().evaluate(p, 0.25);
    assertThat(Math.exp(e.logIntegral())).isCloseTo(1.5, within(ACCURACY));
    assertThat(Math.exp(e.logOffset())).isCloseTo(0.25 * Math.exp(-1.5), within(ACCURACY));
    TheoremFormula.Evaluated end = TheoremFormula.theorem().withGainFromEnd().evaluate(p, 0.25);
    // int e^{-(T - t)} e^t dt
    assertThat(Math.exp(end.logIntegral()))
        .isCloseTo(0.5 * Math.exp(-1.5) * Math.expm1(3), within(10 * ACCURACY));
  }
}
