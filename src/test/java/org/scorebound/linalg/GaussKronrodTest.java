package org.scorebound.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Degrees of exactness, against the integrals of monomials. */
class GaussKronrodTest {

  /** Fifteen weights of size .1 and their rounding. */
  private static final double ROUNDING = 2e-15;

  private static double[] monomial(int degree) {
    double[] f = new double[GaussKronrod.NODES];
    for (int i = 0; i < f.length; i++) {
      f[i] = Math.pow(GaussKronrod.node(i), degree);
    }
    return f;
  }

  private static double integral(int degree, double to) {
    return (Math.pow(to, degree + 1) - Math.pow(-1, degree + 1)) / (degree + 1);
  }

  @Test
  void kronrodIsExactToDegree22AndNoFurther() {
    for (int n = 0; n <= 23; n++) {
      assertThat(GaussKronrod.kronrod(monomial(n)))
          .as("degree %d", n)
          .isCloseTo(integral(n, 1), within(ROUNDING));
    }
    assertThat(Math.abs(GaussKronrod.kronrod(monomial(24)) - integral(24, 1))).isGreaterThan(1e-9);
  }

  @Test
  void gaussIsExactToDegree13AndNoFurther() {
    for (int n = 0; n <= 13; n++) {
      assertThat(GaussKronrod.gauss(monomial(n)))
          .as("degree %d", n)
          .isCloseTo(integral(n, 1), within(ROUNDING));
    }
    assertThat(Math.abs(GaussKronrod.gauss(monomial(14)) - integral(14, 1))).isGreaterThan(1e-4);
  }

  @Test
  void deviationIsFromTheMean() {
    double[] signs = new double[GaussKronrod.NODES];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = 5 + Math.signum(GaussKronrod.node(i));
    }
    double centre = 0.20948214108472782;
    assertThat(GaussKronrod.deviation(signs)).isCloseTo(2 - centre, within(ROUNDING));
    assertThat(GaussKronrod.deviation(monomial(0))).isCloseTo(0, within(ROUNDING));
  }

  @Test
  void indefiniteIntegralsAreExactToDegree14() {
    double[] out = new double[GaussKronrod.NODES];
    for (int n = 0; n <= 14; n++) {
      GaussKronrod.cumulative(monomial(n), out);
      for (int i = 0; i < out.length; i++) {
        assertThat(out[i])
            .as("degree %d to node %d", n, i)
            .isCloseTo(integral(n, GaussKronrod.node(i)), within(2e-14));
      }
    }
  }
}
