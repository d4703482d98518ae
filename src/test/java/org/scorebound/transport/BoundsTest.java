package org.scorebound.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.scorebound.random.RandomStream;

/** Lower bounds lie below, upper ones above, and each is tight where theory says so. */
class BoundsTest {

  private final RandomStream r = RandomStream.root(21);
  private final double[] x = EmpiricalW2Test.cloud(r, 2, 120, 0);
  private final double[] y = EmpiricalW2Test.cloud(r, 2, 120, 0);
  private final EmpiricalDistance w2 = EmpiricalW2.between(x, y, 2);

  @Test
  void gelbrichFromTheCloudsOwnMomentsLiesBelow() {
    double bound = LowerBounds.gelbrich(mean(x), covariance(x), mean(y), covariance(y));
    assertThat(bound).isPositive().isLessThanOrEqualTo(w2.value());
  }

  @Test
  void slicedIsSmallerByTheRootOfTheDimension() {
    var sliced = SlicedW2.between(x, y, 2, 400, r.child(1));
    assertThat(sliced.lower()).isLessThanOrEqualTo(w2.value() / Math.sqrt(2));
    double[] moved = x.clone();
    for (int i = 0; i < moved.length; i += 2) {
      moved[i] += 3;
    }
    // A translation: SW2 = W2 / sqrt d.
    var translated = SlicedW2.between(x, moved, 2, 4000, r.child(2));
    assertThat(translated.contains(3 / Math.sqrt(2))).isTrue();
    assertThat(translated.radius()).isLessThan(0.05);
  }

  /** After one sweep nearly all mass is sent by the correction, after many the two ends meet. */
  @Test
  void sinkhornIsABracketEarlyAndATightOneLate() {
    double[] far = y.clone();
    for (int i = 0; i < far.length; i++) {
      far[i] += 3;
    }
    double exact = EmpiricalW2.between(x, far, 2).value();
    var early = SinkhornW2.between(x, far, 2, 1e-3, 1);
    assertThat(early.upper()).isGreaterThanOrEqualTo(exact);
    assertThat(early.lower()).isLessThanOrEqualTo(exact);
    var late = SinkhornW2.between(x, far, 2, 0.01, 2000);
    assertThat(late.upper()).isBetween(exact, 1.02 * exact);
    assertThat(late.lower()).isBetween(0.98 * exact, exact);
  }

  @Test
  void sinkhornBracketsTheExactValue() {
    var rough = SinkhornW2.between(x, y, 2, 0.05, 200);
    assertThat(rough.lower()).isLessThanOrEqualTo(w2.value());
    assertThat(rough.upper()).isGreaterThanOrEqualTo(w2.value() * (1 - 1e-12));
    var fine = SinkhornW2.between(x, y, 2, 0.005, 2000);
    assertThat(fine.upper() - fine.lower()).isLessThan(rough.upper() - rough.lower());
  }

  /** Scaling by a power of two changes no digit, even where squares leave the range of numbers. */
  @Test
  void approximationsScaleExactly() {
    for (int k : new int[] {-700, -500, 500, 700}) {
      double[] a = Clouds.scale(x, k);
      double[] b = Clouds.scale(y, k);
      var sliced = SlicedW2.between(x, y, 2, 50, RandomStream.root(3));
      var scaledSliced = SlicedW2.between(a, b, 2, 50, RandomStream.root(3));
      assertThat(scaledSliced.value()).isEqualTo(Math.scalb(sliced.value(), k));
      assertThat(scaledSliced.upper()).isEqualTo(Math.scalb(sliced.upper(), k));
      if (Math.abs(k) == 500) {
        var one = SinkhornW2.between(x, y, 2, 0.05, 50);
        var scaled = SinkhornW2.between(a, b, 2, Math.scalb(0.05, 2 * k), 50);
        assertThat(scaled.value()).isEqualTo(Math.scalb(one.value(), k));
        assertThat(scaled.lower()).isEqualTo(Math.scalb(one.lower(), k));
      }
    }
  }

  @Test
  void w1IsAtMostW2() {
    double[] a = EmpiricalW2Test.cloud(r, 1, 50, 0);
    double[] b = EmpiricalW2Test.cloud(r, 1, 50, 0);
    assertThat(LowerBounds.w1OnTheLine(a, null, b, null))
        .isLessThan(EmpiricalW2.between(a, b, 1).value());
    assertThat(LowerBounds.w1OnTheLine(new double[] {0, 5}, null, new double[] {6, 1}, null))
        .isCloseTo(1, within(1e-15));
  }

  @Test
  void w1TakesWeightsAndUnequalSizes() {
    double[] a = {0, 1};
    double[] b = {2};
    assertThat(LowerBounds.w1OnTheLine(a, new double[] {3, 1}, b, null)).isEqualTo(1.75);
    double[] copies = {0, 0, 0, 1};
    double[] other = {4, -1, .5};
    assertThat(LowerBounds.w1OnTheLine(a, new double[] {3, 1}, other, null))
        .isCloseTo(LowerBounds.w1OnTheLine(copies, null, other, null), within(1e-15));
  }

  @Test
  void gelbrichOfCloudsIsALowerBoundAndSharpForTranslations() {
    assertThat(LowerBounds.gelbrich(x, null, y, null, 2)).isLessThan(w2.value());
    double[] moved = x.clone();
    for (int i = 0; i < moved.length; i += 2) {
      moved[i] += 1e8;
    }
    assertThat(LowerBounds.gelbrich(x, null, moved, null, 2)).isCloseTo(1e8, within(1e-6));
    double[] w = new double[x.length / 2];
    Arrays.fill(w, 0, 3, 1);
    double[] three = Arrays.copyOf(x, 6);
    assertThat(LowerBounds.gelbrich(x, w, y, null, 2))
        .isCloseTo(LowerBounds.gelbrich(three, null, y, null, 2), within(1e-13));
  }

  private static double[] mean(double[] x) {
    double[] m = new double[2];
    for (int i = 0; i < x.length; i++) {
      m[i % 2] += 2 * x[i] / x.length;
    }
    return m;
  }

  private static double[][] covariance(double[] x) {
    double[] m = mean(x);
    double[][] v = new double[2][2];
    for (int i = 0; i < x.length; i += 2) {
      for (int a = 0; a < 2; a++) {
        for (int b = 0; b < 2; b++) {
          v[a][b] += 2 * (x[i + a] - m[a]) * (x[i + b] - m[b]) / x.length;
        }
      }
    }
    return v;
  }
}
