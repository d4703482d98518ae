package org.scorebound.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebound.random.RandomStream;

/** The families of the assignment literature: constant, Machol–Wien, geometric, rectangular. */
class CostMatrixTest {

  private static double[] matrix(int size, IntToDoubleFunction entry) {
    double[] c = new double[size];
    Arrays.setAll(c, entry);
    return c;
  }

  private static OptimalCost solve(double[] c, int m, int n) {
    return CostMatrix.solve(c, m, n, null, null);
  }

  /** The best of all n! permutations. */
  private static double bruteForce(double[] c, int n, int row, int used) {
    if (row == n) {
      return 0;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      if ((used & (1 << j)) == 0) {
        best = Math.min(best, c[row * n + j] + bruteForce(c, n, row + 1, used | (1 << j)));
      }
    }
    return best;
  }

  /** Marginals, feasibility of the duals, slackness, and the gap. */
  private static void assertProved(OptimalCost z, double[] c, int m, int n) {
    double[] rows = new double[m];
    double[] columns = new double[n];
    double size = 1 + Arrays.stream(c).filter(Double::isFinite).map(Math::abs).max().orElse(0);
    for (int k = 0; k < z.plan().size(); k++) {
      int i = z.plan().from()[k];
      int j = z.plan().to()[k];
      rows[i] += z.plan().mass()[k];
      columns[j] += z.plan().mass()[k];
      assertThat(z.u()[i] + z.v()[j]).isCloseTo(c[i * n + j], within(1e-12 * size));
    }
    for (int i = 0; i < m; i++) {
      assertThat(rows[i]).isCloseTo(1.0 / m, within(1e-14));
      for (int j = 0; j < n; j++) {
        assertThat(z.u()[i] + z.v()[j]).isLessThanOrEqualTo(c[i * n + j] + 1e-12 * size);
      }
    }
    for (double b : columns) {
      assertThat(b).isCloseTo(1.0 / n, within(1e-14));
    }
    assertThat(z.estimate().radius()).isLessThan(1e-12 * size);
  }

  @Test
  void agreesWithAllPermutations() {
    RandomStream r = RandomStream.root(31);
    for (int n = 1; n <= 8; n++) {
      for (int whole = 0; whole < 2; whole++) {
        int levels = 4;
        boolean ties = whole == 1;
        double[] c = matrix(n * n, k -> ties ? r.nextInt(levels) - 1 : 10 * r.nextGaussian());
        OptimalCost z = solve(c, n, n);
        double exact = bruteForce(c, n, 0, 0) / n;
        assertThat(z.value()).isCloseTo(exact, within(1e-14 * (1 + Math.abs(exact))));
        assertThat(z.estimate().contains(exact)).isTrue();
        assertProved(z, c, n, n);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "7", "64", "150"})
  void constantCosts(int n) {
    OptimalCost z = solve(matrix(n * n, k -> 3.5), n, n);
    assertThat(z.value()).isEqualTo(3.5);
    assertProved(z, matrix(n * n, k -> 3.5), n, n);
  }

  /** c_ij = i j, solved by the antidiagonal: sum i (n + 1 - i) = n (n + 1) (n + 2) / 6. */
  @ParameterizedTest
  @CsvSource({"5", "40", "121", "200"})
  void macholWien(int n) {
    double[] c = matrix(n * n, k -> (Math.floorDiv(k, n) + 1.0) * (k % n + 1.0));
    OptimalCost z = solve(c, n, n);
    assertThat(z.method()).isEqualTo(Method.DENSE);
    assertThat(z.value()).isCloseTo((n + 1.0) * (n + 2.0) / 6, within(1e-12 * n * n));
    assertProved(z, c, n, n);
    assertThat(z.plan().to()[0]).isEqualTo(n - 1);
  }

  @ParameterizedTest
  @CsvSource({"60, 60, 100", "120, 120, 1000000", "30, 90, 100", "7, 160, 100000", "90, 31, 10"})
  void uniformWholeCostsSquareAndBulkyRectangular(int m, int n, int range) {
    RandomStream r = RandomStream.root(32).child(m).child(n);
    double[] c = matrix(m * n, k -> 1 + r.nextInt(range));
    OptimalCost z = solve(c, m, n);
    assertProved(z, c, m, n);
    // The transposed problem has the same cost.
    double[] t = matrix(m * n, k -> c[(k % m) * n + Math.floorDiv(k, m)]);
    assertThat(solve(t, n, m).value()).isCloseTo(z.value(), within(1e-12 * range));
  }

  /** Distances of points in a square, rounded to whole numbers: many ties along lines. */
  @ParameterizedTest
  @CsvSource({"50", "120"})
  void geometric(int n) {
    RandomStream r = RandomStream.root(33).child(n);
    double[] x = new double[2 * n];
    double[] y = new double[2 * n];
    for (int k = 0; k < 2 * n; k++) {
      x[k] = r.nextInt(100);
      y[k] = r.nextInt(100);
    }
    double[] squared = Clouds.costs(x, y, 2);
    double[] c = matrix(n * n, k -> Math.rint(Math.sqrt(squared[k])));
    assertProved(solve(c, n, n), c, n, n);
    // With squared distances it is W2 squared.
    double w2 = EmpiricalW2.between(x, y, 2).squared();
    assertThat(solve(squared, n, n).value()).isCloseTo(w2, within(1e-11));
  }

  @Test
  void forbiddenPairsAreAvoided() {
    double inf = Double.POSITIVE_INFINITY;
    double[] c = {inf, 1, 5, 1, inf, inf, 2, 2, inf};
    OptimalCost z = solve(c, 3, 3);
    assertThat(z.value()).isCloseTo((5 + 1 + 2) / 3.0, within(1e-15));
    assertThatThrownBy(() -> solve(new double[] {1, inf, inf, 1, inf, inf, 1, 1, 1}, 3, 3))
        .hasMessageContaining("must allow a plan of finite cost");
    assertThatThrownBy(() -> solve(new double[] {1, inf, 1, inf}, 2, 2))
        .hasMessageContaining("column 1 of the costs (counted from 0) must have a finite entry");
    assertThatThrownBy(() -> solve(new double[] {1, 1, inf, inf}, 2, 2))
        .hasMessageContaining("row 1 of the costs (counted from 0) must have a finite entry");
  }

  @Test
  void weightsCountAsCopies() {
    RandomStream r = RandomStream.root(34);
    double[] c = matrix(12, k -> r.nextGaussian());
    double[] a = {1, 2, 1};
    double[] b = {0, 1, 2, 1};
    int[] row = {0, 1, 1, 2};
    int[] column = {1, 2, 2, 3};
    double[] copies = matrix(16, k -> c[row[Math.floorDiv(k, 4)] * 4 + column[k % 4]]);
    double weighted = CostMatrix.solve(c, 3, 4, a, b).value();
    assertThat(weighted).isCloseTo(solve(copies, 4, 4).value(), within(1e-14));
  }

  @ParameterizedTest
  @CsvSource({"1e-300", "1e-150", "1e150", "1e300"})
  void scalesWithTheCosts(double scale) {
    RandomStream r = RandomStream.root(35);
    int n = 40;
    double[] c = matrix(n * n, k -> r.nextGaussian());
    double one = solve(c, n, n).value();
    OptimalCost z = solve(matrix(n * n, k -> scale * c[k]), n, n);
    assertThat(z.value() / scale).isCloseTo(one, within(1e-13));
    assertThat(z.estimate().contains(one * scale)).isTrue();
  }

  @Test
  void refusesWhatIsNoProblem() {
    assertThatThrownBy(() -> solve(new double[] {1, Double.NaN, 1, 1}, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got NaN at row 0, column 1");
    assertThatThrownBy(() -> solve(new double[] {1, Double.NEGATIVE_INFINITY, 1, 1}, 2, 2))
        .hasMessageContaining("got -Infinity at row 0, column 1");
    assertThatThrownBy(() -> solve(new double[3], 2, 2)).hasMessageContaining("got 3 for 2 x 2");
    assertThatThrownBy(() -> solve(new double[0], 0, 0)).hasMessageContaining("m, n >= 1");
    double[] w = {1, 1};
    double[] infinite = {1, Double.POSITIVE_INFINITY, 1, 1};
    assertThatThrownBy(() -> CostMatrix.solve(infinite, 2, 2, w, w))
        .hasMessageContaining("finite where weights are given");
    assertThatThrownBy(() -> CostMatrix.solve(new double[4], 2, 2, new double[] {1, -1}, w))
        .hasMessageContaining("weights of the rows must be finite and >= 0, got -1.0");
  }
}
