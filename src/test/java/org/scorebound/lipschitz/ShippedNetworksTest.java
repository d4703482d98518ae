package org.scorebound.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.LinearSchedule;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.DataLaws;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.network.Architecture;
import org.scorebound.network.Mlp;
import org.scorebound.network.TimeConditioning;
import org.scorebound.network.TimedMlp;
import org.scorebound.random.RandomStream;
import org.scorebound.score.NetworkScore;

class ShippedNetworksTest {

  private static final Kernels KERNELS = Kernels.of(BackEnd.VECTOR);

  private static ForwardProcess process(int d, double betaMax) {
    return new ForwardProcess(
        DataLaws.clusters(d, 1, 0.1),
        new VariancePreserving(new LinearSchedule(0.1, betaMax, 1), 1));
  }

  /** Reading certifies three steps anew; here all are, in another diffusion's scale. */
  @Test
  void certificatesHoldAtEveryStep() {
    for (String name : ShippedNetworks.names()) {
      int d = ShippedNetworks.file(name).network().dimension();
      NetworkScore score = NetworkScore.shipped(name, ShippedNetworks.file(name), process(d, 5));
      ScoreLipschitz profile = new ScoreLipschitz(score);
      for (int k = 0; k < score.steps(); k++) {
        OneSidedConstant stored = profile.at(score.edge(k));
        OneSidedConstant fresh = NetworkLipschitz.of(score, k, KERNELS);
        assertThat(fresh.sampled()).isLessThanOrEqualTo(stored.certified());
        assertThat(stored.sampled()).isLessThanOrEqualTo(fresh.certified());
        assertThat(stored.certified())
            .as("%s, step %d", name, k)
            .isCloseTo(fresh.certified(), within(0.03 * Math.abs(fresh.certified()) + 1e-3));
      }
    }
  }

  /** A network that sees the time: certified at every t, not only where it was bounded. */
  @Test
  void profilesOfNetworksThatSeeTheTimeHoldInBetween() {
    for (TimeConditioning time :
        List.of(
            new TimeConditioning.None(),
            new TimeConditioning.Concatenated(2),
            new TimeConditioning.Sinusoidal(new double[] {3, 0.5}))) {
      Architecture a =
          new Architecture(List.of(2 + time.extraInputs(), 6, 2), Activation.SOFTPLUS, 0);
      double[] theta = new Mlp(a, KERNELS).initialise(RandomStream.root(4).child(time.toString()));
      NetworkScore score =
          new NetworkScore(
              process(2, 6), new TimedMlp(a, time, theta), NetworkScore.Output.V, null);
      ScoreLipschitz profile = new ScoreLipschitz(score);
      RandomStream random = RandomStream.root(5);
      for (int i = 0; i < 40; i++) {
        double t = random.nextDouble();
        OneSidedConstant bracket = profile.at(t);
        for (int k = 0; k < 10; k++) {
          double radius = Math.exp(random.nextDouble(-2, 6));
          double[] x = {radius * random.nextGaussian(), radius * random.nextGaussian()};
          assertThat(Matrices.largestEigenvalue(score.at(t, KERNELS).jacobian(x)))
              .isLessThanOrEqualTo(bracket.certified() + 1e-9);
        }
        assertThat(bracket.certified() - bracket.sampled())
            .as(time.toString())
            .isLessThan(0.3 * (1 + Math.abs(score.frozen(t).factor())));
      }
    }
  }
}
