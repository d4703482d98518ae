package org.scorebound.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.network.Architecture;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.network.Mlp;
import org.scorebound.network.Workspace;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;

class NetworkBranchAndBoundTest {

  private static final Kernels KERNELS = Kernels.of(BackEnd.VECTOR);

  /** A network with random weights of the given scale. */
  private static FrozenNetwork random(
      long seed, Activation f, double linear, double factor, double scale, int d, int... hidden) {
    List<Integer> widths = new ArrayList<>();
    widths.add(d);
    for (int h : hidden) {
      widths.add(h);
    }
    widths.add(d);
    Architecture a = new Architecture(widths, f, 0);
    double[] theta = new double[new Mlp(a, KERNELS).parameterCount()];
    RandomStream.root(seed).child("weights").fillGaussian(theta, 0, theta.length);
    for (int i = 0; i < theta.length; i++) {
      theta[i] *= scale;
    }
    return new FrozenNetwork(a, theta, linear, factor);
  }

  /** The eigenvalue at a point by code that shares nothing with the search. */
  private static double eigenvalue(FrozenNetwork f, double... x) {
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
    return Matrices.largestEigenvalue(j);
  }

  /** The largest of many points, near and far. */
  private static double dense(FrozenNetwork f, int n, double limit) {
    RandomStream random = RandomStream.root(99).child("dense");
    int d = f.dimension();
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      double[] x = new double[d];
      double radius = Math.exp(random.nextDouble(-3, 12));
      double norm = 0;
      for (int k = 0; k < d; k++) {
        x[k] = random.nextGaussian();
        norm = Math.max(norm, Math.abs(x[k]));
      }
      for (int k = 0; k < d; k++) {
        x[k] = Math.clamp(x[k] * radius / norm, -limit, limit);
      }
      best = Math.max(best, eigenvalue(f, x));
    }
    return best;
  }

  private static void holds(FrozenNetwork f, NetworkCertificate c, int points, String what) {
    double found = dense(f, points, Double.POSITIVE_INFINITY);
    double rounding = 1e-9 * (1 + Math.abs(found));
    assertThat(found).as(what).isLessThanOrEqualTo(c.certified() + rounding);
    assertThat(c.sampled()).as(what).isLessThanOrEqualTo(c.certified());
    // The point is a witness: an independent evaluation there gives at least the sampled value.
    if (c.point().length > 0) {
      assertThat(eigenvalue(f, c.point())).as(what).isGreaterThan(c.sampled() - rounding);
    }
  }

  @Test
  void anAffineNetworkHasOneJacobian() {
    FrozenNetwork f = random(1, Activation.SOFTPLUS, -0.5, 2, 1, 3);
    NetworkCertificate c = NetworkBranchAndBound.of(f, 0.01, KERNELS);
    assertThat(c.certified()).isCloseTo(eigenvalue(f, 0, 0, 0), within(1e-6));
    holds(f, c, 10, "affine");
  }

  /** {@code s = a f(w x + b)} on the line: the supremum is a w times an end of g's range. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void oneNeuronOnTheLine(Activation f) {
    for (double sign : new double[] {1, -1}) {
      double[] theta = {1.5, 0.4, 2 * sign, 0.1};
      FrozenNetwork net =
          new FrozenNetwork(new Architecture(List.of(1, 1, 1), f, 0), theta, 0.25, 1);
      double least = f == Activation.SILU ? 1 - Activation.SILU.largestSlope() : 0;
      double expected = 0.25 + 3 * (sign > 0 ? f.largestSlope() : -least);
      NetworkCertificate c = NetworkBranchAndBound.of(net, 1e-4, KERNELS);
      assertThat(c.reached()).as("%s %s", f, sign).isTrue();
      assertThat(c.certified()).isBetween(expected - 1e-9, expected * (1 + 2e-4) + 1e-5);
      assertThat(c.sampled()).isBetween(expected * (1 - 2e-4) - 1e-5, expected + 1e-9);
    }
  }

  /**
   * Two neurons with independent directions in the plane: their slopes run through the whole square
   * of their ranges, so the supremum is the largest over its corners.
   */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void twoNeuronsInThePlane(Activation f) {
    double[] w1 = {1.1, 0.3};
    double[] w2 = {-0.4, 0.9};
    double[] u1 = {0.8, -1.3};
    double[] u2 = {0.5, 1.7};
    double[] theta = {
      w1[0], w2[0], w1[1], w2[1], 0.2, -0.5, u1[0], u1[1], u2[0], u2[1], 0, 0,
    };
    FrozenNetwork net = new FrozenNetwork(new Architecture(List.of(2, 2, 2), f, 0), theta, 0, -1);
    double low = f == Activation.SILU ? 1 - Activation.SILU.largestSlope() : 0;
    double expected = Double.NEGATIVE_INFINITY;
    for (double a : new double[] {low, f.largestSlope()}) {
      for (double b : new double[] {low, f.largestSlope()}) {
        double[][] j = new double[2][2];
        for (int i = 0; i < 2; i++) {
          for (int k = 0; k < 2; k++) {
            j[i][k] = -a * u1[i] * w1[k] - b * u2[i] * w2[k];
          }
        }
        expected = Math.max(expected, Matrices.largestEigenvalue(j));
      }
    }
    NetworkCertificate c = NetworkBranchAndBound.of(net, 1e-3, KERNELS);
    assertThat(c.reached()).isTrue();
    assertThat(c.certified()).isBetween(expected - 1e-9, expected * 1.002);
    assertThat(c.sampled()).isBetween(expected * 0.998, expected + 1e-9);
    holds(net, c, 500, f.label());
  }

  /** The supremum of the box is no bound of anything outside: here it lies 40 away. */
  @Test
  void theOutsideOfTheBoxCounts() {
    double[] theta = {0.5, 0, -20, 3, 0, 0, 0};
    FrozenNetwork net =
        new FrozenNetwork(new Architecture(List.of(2, 1, 2), Activation.TANH, 0), theta, -1, 1);
    NetworkCertificate c =
        NetworkBranchAndBound.of(
            net,
            new NetworkBranchAndBound.Options(0.01, 100_000, OptionalDouble.of(4)),
            KERNELS,
            Progress.NONE);
    assertThat(c.certifiedBox().getAsDouble()).isCloseTo(-1, within(0.02));
    assertThat(c.certified()).isBetween(0.5, 0.52);
    assertThat(eigenvalue(net, 40, 0)).isCloseTo(0.5, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void randomNetworksInOneAndTwoDimensions(Activation f) {
    for (int seed = 1; seed <= 4; seed++) {
      for (int d = 1; d <= 2; d++) {
        int[] hidden =
            seed % 3 == 0 ? new int[] {6, 5, 4} : seed % 3 == 1 ? new int[] {9} : new int[] {8, 8};
        FrozenNetwork net = random(seed, f, 0.1 * seed, seed % 2 == 0 ? 1 : -2, 0.8, d, hidden);
        NetworkCertificate c =
            NetworkBranchAndBound.of(
                net,
                new NetworkBranchAndBound.Options(0.01, 6_000, OptionalDouble.empty()),
                KERNELS,
                Progress.NONE);
        String what = f + ", seed " + seed + ", d " + d + ": " + c;
        holds(net, c, 400, what);
        if (d == 1) {
          assertThat(c.reached()).as(what).isTrue();
        }
        if (c.reached()) {
          assertThat(c.certified() - c.sampled())
              .as(what)
              .isLessThan(0.0101 * Math.abs(c.sampled()) + 0.01);
        }
      }
    }
  }

  @Test
  void randomNetworksInThreeDimensions() {
    for (Activation f : new Activation[] {Activation.SOFTPLUS, Activation.SILU}) {
      FrozenNetwork net = random(3, f, 0, 1, 0.6, 3, 6, 6);
      NetworkCertificate c =
          NetworkBranchAndBound.of(
              net,
              new NetworkBranchAndBound.Options(0.05, 8_000, OptionalDouble.empty()),
              KERNELS,
              Progress.NONE);
      holds(net, c, 600, f + ": " + c);
    }
  }

  /** Every cell's bound is above every value in it; near and far. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void everyCellIsBounded(Activation f) {
    RandomStream random = RandomStream.root(5).child(f.label());
    for (int d = 1; d <= 3; d++) {
      FrozenNetwork net = random(17 + d, f, -0.3, 1.5, 0.7, d, 7, 8, 6);
      FrozenLayers layers = new FrozenLayers(net, KERNELS);
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.cube(d, 3, TimeSpan.of(layers)));
      for (int face = 0; face < 2 * d; face++) {
        cells.add(Cell.beyond(d, 3, face, TimeSpan.of(layers)));
      }
      BoxCells near = new BoxCells(layers, JacobianFunction.ONE_SIDED, 1, false);
      FarCells far = new FarCells(layers, JacobianFunction.ONE_SIDED, 1);
      for (int i = 0; i < 250; i++) {
        Cell c = cells.remove(random.nextInt(cells.size()));
        (c.isFar() ? far : near).bound(new Cell[] {c}, 1);
        double found = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < 12; k++) {
          double[] x = c.inside(random);
          if (isInBand(c, layers, x)) {
            found = Math.max(found, eigenvalue(net, x));
          }
        }
        assertThat(found)
            .as("%s, d = %d, cell %d, far %b", f, d, i, c.isFar())
            .isLessThanOrEqualTo(c.upper + 1e-9);
        if (c.split != Cell.STRIP) {
          c.split = random.nextInt(d);
        }
        cells.addAll(c.parts());
      }
    }
  }

  private static boolean isInBand(Cell c, FrozenLayers layers, double[] x) {
    if (c.neuron() == Cell.NONE) {
      return true;
    }
    double z = layers.bias[0][c.neuron()];
    for (int k = 0; k < x.length; k++) {
      z += layers.weight[0][c.neuron() + k * layers.width[0]] * x[k];
    }
    return c.bandFrom() <= z && z <= c.bandTo();
  }

  /** Of second order in the cell's size: a fifth of it leaves about a twenty-fifth. */
  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"SOFTPLUS", "TANH", "SILU"})
  void excessFallsWithTheSquareOfTheSize(Activation f) {
    FrozenNetwork net = random(8, f, 0, 1, 0.5, 2, 16, 16);
    FrozenLayers layers = new FrozenLayers(net, KERNELS);
    double[] excess = new double[3];
    double size = 0.2;
    for (int i = 0; i < 3; i++) {
      Cell c = Cell.cube(2, size, TimeSpan.of(layers));
      new BoxCells(layers, JacobianFunction.ONE_SIDED, 1, false).bound(new Cell[] {c}, 1);
      double corner = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < 400; k++) {
        double x = size * (2.0 * (k % 20) / 19 - 1);
        double y = size * (2.0 * Math.floorDiv(k, 20) / 19 - 1);
        corner = Math.max(corner, eigenvalue(net, x, y));
      }
      excess[i] = c.upper - corner;
      size /= 5;
    }
    assertThat(excess[1] / excess[0]).isBetween(0.01, 0.12);
    assertThat(excess[2] / excess[1]).isBetween(0.01, 0.12);
  }

  @Test
  void aBudgetThatIsUsedUpIsToldAndTheBracketHolds() {
    FrozenNetwork net = random(4, Activation.SOFTPLUS, 0, 1, 1, 2, 12, 12);
    NetworkCertificate c =
        NetworkBranchAndBound.of(
            net,
            new NetworkBranchAndBound.Options(1e-4, 50, OptionalDouble.empty()),
            KERNELS,
            Progress.NONE);
    assertThat(c.reached()).isFalse();
    assertThat(c.method()).contains("budget");
    assertThat(c.cells()).isBetween(50L, 50L + 64);
    holds(net, c, 500, "budget");
    NetworkCertificate fine = NetworkBranchAndBound.of(net, 1e-3, KERNELS);
    assertThat(fine.reached()).isTrue();
    assertThat(fine.certified()).isLessThanOrEqualTo(c.certified());
    assertThat(fine.certified() - fine.sampled()).isLessThan(1.01e-3 * Math.abs(fine.sampled()));
  }

  @Test
  void moreThanThreeDimensionsAreExplained() {
    FrozenNetwork net = random(4, Activation.SOFTPLUS, 0, 1, 1, 4, 5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkBranchAndBound.of(net, 0.01, KERNELS))
        .withMessageContaining("dimension <= 3")
        .withMessageContaining("got 4");
  }

  /** The layers' bounds: never below the supremum, the logarithmic norm never above the product. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void boundsFromTheLayersAreOrdered(Activation f) {
    for (int seed = 1; seed <= 8; seed++) {
      int d = 1 + seed % 5;
      FrozenNetwork net = random(seed, f, -0.2, seed % 2 == 0 ? 1 : -3, 0.6, d, 9, 7, 8);
      double product = LayerBounds.product(net);
      double measure = LayerBounds.measure(net);
      double found = dense(net, 400, Double.POSITIVE_INFINITY);
      assertThat(found).isLessThanOrEqualTo(Math.min(product, measure));
      if (f != Activation.SILU) {
        assertThat(measure).isLessThanOrEqualTo(product * (1 + 1e-9));
      }
      OneSidedConstant c = NetworkLipschitz.of(net, 0.05, 3000, KERNELS);
      assertThat(found).isLessThanOrEqualTo(c.certified());
      assertThat(c.certified()).isLessThanOrEqualTo(Math.min(product, measure) * (1 + 1e-9));
    }
  }

  @Test
  void gridHasTheEigenvalueAtEveryPoint() {
    FrozenNetwork f = random(3, Activation.SILU, -0.5, 0.7, 0.8, 2, 9, 7);
    double[] x1 = {-2, 0, 0.5, 30};
    double[] x2 = {1, -7};
    double[][] values = CurvatureGrid.of(f, x1, x2, KERNELS);
    for (int j = 0; j < x2.length; j++) {
      for (int i = 0; i < x1.length; i++) {
        assertThat(values[j][i]).isCloseTo(eigenvalue(f, x1[i], x2[j]), within(1e-9));
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CurvatureGrid.of(random(3, Activation.SILU, 0, 1, 1, 1, 3), x1, x2, KERNELS));
  }
}
