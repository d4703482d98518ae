package org.scorebound.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.complex.Complex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;

class MlpTest {

  /** Of a complex step: its own error is below 1e-200, what remains is rounding. */
  private static final double STEP = 1e-150;

  /**
   * Relative error allowed between sums of up to 64 x 64 products taken in different order, through
   * three layers: 4096 u for a sum that loses every sign, with room for the activations.
   */
  private static final double ROUNDING = 1e-12;

  private static List<Arguments> networks() {
    List<Arguments> all = new ArrayList<>();
    for (BackEnd b : BackEnd.values()) {
      for (Activation f : Activation.values()) {
        all.add(Arguments.of(b, new Architecture(List.of(2, 9, 16, 3), f, 4)));
        all.add(Arguments.of(b, new Architecture(List.of(3, 17, 2), f, 0)));
      }
      all.add(Arguments.of(b, new Architecture(List.of(4, 3), Activation.TANH, 2)));
    }
    return all;
  }

  private static Kernels kernels(BackEnd b) {
    assumeTrue(b.isAvailable(), () -> "skipped: " + b.unavailableReason().orElse(""));
    return Kernels.of(b);
  }

  /** A batch of 131 samples: more than one block of columns, each with its own step. */
  private record Batch(Mlp mlp, double[] theta, double[] x, int n, int[] step, Workspace ws) {
    static Batch of(BackEnd b, Architecture a) {
      Mlp mlp = new Mlp(a, kernels(b));
      RandomStream random = RandomStream.root(17);
      int n = 131;
      double[] x = new double[a.inputs() * n];
      random.fillGaussian(x, 0, x.length);
      int[] step = new int[n];
      for (int j = 0; j < n; j++) {
        step[j] = a.steps() > 0 ? random.nextInt(a.steps()) : 0;
      }
      return new Batch(mlp, mlp.initialise(random), x, n, step, new Workspace(a, n + 3));
    }

    Complex[] sample(int j) {
      int d = mlp.architecture().inputs();
      return ComplexMlp.complex(java.util.Arrays.copyOfRange(x, j * d, (j + 1) * d));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void outputsMatchTheDefinition(BackEnd b, Architecture a) {
    Batch batch = Batch.of(b, a);
    Complex[] theta = ComplexMlp.complex(batch.theta());
    batch.mlp().evaluate(batch.theta(), batch.x(), batch.n(), batch.step(), batch.ws());
    double[] evaluated = batch.ws().output().clone();
    batch.mlp().forward(batch.theta(), batch.x(), batch.n(), batch.step(), batch.ws());
    assertThat(batch.ws().output()).isEqualTo(evaluated);
    for (int j = 0; j < batch.n(); j++) {
      Complex[] y = ComplexMlp.value(batch.mlp(), theta, batch.sample(j), batch.step()[j]);
      for (int i = 0; i < y.length; i++) {
        assertThat(Math.abs(evaluated[j * a.outputs() + i] - y[i].getReal()))
            .isLessThanOrEqualTo(ROUNDING);
      }
    }
  }

  /** L = sum of c_ij y_ij, whose gradient in every 7th parameter is taken by a complex step. */
  @ParameterizedTest
  @MethodSource("networks")
  void gradientMatchesTheComplexStep(BackEnd b, Architecture a) {
    Batch batch = Batch.of(b, a);
    double[] c = new double[a.outputs() * batch.n()];
    RandomStream.root(23).fillGaussian(c, 0, c.length);
    double[] gradient = new double[batch.mlp().parameterCount()];
    batch.mlp().forward(batch.theta(), batch.x(), batch.n(), batch.step(), batch.ws());
    batch.mlp().backward(batch.theta(), c, batch.ws(), gradient);
    double[] again = new double[gradient.length];
    java.util.Arrays.fill(again, Double.NaN);
    batch.mlp().backward(batch.theta(), c, batch.ws(), again);
    assertThat(again).isEqualTo(gradient);
    Complex[] theta = ComplexMlp.complex(batch.theta());
    for (int p = 0; p < gradient.length; p += 7) {
      theta[p] = new Complex(batch.theta()[p], STEP);
      double sum = 0;
      double magnitude = 0;
      for (int j = 0; j < batch.n(); j++) {
        Complex[] y = ComplexMlp.value(batch.mlp(), theta, batch.sample(j), batch.step()[j]);
        for (int i = 0; i < y.length; i++) {
          double term = c[j * a.outputs() + i] * (y[i].getImaginary() / STEP);
          sum += term;
          magnitude += Math.abs(term);
        }
      }
      theta[p] = new Complex(batch.theta()[p]);
      assertThat(Math.abs(gradient[p] - sum))
          .as("parameter %d of %s", p, a)
          .isLessThanOrEqualTo(ROUNDING * (1 + magnitude));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void jacobianMatchesTheComplexStep(BackEnd b, Architecture a) {
    Batch batch = Batch.of(b, a);
    Complex[] theta = ComplexMlp.complex(batch.theta());
    batch.mlp().forward(batch.theta(), batch.x(), batch.n(), batch.step(), batch.ws());
    int size = a.inputs() * a.outputs();
    double[] jacobian = new double[size * batch.n()];
    batch.mlp().jacobian(batch.theta(), batch.ws(), jacobian);
    for (int j = 0; j < batch.n(); j += 10) {
      for (int i = 0; i < a.inputs(); i++) {
        Complex[] x = batch.sample(j);
        x[i] = new Complex(x[i].getReal(), STEP);
        Complex[] y = ComplexMlp.value(batch.mlp(), theta, x, batch.step()[j]);
        for (int o = 0; o < y.length; o++) {
          assertThat(
                  Math.abs(jacobian[o + a.outputs() * i + size * j] - y[o].getImaginary() / STEP))
              .isLessThanOrEqualTo(ROUNDING);
        }
      }
    }
  }

  /** One linear layer: dW = C X^T and db = C 1, in closed form. */
  @ParameterizedTest
  @EnumSource
  void gradientOfALinearLayerIsTheCrossMoment(BackEnd b) {
    Architecture a = new Architecture(List.of(1, 1), Activation.RELU, 0);
    Mlp mlp = new Mlp(a, kernels(b));
    Workspace ws = new Workspace(a, 3);
    double[] theta = {2, 5};
    double[] gradient = new double[2];
    mlp.forward(theta, new double[] {1, 2, 3}, 3, new int[0], ws);
    assertThat(ws.output()).containsExactly(7, 9, 11);
    mlp.backward(theta, new double[] {1, 10, 100}, ws, gradient);
    assertThat(gradient).containsExactly(321, 111);
  }

  @Test
  void spectralNormsBoundTheJacobianAndAreTight() {
    Architecture a = new Architecture(List.of(3, 20, 12, 3), Activation.TANH, 3);
    Mlp mlp = new Mlp(a, Kernels.of(BackEnd.SCALAR));
    double[] theta = mlp.initialise(RandomStream.root(4));
    int k = 1;
    double[] norms = LayerNorms.of(a, theta, k);
    double product = 1;
    for (int l = 0; l < a.layers(); l++) {
      double[][] w = new double[a.fanOut(l)][a.fanIn(l)];
      for (int i = 0; i < w.length; i++) {
        for (int j = 0; j < w[0].length; j++) {
          w[i][j] =
              theta[mlp.weightOffset(l) + i + j * w.length]
                  * (l < 2 ? theta[mlp.gainOffset(l) + i + k * w.length] : 1);
        }
      }
      double exact = Matrices.spectralNorm(w);
      assertThat(norms[l]).isBetween(exact * (1 - 1e-14), exact * (1 + 1e-8));
      product *= norms[l];
    }
    assertThat(LayerNorms.product(a, theta, k)).isBetween(product, product * (1 + 1e-14));
    int n = 50;
    double[] x = new double[3 * n];
    RandomStream.root(5).fillGaussian(x, 0, x.length);
    Workspace ws = new Workspace(a, n);
    mlp.forward(theta, x, n, ws.sameStep(k), ws);
    double[] jacobian = new double[9 * n];
    mlp.jacobian(theta, ws, jacobian);
    for (int j = 0; j < n; j++) {
      assertThat(org.scorebound.linalg.SpectralNorm.upper(jacobian, 9 * j, 3, 3))
          .isLessThanOrEqualTo(product);
    }
  }

  /** The vector back end allocates nothing once compiled: seen by JMH's gc profiler, not here. */
  @ParameterizedTest
  @EnumSource(names = {"SCALAR", "JBLAS"})
  void passesAllocateNothing(BackEnd b) {
    Batch batch = Batch.of(b, new Architecture(List.of(2, 9, 16, 3), Activation.SOFTPLUS, 4));
    double[] c = new double[3 * batch.n()];
    double[] theta = batch.theta();
    double[] gradient = new double[theta.length];
    AdamW adam = new AdamW(batch.mlp().kernels(), AdamW.Options.published(), theta);
    Runnable step =
        () -> {
          batch.mlp().forward(theta, batch.x(), batch.n(), batch.step(), batch.ws());
          batch.mlp().backward(theta, c, batch.ws(), gradient);
          adam.step(theta, gradient);
        };
    step.run();
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 20; i++) {
      step.run();
    }
    // Far below one array of a workspace per step: what the JVM's own bookkeeping may take.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20 * 512);
  }

  @Test
  void badArgumentsAreNamed() {
    Architecture a = Architecture.published(2, 10);
    Mlp mlp = new Mlp(a, Kernels.of(BackEnd.SCALAR));
    double[] theta = mlp.initialise(RandomStream.root(1));
    Workspace ws = new Workspace(a, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mlp.forward(theta, new double[10], 5, new int[5], ws))
        .withMessageContaining("0..4")
        .withMessageContaining("5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mlp.forward(theta, new double[8], 4, new int[] {0, 0, 0, 10}, ws))
        .withMessageContaining("step[3] must be in 0..9, got 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Architecture(List.of(2, 0, 2), Activation.TANH, 1))
        .withMessageContaining("[2, 0, 2]");
    theta[3] = Double.NaN;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mlp.layout().requireFinite(theta))
        .withMessageContaining("theta[3]");
    mlp.forward(theta, new double[0], 0, new int[0], ws);
    mlp.backward(theta, new double[0], ws, new double[theta.length]);
  }
}
