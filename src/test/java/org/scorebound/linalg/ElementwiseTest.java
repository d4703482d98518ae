package org.scorebound.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.linalg.BackEnds.Implementation;
import org.scorebound.linalg.internal.KernelSpi;
import org.scorebound.random.RandomStream;

/** Elementwise functions against 40-digit arithmetic, at special values and in place. */
class ElementwiseTest {

  private static final MathContext MC = new MathContext(40);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** The claim of the vector kernels. */
  private static final double MAX_ULPS = 2;

  /** Of formulas over {@link Math}, whose exp, log and tanh are within 1 to 2.5 ulp themselves. */
  private static final double MAX_ULPS_OF_MATH = 4;

  /**
   * Of slopes, which are at most 1.1: roundings of e, 1+e, the quotient and up to three operations
   * more, the last of them a product with z up to 40 only where the slope is small.
   */
  private static final double SLOPE_ERROR = 8 * 0x1p-53;

  private static double[] arguments() {
    RandomStream random = RandomStream.root(7);
    double[] x = new double[3001];
    for (int i = 0; i < x.length; i++) {
      double scale =
          switch (i % 4) {
            case 0 -> 1;
            case 1 -> 30;
            case 2 -> 700;
            default -> Math.exp(random.nextDouble(-40, 0));
          };
      x[i] = random.nextDouble(-scale, scale);
    }
    return x;
  }

  @ParameterizedTest
  @EnumSource
  void valuesAreWithinTwoUlps(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    double max =
        switch (implementation) {
          case VECTOR_16, VECTOR_32 -> MAX_ULPS;
          case SCALAR, JBLAS -> MAX_ULPS_OF_MATH;
        };
    double[] x = arguments();
    double[] y = new double[x.length];
    kernels.exp(x.length, x, 0, y, 0);
    compare("exp", max, x, y, ElementwiseTest::exp);
    kernels.activate(Activation.SOFTPLUS, x.length, x, 0, y, 0);
    compare("softplus", max, x, y, ElementwiseTest::softplus);
    kernels.activate(Activation.SILU, x.length, x, 0, y, 0);
    compare("silu", max, x, y, v -> v.multiply(logistic(v), MC));
    kernels.activate(Activation.TANH, x.length, x, 0, y, 0);
    compare("tanh", max, x, y, ElementwiseTest::tanh);
  }

  private static void compare(
      String name, double max, double[] x, double[] y, UnaryOperator<BigDecimal> f) {
    double worst = 0;
    for (int i = 0; i < x.length; i++) {
      BigDecimal exact = f.apply(new BigDecimal(x[i]));
      double ulp = Math.max(Math.ulp(exact.doubleValue()), Double.MIN_VALUE);
      double error =
          new BigDecimal(y[i]).subtract(exact).divide(new BigDecimal(ulp), MC).abs().doubleValue();
      worst = Math.max(worst, error);
      assertThat(error).as("%s(%s) = %s in ulps", name, x[i], y[i]).isLessThanOrEqualTo(max);
    }
    assertThat(worst).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void slopesMatchTheReference(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    double[] x = arguments();
    double[] h = new double[x.length];
    double[] plain = new double[x.length];
    double[] d = new double[x.length];
    for (Activation f : Activation.values()) {
      kernels.activateWithSlope(f, x.length, x, 0, h, 0, d, 0);
      kernels.activate(f, x.length, x, 0, plain, 0);
      assertThat(h).as(f.label()).isEqualTo(plain);
      for (int i = 0; i < x.length; i++) {
        assertThat(Math.abs(d[i] - f.slope(x[i])))
            .as("slope of %s at %s", f, x[i])
            .isLessThanOrEqualTo(SLOPE_ERROR);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void specialValues(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    double inf = Double.POSITIVE_INFINITY;
    double[] one = new double[1];
    double[] slope = new double[1];
    for (int n : new int[] {1, 40}) {
      double[] special = {
        Double.NaN, inf, -inf, 0.0, -0.0, 1000, -1000, 709.7, -745, 1e-310, 0.3, -2, 1e29
      };
      double[] x = new double[n * special.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = special[i % special.length];
      }
      double[] y = x.clone();
      kernels.exp(x.length, y, 0, y, 0);
      for (int i = 0; i < x.length; i++) {
        check("exp", x[i], y[i], StrictMath.exp(x[i]));
      }
      for (Activation f : Activation.values()) {
        double[] h = x.clone();
        double[] d = new double[x.length];
        kernels.activateWithSlope(f, x.length, h, 0, h, 0, d, 0);
        for (int i = 0; i < x.length; i++) {
          check(f.label(), x[i], h[i], f.value(x[i]));
          assertThat(Double.isNaN(d[i])).isEqualTo(Double.isNaN(x[i]));
          // A neighbour outside the range of the polynomials changes no bit.
          kernels.activateWithSlope(f, 1, x, i, one, 0, slope, 0);
          assertThat(h[i]).as("%s(%s) alone", f.label(), x[i]).isEqualTo(Double.valueOf(one[0]));
          assertThat(d[i])
              .as("slope of %s at %s alone", f.label(), x[i])
              .isEqualTo(Double.valueOf(slope[0]));
        }
      }
    }
  }

  private static void check(String name, double x, double got, double expected) {
    if (Double.isNaN(expected) || Double.isInfinite(expected)) {
      assertThat(Double.valueOf(got)).as("%s(%s)", name, x).isEqualTo(Double.valueOf(expected));
    } else {
      assertThat(Math.abs(got - expected))
          .as("%s(%s)", name, x)
          .isLessThanOrEqualTo(MAX_ULPS_OF_MATH * Math.ulp(expected));
    }
  }

  @ParameterizedTest
  @EnumSource
  void bitsDoNotDependOnThePosition(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    double[] x = Arrays.copyOf(arguments(), 1543);
    double[] y = new double[x.length];
    double[] one = new double[1];
    for (Activation f : Activation.values()) {
      kernels.activate(f, x.length, x, 0, y, 0);
      for (int i = 0; i < x.length; i++) {
        kernels.activate(f, 1, x, i, one, 0);
        assertThat(y[i]).as("%s at %d", f, i).isEqualTo(one[0]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void softmaxColumnsSumToOneAndDoNotOverflow(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    RandomStream random = RandomStream.root(11);
    for (int rows : new int[] {1, 2, 5, 8, 30}) {
      for (int cols : new int[] {0, 1, 9}) {
        double[] x = new double[rows * cols];
        for (int i = 0; i < x.length; i++) {
          x[i] = random.nextDouble(-1e3, 1e3);
        }
        double[] s = x.clone();
        double[] lse = new double[cols];
        kernels.softmaxColumns(rows, cols, s, 0, lse, 0);
        for (int j = 0; j < cols; j++) {
          double sum = 0;
          for (int i = j * rows; i < (j + 1) * rows; i++) {
            // x - lse is rounded at 2^-43, being up to 2000.
            assertThat(s[i]).isCloseTo(Math.exp(x[i] - lse[j]), byLessThan(0x1p-42));
            sum += s[i];
          }
          assertThat(sum).isCloseTo(1, byLessThan((rows + 4) * 0x1p-52));
        }
      }
    }
  }

  @org.junit.jupiter.api.Test
  void largestSlopeIsAnUpperBound() {
    for (Activation f : Activation.values()) {
      double most = 0;
      for (double z = -10; z < 10; z += 0x1p-12) {
        most = Math.max(most, Math.abs(f.slope(z)));
      }
      // Near a smooth maximum a grid of 2^-12 misses at most its square.
      assertThat(f.largestSlope()).isBetween(most, most + 0x1p-12);
    }
  }

  private static org.assertj.core.data.Offset<Double> byLessThan(double eps) {
    return org.assertj.core.data.Offset.offset(eps);
  }

  private static BigDecimal exp(BigDecimal x) {
    int halvings = 12;
    BigDecimal r = x.divide(TWO.pow(halvings), MC);
    MathContext wide = new MathContext(60);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int i = 1; i < 40; i++) {
      term = term.multiply(r, wide).divide(BigDecimal.valueOf(i), wide);
      sum = sum.add(term, wide);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, wide);
    }
    return sum;
  }

  private static BigDecimal logistic(BigDecimal x) {
    return BigDecimal.ONE.divide(BigDecimal.ONE.add(exp(x.negate())), MC);
  }

  private static BigDecimal softplus(BigDecimal x) {
    BigDecimal e = exp(x.abs().negate());
    BigDecimal s = e.divide(TWO.add(e), MC);
    BigDecimal power = s;
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 1; i < 100; i += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(i), MC), MC);
      power = power.multiply(s, MC).multiply(s, MC);
    }
    return x.max(BigDecimal.ZERO).add(sum.multiply(TWO), MC);
  }

  /** Near 0 the difference of exponentials cancels: 60 digits are carried, 17 may go. */
  private static BigDecimal tanh(BigDecimal x) {
    BigDecimal e = exp(x.multiply(TWO));
    return e.subtract(BigDecimal.ONE).divide(e.add(BigDecimal.ONE), MC);
  }
}
