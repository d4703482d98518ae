package org.scorebound.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebound.io.BundledData;
import org.scorebound.io.CsvTable;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Progress;

class MethodsTest {

  private static EmpiricalDistance solve(double[] x, double[] y, int d, Method method) {
    return EmpiricalW2.between(x, null, y, null, d, method, Progress.NONE);
  }

  /** Two certified intervals of one number must overlap. */
  private static void assertAgree(EmpiricalDistance a, EmpiricalDistance b) {
    assertThat(a.w2().lower()).isLessThanOrEqualTo(b.w2().upper());
    assertThat(b.w2().lower()).isLessThanOrEqualTo(a.w2().upper());
  }

  /** Equal clusters with noise, the sizes of which differ between the two clouds. */
  private static double[] clusters(RandomStream r, int n, int d) {
    double[] x = new double[n * d];
    for (int i = 0; i < n; i++) {
      double centre = r.nextInt(3) - 1;
      for (int a = 0; a < d; a++) {
        x[i * d + a] = centre + 0.05 * r.nextGaussian();
      }
    }
    return x;
  }

  /**
   * The costs of clouds whose sizes differ by {@code 2^80} are the same for all points of the
   * smaller one, to rounding; which of them goes where is decided by {@code x . y} alone.
   */
  @Test
  void matchesCloudsOfVeryDifferentSizes() {
    RandomStream r = RandomStream.root(81);
    int n = 500;
    double[] x = clusters(r, n, 2);
    double[] near = clusters(r, n, 2);
    double[] far = new double[near.length];
    Arrays.setAll(far, i -> Math.scalb(near[i], 80));
    for (Method method : new Method[] {Method.TREE, Method.SCAN}) {
      EmpiricalDistance w2 = solve(x, far, 2, method);
      double best = products(x, near, solve(x, near, 2, Method.DENSE).matching());
      assertThat(products(x, near, w2.matching())).isCloseTo(best, within(1e-12 * best));
      assertAgree(w2, solve(x, far, 2, Method.DENSE));
    }
  }

  private static double products(double[] x, double[] y, int[] columnOf) {
    double sum = 0;
    for (int i = 0; i < columnOf.length; i++) {
      sum += x[2 * i] * y[2 * columnOf[i]] + x[2 * i + 1] * y[2 * columnOf[i] + 1];
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "old-faithful, 0, 136, 136, 272, 1.49212173499979",
    "iris, 0, 75, 75, 150, 3.29713006517284",
    "iris, 0, 50, 50, 100, 3.24453386482558",
    "digits-8x8, 0, 800, 800, 1600, 24.5097939607823",
    "old-faithful, 0, 100, 100, 272, 1.86730563018258"
  })
  void agreesWithThePublishedToolsOnRealData(
      String name, int a, int b, int from, int to, double expected) {
    CsvTable table = BundledData.resolve(name);
    int d = table.d();
    double[] x = Arrays.copyOfRange(table.data(), a * d, b * d);
    double[] y = Arrays.copyOfRange(table.data(), from * d, to * d);
    EmpiricalDistance w2 = EmpiricalW2.between(x, y, d);
    assertThat(w2.value()).isCloseTo(expected, within(1e-12));
    assertThat(w2.w2().radius()).isLessThan(1e-13 * expected);
    assertAgree(w2, solve(x, y, d, Method.TRANSPORT));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 700, 0",
    "2, 333, .05",
    "2, 640, .2",
    "3, 500, 0",
    "3, 400, .25",
    "4, 300, 0",
    "1, 300, 0",
    "1, 300, .5",
    "16, 300, 0",
    "7, 260, 1"
  })
  void allMethodsAgree(int d, int n, double grid) {
    for (int seed = 0; seed < 2; seed++) {
      RandomStream r = RandomStream.root(seed).child(d).child(n);
      boolean clustered = seed % 2 == 1 && grid == 0;
      double[] x = clustered ? clusters(r, n, d) : EmpiricalW2Test.cloud(r, d, n, grid);
      double[] y = clustered ? clusters(r, n, d) : EmpiricalW2Test.cloud(r, d, n, grid);
      EmpiricalDistance dense = solve(x, y, d, Method.DENSE);
      assertAgree(dense, solve(x, y, d, Method.TREE));
      assertAgree(dense, solve(x, y, d, Method.SCAN));
      assertAgree(dense, solve(x, y, d, Method.AUTO));
      if (n <= 340) {
        assertAgree(dense, solve(x, y, d, Method.TRANSPORT));
      }
      if (d == 1) {
        assertAgree(dense, solve(x, y, d, Method.SORTING));
      }
    }
  }

  @Test
  void largerCloudsAreCertified() {
    RandomStream r = RandomStream.root(9);
    double[] x = clusters(r, 4000, 2);
    double[] y = EmpiricalW2Test.cloud(r, 2, 4000, 0);
    EmpiricalDistance w2 = EmpiricalW2.between(x, y, 2);
    assertThat(w2.method()).isEqualTo(Method.TREE);
    assertThat(w2.w2().radius()).isLessThan(1e-12);
    assertThat(Verifier.check(x, y, 2, w2).closes(16)).isTrue();
  }

  @Test
  void veryDifferentSpreadsAndLattices() {
    RandomStream r = RandomStream.root(10);
    double[] x = EmpiricalW2Test.cloud(r, 2, 400, 0);
    double[] y = EmpiricalW2Test.cloud(r, 2, 400, 0);
    for (int i = 0; i < y.length; i++) {
      y[i] *= 1e-6;
    }
    assertAgree(solve(x, y, 2, Method.DENSE), solve(x, y, 2, Method.TREE));
    for (int i = 0; i < 400; i++) {
      x[2 * i] = i % 20;
      x[2 * i + 1] = Math.floorDiv(i, 20);
      y[2 * i] = i % 16;
      y[2 * i + 1] = Math.floorDiv(i, 16);
    }
    assertAgree(solve(x, y, 2, Method.DENSE), solve(x, y, 2, Method.TREE));
    Arrays.fill(x, 3);
    Arrays.fill(y, 5);
    EmpiricalDistance same = EmpiricalW2.between(x, y, 2);
    assertThat(same.value()).isEqualTo(Math.sqrt(8));
    assertThat(same.description()).contains("merged into 1 and 1 sites");
    assertThat(same.plan().isMatching()).isTrue();
  }

  @Test
  void weightsCountAsCopies() {
    RandomStream r = RandomStream.root(11);
    for (int d = 1; d <= 2; d++) {
      double[] x = EmpiricalW2Test.cloud(r, d, 6, 0);
      double[] y = EmpiricalW2Test.cloud(r, d, 4, 0);
      double[] wx = {1, 2, 1, 0, 3, 1};
      double[] wy = {2, 2, 3, 1};
      double[] copiesX = copies(x, wx, d);
      double[] copiesY = copies(y, wy, d);
      EmpiricalDistance weighted = EmpiricalW2.between(x, wx, y, wy, d, Method.AUTO, Progress.NONE);
      assertAgree(weighted, EmpiricalW2.between(copiesX, copiesY, d));
      assertThat(Arrays.stream(weighted.plan().mass()).sum()).isCloseTo(1, within(1e-14));
      assertThat(weighted.w2().radius()).isLessThan(1e-12);
      // Unequal sizes are equal weights with copies.
      double[] x3 = copies(x, new double[] {2, 2, 2, 2, 2, 2}, d);
      double[] y3 = copies(y, new double[] {3, 3, 3, 3}, d);
      assertAgree(EmpiricalW2.between(x, y, d), EmpiricalW2.between(x3, y3, d));
    }
  }

  private static double[] copies(double[] x, double[] w, int d) {
    double[] out = new double[d * (int) Arrays.stream(w).sum()];
    int at = 0;
    for (int i = 0; i < w.length; i++) {
      for (int k = 0; k < w[i]; k++, at += d) {
        System.arraycopy(x, i * d, out, at, d);
      }
    }
    return out;
  }

  @Test
  void permutingAndMovingTogetherChangesNothing() {
    RandomStream r = RandomStream.root(12);
    int n = 400;
    double[] x = EmpiricalW2Test.cloud(r, 2, n, 0x1p-10);
    double[] y = EmpiricalW2Test.cloud(r, 2, n, 0x1p-10);
    EmpiricalDistance w2 = EmpiricalW2.between(x, y, 2);
    double[] px = new double[2 * n];
    double[] moved = new double[2 * n];
    for (int i = 0; i < n; i++) {
      for (int a = 0; a < 2; a++) {
        px[2 * i + a] = x[2 * (n - 1 - i) + a] + 1e8;
        moved[2 * i + a] = y[2 * i + a] + 1e8;
      }
    }
    EmpiricalDistance far = EmpiricalW2.between(px, moved, 2);
    assertThat(far.value()).isCloseTo(w2.value(), within(1e-13));
    assertThat(far.matching()[0]).isEqualTo(w2.matching()[n - 1]);
  }

  @Test
  void refusesWithAReason() {
    double[] x = {0, 1, 2, 3};
    double[] y = {0, 1};
    assertThatThrownBy(() -> solve(x, y, 2, Method.DENSE))
        .hasMessageContaining("needs clouds of one size and equal weights, got sizes 2 and 1");
    assertThatThrownBy(() -> solve(x, x, 2, Method.SORTING)).hasMessageContaining("dimension 1");
    double[] negative = {1, -1};
    assertThatThrownBy(
            () -> EmpiricalW2.between(x, negative, x, null, 2, Method.AUTO, Progress.NONE))
        .hasMessageContaining("weights of x must be finite and >= 0, got -1.0 at point 1");
    assertThatThrownBy(
            () -> EmpiricalW2.between(x, null, x, new double[2], 2, Method.AUTO, Progress.NONE))
        .hasMessageContaining("positive finite sum, got 0.0");
    double[] many = new double[100_000];
    assertThatThrownBy(() -> solve(many, many, 1, Method.DENSE))
        .hasMessageContaining("needs 76293 MB")
        .hasMessageContaining("use tree or scan");
  }

  @Test
  void onePointAgainstOneAndMany() {
    double[] one = {3, 4};
    assertThat(EmpiricalW2.between(new double[2], one, 2).value()).isEqualTo(5);
    for (Method method : new Method[] {Method.DENSE, Method.TREE, Method.SCAN, Method.TRANSPORT}) {
      assertThat(solve(new double[2], one, 2, method).value()).isEqualTo(5);
    }
    double[] many = {0, 0, 0, 8, 6, 0};
    EmpiricalDistance w2 = EmpiricalW2.between(one, many, 2);
    assertThat(w2.squared()).isCloseTo((25 + 25 + 25) / 3.0, within(1e-14));
  }

  @Test
  void wrongDualsDoNotProveARightPlan() {
    double[] x = {0, 1, 2, 3};
    double[] y = {0.5, 1.5, 2.5, 3.5};
    long[] ones = {1, 1, 1, 1};
    int[] rows = {0, 1, 2, 3};
    double[] wrong = {0, 2, 0, 0};
    var flows = new TransportSolver.Flows(rows, rows, ones, wrong);
    double[] u = Certifier.rowDuals(x, y, 1, wrong, rows);
    assertThatThrownBy(() -> Certifier.certify(x, y, 1, ones, ones, flows, u))
        .isInstanceOf(UntrustedException.class)
        .hasMessageContaining("certificate does not close: primal 0.25, dual");
    EmpiricalDistance right = EmpiricalW2.between(x, y, 1);
    var planted =
        new EmpiricalDistance(
            right.w2(), right.certificate(), right.plan(), right.u(), wrong, right.method(), "");
    assertThatThrownBy(() -> Verifier.check(x, y, 1, planted))
        .isInstanceOf(UntrustedException.class)
        .hasMessageContaining("verification failed: primal 0.25, dual");
  }

  /** An optimal plan between other weights proves nothing; brute force sees the marginals. */
  @Test
  void thePlanOfOtherWeightsIsNotVerified() {
    double[] x = {0, 1, 2};
    double[] y = {0.5, 1.5};
    double[] w = {1, 2, 1};
    EmpiricalDistance other = EmpiricalW2.between(x, w, y, null, 1, Method.AUTO, Progress.NONE);
    assertThat(Verifier.check(x, w, y, null, 1, other).closes(16)).isTrue();
    assertThatThrownBy(() -> Verifier.check(x, y, 1, other))
        .isInstanceOf(UntrustedException.class)
        .hasMessageContaining("row 0 of the plan is off its mass by");
    assertThatThrownBy(() -> Verifier.check(x, w, y, new double[] {1, 3}, 1, other))
        .isInstanceOf(UntrustedException.class)
        .hasMessageContaining("column 0 of the plan is off its mass by");
    Plan plan = other.plan();
    double[] mass = plan.mass().clone();
    mass[0] = -mass[0];
    var negative = with(other, other.w2(), new Plan(plan.from(), plan.to(), mass));
    assertThatThrownBy(() -> Verifier.check(x, w, y, null, 1, negative))
        .hasMessageContaining("a mass of the plan is -0.25");
  }

  /** A right plan and right duals beside a wrong number. */
  @Test
  void aWrongValueIsNotVerified() {
    double[] x = {0, 1};
    double[] y = {1, 2};
    EmpiricalDistance right = EmpiricalW2.between(x, y, 1);
    Certificate z = right.certificate();
    var half = new Certificate(z.primal() / 2, z.primalError(), z.dual() / 2, z.dualError());
    var planted =
        new EmpiricalDistance(
            half.w2Times(0), half, right.plan(), right.u(), right.v(), right.method(), "");
    assertThatThrownBy(() -> Verifier.check(x, y, 1, planted))
        .isInstanceOf(UntrustedException.class)
        .hasMessageContaining("the plan costs 1.0, the solver returned 0.5");
    double[] huge = {0, 0x1p600};
    assertThatThrownBy(() -> Verifier.check(huge, y, 1, right))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x must be below");
  }

  private static EmpiricalDistance with(EmpiricalDistance of, Estimate w2, Plan plan) {
    return new EmpiricalDistance(w2, of.certificate(), plan, of.u(), of.v(), of.method(), "");
  }

  @Test
  void aWrongPlanIsNotCertified() {
    double[] x = {0, 1, 2, 3};
    long[] ones = {1, 1, 1, 1};
    int[] rows = {0, 1, 2, 3};
    double[] u = Certifier.rowDuals(x, x, 1, new double[4], rows);
    var crossed = new TransportSolver.Flows(rows, new int[] {1, 0, 2, 3}, ones, new double[4]);
    assertThatThrownBy(() -> Certifier.certify(x, x, 1, ones, ones, crossed, u))
        .isInstanceOf(UntrustedException.class)
        .hasMessageContaining("primal 0.5, dual 0.0");
    var twice = new TransportSolver.Flows(rows, new int[] {1, 1, 2, 3}, ones, new double[4]);
    assertThatThrownBy(() -> Certifier.certify(x, x, 1, ones, ones, twice, u))
        .isInstanceOf(UntrustedException.class)
        .hasMessageContaining("off its mass");
  }
}
