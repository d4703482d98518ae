package org.scorebound.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.LinearSchedule;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.DataLaws;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
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
}
