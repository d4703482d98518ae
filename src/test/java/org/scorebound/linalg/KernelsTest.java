package org.scorebound.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.linalg.BackEnds.Implementation;
import org.scorebound.linalg.internal.KernelSpi;
import org.scorebound.random.RandomStream;

/** The facade's checks, the choice of back end, and the fused kernels. */
class KernelsTest {

  @Test
  void namesAreLowerCase() {
    for (BackEnd b : BackEnd.values()) {
      assertThat(BackEnd.parse(b.label())).isSameAs(b);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BackEnd.parse("cuda"))
        .withMessageContaining("cuda")
        .withMessageContaining("vector, jblas, scalar");
  }

  @ParameterizedTest
  @EnumSource
  void everyAvailableBackEndMultiplies(BackEnd backEnd) {
    assumeTrue(backEnd.isAvailable(), () -> "skipped: " + backEnd.unavailableReason().orElse(""));
    double[] c = new double[4];
    Kernels.of(backEnd).gemm(2, 2, 1, 2, new double[] {1, 2}, new double[] {3, 4}, 0, c);
    assertThat(c).containsExactly(6, 12, 8, 16);
  }

  @Test
  void transposeMovesEveryElement() {
    Kernels k = Kernels.of(BackEnd.SCALAR);
    for (int rows : new int[] {0, 1, 7, 8, 9, 17}) {
      for (int cols : new int[] {0, 1, 7, 8, 9, 20}) {
        double[] a = BackEnds.uniform(RandomStream.root(8), 1 + rows * cols);
        double[] t = new double[2 + rows * cols];
        k.transpose(rows, cols, a, 1, t, 2);
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < cols; j++) {
            assertThat(t[2 + j + i * cols]).isEqualTo(a[1 + i + j * rows]);
          }
        }
      }
    }
  }

  @Test
  void badArgumentsAreNamedWithBothValues() {
    Kernels k = Kernels.of(BackEnd.SCALAR);
    double[] x = new double[6];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> k.gemm(2, 2, 2, 1, x, new double[3], 0, new double[4]))
        .withMessageContaining("B of 2 x 2")
        .withMessageContaining("array of 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> k.gemm(2, 1, 2, 1, x, new double[2], 0, x))
        .withMessageContaining("overlaps");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> k.axpy(7, 1, x, 0, new double[7], 0))
        .withMessageContaining("x of length 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> k.exp(4, x, 0, x, 1))
        .withMessageContaining("overlaps");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> k.affineGain(1, 2, x, 0, x, 2, x, 3, 2, new int[] {0, 2}, 0, new double[2], 0))
        .withMessageContaining("step[1] must be in 0..1, got 2");
  }

  @ParameterizedTest
  @EnumSource
  void layerPassesMatchTheReference(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    RandomStream random = RandomStream.root(3);
    for (int rows : new int[] {1, 7, 8, 9, 33}) {
      for (int cols : new int[] {0, 1, 5}) {
        int n = rows * cols;
        int[] step = new int[cols];
        for (int j = 0; j < cols; j++) {
          step[j] = random.nextInt(3);
        }
        double[] bias = BackEnds.uniform(random, rows);
        double[] gain = BackEnds.uniform(random, 3 * rows);
        double[] p = BackEnds.uniform(random, n);
        double[] d = BackEnds.uniform(random, n);
        double[] q = BackEnds.uniform(random, n);
        for (boolean plain : new boolean[] {false, true}) {
          double[][] got = layer(kernels, rows, cols, p, bias, plain ? null : gain, step, q, d);
          double[][] want =
              layer(BackEnds.REFERENCE, rows, cols, p, bias, plain ? null : gain, step, q, d);
          for (int a = 0; a < got.length; a++) {
            for (int i = 0; i < got[a].length; i++) {
              // Sums over the columns of numbers below 4, one rounding each.
              assertThat(Math.abs(got[a][i] - want[a][i]))
                  .isLessThanOrEqualTo(8 * (cols + 1) * BackEnds.U);
            }
          }
        }
      }
    }
  }

  private static double[][] layer(
      KernelSpi kernels,
      int rows,
      int cols,
      double[] p0,
      double[] bias,
      double @org.jspecify.annotations.Nullable [] gain,
      int[] step,
      double[] q0,
      double[] d) {
    double[] p = p0.clone();
    double[] z = new double[p.length];
    kernels.affineGain(rows, cols, p, 0, bias, 0, gain, 0, step, 0, z, 0);
    double[] q = q0.clone();
    double[] dGain = new double[3 * rows];
    double[] dBias = new double[rows];
    kernels.affineGainBackward(rows, cols, q, 0, d, 0, p, 0, gain, 0, step, 0, dGain, 0, dBias, 0);
    double[] sums = new double[rows];
    kernels.addColumns(rows, cols, q, 0, sums, 0);
    return new double[][] {p, z, q, dGain, dBias, sums};
  }

  /** Two steps against the formulas written out with the corrections of Kingma and Ba. */
  @ParameterizedTest
  @EnumSource
  void adamWFollowsItsFormula(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    RandomStream random = RandomStream.root(5);
    int n = 37;
    double lr = 1e-2;
    double decay = 0.1;
    double[] w = BackEnds.uniform(random, n);
    double[] ema = w.clone();
    double[] m = new double[n];
    double[] v = new double[n];
    double[][] expected = {w.clone(), ema.clone(), new double[n], new double[n]};
    for (int t = 1; t <= 2; t++) {
      double[] g = BackEnds.uniform(random, n);
      double c1 = 1 - Math.pow(0.9, t);
      double c2 = 1 - Math.pow(0.999, t);
      kernels.adamW(
          n,
          w,
          g,
          m,
          v,
          ema,
          0.5,
          0.9,
          0.999,
          lr / c1,
          1 / Math.sqrt(c2),
          1e-8,
          1 - lr * decay,
          0.9);
      for (int i = 0; i < n; i++) {
        double gi = 0.5 * g[i];
        expected[2][i] = 0.9 * expected[2][i] + 0.1 * gi;
        expected[3][i] = 0.999 * expected[3][i] + 0.001 * gi * gi;
        expected[0][i] *= 1 - lr * decay;
        expected[0][i] -= lr * (expected[2][i] / c1) / (Math.sqrt(expected[3][i] / c2) + 1e-8);
        expected[1][i] = 0.9 * expected[1][i] + 0.1 * expected[0][i];
      }
    }
    for (int i = 0; i < n; i++) {
      // 1 - 0.999 carries a relative error of 1000 u, halved by the root; the step is lr.
      assertThat(Math.abs(w[i] - expected[0][i])).isLessThanOrEqualTo((8 + 2000 * lr) * BackEnds.U);
      assertThat(Math.abs(ema[i] - expected[1][i]))
          .isLessThanOrEqualTo((8 + 2000 * lr) * BackEnds.U);
    }
  }
}
