package org.scorebound.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;

/** The network in single precision against the one in double precision. */
class SingleMlpTest {

  /**
   * Some 60 terms a layer with magnitudes up to 20 through four layers whose gains of norm grow it
   * at most tenfold; wrong weights or gains are off by more than a thousand times this.
   */
  private static final double ROUNDING = 2e-4;

  private static double[] x(int n) {
    double[] x = new double[2 * n];
    RandomStream.root(5).fillGaussian(x, 0, x.length);
    return x;
  }

  /** Widths that are no multiples of a group, batches that are none of a block, every step. */
  @ParameterizedTest
  @EnumSource(names = {"VECTOR", "SCALAR"})
  void agreesWithDoublePrecision(BackEnd backEnd) {
    Kernels kernels = Kernels.of(backEnd);
    for (int steps : new int[] {0, 3}) {
      Architecture shape = new Architecture(List.of(2, 7, 64, 33, 2), Activation.SOFTPLUS, steps);
      Mlp mlp = new Mlp(shape, kernels);
      SingleMlp single = new SingleMlp(shape, kernels);
      double[] theta = mlp.initialise(RandomStream.root(6));
      single.load(theta);
      for (int n : new int[] {1, 31, 32, 100}) {
        for (int k = 0; k < Math.max(1, steps); k++) {
          Workspace ws = Workspace.forEvaluation(shape, n);
          mlp.evaluate(theta, x(n), n, ws.sameStep(k), ws);
          double[] y = new double[2 * n];
          single.evaluate(x(n), n, k, y);
          for (int i = 0; i < 2 * n; i++) {
            assertThat(Math.abs(y[i] - ws.output()[i]))
                .as("n %d, step %d of %d, output %d", n, k, steps, i)
                .isLessThanOrEqualTo(ROUNDING);
          }
        }
      }
    }
  }

  /** Same bits alone and among others, and after other parameters. */
  @Test
  void placeInTheBatchChangesNoBit() {
    Architecture shape = Architecture.published(2, 4);
    Kernels kernels = Kernels.of(BackEnd.VECTOR);
    SingleMlp single = new SingleMlp(shape, kernels);
    Mlp mlp = new Mlp(shape, kernels);
    single.load(mlp.initialise(RandomStream.root(1)));
    int n = 75;
    double[] whole = new double[2 * n];
    single.load(mlp.initialise(RandomStream.root(2)));
    single.evaluate(x(n), n, 2, whole);
    for (int j = 0; j < n; j += 7) {
      double[] one = new double[2];
      single.evaluate(new double[] {x(n)[2 * j], x(n)[2 * j + 1]}, 1, 2, one);
      assertThat(one).containsExactly(whole[2 * j], whole[2 * j + 1]);
    }
  }

  @Test
  void otherActivationsAreRefused() {
    assertThatThrownBy(
            () ->
                new SingleMlp(
                    new Architecture(List.of(1, 4, 1), Activation.TANH, 0),
                    Kernels.of(BackEnd.SCALAR)))
        .hasMessageContaining("softplus, got tanh");
  }
}
