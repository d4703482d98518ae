package org.scorebound.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.linalg.BackEnds.Implementation;
import org.scorebound.linalg.internal.KernelSpi;
import org.scorebound.random.RandomStream;

/** The layer in single precision against double precision on the same rounded numbers. */
class SingleLayerTest {

  private static final int BLOCK = Kernels.SINGLE_BLOCK;
  private static final int GROUP = Kernels.SINGLE_GROUP;

  /** Unit roundoff of float. */
  private static final double U = 0x1p-24;

  /** The claim of {@link Kernels#singleLayer}, relative to the larger of the value and 1. */
  private static final double SOFTPLUS = 3e-7;

  private static float[] uniform(RandomStream random, int n, double scale) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextDouble(-scale, scale);
    }
    return x;
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithDoublePrecision(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    RandomStream random = RandomStream.root(21);
    for (int in : new int[] {0, 1, 2, 3, 17, 64}) {
      for (int out : new int[] {0, 4, 12, 64}) {
        for (boolean softplus : new boolean[] {false, true}) {
          float[] w = uniform(random, in * out, 3);
          float[] bias = uniform(random, out, 1);
          float[] gain = uniform(random, 3 + out, 2);
          float[] x = uniform(random, in * BLOCK, 5);
          float[] y = new float[out * BLOCK];
          kernels.singleLayer(in, out, w, bias, gain, 3, x, softplus, y);
          for (int o = 0; o < out; o++) {
            for (int j = 0; j < BLOCK; j++) {
              double sum = bias[o];
              double magnitude = Math.abs(bias[o]);
              for (int l = 0; l < in; l++) {
                double term =
                    (double) w[o / GROUP * GROUP * in + l * GROUP + o % GROUP] * x[l * BLOCK + j];
                sum += term;
                magnitude += Math.abs(term);
              }
              double z = gain[3 + o] * sum;
              // One rounding a term, two where products are rounded too, and the gain's.
              double allowed = (2 * in + 2) * U * Math.abs(gain[3 + o]) * magnitude;
              double wanted = softplus ? Activation.SOFTPLUS.value(z) : z;
              double error = softplus ? SOFTPLUS * Math.max(1, wanted) : 0;
              assertThat(Math.abs(y[o * BLOCK + j] - wanted))
                  .as("%d x %d, output %d, sample %d, softplus %s", out, in, o, j, softplus)
                  .isLessThanOrEqualTo(allowed + error);
            }
          }
        }
      }
    }
  }

  /** From the smallest numbers to those that are their own softplus. */
  @ParameterizedTest
  @EnumSource
  void softplusIsWithinItsClaim(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    float[] one = {1, 0, 0, 0};
    float[] x = new float[BLOCK];
    float[] y = new float[GROUP * BLOCK];
    for (double from = -120; from < 120; from += 0.37) {
      for (int j = 0; j < BLOCK; j++) {
        x[j] = (float) (from + 0.37 * j / BLOCK);
      }
      kernels.singleLayer(1, GROUP, one, new float[GROUP], one, 0, x, true, y);
      for (int j = 0; j < BLOCK; j++) {
        double wanted = Activation.SOFTPLUS.value(x[j]);
        assertThat(Math.abs(y[j] - wanted))
            .as("softplus(%s)", x[j])
            .isLessThanOrEqualTo(SOFTPLUS * Math.max(1, wanted));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void specialValuesStayThemselves(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    float inf = Float.POSITIVE_INFINITY;
    float[] one = {1, 0, 0, 0};
    float[] x = new float[BLOCK];
    float[] special = {Float.NaN, inf, -inf, 0, -0f, 3e38f, -3e38f, 1e-40f, 1e29f};
    System.arraycopy(special, 0, x, 0, special.length);
    float[] y = new float[GROUP * BLOCK];
    kernels.singleLayer(1, GROUP, one, new float[GROUP], one, 0, x, true, y);
    float ln2 = (float) Math.log(2);
    float[] wanted = {Float.NaN, inf, 0, ln2, ln2, 3e38f, 0, ln2, 1e29f};
    for (int i = 0; i < special.length; i++) {
      if (Float.isFinite(wanted[i])) {
        assertThat((double) Math.abs(y[i] - wanted[i]))
            .as("softplus(%s)", special[i])
            .isLessThanOrEqualTo(SOFTPLUS * Math.max(1, wanted[i]));
      } else {
        assertThat(Float.valueOf(y[i])).isEqualTo(Float.valueOf(wanted[i]));
      }
    }
  }

  @Test
  void arraysThatDoNotSuitAreNamed() {
    Kernels kernels = Kernels.of(BackEnd.SCALAR);
    float[] enough = new float[8 * BLOCK];
    assertThatThrownBy(
            () ->
                kernels.singleLayer(
                    2, 6, enough, enough, enough, 0, enough, true, new float[8 * BLOCK]))
        .hasMessageContaining("multiple of 4, got 2 and 6");
    assertThatThrownBy(
            () ->
                kernels.singleLayer(
                    2,
                    8,
                    enough,
                    enough,
                    enough,
                    8 * BLOCK - 7,
                    enough,
                    true,
                    new float[8 * BLOCK]))
        .hasMessageContaining("gain of length 8 at offset 249");
    assertThatThrownBy(
            () -> kernels.singleLayer(2, 8, enough, enough, enough, 0, enough, true, new float[9]))
        .hasMessageContaining("y of length 256 at offset 0 exceeds its array of 9");
  }
}
