package org.scorebound.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.Architecture;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.network.Mlp;
import org.scorebound.network.TimeConditioning;
import org.scorebound.network.TimedMlp;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;

/** Brackets of one network at several times, found together. */
class SeveralTimesTest {

  private static final Kernels KERNELS = Kernels.of(BackEnd.VECTOR);
  private static final int TIMES = 12;
  private static final double GAP = 0.01;

  private static List<FrozenNetwork> networks(
      Activation f, TimeConditioning time, int d, long seed) {
    Architecture a = new Architecture(List.of(d + time.extraInputs(), 8, 7, d), f, 0);
    double[] theta = new double[new Mlp(a, KERNELS).parameterCount()];
    RandomStream.root(seed).child("times").fillGaussian(theta, 0, theta.length);
    TimedMlp mlp = new TimedMlp(a, time, theta);
    return IntStream.range(0, TIMES)
        .mapToObj(
            i ->
                new FrozenNetwork(
                    mlp.plainArchitecture(), mlp.plainAt(time(i)), -0.1 * i, -1 - 0.2 * i))
        .toList();
  }

  private static double time(int i) {
    return 0.05 + 0.1 * i;
  }

  private static double[] times() {
    return IntStream.range(0, TIMES).mapToDouble(SeveralTimesTest::time).toArray();
  }

  /** Each bracket meets the one that is found for its time alone, and holds at many points. */
  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"SOFTPLUS", "SILU", "RELU"})
  void bracketsAgreeWithThoseOfSingleTimes(Activation f) {
    for (TimeConditioning time :
        List.of(
            new TimeConditioning.Concatenated(3),
            new TimeConditioning.Sinusoidal(new double[] {9, 1}))) {
      for (int d = 1; d <= 2; d++) {
        List<FrozenNetwork> networks = networks(f, time, d, 2 + d);
        var options = new NetworkBranchAndBound.Options(GAP, 4000, OptionalDouble.of(2));
        List<NetworkCertificate> together =
            NetworkTimes.of(networks, times(), options, KERNELS, Progress.NONE);
        assertThat(together).hasSize(TIMES);
        for (int i = 0; i < TIMES; i++) {
          NetworkCertificate alone =
              NetworkBranchAndBound.of(networks.get(i), options, KERNELS, Progress.NONE);
          NetworkCertificate one = together.get(i);
          String what = f + ", " + time + ", d " + d + ", time " + i;
          assertThat(one.sampled()).as(what).isLessThanOrEqualTo(alone.certified());
          assertThat(alone.sampled()).as(what).isLessThanOrEqualTo(one.certified());
          assertThat(alone.sampledBox().getAsDouble())
              .as(what)
              .isLessThanOrEqualTo(one.certifiedBox().getAsDouble());
          if (one.reached()) {
            assertThat(one.certified() - one.sampled())
                .as(what)
                .isLessThan((GAP + 1e-3) * Math.abs(one.sampled()) + 0.01);
          }
          FrozenLayers layers = new FrozenLayers(networks.get(i), KERNELS);
          JacobianPoints points = new JacobianPoints(layers);
          assertThat(points.at(one.point())).as(what).isGreaterThanOrEqualTo(one.sampled() - 1e-9);
          RandomStream random = RandomStream.root(6).child(what);
          for (int k = 0; k < 300; k++) {
            double[] x = new double[d];
            double radius = Math.exp(random.nextDouble(-2, 9));
            for (int j = 0; j < d; j++) {
              x[j] = radius * random.nextGaussian();
            }
            assertThat(points.at(x)).as(what).isLessThanOrEqualTo(one.certified() + 1e-9);
          }
        }
      }
    }
  }

  /** Every cell's bound is above the values in it at each of its times. */
  @Test
  void everyCellIsBoundedAtAllItsTimes() {
    RandomStream random = RandomStream.root(8);
    for (TimeConditioning time :
        List.of(
            new TimeConditioning.Concatenated(3),
            new TimeConditioning.Sinusoidal(new double[] {9, 1}))) {
      List<FrozenNetwork> networks = networks(Activation.SOFTPLUS, time, 2, 5);
      FrozenLayers layers = new FrozenLayers(networks.getFirst(), KERNELS);
      double[][] biases = new double[TIMES][];
      for (int i = 0; i < TIMES; i++) {
        biases[i] = new FrozenLayers(networks.get(i), KERNELS).bias[0];
      }
      TimeSpan span = TimeSpan.of(biases, times(), new double[biases[0].length]);
      List<Cell> cells = new ArrayList<>(List.of(Cell.cube(2, 3, span)));
      for (int face = 0; face < 4; face++) {
        cells.add(Cell.beyond(2, 3, face, span));
      }
      BoxCells near = new BoxCells(layers, JacobianFunction.ONE_SIDED, 1, true);
      FarCells far = new FarCells(layers, JacobianFunction.ONE_SIDED, 1);
      for (int i = 0; i < 400; i++) {
        Cell c = cells.remove(random.nextInt(cells.size()));
        (c.isFar() ? far : near).bound(new Cell[] {c}, 1);
        for (int k = 0; k < 12 && c.neuron() == Cell.NONE; k++) {
          int at = c.span().from + random.nextInt(c.span().size());
          JacobianPoints points =
              new JacobianPoints(layers, JacobianFunction.ONE_SIDED, biases[at]);
          assertThat(points.at(c.inside(random)))
              .as("%s, cell %s, time %d", time, c, at)
              .isLessThanOrEqualTo(c.upper + 1e-9);
        }
        if (c.split != Cell.STRIP) {
          c.split = c.hasTimes() && i % 3 == 0 ? Cell.TIME : random.nextInt(2);
        }
        cells.addAll(c.parts());
      }
    }
  }

  @Test
  void onlyNetworksThatAreAkinAreTakenTogether() {
    List<FrozenNetwork> networks =
        networks(Activation.SOFTPLUS, new TimeConditioning.Concatenated(1), 2, 3);
    assertThat(NetworkTimes.areAkin(networks)).isTrue();
    double[] theta = networks.get(1).theta();
    theta[theta.length - 1] += 1;
    List<FrozenNetwork> mixed =
        List.of(networks.get(0), new FrozenNetwork(networks.get(1).architecture(), theta, 0, -1));
    assertThat(NetworkTimes.areAkin(mixed)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                NetworkTimes.of(
                    mixed,
                    new double[] {0, 1},
                    NetworkBranchAndBound.Options.global(GAP),
                    KERNELS,
                    Progress.NONE))
        .withMessageContaining("one at several times");
  }
}
