package org.scorebound.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;

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

class NetworkTimeProfileTest {

  private static final Kernels KERNELS = Kernels.of(BackEnd.VECTOR);

  private static final int PART = 10;

  /** How fast a bias moves with t: by 4 over a tenth of a part. */
  private static final double RATE = 4 * 10 * 32 / 0.999;

  private static final double FREQUENCY = 3;

  /** A tenth into {@link #PART} of 32. */
  private static final double PEAK = 0.001 + 0.999 * (PART + 0.1) / 32;

  /** Five times the half edge of the box. */
  private static final double FAR = 20;

  private static final List<TimeConditioning> SEEING =
      List.of(
          new TimeConditioning.Concatenated(1),
          new TimeConditioning.Sinusoidal(new double[] {FREQUENCY}));

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
   * middle: what was bounded there is no bound between.
   */
  @Test
  void holdsWhereTheEdgesOfAPartDoNot() {
    for (TimeConditioning time : SEEING) {
      NetworkScore score = nearOrigin(time);
      holdsBetween(score, 1.02, new double[] {0}, 2);
    }
  }

  /** The same with the largest slope outside the box: 3, and below 2.2. */
  @Test
  void holdsWhereTheEdgesOfAPartDoNotFarOut() {
    for (TimeConditioning time : SEEING) {
      NetworkScore score = farOut(time);
      holdsBetween(score, 2.2, new double[] {0, FAR}, 3);
    }
  }

  private static void holdsBetween(NetworkScore score, double elsewhere, double[] x, double peak) {
    double left = score.timeEdge(PART);
    double right = score.timeEdge(PART + 1);
    for (double t : new double[] {left, 0.5 * (left + right), right}) {
      assertThat(NetworkBranchAndBound.of(score.frozen(t), 0.01, KERNELS).certified())
          .as("%s at %s", score.network().time(), t)
          .isLessThan(elsewhere);
    }
    assertThat(Matrices.largestEigenvalue(score.at(PEAK, KERNELS).jacobian(x)))
        .isGreaterThan(peak - 1e-9);
    OneSidedConstant bracket = new ScoreLipschitz(score).at(PEAK);
    assertThat(bracket.certified())
        .as(score.network().time().toString())
        .isBetween(peak - 1e-9, 1.05 * peak);
    assertThat(bracket.sampled()).isLessThanOrEqualTo(bracket.certified());
  }

  /**
   * {@code y = tanh(x + b(t)) + tanh(x)}, whose largest slope is 2 at {@link #PEAK}, where b
   * vanishes, and about {@code 1 + sech^2(b)} elsewhere.
   */
  private static NetworkScore nearOrigin(TimeConditioning time) {
    return tanhSum(time, new double[][] {{1}, {1}}, new double[2]);
  }

  /**
   * {@code y_1} the sum of tanh over {@code x_1 + x_2 - FAR + b(t)}, {@code x_1} and {@code x_1 -
   * x_2 + FAR}, {@code y_2 = 0}. The three lines on which a slope is 1 meet at {@code (0, FAR)}
   * where b vanishes, else only two by two. In the middle of the part b is 16, and the first line
   * crosses the second axis at 4: beyond 16 only its moving can bring it back.
   */
  private static NetworkScore farOut(TimeConditioning time) {
    return tanhSum(time, new double[][] {{1, 1}, {1, 0}, {1, -1}}, new double[] {-FAR, 0, FAR});
  }

  /** b(t) is {@code RATE (t - PEAK)} or {@code RATE sin(f (t - PEAK))/f}. */
  private static NetworkScore tanhSum(TimeConditioning time, double[][] rows, double[] bias) {
    int d = rows[0].length;
    int n = rows.length;
    int extra = time.extraInputs();
    Architecture a = new Architecture(List.of(d + extra, n, d), Activation.TANH, 0);
    Mlp mlp = new Mlp(a, KERNELS);
    double[] theta = new double[mlp.parameterCount()];
    int w = mlp.weightOffset(0);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < d; k++) {
        theta[w + i + k * n] = rows[i][k];
      }
      theta[mlp.biasOffset(0) + i] = bias[i];
      theta[mlp.weightOffset(1) + i * d] = 1;
    }
    if (time instanceof TimeConditioning.Sinusoidal) {
      theta[w + d * n] = RATE / FREQUENCY * Math.cos(FREQUENCY * PEAK);
      theta[w + (d + 1) * n] = -RATE / FREQUENCY * Math.sin(FREQUENCY * PEAK);
    } else {
      theta[w + d * n] = RATE;
      theta[mlp.biasOffset(0)] -= RATE * PEAK;
    }
    return new NetworkScore(
        process(d, 6), new TimedMlp(a, time, theta), NetworkScore.Output.SCORE, null);
  }
}
