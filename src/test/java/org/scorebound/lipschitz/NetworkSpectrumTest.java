package org.scorebound.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;
import org.scorebound.network.Architecture;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.network.Mlp;
import org.scorebound.network.Workspace;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;
import org.scorebound.score.NetworkScore;

class NetworkSpectrumTest {

  private static final Kernels KERNELS = Kernels.of(BackEnd.VECTOR);

  private static FrozenNetwork random(
      long seed, Activation f, double linear, double factor, int d, int... hidden) {
    List<Integer> widths = new ArrayList<>(List.of(d));
    for (int h : hidden) {
      widths.add(h);
    }
    widths.add(d);
    Architecture a = new Architecture(widths, f, 0);
    double[] theta = new double[new Mlp(a, KERNELS).parameterCount()];
    RandomStream.root(seed).child("spectrum").fillGaussian(theta, 0, theta.length);
    for (int i = 0; i < theta.length; i++) {
      theta[i] *= 0.7;
    }
    return new FrozenNetwork(a, theta, linear, factor);
  }

  /** J at a point by code that shares nothing with the search. */
  private static double[][] jacobian(FrozenNetwork f, double... x) {
    int d = f.dimension();
    Mlp mlp = new Mlp(f.architecture(), Kernels.of(BackEnd.SCALAR));
    Workspace ws = new Workspace(f.architecture(), 1);
    mlp.forward(f.theta(), x, 1, ws.sameStep(0), ws);
    double[] flat = new double[d * d];
    mlp.jacobian(f.theta(), ws, flat);
    double[][] j = new double[d][d];
    for (int i = 0; i < flat.length; i++) {
      j[i % d][i / d] = f.factor() * flat[i] + (i % d == i / d ? f.linear() : 0);
    }
    return j;
  }

  private static double[][] part(double[][] j, double sign) {
    return Matrices.scale(0.5, Matrices.addScaled(j, sign, Matrices.transpose(j)));
  }

  private static double value(JacobianFunction goal, double[][] j) {
    return switch (goal) {
      case ONE_SIDED -> Matrices.largestEigenvalue(j);
      case NORM -> Matrices.spectralNorm(j);
      case SKEW -> Matrices.spectralNorm(part(j, -1));
    };
  }

  private static List<double[]> points(int d, int n) {
    RandomStream random = RandomStream.root(7).child("points");
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] x = new double[d];
      double radius = Math.exp(random.nextDouble(-2, 10));
      for (int k = 0; k < d; k++) {
        x[k] = radius * random.nextGaussian();
      }
      points.add(x);
    }
    return points;
  }

  @ParameterizedTest
  @EnumSource(JacobianFunction.class)
  void functionsAreThoseOfTheMatrix(JacobianFunction goal) {
    RandomStream random = RandomStream.root(3).child(goal.name());
    for (int d = goal == JacobianFunction.SKEW ? 2 : 1; d <= 3; d++) {
      for (int i = 0; i < 200; i++) {
        double[] flat = new double[d * d];
        random.fillGaussian(flat, 0, flat.length);
        double[][] j = new double[d][d];
        for (int q = 0; q < flat.length; q++) {
          j[q % d][q / d] = flat[q] + (q % d == q / d ? 0.4 : 0);
        }
        double[] entries = new double[goal.entries(d)];
        goal.read(d, flat, 0.4, entries);
        double expected = value(goal, j);
        assertThat(goal.value(d, entries))
            .isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
      }
    }
  }

  /** Every cell's bound is above every value in it, near and far. */
  @ParameterizedTest
  @EnumSource(JacobianFunction.class)
  void everyCellIsBounded(JacobianFunction goal) {
    RandomStream random = RandomStream.root(5).child(goal.name());
    for (Activation f : new Activation[] {Activation.SOFTPLUS, Activation.SILU, Activation.RELU}) {
      for (int d = 2; d <= 3; d++) {
        FrozenNetwork net = random(11 + d, f, -0.3, 1.5, d, 7, 8, 6);
        FrozenLayers layers = new FrozenLayers(net, KERNELS);
        List<Cell> cells = new ArrayList<>(List.of(Cell.cube(d, 3, TimeSpan.of(layers))));
        for (int face = 0; face < 2 * d; face++) {
          cells.add(Cell.beyond(d, 3, face, TimeSpan.of(layers)));
        }
        BoxCells near = new BoxCells(layers, goal, 1, false);
        FarCells far = new FarCells(layers, goal, 1);
        for (int i = 0; i < 120; i++) {
          Cell c = cells.remove(random.nextInt(cells.size()));
          (c.isFar() ? far : near).bound(new Cell[] {c}, 1);
          for (int k = 0; k < 8 && c.neuron() == Cell.NONE; k++) {
            assertThat(value(goal, jacobian(net, c.inside(random))))
                .as("%s, %s, d = %d, cell %s", goal, f, d, c)
                .isLessThanOrEqualTo(c.upper + 1e-9);
          }
          if (c.split != Cell.STRIP) {
            c.split = random.nextInt(d);
          }
          cells.addAll(c.parts());
        }
      }
    }
  }

  /** Certified bounds hold at many points, near and far, and in the plane points come near them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void everyJacobianLiesInTheSpectrum(int d) {
    for (int seed = 1; seed <= 3; seed++) {
      FrozenNetwork net = random(seed, Activation.SOFTPLUS, -0.2, seed % 2 == 0 ? 1 : -2, d, 9, 7);
      double highest = NetworkLipschitz.of(net, 0.01, 20_000, KERNELS).certified();
      ScoreSpectrum s = NetworkSpectrum.of(net, highest, KERNELS);
      double norm = 0;
      double lowest = Double.POSITIVE_INFINITY;
      double skew = 0;
      for (double[] x : points(d, 3000)) {
        double[][] j = jacobian(net, x);
        norm = Math.max(norm, Matrices.spectralNorm(j));
        skew = Math.max(skew, Matrices.spectralNorm(part(j, -1)));
        lowest = Math.min(lowest, new SymmetricEigen(part(j, 1)).min());
      }
      assertThat(norm).isLessThanOrEqualTo(s.norm() + 1e-9);
      assertThat(skew).isLessThanOrEqualTo(s.skew() + 1e-7);
      assertThat(lowest).isGreaterThanOrEqualTo(s.lowest() - 1e-9);
      assertThat(s.norm()).isLessThanOrEqualTo(NetworkScore.lipschitzUpper(net) * (1 + 1e-9));
      if (d <= 2) {
        assertThat(norm).isGreaterThan(0.9 * s.norm());
        assertThat(skew).isGreaterThanOrEqualTo(0.75 * s.skew());
        assertThat(lowest).isLessThan(s.lowest() + 0.1 * Math.abs(s.lowest()));
      }
    }
  }

  /** {@code r + sqrt(m^2 + q^2)}: above the norm of random matrices, and attained in the plane. */
  @Test
  void amplificationIsAnUpperBoundAndAttained() {
    RandomStream random = RandomStream.root(9).child("matrices");
    for (int i = 0; i < 2000; i++) {
      int d = 2 + i % 4;
      double[][] j = new double[d][d];
      for (double[] row : j) {
        random.fillGaussian(row, 0, d);
      }
      SymmetricEigen eigen = new SymmetricEigen(part(j, 1));
      ScoreSpectrum s =
          new ScoreSpectrum(
              eigen.min(),
              eigen.max(),
              Matrices.spectralNorm(part(j, -1)),
              Matrices.spectralNorm(j) + 10);
      double c = random.nextDouble(-1, 1);
      double scale = random.nextDouble(0, 2);
      double exact =
          Matrices.spectralNorm(
              Matrices.addScaled(Matrices.scale(c, Matrices.identity(d)), scale, j));
      assertThat(exact).isLessThanOrEqualTo(s.amplification(c, c, 0, scale) + 1e-12);
    }
    double[][] worst = {{0.3 + 0.8, 0.5}, {-0.5, 0.3 - 0.8}};
    ScoreSpectrum s = new ScoreSpectrum(-0.5, 1.1, 0.5, 2);
    assertThat(s.amplification(0, 0, 0, 1)).isCloseTo(Matrices.spectralNorm(worst), within(1e-12));
    // Without its skew part the bound would be wrong.
    assertThat(new ScoreSpectrum(-0.5, 1.1, 0, 2).amplification(0, 0, 0, 1))
        .isLessThan(Matrices.spectralNorm(worst) - 0.1);
  }

  /**
   * The bound of a step's map against the supremum of {@code |c I + h k J|}, searched as the norm
   * of a network with c added: never below it, and above it by second order in h alone.
   */
  @Test
  void amplificationOfAStepIsTightForShortSteps() {
    FrozenNetwork net = random(2, Activation.SOFTPLUS, -1, 1, 2, 9, 7);
    ScoreSpectrum s =
        NetworkSpectrum.of(
            net, NetworkLipschitz.of(net, 1e-4, 50_000, KERNELS).certified(), KERNELS);
    double[] excess = new double[3];
    double h = 0.1;
    for (int i = 0; i < excess.length; i++) {
      FrozenNetwork moved =
          new FrozenNetwork(net.architecture(), net.theta(), net.linear() + 1 / h, net.factor());
      NetworkCertificate exact =
          NetworkBranchAndBound.of(
              moved,
              JacobianFunction.NORM,
              new NetworkBranchAndBound.Options(1e-5, 50_000, OptionalDouble.empty()),
              KERNELS,
              Progress.NONE);
      double bound = s.amplification(1, 1, 0, h);
      assertThat(bound).isGreaterThanOrEqualTo(h * exact.sampled() - 1e-12);
      assertThat(bound).isLessThan(1 + h * s.norm());
      excess[i] = bound - h * exact.sampled();
      h /= 4;
    }
    assertThat(excess[1] / excess[0]).isLessThan(0.2);
    assertThat(excess[2] / excess[1]).isLessThan(0.2);
  }
}
