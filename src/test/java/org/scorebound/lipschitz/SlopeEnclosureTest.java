package org.scorebound.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;

class SlopeEnclosureTest {

  private static final int INTERVALS = 600;
  private static final int POINTS = 21;

  /** Values of f and g by {@link Math} are off by a few ulp of numbers up to |z|. */
  private static final double REFERENCE_ROUNDING = 1e-14;

  @ParameterizedTest
  @EnumSource(Activation.class)
  void everyPointOfTheIntervalIsEnclosed(Activation f) {
    RandomStream random = RandomStream.root(11).child(f.label());
    double[] z = new double[INTERVALS];
    double[] w = new double[INTERVALS];
    for (int i = 0; i < INTERVALS; i++) {
      z[i] = random.nextGaussian() * (i % 3 == 0 ? 1 : i % 3 == 1 ? 6 : 300);
      w[i] = Math.exp(random.nextDouble(-20, 6));
    }
    SlopeEnclosure.Result r = new SlopeEnclosure.Result(INTERVALS);
    SlopeEnclosure.of(f, Kernels.of(BackEnd.VECTOR)).enclose(INTERVALS, z, w, r);
    for (int i = 0; i < INTERVALS; i++) {
      for (int k = 0; k < POINTS; k++) {
        double v = w[i] * (2.0 * k / (POINTS - 1) - 1);
        double x = z[i] + v;
        double slope = f.slope(x);
        String what = f + " at " + z[i] + " +- " + w[i] + ", " + v;
        // x itself is rounded, and g has slope at most 1.
        double slack = REFERENCE_ROUNDING * (1 + Math.abs(x));
        if (f != Activation.RELU || x != 0) {
          assertThat(Math.abs(slope - r.slope[i] - r.shift[i] - r.chord[i] * v))
              .as(what)
              .isLessThanOrEqualTo(r.eps[i] + slack);
          assertThat(Math.abs(slope - r.slope[i]))
              .as(what)
              .isLessThanOrEqualTo(r.deviation[i] + slack);
        }
        double rest = f.value(x) - r.value[i] - r.slope[i] * v;
        assertThat(Math.abs(rest)).as(what).isLessThanOrEqualTo(r.curve[i] + slack);
      }
    }
  }

  @Test
  void fastLogarithmIsAsCloseAsStated() {
    RandomStream random = RandomStream.root(13).child("log");
    for (int i = 0; i < 20_000; i++) {
      double x = Math.exp(random.nextDouble(-40, 40));
      assertThat(SoftplusSlopes.log(x))
          .isCloseTo(Math.log(x), within(0.3 * SoftplusSlopes.LOG_ERROR));
    }
    assertThat(SoftplusSlopes.log(1)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void rangesOnHalfLinesHoldEveryPoint(Activation f) {
    SlopeEnclosure enclosure = SlopeEnclosure.of(f, Kernels.of(BackEnd.SCALAR));
    RandomStream random = RandomStream.root(12).child(f.label());
    for (int i = 0; i < 2000; i++) {
      double a = Math.exp(random.nextDouble(-6, 5));
      double x = a * Math.exp(random.nextDouble(0, 4));
      double base = enclosure.isRectifying() ? x : 0;
      double infinity = Double.POSITIVE_INFINITY;
      assertThat(f.slope(x))
          .isBetween(enclosure.leastSlope(a, infinity), enclosure.largestSlope(a, infinity));
      assertThat(f.slope(-x))
          .isBetween(enclosure.leastSlope(-infinity, -a), enclosure.largestSlope(-infinity, -a));
      double slack = REFERENCE_ROUNDING * (1 + x);
      assertThat(f.value(x) - base)
          .isBetween(
              enclosure.leastRest(a, infinity) - slack, enclosure.largestRest(a, infinity) + slack);
      assertThat(f.value(-x))
          .isBetween(
              enclosure.leastRest(-infinity, -a) - slack,
              enclosure.largestRest(-infinity, -a) + slack);
    }
  }

  /** Of second order: a tenth of the width leaves about a hundredth. */
  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"SOFTPLUS", "TANH", "SILU"})
  void secantsLeaveTheSquareOfTheWidth(Activation f) {
    SlopeEnclosure.Result r = new SlopeEnclosure.Result(2);
    SlopeEnclosure.of(f, Kernels.of(BackEnd.VECTOR))
        .enclose(2, new double[] {0.7, 0.7}, new double[] {0.1, 0.01}, r);
    assertThat(r.eps[1] / r.eps[0]).isBetween(0.005, 0.02);
    assertThat(r.curve[1] / r.curve[0]).isBetween(0.005, 0.02);
  }
}
