package org.scorebound.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.linalg.BackEnds.Implementation;
import org.scorebound.random.RandomStream;

/** The kernels in single precision against double precision on the same rounded numbers. */
class SingleKernelsTest {

  private static final int BLOCK = SingleKernels.BLOCK;

  /** Unit roundoff of float. */
  private static final double U = 0x1p-24;

  /** The claim of {@link SingleKernels#softplus}, relative to the larger of the value and 1. */
  private static final double SOFTPLUS = 3e-7;

  private static final int[] SIZES = {0, 1, 2, 3, 7, 8, 17, 33, 64, 70};

  /** Entries before a slice, which must stay as they are. */
  private static final int OFFSET = 3;

  private static final int STEPS = 4;

  private final RandomStream random = RandomStream.root(21);

  private static SingleKernels of(Implementation implementation) {
    return new SingleKernels(implementation.kernels().single());
  }

  private float[] uniform(int n, double scale) {
    float[] x = new float[OFFSET + n];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(-scale, scale);
    }
    return x;
  }

  private static void close(double got, double wanted, double allowed, String what, Object... at) {
    assertThat(Math.abs(got - wanted)).as(what, at).isLessThanOrEqualTo(allowed);
  }

  /** Nothing before the slice has changed. */
  private static void untouched(float[] before, float[] after) {
    for (int i = 0; i < OFFSET; i++) {
      assertThat(after[i]).isEqualTo(before[i]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void affineIsTheSumOfProducts(Implementation implementation) {
    SingleKernels k = of(implementation);
    for (int in : SIZES) {
      for (int out : SIZES) {
        float[] w = uniform(k.weights(in, out), 3);
        float[] bias = uniform(k.padded(out), 1);
        float[] x = uniform(k.padded(in) * BLOCK, 5);
        float[] y = uniform(k.padded(out) * BLOCK, 1);
        float[] before = y.clone();
        k.affine(in, out, w, OFFSET, bias, OFFSET, x, OFFSET, y, OFFSET);
        untouched(before, y);
        for (int o = 0; o < out; o++) {
          for (int j = 0; j < BLOCK; j++) {
            double sum = bias[OFFSET + o];
            double magnitude = Math.abs(sum);
            for (int i = 0; i < in; i++) {
              double term = (double) w[OFFSET + k.weightAt(in, o, i)] * x[OFFSET + k.at(i, j)];
              sum += term;
              magnitude += Math.abs(term);
            }
            close(
                y[OFFSET + k.at(o, j)],
                sum,
                (2 * in + 1) * U * magnitude,
                "%d x %d, output %d, sample %d",
                out,
                in,
                o,
                j);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void outerAddsTheSumOverSamples(Implementation implementation) {
    SingleKernels k = of(implementation);
    for (int in : SIZES) {
      for (int out : SIZES) {
        float[] q = uniform(k.padded(out) * BLOCK, 3);
        float[] x = uniform(k.padded(in) * BLOCK, 5);
        float[] dw = uniform(k.weights(in, out), 1);
        float[] before = dw.clone();
        k.outer(in, out, q, OFFSET, x, OFFSET, dw, OFFSET);
        untouched(before, dw);
        for (int o = 0; o < out; o++) {
          for (int i = 0; i < in; i++) {
            int at = OFFSET + k.weightAt(in, o, i);
            double sum = before[at];
            double magnitude = Math.abs(sum);
            for (int j = 0; j < BLOCK; j++) {
              double term = (double) q[OFFSET + k.at(o, j)] * x[OFFSET + k.at(i, j)];
              sum += term;
              magnitude += Math.abs(term);
            }
            close(
                dw[at],
                sum,
                (2 * BLOCK + 1) * U * magnitude,
                "%d x %d, entry %d, %d",
                out,
                in,
                o,
                i);
          }
        }
      }
    }
  }

  private int[] steps() {
    int[] step = new int[OFFSET + BLOCK];
    for (int j = 0; j < step.length; j++) {
      step[j] = random.nextInt(STEPS);
    }
    return step;
  }

  @ParameterizedTest
  @EnumSource
  void softplusTakesTheGainOfEachSample(Implementation implementation) {
    SingleKernels k = of(implementation);
    for (int n : SIZES) {
      int block = k.padded(n) * BLOCK;
      float[] gain = uniform(STEPS * k.padded(n), 2);
      float[] a = uniform(block, 5);
      float[] h = new float[OFFSET + block];
      float[] slope = new float[OFFSET + block];
      int[] step = steps();
      k.softplus(n, gain, OFFSET, step, OFFSET, a, OFFSET, h, OFFSET, slope, OFFSET);
      untouched(new float[OFFSET], h);
      untouched(new float[OFFSET], slope);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < BLOCK; j++) {
          int at = OFFSET + k.at(i, j);
          double z = (double) gain[OFFSET + step[OFFSET + j] * k.padded(n) + i] * a[at];
          double wanted = Activation.SOFTPLUS.value(z);
          double rounding = U * Math.abs(z);
          close(h[at], wanted, rounding + SOFTPLUS * Math.max(1, wanted), "%d of %d, %d", i, n, j);
          close(slope[at], Activation.SOFTPLUS.slope(z), rounding + SOFTPLUS, "slope %d, %d", i, j);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void backwardMultipliesAndSums(Implementation implementation) {
    SingleKernels k = of(implementation);
    for (int n : SIZES) {
      int block = k.padded(n) * BLOCK;
      int row = k.padded(n);
      float[] gain = uniform(STEPS * row, 2);
      float[] a = uniform(block, 5);
      float[] slope = uniform(block, 1);
      float[] q = uniform(block, 3);
      float[] dGain = uniform(STEPS * row, 1);
      float[] dBias = uniform(row, 1);
      float[] qBefore = q.clone();
      float[] gainBefore = dGain.clone();
      float[] biasBefore = dBias.clone();
      int[] step = steps();
      k.softplusBackward(
          n, gain, OFFSET, step, OFFSET, a, OFFSET, slope, OFFSET, q, OFFSET, dGain, OFFSET, dBias,
          OFFSET);
      untouched(qBefore, q);
      untouched(gainBefore, dGain);
      untouched(biasBefore, dBias);
      for (int i = 0; i < n; i++) {
        double[] gains = new double[STEPS];
        double[] gainMagnitude = new double[STEPS];
        for (int s = 0; s < STEPS; s++) {
          gains[s] = gainBefore[OFFSET + s * row + i];
          gainMagnitude[s] = Math.abs(gains[s]);
        }
        double bias = biasBefore[OFFSET + i];
        double magnitude = Math.abs(bias);
        for (int j = 0; j < BLOCK; j++) {
          int at = OFFSET + k.at(i, j);
          int s = step[OFFSET + j];
          double t = (double) qBefore[at] * slope[at];
          double v = t * gain[OFFSET + s * row + i];
          close(q[at], v, 3 * U * Math.abs(v), "q %d, %d", i, j);
          bias += v;
          magnitude += Math.abs(v);
          gains[s] += t * a[at];
          gainMagnitude[s] += Math.abs(t * a[at]);
        }
        close(dBias[OFFSET + i], bias, 2 * (BLOCK + 2) * U * magnitude, "bias %d", i);
        for (int s = 0; s < STEPS; s++) {
          close(
              dGain[OFFSET + s * row + i],
              gains[s],
              2 * (BLOCK + 2) * U * gainMagnitude[s],
              "gain %d of step %d",
              i,
              s);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void packingKeepsEveryWeight(Implementation implementation) {
    SingleKernels k = of(implementation);
    for (int in : SIZES) {
      for (int out : SIZES) {
        float[] columns = uniform(in * out, 1);
        float[] w = new float[k.weights(in, out)];
        k.pack(in, out, columns, OFFSET, w);
        for (int o = 0; o < out; o++) {
          for (int i = 0; i < in; i++) {
            assertThat(w[k.weightAt(in, o, i)]).isEqualTo(columns[OFFSET + o + i * out]);
          }
        }
        float[] back = columns.clone();
        Arrays.fill(back, OFFSET, back.length, -9);
        k.unpack(in, out, w, back, OFFSET);
        assertThat(back).isEqualTo(columns);
      }
    }
  }

  private static float[][] softplus(SingleKernels k, float[] a) {
    float[] one = new float[k.padded(1)];
    Arrays.fill(one, 1);
    float[] h = new float[a.length];
    float[] slope = new float[a.length];
    k.softplus(1, one, 0, new int[BLOCK], 0, a, 0, h, 0, slope, 0);
    return new float[][] {h, slope};
  }

  /** From the smallest numbers to those that are their own softplus. */
  @ParameterizedTest
  @EnumSource
  void softplusAndItsSlopeAreWithinTheirClaims(Implementation implementation) {
    SingleKernels k = of(implementation);
    float[] a = new float[k.padded(1) * BLOCK];
    for (double from = -120; from < 120; from += 0.37) {
      for (int j = 0; j < a.length; j++) {
        a[j] = (float) (from + 0.37 * j / a.length);
      }
      float[][] got = softplus(k, a);
      for (int j = 0; j < a.length; j++) {
        double wanted = Activation.SOFTPLUS.value(a[j]);
        close(got[0][j], wanted, SOFTPLUS * Math.max(1, wanted), "softplus(%s)", a[j]);
        close(got[1][j], Activation.SOFTPLUS.slope(a[j]), SOFTPLUS, "slope at %s", a[j]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void specialValuesStayThemselves(Implementation implementation) {
    SingleKernels k = of(implementation);
    float inf = Float.POSITIVE_INFINITY;
    float[] a = new float[k.padded(1) * BLOCK];
    float[] special = {Float.NaN, inf, -inf, 0, -0f, 3e38f, -3e38f, 1e-40f, 1e29f};
    System.arraycopy(special, 0, a, 0, special.length);
    float[][] got = softplus(k, a);
    float ln2 = (float) Math.log(2);
    float[] values = {Float.NaN, inf, 0, ln2, ln2, 3e38f, 0, ln2, 1e29f};
    float[] slopes = {0, 1, 0, .5f, .5f, 1, 0, .5f, 1};
    for (int i = 0; i < special.length; i++) {
      same(got[0][i], values[i], "softplus(%s)", special[i]);
      if (!Float.isNaN(special[i])) {
        same(got[1][i], slopes[i], "slope at %s", special[i]);
      }
    }
  }

  private static void same(float got, float wanted, String what, float at) {
    if (Float.isFinite(wanted)) {
      close(got, wanted, SOFTPLUS * Math.max(1, wanted), what, at);
    } else {
      assertThat(Float.valueOf(got)).as(what, at).isEqualTo(Float.valueOf(wanted));
    }
  }

  @Test
  void arraysThatDoNotSuitAreNamed() {
    SingleKernels k = Kernels.of(BackEnd.SCALAR).single();
    int p = k.panel();
    float[] enough = new float[p * BLOCK];
    float[] other = enough.clone();
    float[] third = enough.clone();
    assertThatThrownBy(() -> k.affine(2, -1, enough, 0, enough, 0, other, 0, third, 0))
        .hasMessageContaining("sizes must be >= 0, got 2 and -1");
    assertThatThrownBy(() -> k.affine(2, p, enough, 0, enough, p * BLOCK - 7, other, 0, third, 0))
        .hasMessageContaining("bias of length 32 at offset 1017 exceeds its array of 1024");
    assertThatThrownBy(() -> k.affine(2, p, enough, 0, enough, 0, other, 0, new float[9], 0))
        .hasMessageContaining("y of length 1024 at offset 0 exceeds its array of 9");
    assertThatThrownBy(() -> k.affine(2, p, enough, 0, enough, 0, other, 0, other, 0))
        .hasMessageContaining("x and y must be different arrays");
    int[] step = new int[BLOCK];
    step[3] = 2;
    assertThatThrownBy(
            () -> k.softplus(p, new float[2 * p], 0, step, 0, enough, 0, other, 0, third, 0))
        .hasMessageContaining("gain of length 96 at offset 0 exceeds its array of 64");
    step[3] = -1;
    assertThatThrownBy(() -> k.softplus(p, enough, 0, step, 0, enough, 0, other, 0, third, 0))
        .hasMessageContaining("step[3] must be >= 0, got -1");
    assertThatThrownBy(
            () -> k.softplus(p, enough, 0, new int[BLOCK], 1, enough, 0, other, 0, third, 0))
        .hasMessageContaining("step of length 32 at offset 1");
  }
}
