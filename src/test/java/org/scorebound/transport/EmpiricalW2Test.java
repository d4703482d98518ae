package org.scorebound.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;

class EmpiricalW2Test {

  static double[] cloud(RandomStream r, int d, int n, double grid) {
    double[] x = new double[d * n];
    r.fillGaussian(x, 0, x.length);
    if (grid > 0) {
      for (int i = 0; i < x.length; i++) {
        x[i] = grid * Math.rint(x[i] / grid);
      }
    }
    return x;
  }

  /** The least cost over all permutations, by recursion. */
  static double bruteForce(double[] x, double[] y, int d, int row, int usedColumns) {
    int n = x.length / d;
    if (row == n) {
      return 0;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      if ((usedColumns & (1 << j)) == 0) {
        double rest = bruteForce(x, y, d, row + 1, usedColumns | (1 << j));
        best = Math.min(best, Clouds.squaredDistance(x, row, y, j, d) + rest);
      }
    }
    return best;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1, 4})
  void agreesWithAllPermutations(double grid) {
    for (int n = 1; n <= 7; n++) {
      for (int d = 1; d <= 3; d++) {
        RandomStream r = RandomStream.root(5).child(n).child(d);
        double[] x = cloud(r, d, n, grid);
        double[] y = cloud(r, d, n, grid);
        double exact = bruteForce(x, y, d, 0, 0) / n;
        EmpiricalDistance w2 = EmpiricalW2.between(x, y, d);
        assertThat(w2.squared()).isCloseTo(exact, within(1e-13 * (1 + exact)));
        assertThat(w2.certificate().lowerSquared()).isLessThanOrEqualTo(exact * (1 + 1e-15));
        assertThat(w2.certificate().upperSquared()).isGreaterThanOrEqualTo(exact * (1 - 1e-15));
      }
    }
  }

  private static BigDecimal exactCost(double[] x, int i, double[] y, int j, int d) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int a = 0; a < d; a++) {
      sum = sum.add(new BigDecimal(x[i * d + a]).subtract(new BigDecimal(y[j * d + a])).pow(2));
    }
    return sum;
  }

  private static BigDecimal exactLeast(BigDecimal[][] c, int row, int used) {
    if (row == c.length) {
      return BigDecimal.ZERO;
    }
    BigDecimal best = null;
    for (int j = 0; j < c.length; j++) {
      if ((used & (1 << j)) == 0) {
        BigDecimal total = c[row][j].add(exactLeast(c, row + 1, used | (1 << j)));
        best = best == null ? total : best.min(total);
      }
    }
    return best == null ? BigDecimal.ZERO : best;
  }

  /** Exact arithmetic, so that the rounding bounds of primal and dual are put to the test. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 3, 1e8})
  void theIntervalHoldsTheNumberWithoutRounding(double offset) {
    int n = 4;
    for (int seed = 0; seed < 100; seed++) {
      RandomStream r = RandomStream.root(seed);
      int d = 2 + seed % 7;
      double[] x = cloud(r, d, n, 0);
      double[] y = cloud(r, d, n, 0);
      for (int i = 0; i < x.length; i++) {
        x[i] += offset;
        y[i] += offset;
      }
      BigDecimal[][] c = new BigDecimal[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          c[i][j] = exactCost(x, i, y, j, d);
        }
      }
      BigDecimal exact = exactLeast(c, 0, 0).divide(new BigDecimal(n), new MathContext(60));
      Certificate z = EmpiricalW2.between(x, y, d).certificate();
      assertThat(new BigDecimal(z.lowerSquared())).as("seed %d", seed).isLessThan(exact);
      assertThat(new BigDecimal(z.upperSquared())).as("seed %d", seed).isGreaterThan(exact);
      // Neither end by the margin of the other.
      assertThat(z.upperSquared() - z.primal()).isLessThan(2 * (d + 10) * 0x1p-53 * z.primal());
    }
  }

  /**
   * One pair is apart by so little in every coordinate that the squares are 0 in doubles, though
   * their sum would not be, beside a pair of another size.
   */
  @Test
  void theIntervalHoldsSquaresBelowTheLeastNumber() {
    int d = 64;
    double apart = 1.5e-162;
    double[] x = new double[2 * d];
    double[] y = new double[2 * d];
    Arrays.fill(y, 0, d, apart);
    Arrays.fill(x, d, 2 * d, 1);
    Arrays.fill(y, d, 2 * d, 1);
    assertThat(apart * apart).isZero();
    Certificate z = EmpiricalW2.between(x, y, d).certificate();
    BigDecimal exact =
        new BigDecimal(apart).pow(2).multiply(new BigDecimal(d)).divide(BigDecimal.TWO);
    assertThat(z.primal()).isZero();
    assertThat(new BigDecimal(z.upperSquared())).isGreaterThanOrEqualTo(exact);
    assertThat(new BigDecimal(z.lowerSquared())).isLessThanOrEqualTo(exact);
  }

  /** Weights that are no multiples of the unit of mass. */
  @Test
  void theIntervalHoldsTheNumberOfTheGivenWeights() {
    int n = 4000;
    for (int seed = 0; seed < 10; seed++) {
      RandomStream r = RandomStream.root(90 + seed);
      double[] x = cloud(r, 2, n, 0);
      double[] w = new double[n];
      Arrays.setAll(w, i -> 0.5 + r.nextDouble());
      double[] y = {4, 0};
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal total = BigDecimal.ZERO;
      for (int i = 0; i < n; i++) {
        BigDecimal wi = new BigDecimal(w[i]);
        sum = sum.add(wi.multiply(exactCost(x, i, y, 0, 2)));
        total = total.add(wi);
      }
      BigDecimal exact = sum.divide(total, new MathContext(60));
      Certificate z =
          EmpiricalW2.between(x, w, y, null, 2, Method.TRANSPORT, Progress.NONE).certificate();
      assertThat(new BigDecimal(z.lowerSquared())).isLessThan(exact);
      assertThat(new BigDecimal(z.upperSquared())).isGreaterThan(exact);
    }
  }

  @Test
  void dualsAreFeasibleAndTightOnTheMatching() {
    RandomStream r = RandomStream.root(6);
    int n = 200;
    double[] x = cloud(r, 2, n, 0.25);
    double[] y = cloud(r, 2, n, 0.25);
    EmpiricalDistance w2 = EmpiricalW2.between(x, y, 2);
    double[] u = w2.u();
    double[] v = w2.v();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double c = Clouds.squaredDistance(x, i, y, j, 2);
        assertThat(u[i] + v[j]).isLessThanOrEqualTo(c + 1e-13);
      }
      int j = w2.matching()[i];
      assertThat(u[i] + v[j]).isCloseTo(Clouds.squaredDistance(x, i, y, j, 2), within(1e-13));
    }
    assertThat(w2.w2().radius()).isLessThan(1e-13);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p-1000, 1e-290, 1e-150, 1, 1e150, 1e300})
  void scalesWithTheCoordinates(double scale) {
    RandomStream r = RandomStream.root(7);
    double[] x = cloud(r, 3, 40, 0);
    double[] y = cloud(r, 3, 40, 0);
    double one = EmpiricalW2.between(x, y, 3).value();
    for (int i = 0; i < x.length; i++) {
      x[i] *= scale;
      y[i] *= scale;
    }
    EmpiricalDistance w2 = EmpiricalW2.between(x, y, 3);
    assertThat(w2.value() / scale).isCloseTo(one, within(1e-14));
    assertThat(w2.w2().contains(one * scale)).isTrue();
    assertThat(w2.w2().radius()).isLessThan(1e-13 * scale);
  }

  /** Spreads whose squares are subnormal beside the size of the clouds. */
  @Test
  void squaresThatUnderflowAreWithinTheInterval() {
    double tiny = 0x1.8p-535;
    double[] x = {0, 0, 1, 0};
    double[] y = {0, tiny, 1, 3 * tiny};
    EmpiricalDistance w2 = EmpiricalW2.between(x, y, 2);
    assertThat(w2.w2().contains(Math.sqrt(5) * tiny)).isTrue();
    assertThat(w2.w2().upper()).isLessThan(0x1p-530);
  }

  @Test
  void farOffsetsLoseNothing() {
    RandomStream r = RandomStream.root(8);
    double[] x = cloud(r, 2, 50, 0x1p-20);
    double[] y = cloud(r, 2, 50, 0x1p-20);
    double one = EmpiricalW2.between(x, y, 2).value();
    for (int i = 0; i < x.length; i++) {
      x[i] += 1e8;
      y[i] += 1e8;
    }
    assertThat(EmpiricalW2.between(x, y, 2).value()).isCloseTo(one, within(1e-14));
  }

  @Test
  void refusesWhatItCannotMatch() {
    assertThatThrownBy(() -> EmpiricalW2.between(new double[] {1, Double.NaN}, new double[2], 2))
        .hasMessageContaining("NaN at point 0, coordinate 1");
    assertThatThrownBy(() -> EmpiricalW2.between(new double[3], new double[4], 2))
        .hasMessageContaining("whole points");
    assertThatThrownBy(() -> EmpiricalW2.between(new double[0], new double[0], 2))
        .hasMessageContaining("at least one point");
  }
}
