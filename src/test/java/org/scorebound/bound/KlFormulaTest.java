package org.scorebound.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against closed forms in one dimension and a value of numpy's in two. */
class KlFormulaTest {

  @Test
  void onTheLine() {
    // log(s2/s1) + (s1^2 + d^2)/(2 s2^2) - 1/2
    double expected = Math.log(Math.sqrt(2.0 / 0.3)) + (0.3 + 0.49) / 4 - 0.5;
    assertThat(KlFormula.gaussian(new double[] {0.7}, new double[][] {{0.3}}, new double[][] {{2}}))
        .isCloseTo(expected, within(1e-15));
  }

  /** Two laws 1e-9 apart: 1e-18/4 and 1e-18/2, where the naive formula has no digit left. */
  @Test
  void nearlyEqualLawsKeepTheirDigits() {
    double kl =
        KlFormula.gaussian(
            new double[] {0}, new double[][] {{1 + Math.scalb(1.0, -30)}}, new double[][] {{1}});
    double e = Math.scalb(1.0, -30);
    assertThat(kl).isCloseTo(0.25 * e * e - e * e * e / 6, within(1e-7 * e * e));
  }

  @Test
  void inThePlaneAndNotSymmetric() {
    double[][] a = {{0.5, 0.2}, {0.2, 0.3}};
    double[][] b = {{1.1, -0.3}, {-0.3, 0.7}};
    double[] d = {0.4, -0.2};
    // tr(B^-1 A) = (.7*.5 + 2*.3*.2 + 1.1*.3)/.68, d.B^-1 d = (.7*.16 - 2*.3*.08 + 1.1*.04)/.68
    double trace = (0.35 + 0.12 + 0.33) / 0.68;
    double square = (0.112 - 0.048 + 0.044) / 0.68;
    double expected = 0.5 * (trace + square - 2 + Math.log(0.68 / 0.11));
    assertThat(KlFormula.gaussian(d, a, b)).isCloseTo(expected, within(1e-14));
    assertThat(KlFormula.gaussian(d, b, a)).isNotCloseTo(expected, within(1e-3));
  }

  /** THEORY section 2: with p0's constant the inequality fails, N(0,.1) against N(0,1). */
  @Test
  void talagrandNeedsTheSecondLawsConstant() {
    double kl = KlFormula.gaussian(new double[] {0}, new double[][] {{0.1}}, new double[][] {{1}});
    double w2 = 1 - Math.sqrt(0.1);
    assertThat(KlFormula.talagrand(1, kl)).isGreaterThan(w2);
    assertThat(KlFormula.talagrand(0.1, kl)).isLessThan(w2);
  }
}
