package org.scorebound.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.Mlp;
import org.scorebound.network.Precision;
import org.scorebound.random.RandomStream;
import org.scorebound.transport.EmpiricalW2;

/** Single precision of the network is far below what a sample tells, and overflow is seen. */
class AncestralSamplerTest {

  private static final int N = 128;

  private final Setting setting = Setting.standard(DataLaw.fourClusters(), 10);
  private final Kernels kernels = Kernels.of(BackEnd.VECTOR);
  private final AncestralSampler sampler =
      new AncestralSampler(setting.process(), setting.architecture(), N, kernels);

  private double[] theta(double scale) {
    double[] theta =
        new Mlp(setting.architecture(), kernels).initialise(RandomStream.root(9).child("weights"));
    for (int i = 0; i < theta.length; i++) {
      theta[i] *= scale;
    }
    return theta;
  }

  private double[] sample(double[] theta, Precision precision) {
    return sampler.sample(theta, null, precision, RandomStream.root(9).child("sampler")).clone();
  }

  /** Ten steps of a network whose outputs are right to 1e-6; a sample of 128 tells 5 %. */
  @Test
  void distanceIsTheSameToFiveDigits() {
    double[] data = setting.process().data().sample(N, RandomStream.root(9).child("data"));
    double[] exact = sample(theta(1), Precision.DOUBLE);
    double[] single = sample(theta(1), Precision.SINGLE);
    assertThat(single).isNotEqualTo(exact);
    double w2 = EmpiricalW2.between(data, exact, 2).value();
    assertThat(EmpiricalW2.between(data, single, 2).value()).isCloseTo(w2, within(1e-5 * w2));
  }

  /** Weights a hundred times as large pass the largest float and are no matter in double. */
  @Test
  void overflowOfFloatsIsSeen() {
    sample(theta(100), Precision.SINGLE);
    assertThat(sampler.isFinite()).isFalse();
    sample(theta(100), Precision.DOUBLE);
    assertThat(sampler.isFinite()).isTrue();
  }
}
