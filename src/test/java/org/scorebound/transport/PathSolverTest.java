package org.scorebound.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebound.random.RandomStream;

class PathSolverTest {

  /** Counts questions. */
  private static final class Counting implements PriceOracle {

    private final PriceOracle oracle;
    long questions;

    Counting(PriceOracle oracle) {
      this.oracle = oracle;
    }

    @Override
    public int nearest(double[] q, int i, int k, double bound, int[] index, double[] value) {
      questions++;
      return oracle.nearest(q, i, k, bound, index, value);
    }

    @Override
    public void ahead(double[] q, int i) {
      oracle.ahead(q, i);
    }

    @Override
    public void refresh(double[] partners) {
      oracle.refresh(partners);
    }

    @Override
    public void hide(int j) {
      oracle.hide(j);
    }

    @Override
    public void show(int j) {
      oracle.show(j);
    }
  }

  /** A problem before any pair is matched, with lists of k columns under prices {@code v}. */
  private static final class Start {

    final double[] x;
    final double[] y;
    final int n;
    final double[] v;
    final int[] columnOf;
    final int[] rowOf;
    final Counting oracle;
    final PathSolver solver;

    Start(double[] x, double[] y, double[] v, int k) {
      this.x = x;
      this.y = y;
      this.v = v;
      n = v.length;
      columnOf = new int[n];
      rowOf = new int[n];
      Arrays.fill(columnOf, -1);
      Arrays.fill(rowOf, -1);
      oracle = new Counting(new PriceScan(y, v, 2));
      var lists = new CandidateLists(x, oracle, v, k, new int[n], new double[n]);
      solver = new PathSolver(x, oracle, lists, v, columnOf, rowOf, new double[2 * n], 1.0 / n);
    }

    void assertOptimal() {
      for (int i = 0; i < n; i++) {
        assertThat(rowOf[columnOf[i]]).isEqualTo(i);
        double own = Clouds.squaredDistance(x, i, y, columnOf[i], 2) - v[columnOf[i]];
        for (int j = 0; j < n; j++) {
          double other = Clouds.squaredDistance(x, i, y, j, 2) - v[j];
          assertThat(own).isLessThanOrEqualTo(other + 1e-11);
        }
      }
      int[] dense = DenseAssignment.solve(Clouds.costs(x, y, 2), n).columnOf();
      assertThat(cost(columnOf)).isCloseTo(cost(dense), within(1e-11 * n));
    }

    private double cost(int[] matching) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += Clouds.squaredDistance(x, i, y, matching[i], 2);
      }
      return sum;
    }
  }

  /** The first {@code left} points about (-1, 0), the others about (1, 0). */
  private static double[] twoClusters(RandomStream r, int n, int left) {
    double[] x = new double[2 * n];
    for (int i = 0; i < n; i++) {
      x[2 * i] = (i < left ? -1 : 1) + 0.02 * r.nextGaussian();
      x[2 * i + 1] = 0.02 * r.nextGaussian();
    }
    return x;
  }

  /**
   * Lists that reach no further than the own cluster, and more rows than columns in it: every
   * search exhausts its lists. Asking all rows of the tree after every column took some n^2 / 8
   * questions a search (1.3 million for one of n = 12,500), 600,000 in all here.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void clustersOfUnequalCountsTakeFewQuestions(int k) {
    RandomStream r = RandomStream.root(21).child(k);
    int n = 400;
    var start =
        new Start(
            twoClusters(r.child(0), n, 260), twoClusters(r.child(1), n, 140), new double[n], k);
    start.solver.solve();
    start.assertOptimal();
    // 120 rows change cluster; each search may ask each row of the tree once and some twice.
    assertThat(start.oracle.questions).isLessThan(120L * n * 2);
  }

  @ParameterizedTest
  @CsvSource({"60, 1, 0", "60, 3, 0", "97, 2, .5", "64, 64, 0", "80, 2, 2", "50, 4, 100"})
  void exactSearchesNeedNoGoodPrices(int n, int k, double grid) {
    for (int seed = 0; seed < 10; seed++) {
      RandomStream r = RandomStream.root(seed).child(n);
      double[] x = EmpiricalW2Test.cloud(r, 2, n, grid);
      double[] y = EmpiricalW2Test.cloud(r, 2, n, grid);
      double[] v = new double[n];
      r.fillGaussian(v, 0, n);
      var start = new Start(x, y, v, k);
      start.solver.finishExactly();
      start.assertOptimal();
      var quick = new Start(x, y, new double[n], k);
      quick.solver.solve();
      quick.assertOptimal();
    }
  }

  @Test
  void exactSearchesMendAWrongMatching() {
    RandomStream r = RandomStream.root(22);
    int n = 120;
    var start =
        new Start(twoClusters(r.child(0), n, 70), twoClusters(r.child(1), n, 40), new double[n], 6);
    for (int i = 0; i < n; i++) {
      start.columnOf[i] = (7 * i) % n;
      start.rowOf[(7 * i) % n] = i;
    }
    start.solver.finishExactly();
    start.assertOptimal();
  }
}
