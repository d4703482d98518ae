package org.scorebound.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebound.random.RandomStream;

/** Both oracles against sorting all values. */
class PriceOracleTest {

  private static double[] kdCloud(RandomStream r, int n, int d, double grid) {
    double[] x = EmpiricalW2Test.cloud(r, d, n, grid);
    return MultiscaleAssignment.gather(x, TreeOrder.of(x, d), d);
  }

  /** Indices may differ where values tie, so values are compared, and that indices have them. */
  private static void assertNearest(
      PriceOracle oracle,
      double[] x,
      int i,
      int k,
      double limit,
      double[] y,
      double[] v,
      boolean[] hidden) {
    int d = y.length / v.length;
    int[] index = new int[k];
    double[] value = new double[k];
    int found = oracle.nearest(x, i, k, limit, index, value);
    double[] expected =
        IntStream.range(0, v.length)
            .filter(j -> !hidden[j])
            .mapToDouble(j -> Clouds.squaredDistance(x, i, y, j, d) - v[j])
            .sorted()
            .filter(s -> s < limit)
            .limit(k)
            .toArray();
    assertThat(found).isEqualTo(expected.length);
    for (int f = 0; f < found; f++) {
      double size = 1 + Math.abs(expected[f]);
      assertThat(Math.abs(value[f] - expected[f])).isLessThan(1e-13 * size);
      assertThat(hidden[index[f]]).isFalse();
      double own = Clouds.squaredDistance(x, i, y, index[f], d) - v[index[f]];
      assertThat(Math.abs(own - value[f])).isLessThan(1e-13 * size);
    }
    assertThat(Arrays.stream(index, 0, found).distinct().count()).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 300, 0, true",
    "2, 257, .5, true",
    "3, 200, 0, true",
    "1, 100, 0, true",
    "5, 90, 1, true",
    "2, 1, 0, true",
    "16, 150, 0, false",
    "2, 97, .5, false",
    "7, 3, 0, false"
  })
  void findsTheLeastValues(int d, int n, double grid, boolean tree) {
    RandomStream r = RandomStream.root(61).child(n).child(d);
    double[] y = kdCloud(r, n, d, grid);
    double[] x = kdCloud(r, n, d, 0);
    double[] v = new double[n];
    r.fillGaussian(v, 0, n);
    PriceOracle oracle = new Oracles(d, tree).of(y, v);
    oracle.refresh(x);
    boolean[] hidden = new boolean[n];
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < n; i++) {
        if (i % PriceOracle.AHEAD == 0) {
          oracle.ahead(x, i);
        }
        int k = 1 + r.nextInt(Math.min(n, 9));
        double limit = r.nextInt(2) == 0 ? Double.POSITIVE_INFINITY : 1 + r.nextGaussian();
        assertNearest(oracle, x, i, k, limit, y, v, hidden);
        if (r.nextInt(8) == 0) {
          // Prices fall without notice; the points announced before must not be answered from old
          // values once another question came between.
          v[r.nextInt(n)] -= r.nextDouble();
          assertNearest(oracle, x, r.nextInt(n), k, limit, y, v, hidden);
        }
      }
      for (int j = 0; j < n; j++) {
        if (hidden[j]) {
          oracle.show(j);
          hidden[j] = false;
        } else if (r.nextInt(3) == 0) {
          oracle.hide(j);
          hidden[j] = true;
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 300, true", "3, 65, true", "1, 40, true", "2, 97, false"})
  void findsTheOneSiteThatIsLeft(int d, int n, boolean tree) {
    RandomStream r = RandomStream.root(62).child(n).child(d);
    double[] y = kdCloud(r, n, d, 0);
    double[] x = kdCloud(r, n, d, 0);
    double[] v = new double[n];
    PriceOracle oracle = new Oracles(d, tree).of(y, v);
    oracle.refresh(x);
    boolean[] hidden = new boolean[n];
    for (int j = 0; j < n; j++) {
      oracle.hide(j);
      hidden[j] = true;
    }
    for (int j = 0; j < n; j++) {
      oracle.show(j);
      hidden[j] = false;
      assertNearest(oracle, x, r.nextInt(n), 2, Double.POSITIVE_INFINITY, y, v, hidden);
      oracle.hide(j);
      hidden[j] = true;
    }
    assertNearest(oracle, x, 0, 1, Double.POSITIVE_INFINITY, y, v, hidden);
  }
}
