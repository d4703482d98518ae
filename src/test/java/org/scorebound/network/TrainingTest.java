package org.scorebound.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;

class TrainingTest {

  private static final Architecture ARCHITECTURE =
      new Architecture(List.of(2, 16, 16, 2), Activation.SOFTPLUS, 2);

  /** Fits y = x and y = -x at two steps; returns theta after the last step. */
  private static double[] train(BackEnd backEnd, WeightConstraint constraint, int steps) {
    Kernels kernels = Kernels.of(backEnd);
    Mlp mlp = new Mlp(ARCHITECTURE, kernels);
    RandomStream random = RandomStream.root(9);
    double[] theta = mlp.initialise(random.child("init"));
    AdamW adam = new AdamW(kernels, new AdamW.Options(1e-2, 0.9, 0.999, 1e-8, 0.01, 1, 0.9), theta);
    int n = 32;
    Workspace ws = new Workspace(ARCHITECTURE, n);
    double[] x = new double[2 * n];
    double[] dOut = new double[2 * n];
    int[] step = new int[n];
    double[] gradient = new double[theta.length];
    for (int t = 0; t < steps; t++) {
      random.fillGaussian(x, 0, x.length);
      for (int j = 0; j < n; j++) {
        step[j] = random.nextInt(2);
      }
      mlp.forward(theta, x, n, step, ws);
      residual(ws.output(), x, step, dOut);
      mlp.backward(theta, dOut, ws, gradient);
      adam.step(theta, gradient);
      constraint.apply(mlp, theta);
    }
    assertThat(adam.steps()).isEqualTo(steps);
    return theta;
  }

  private static double residual(double[] y, double[] x, int[] step, double[] dOut) {
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      double r = y[i] - (step[i / 2] == 0 ? x[i] : -x[i]);
      dOut[i] = 2 * r / step.length;
      loss += r * r / step.length;
    }
    return loss;
  }

  private static double loss(double[] theta) {
    Mlp mlp = new Mlp(ARCHITECTURE, Kernels.of(BackEnd.SCALAR));
    int n = 200;
    double[] x = new double[2 * n];
    RandomStream.root(10).fillGaussian(x, 0, x.length);
    int[] step = new int[n];
    Arrays.setAll(step, j -> j % 2);
    Workspace ws = new Workspace(ARCHITECTURE, n);
    mlp.evaluate(theta, x, n, step, ws);
    return residual(ws.output(), x, step, new double[2 * n]);
  }

  @ParameterizedTest
  @EnumSource
  void trainingLowersTheLossOnEveryBackEnd(BackEnd backEnd) {
    assumeTrue(backEnd.isAvailable(), () -> "skipped: " + backEnd.unavailableReason().orElse(""));
    double before = loss(train(backEnd, new WeightConstraint.None(), 0));
    double after = loss(train(backEnd, new WeightConstraint.None(), 1000));
    // The identity is within reach of the network: well below a tenth of the variance 2 is left.
    assertThat(after).isLessThan(0.2).isLessThan(0.1 * before);
  }

  /** Rounding differs and is amplified by training: 20 steps of 1e-2 keep it near 1e-12. */
  @Test
  void backEndsTakeTheSameSteps() {
    double[] scalar = train(BackEnd.SCALAR, new WeightConstraint.None(), 20);
    for (BackEnd b : BackEnd.values()) {
      if (b.isAvailable()) {
        double[] theta = train(b, new WeightConstraint.None(), 20);
        for (int i = 0; i < theta.length; i++) {
          assertThat(Math.abs(theta[i] - scalar[i])).as(b.label()).isLessThan(1e-9);
        }
      }
    }
  }

  @Test
  void sameSeedGivesTheSameBits() {
    assertThat(train(BackEnd.VECTOR, new WeightConstraint.None(), 50))
        .isEqualTo(train(BackEnd.VECTOR, new WeightConstraint.None(), 50));
  }

  @Test
  void clippingHoldsEveryWeight() {
    double[] theta = train(BackEnd.SCALAR, new WeightConstraint.Clip(0.1), 30);
    Mlp mlp = new Mlp(ARCHITECTURE, Kernels.of(BackEnd.SCALAR));
    for (int l = 0; l < ARCHITECTURE.layers(); l++) {
      for (int i = mlp.weightOffset(l); i < mlp.biasOffset(l); i++) {
        assertThat(Math.abs(theta[i])).isLessThanOrEqualTo(0.1);
      }
    }
    assertThat(Arrays.stream(theta).map(Math::abs).max().orElseThrow()).isGreaterThan(0.1);
  }

  @Test
  void spectralNormalisationHoldsTheNorms() {
    double limit = 0.7;
    double[] theta = train(BackEnd.SCALAR, new WeightConstraint.Spectral(ARCHITECTURE, limit), 200);
    Mlp mlp = new Mlp(ARCHITECTURE, Kernels.of(BackEnd.SCALAR));
    for (int l = 0; l < ARCHITECTURE.layers(); l++) {
      double norm =
          org.scorebound.linalg.SpectralNorm.upper(
              theta, mlp.weightOffset(l), ARCHITECTURE.fanOut(l), ARCHITECTURE.fanIn(l));
      // One power iteration per step of 1e-2 lags by less than what 16 entries of a row move.
      assertThat(norm).isLessThan(limit + 16 * 1e-2);
    }
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    double[] theta = {1, 2};
    AdamW adam = new AdamW(Kernels.of(BackEnd.SCALAR), AdamW.Options.published(), theta);
    assertThatIllegalStateException()
        .isThrownBy(() -> adam.step(theta, new double[] {0, Double.NaN}))
        .withMessageContaining("NaN");
    assertThat(theta).containsExactly(1, 2);
    assertThat(adam.steps()).isZero();
  }

  @Test
  void clippingScalesTheGradientToItsLimit() {
    double[] theta = {0, 0};
    double[] far = {0, 0};
    AdamW.Options options = new AdamW.Options(0.1, 0, 0, 1e-3, 0, 1, 0.5);
    AdamW adam = new AdamW(Kernels.of(BackEnd.SCALAR), options, theta);
    AdamW adamFar = new AdamW(Kernels.of(BackEnd.SCALAR), options, far);
    assertThat(adam.step(theta, new double[] {0.6e-3, 0.8e-3})).isEqualTo(1e-3);
    assertThat(adamFar.step(far, new double[] {300, 400})).isEqualTo(500);
    // With both decays 0 a step is rate g/(|g| + eps), elementwise.
    assertThat(theta[0]).isCloseTo(-0.1 * 0.6 / 1.6, org.assertj.core.data.Offset.offset(1e-15));
    // The clipped gradient is (0.6, 0.8)/(1 + 1e-6/500).
    double g = 300 / (500 + 1e-6);
    assertThat(far[0]).isCloseTo(-0.1 * g / (g + 1e-3), org.assertj.core.data.Offset.offset(1e-15));
    assertThat(adamFar.average()[0]).isEqualTo(0.5 * far[0]);
  }
}
