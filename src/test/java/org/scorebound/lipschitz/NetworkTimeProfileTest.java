package org.scorebound.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

class NetworkTimeProfileTest {

  private static final Kernels KERNELS = Kernels.of(BackEnd.VECTOR);

  private static final int PART = 10;

  /** How fast a bias moves with t: by 4 over a tenth of a part. */
  private static final double RATE = 4 * 10 * 32 / 0.999;

  private static final double FREQUENCY = 3;

  /** A tenth into {@link #PART} of 32. */
  private static final double PEAK = 0.001 + 0.999 * (PART + 0.1) / 32;

  /** Twice the half edge of the box. */
  private static final double FAR = 8;

  private static ForwardProcess process(int d, double betaMax) {
    return new ForwardProcess(
        DataLaws.clusters(d, 1, 0.1),
        new VariancePreserving(new LinearSchedule(0.1, betaMax, 1), 1));
  }

  /** Certified at every t, not only where it was bounded. */
  @Test
  void holdsInBetween() {
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

  /**
   * Within one part {@code L_s} is 2 at a tenth of it, and below 1.02 at both edges and in the
   * middle: what was bounded there is no bound between. At {@link #FAR} the box does not see it,
   * and in the middle of the part, where b is 16, the moving unit is saturated from 4 to infinity.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, FAR})
  void holdsWhereTheEdgesOfAPartDoNot(double at) {
    for (TimeConditioning time :
        List.of(
            new TimeConditioning.Concatenated(1),
            new TimeConditioning.Sinusoidal(new double[] {FREQUENCY}))) {
      NetworkScore score = pair(time, at);
      double left = score.timeEdge(PART);
      double right = score.timeEdge(PART + 1);
      for (double t : new double[] {left, 0.5 * (left + right), right}) {
        assertThat(NetworkBranchAndBound.of(score.frozen(t), 0.01, KERNELS).certified())
            .as("%s at %s", time, t)
            .isLessThan(1.02);
      }
      assertThat(score.at(PEAK, KERNELS).jacobian(new double[] {at})[0][0]).isGreaterThan(2 - 1e-9);
      OneSidedConstant bracket = new ScoreLipschitz(score).at(PEAK);
      assertThat(bracket.certified()).as(time.toString()).isBetween(2 - 1e-9, 2.1);
      assertThat(bracket.sampled()).isLessThanOrEqualTo(bracket.certified());
    }
  }

  /**
   * {@code y = tanh(x - at + b(t)) + tanh(x - at)}, whose largest slope is 2 at {@link #PEAK},
   * where b vanishes, and about {@code 1 + sech^2(b)} elsewhere; b is {@code RATE (t - PEAK)} or
   * {@code RATE sin(f (t - PEAK))/f}.
   */
  private static NetworkScore pair(TimeConditioning time, double at) {
    Architecture a = new Architecture(List.of(1 + time.extraInputs(), 2, 1), Activation.TANH, 0);
    Mlp mlp = new Mlp(a, KERNELS);
    double[] theta = new double[mlp.parameterCount()];
    int w = mlp.weightOffset(0);
    int b = mlp.biasOffset(0);
    int v = mlp.weightOffset(1);
    for (int i = 0; i < 2; i++) {
      theta[w + i] = 1;
      theta[b + i] = -at;
      theta[v + i] = 1;
    }
    if (time instanceof TimeConditioning.Sinusoidal) {
      theta[w + 2] = RATE / FREQUENCY * Math.cos(FREQUENCY * PEAK);
      theta[w + 4] = -RATE / FREQUENCY * Math.sin(FREQUENCY * PEAK);
    } else {
      theta[w + 2] = RATE;
      theta[b] -= RATE * PEAK;
    }
    return new NetworkScore(
        process(1, 6), new TimedMlp(a, time, theta), NetworkScore.Output.SCORE, null);
  }
}
