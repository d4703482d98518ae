package org.scorebound.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.diffusion.DiscreteSchedule;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.DataLaws;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.lipschitz.NetworkLipschitz;
import org.scorebound.lipschitz.OneSidedConstant;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.network.AdamW;
import org.scorebound.network.Architecture;
import org.scorebound.network.Mlp;
import org.scorebound.network.Precision;
import org.scorebound.network.WeightConstraint;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

class NetworkScoreTest {

  private static final ForwardProcess PROCESS =
      new ForwardProcess(
          DataLaws.clusters(2, 4, 0.05),
          new VariancePreserving(new DiscreteSchedule(List.of(0.5, 2.0, 6.0), 1), 1));

  private static final AdamW.Options FAST = new AdamW.Options(1e-2, 0.9, 0.999, 1e-8, 0.01, 1, 0.9);

  private static NetworkScore network(Activation activation, NetworkScore.Output output) {
    Architecture architecture = new Architecture(List.of(2, 8, 6, 2), activation, 3);
    Mlp mlp = new Mlp(architecture, Kernels.of(BackEnd.SCALAR));
    return new NetworkScore(
        PROCESS, architecture, output, mlp.initialise(RandomStream.root(4).child("weights")));
  }

  private static DenoisingTraining training(BackEnd backEnd, Precision precision) {
    return new DenoisingTraining(
        PROCESS,
        new Architecture(List.of(2, 8, 8, 2), Activation.SOFTPLUS, 3),
        NetworkScore.Output.NOISE,
        PROCESS.data().sample(512, RandomStream.root(5)),
        64,
        FAST,
        new DenoisingTraining.Variant(
            DenoisingLoss.gSquared(PROCESS, 3), new WeightConstraint.None(), false, precision),
        RandomStream.root(6),
        Kernels.of(backEnd));
  }

  @Test
  void jacobianIsTheDerivative() {
    ScoreField field =
        network(Activation.SOFTPLUS, NetworkScore.Output.NOISE).at(0.5, Kernels.of(BackEnd.VECTOR));
    double[] x = {0.3, -0.7};
    double[][] jacobian = field.jacobian(x);
    // Central differences: error h^2 of the third derivative plus rounding u/h, both near 1e-10.
    double h = 1e-5;
    for (int i = 0; i < 2; i++) {
      double[] pair = {x[0], x[1], x[0], x[1]};
      pair[i] += h;
      pair[2 + i] -= h;
      double[] s = new double[4];
      field.scores(pair, 2, s);
      for (int o = 0; o < 2; o++) {
        assertThat(jacobian[o][i]).isCloseTo((s[o] - s[2 + o]) / (2 * h), within(1e-8));
      }
    }
  }

  @Test
  void outputIsNoiseOverTheDeviationAtTheStepsRightEnd() {
    NetworkScore noise = network(Activation.SOFTPLUS, NetworkScore.Output.NOISE);
    NetworkScore score = network(Activation.SOFTPLUS, NetworkScore.Output.SCORE);
    double[] x = {0.1, 0.2};
    double[] a = new double[2];
    double[] b = new double[2];
    noise.at(0.4, Kernels.of(BackEnd.SCALAR)).scores(x, 1, a);
    score.at(0.4, Kernels.of(BackEnd.SCALAR)).scores(x, 1, b);
    // Step 1 ends at 2/3, where B = (0.5 + 2)/3.
    double sigma = Math.sqrt(-Math.expm1(-2.5 / 3));
    assertThat(a[0]).isCloseTo(-b[0] / sigma, within(1e-14));
  }

  @Test
  void stepsAreRightOpenAtTheirBreakpoints() {
    for (int n : new int[] {1, 3, 7, 10, 49}) {
      Architecture architecture = new Architecture(List.of(2, 2), Activation.TANH, n);
      int count = new Mlp(architecture, Kernels.of(BackEnd.SCALAR)).parameterCount();
      NetworkScore s =
          new NetworkScore(PROCESS, architecture, NetworkScore.Output.SCORE, new double[count]);
      double[] b = s.breakpoints();
      for (int k = 1; k < n; k++) {
        assertThat(s.stepAt(b[k - 1])).isEqualTo(k);
        assertThat(s.stepAt(Math.nextDown(b[k - 1]))).isEqualTo(k - 1);
      }
      assertThat(s.stepAt(1)).isEqualTo(n - 1);
      assertThat(s.stepAt(0)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void certifiedIsAboveEverySlope(Activation activation) {
    NetworkScore score = network(activation, NetworkScore.Output.NOISE);
    RandomStream random = RandomStream.root(8);
    for (int k = 0; k < 3; k++) {
      OneSidedConstant bracket = NetworkLipschitz.of(score, k, Kernels.of(BackEnd.VECTOR));
      assertThat(bracket.sampled()).isLessThanOrEqualTo(bracket.certified());
      ScoreField field = score.atStep(k, Kernels.of(BackEnd.SCALAR));
      for (int i = 0; i < 200; i++) {
        double radius = Math.exp(random.nextDouble(-2, 6));
        double[] x = {radius * random.nextGaussian(), radius * random.nextGaussian()};
        double[][] jacobian = field.jacobian(x);
        assertThat(Matrices.largestEigenvalue(jacobian)).isLessThanOrEqualTo(bracket.certified());
        // The product of norms is two-sided, so it holds for every singular value.
        assertThat(Matrices.spectralNorm(jacobian))
            .isLessThanOrEqualTo(NetworkScore.lipschitzUpper(score.frozenStep(k)));
      }
    }
    ScoreLipschitz profile = new ScoreLipschitz(score);
    assertThat(profile.isFinite()).isTrue();
    assertThat(profile.at(0.5))
        .isEqualTo(NetworkLipschitz.of(score, 1, Kernels.of(BackEnd.VECTOR)));
  }

  @Test
  void errorIntervalHoldsAReferenceFromManySamples() {
    NetworkScore score = network(Activation.SOFTPLUS, NetworkScore.Output.NOISE);
    for (double t : new double[] {0.05, 0.3, 0.9}) {
      Estimate m = ScoreError.secondMoment(score, t);
      Estimate reference = SampledError.secondMoment(score, t, 200_000, Kernels.of(BackEnd.VECTOR));
      assertThat(m.kind()).isEqualTo(Evidence.STATISTICAL);
      assertThat(m.contains(reference.value())).isTrue();
      // Ten times the samples' root: the reference is that much narrower.
      assertThat(reference.radius()).isLessThan(0.2 * m.radius());
    }
  }

  @Test
  void lossOfAnAffineNetworkIsTheClosedForm() {
    // A network whose output is 0 has the loss mean_k beta_k d / sigma_k^2.
    Architecture architecture = new Architecture(List.of(2, 3, 2), Activation.TANH, 3);
    Mlp mlp = new Mlp(architecture, Kernels.of(BackEnd.SCALAR));
    int n = 60_000;
    double[] data = PROCESS.data().sample(n, RandomStream.root(1));
    double loss =
        new DenoisingLoss(PROCESS, NetworkScore.Output.NOISE, mlp, n)
            .value(new double[mlp.parameterCount()], data, n, RandomStream.root(2));
    double[] beta = {0.5, 2, 6};
    double expected = 0;
    double b = 0;
    for (double rate : beta) {
      b += rate / 3;
      expected += rate * 2 / -Math.expm1(-b) / 3;
    }
    // The relative deviation of chi^2_2 is 1, of n/2 antithetic pairs below 1/sqrt(n/2): 6 of them.
    assertThat(loss).isCloseTo(expected, within(6 * expected / Math.sqrt(n / 2.0)));
  }

  @Test
  void gradientIsTheDerivativeOfTheLoss() {
    for (NetworkScore.Output output : NetworkScore.Output.values()) {
      Architecture architecture = new Architecture(List.of(2, 4, 2), Activation.SOFTPLUS, 3);
      Mlp mlp = new Mlp(architecture, Kernels.of(BackEnd.SCALAR));
      double[] theta = mlp.initialise(RandomStream.root(3));
      double[] data = PROCESS.data().sample(10, RandomStream.root(1));
      DenoisingLoss loss = new DenoisingLoss(PROCESS, output, mlp, 10);
      double[] gradient = new double[theta.length];
      loss.gradient(theta, data, 10, RandomStream.root(2), gradient);
      double h = 1e-5;
      for (int i = 0; i < theta.length; i += 5) {
        double old = theta[i];
        theta[i] = old + h;
        double up = loss.value(theta, data, 10, RandomStream.root(2));
        theta[i] = old - h;
        double down = loss.value(theta, data, 10, RandomStream.root(2));
        theta[i] = old;
        // Losses near 100: rounding 1e-14/1e-5 each, and h^2 times a third derivative near 100.
        assertThat(gradient[i]).isCloseTo((up - down) / (2 * h), within(1e-6));
      }
    }
  }

  @Test
  void ascentRaisesTheLossAndDescentLowersIt() {
    DenoisingTraining down = training(BackEnd.VECTOR, Precision.DOUBLE);
    double first = down.epoch(false);
    double last = first;
    for (int e = 0; e < 40; e++) {
      last = down.epoch(false);
    }
    assertThat(last).isLessThan(0.8 * first);
    DenoisingTraining up = training(BackEnd.VECTOR, Precision.DOUBLE);
    first = up.epoch(true);
    for (int e = 0; e < 5; e++) {
      last = up.epoch(true);
    }
    assertThat(last).isGreaterThan(1.5 * first);
  }

  /** Rounding of 1e-16 is amplified by 80 steps of training; measured near 1e-13. */
  @Test
  void backEndsTrainTheSameNetwork() {
    double[] scalar = trained(BackEnd.SCALAR);
    for (BackEnd b : BackEnd.values()) {
      if (b.isAvailable()) {
        double[] theta = trained(b);
        for (int i = 0; i < theta.length; i++) {
          assertThat(theta[i]).as(b.label()).isCloseTo(scalar[i], within(1e-9));
        }
      }
    }
  }

  /** Eighty steps from the same start: roundings of 2^-24 grow, but not to another network. */
  @Test
  void floatsTrainNearlyTheSameNetwork() {
    double[] twice = trained(BackEnd.VECTOR);
    double[] single = trained(training(BackEnd.VECTOR, Precision.SINGLE));
    double most = 0;
    for (int i = 0; i < twice.length; i++) {
      most = Math.max(most, Math.abs(single[i] - twice[i]));
    }
    assertThat(most).isBetween(1e-9, 1e-3);
  }

  private static double[] trained(BackEnd backEnd) {
    return trained(training(backEnd, Precision.DOUBLE));
  }

  private static double[] trained(DenoisingTraining training) {
    for (int e = 0; e < 10; e++) {
      training.epoch(false);
    }
    return training.model().theta();
  }

  @Test
  void shapesAreChecked() {
    Architecture wide = new Architecture(List.of(3, 4, 3), Activation.TANH, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkScore(PROCESS, wide, NetworkScore.Output.NOISE, new double[0]))
        .withMessageContaining("[3, 4, 3]");
  }
}
