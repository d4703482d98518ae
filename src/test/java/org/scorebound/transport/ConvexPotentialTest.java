package org.scorebound.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;

/** Convex potentials, their conjugates from above, and what they bound from below. */
class ConvexPotentialTest {

  /** Conjugates of quadratics are closed forms: some roundings of numbers of order 10. */
  private static final double ROUNDING = 1e-13;

  private static double[] gaussian(int d, int n, long seed, double scale, double shift) {
    double[] x = new double[d * n];
    RandomStream.root(seed).fillGaussian(x, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      x[i] = scale * x[i] + shift;
    }
    return x;
  }

  private static ConvexPotential withPieces(RandomStream random, int d, int k) {
    double[][] slopes = new double[k][d];
    double[] heights = new double[k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < d; j++) {
        slopes[i][j] = random.nextGaussian();
      }
      heights[i] = 0.3 * random.nextGaussian();
    }
    double[][] a = Matrices.identity(d);
    a[0][0] = 0.4;
    return new ConvexPotential(new double[d], new double[d], a, slopes, heights);
  }

  @Test
  void aQuadraticMeetsItsConjugateAlongItsMap() {
    double[][] a = {{0.8, 0.2}, {0.2, 0.5}};
    double[] centre = {1, -2};
    double[] slope = {0.3, 0.4};
    ConvexPotential u = new ConvexPotential(centre, slope, a, new double[0][], new double[0]);
    double[] x = gaussian(2, 50, 1, 1, 0.5);
    double[] y = new double[x.length];
    for (int j = 0; j < 50; j++) {
      double[] w = {x[2 * j] - centre[0], x[2 * j + 1] - centre[1]};
      double[] map = Matrices.multiply(a, w);
      y[2 * j] = slope[0] + map[0];
      y[2 * j + 1] = slope[1] + map[1];
    }
    double[] dual = u.dualValues(x, y);
    for (int j = 0; j < 50; j++) {
      double squared = Math.pow(x[2 * j] - y[2 * j], 2) + Math.pow(x[2 * j + 1] - y[2 * j + 1], 2);
      assertThat(dual[j]).isCloseTo(squared, within(ROUNDING));
    }
  }

  /**
   * {@code u*(y) = sup_x x.y - u(x)} by a grid of x, from below; the conjugate must not lie under
   * it, and not far above.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20})
  void theConjugateErrsUpwardsAndLittle(int pieces) {
    RandomStream random = RandomStream.root(pieces);
    ConvexPotential u = withPieces(random, 2, pieces);
    double[] origin = new double[2];
    double atOrigin = u.gap(origin, new double[] {0, 0}, 0);
    for (int trial = 0; trial < 6; trial++) {
      double[] y = {random.nextGaussian(), random.nextGaussian()};
      // gap(x, y) = u(x) + u*(y) - x.y, so its least value over x is the excess of the conjugate.
      double least = Double.POSITIVE_INFINITY;
      double[] x = new double[2];
      for (int i = -240; i <= 240; i++) {
        for (int k = -240; k <= 240; k++) {
          x[0] = i * 0.05;
          x[1] = k * 0.05;
          least = Math.min(least, rawGap(u, x, y));
        }
      }
      // The grid misses a smooth supremum by some (0.05)^2, and one in a kink by more.
      assertThat(least).isBetween(-1e-12, 0.06);
    }
    assertThat(atOrigin).isNotNegative();
  }

  /** {@code first + second + offset} in place of {@link ConvexPotential#gap}, which is cut at 0. */
  private static double rawGap(ConvexPotential u, double[] x, double[] y) {
    double squared = Math.pow(x[0] - y[0], 2) + Math.pow(x[1] - y[1], 2);
    return 0.5 * (squared - u.first(x)[0] - u.second(y)[0] - u.offset());
  }

  @Test
  void pairedAndUnpairedFormsAgree() {
    ConvexPotential u = withPieces(RandomStream.root(4), 3, 5);
    double[] x = gaussian(3, 40, 5, 1, 0.2);
    double[] y = gaussian(3, 40, 6, 0.7, -0.1);
    double[] dual = u.dualValues(x, y);
    double[] first = u.first(x);
    double[] second = u.second(y);
    double paired = 0;
    double apart = u.offset();
    for (int j = 0; j < 40; j++) {
      paired += dual[j] / 40;
      apart += (first[j] + second[j]) / 40;
    }
    // Summed over pairs, x.y differs from what the clouds' own pairing has only by the coupling.
    double cross = 0;
    for (int j = 0; j < 40; j++) {
      double squared = 0;
      for (int i = 3 * j; i < 3 * j + 3; i++) {
        squared += (x[i] - y[i]) * (x[i] - y[i]);
      }
      cross += (squared - 2 * u.gap(x, y, j)) / 40;
    }
    assertThat(paired).isCloseTo(cross, within(ROUNDING));
    assertThat(apart).isCloseTo(paired, within(1e-12));
  }

  @Test
  void fittedPotentialsStayBelowTheExactDistance() {
    // Two clusters that split: no quadratic map does it.
    int n = 400;
    double[] x = gaussian(2, n, 7, 0.3, 0);
    double[] y = x.clone();
    for (int j = 0; j < n; j++) {
      y[2 * j] += x[2 * j] > 0 ? 1 : -1;
    }
    PotentialFit.Fitted fit = PotentialFit.fit(x, y, 2, true);
    assertThat(fit.potential().pieces()).isPositive();
    double[] ex = gaussian(2, n, 8, 0.3, 0);
    double[] ey = ex.clone();
    for (int j = 0; j < n; j++) {
      ey[2 * j] += ex[2 * j] > 0 ? 1 : -1;
    }
    MeanInterval dual = MeanInterval.of(fit.potential().dualValues(ex, ey));
    // The map is the gradient of a convex function: W2 = 1.
    assertThat(dual.mean()).isBetween(0.9, 1.0);
    double gelbrich = LowerBounds.gelbrich(ex, null, ey, null, 2);
    assertThat(gelbrich * gelbrich).isLessThan(dual.mean());
  }

  @Test
  void farFromTheOriginNothingCancels() {
    double far = 1e8;
    double[] x = gaussian(2, 300, 9, 1, far);
    double[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] += 0.25;
    }
    PotentialFit.Fitted fit = PotentialFit.fit(x, y, 2, true);
    double[] dual = fit.potential().dualValues(x, y);
    // Points at 1e8 are themselves rounded to 1.5e-8.
    assertThat(MeanInterval.of(dual).mean()).isCloseTo(0.125, within(1e-6));
  }

  @Test
  void indefiniteCurvatureIsRefused() {
    assertThatThrownBy(
            () ->
                new ConvexPotential(
                    new double[2],
                    new double[2],
                    new double[][] {{1, 2}, {2, 1}},
                    new double[0][],
                    new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("curvature must be positive definite");
  }
}
