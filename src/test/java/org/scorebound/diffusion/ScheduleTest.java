package org.scorebound.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** B(t) against Gauss–Legendre quadrature of beta between its breakpoints. */
class ScheduleTest {

  private static final double HORIZON = 1.7;

  static Stream<Schedule> schedules() {
    return Stream.of(
        new LinearSchedule(0.1, 20, HORIZON),
        new QuadraticSchedule(0.1, 20, HORIZON),
        new QuadraticSchedule(0, 3, HORIZON),
        new SigmoidSchedule(1e-5, 1e-2, -6, 6, HORIZON),
        new SigmoidSchedule(0.5, 9, -2, 7, HORIZON),
        new ConstantSchedule(2.5),
        new CosineSchedule(0.008, 20 / HORIZON, HORIZON),
        new CosineSchedule(0.05, 4, HORIZON),
        new DiscreteSchedule(List.of(0.1, 0.0, 3.0, 0.4, 7.0, 2.0, 1.0), HORIZON));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void integralIsTheIntegralOfBeta(Schedule schedule) {
    GaussIntegratorFactory rules = new GaussIntegratorFactory();
    for (double t : new double[] {1e-6, 0.01, 0.4, 0.85, HORIZON / 2, 1.6, HORIZON}) {
      double sum = 0;
      double from = 0;
      for (double b : schedule.breakpoints()) {
        double to = Math.min(b, t);
        if (to > from) {
          sum += rules.legendre(60, from, to).integrate(schedule::beta);
          from = to;
        }
      }
      if (t > from) {
        sum += rules.legendre(60, from, t).integrate(schedule::beta);
      }
      assertThat(schedule.integral(t)).as("t = %s", t).isCloseTo(sum, within(2e-14 * sum + 1e-19));
    }
    assertThat(schedule.integral(0)).isZero();
  }

  @Test
  void endsOfTheNamedSchedules() {
    assertThat(new LinearSchedule(0.1, 20, 3).beta(3)).isEqualTo(20);
    assertThat(new QuadraticSchedule(0.25, 4, 3).beta(1.5)).isCloseTo(1.5625, within(1e-15));
    SigmoidSchedule published = new SigmoidSchedule(1e-5, 1e-2, -6, 6, 1);
    assertThat(published.beta(0.5)).isCloseTo(0.5 * (1e-5 + 1e-2), within(1e-17));
    assertThat(published.beta(1)).isCloseTo(1e-5 + 9.99e-3 / (1 + Math.exp(-6)), within(1e-16));
  }

  /** exp(-B) = cos^2 a(t) / cos^2 a(0) before the clip, continuous beta at it. */
  @Test
  void cosineBeforeAndAtTheClip() {
    CosineSchedule c = new CosineSchedule(0.008, 20, 1);
    double a0 = Math.PI / 2 * 0.008 / 1.008;
    double a = Math.PI / 2 * (0.5 + 0.008) / 1.008;
    double abar = Math.pow(Math.cos(a) / Math.cos(a0), 2);
    assertThat(Math.exp(-c.integral(0.5))).isCloseTo(abar, within(1e-15));
    double clip = c.clipTime();
    assertThat(clip).isBetween(0.90, 0.91);
    assertThat(c.beta(Math.nextDown(clip))).isCloseTo(20, within(1e-12));
    assertThat(c.beta(clip)).isEqualTo(20);
    assertThat(c.beta(1)).isEqualTo(20);
    assertThat(c.breakpoints()).containsExactly(clip);
    assertThatThrownBy(() -> new CosineSchedule(0.008, 0.01, 1))
        .hasMessageContaining("betaClip")
        .hasMessageContaining("0.01");
  }

  @Test
  void discreteIsRightContinuous() {
    DiscreteSchedule s = new DiscreteSchedule(List.of(1.0, 2.0, 3.0), 3);
    assertThat(s.beta(1)).isEqualTo(2);
    assertThat(s.beta(1 - 1e-12)).isEqualTo(1);
    assertThat(s.beta(3)).isEqualTo(3);
    assertThat(s.integral(3)).isEqualTo(6);
    assertThat(s.breakpoints()).containsExactly(1, 2);
  }
}
