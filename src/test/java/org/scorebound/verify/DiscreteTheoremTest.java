package org.scorebound.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.sde.DiscreteTheorem;

/** The discrete theorem on sampled configurations of every family, and wrong forms of it. */
class DiscreteTheoremTest {

  private static final Kernels KERNELS = Kernels.of(BackEnd.VECTOR);

  static Stream<Configuration> sampled() {
    return IntStream.range(0, 72).mapToObj(i -> Families.draw(5, i));
  }

  private static DiscreteTheorem of(Configuration c) {
    return new DiscreteTheorem(c.sampler(), KERNELS, new StepAmplification(c.score(), c.family()));
  }

  @ParameterizedTest
  @MethodSource("sampled")
  void holdsToRoundingOnEveryPair(Configuration c) {
    DiscreteTheorem.Result r = of(c).check(24, RandomStream.root(1));
    assertThat(r.violations()).isZero();
    assertThat(r.steps()).isPositive();
    assertThat(r.checked()).isGreaterThanOrEqualTo(25L * r.steps());
    assertThat(r.worst()).isLessThanOrEqualTo(1);
    // Rounding may push the realised recursion below the RMS by some ulps.
    assertThat(r.realised()).isGreaterThanOrEqualTo(r.coupled() * (1 - 1e-12));
    assertThat(r.logGlobal()).isGreaterThanOrEqualTo(Math.log(r.realised()) - 1e-9);
  }

  @Test
  void controlsAreCaughtAndTheNullOneIsNot() {
    assertThat(DiscreteControls.all().stream().map(Control::run))
        .hasSize(3)
        .allMatch(Control.Result::passed)
        .anyMatch(r -> !r.caught());
  }

  /** Half of the gain is too little, pair by pair. */
  @Test
  void halvedGainIsFound() {
    Configuration c = Families.draw(5, 0);
    StepAmplification right = new StepAmplification(c.score(), c.family());
    DiscreteTheorem wrong =
        new DiscreteTheorem(
            c.sampler(),
            KERNELS,
            (t, h) ->
                new DiscreteTheorem.Amplification(
                    0.5 * right.at(t, h).gain(), right.at(t, h).norm()));
    DiscreteTheorem.Result r = wrong.check(24, RandomStream.root(1));
    assertThat(r.violations()).isPositive();
    assertThat(r.worst()).isGreaterThan(100);
  }
}
