package org.scorebound.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;

/** The passes of a training step in single precision against those in double precision. */
class GradientPassTest {

  /**
   * Relative to the largest output or gradient: sums of at most 100 terms through four layers and
   * back, 1e-7 each; a wrong weight, gain, step or sample is off by more than a hundred times this.
   */
  private static final double ROUNDING = 2e-5;

  private static final int CAPACITY = 100;

  private final RandomStream random = RandomStream.root(8);

  private double[] gaussian(int n) {
    double[] x = new double[n];
    random.fillGaussian(x, 0, n);
    return x;
  }

  private static double largest(double[] x, int n) {
    double most = 0;
    for (int i = 0; i < n; i++) {
      most = Math.max(most, Math.abs(x[i]));
    }
    return most;
  }

  private static void close(double[] got, double[] wanted, int n, String what) {
    double scale = largest(wanted, n);
    for (int i = 0; i < n; i++) {
      assertThat(Math.abs(got[i] - wanted[i]))
          .as("%s, entry %d", what, i)
          .isLessThanOrEqualTo(ROUNDING * scale);
    }
  }

  /** Each part of a gradient against its own largest entry: gains are larger than weights. */
  private static void gradients(Mlp mlp, double[] got, double[] wanted, String what) {
    for (int l = 0; l < mlp.architecture().layers(); l++) {
      int out = mlp.architecture().fanOut(l);
      part(got, wanted, mlp.weightOffset(l), out * mlp.architecture().fanIn(l), what + " W" + l);
      part(got, wanted, mlp.biasOffset(l), out, what + " b" + l);
      if (l < mlp.architecture().layers() - 1) {
        part(got, wanted, mlp.gainOffset(l), out * mlp.architecture().steps(), what + " g" + l);
      }
    }
  }

  private static void part(double[] got, double[] wanted, int off, int n, String what) {
    close(Arrays.copyOfRange(got, off, off + n), Arrays.copyOfRange(wanted, off, off + n), n, what);
  }

  /** Widths that fill no panel, batches that fill no block, the same room again and again. */
  @ParameterizedTest
  @EnumSource(names = {"VECTOR", "SCALAR"})
  void singleAgreesWithDouble(BackEnd backEnd) {
    Kernels kernels = Kernels.of(backEnd);
    for (List<Integer> widths :
        List.of(List.of(2, 7, 64, 33, 2), List.of(1, 64, 64, 1), List.of(3, 12, 9))) {
      for (int steps : new int[] {0, 3}) {
        Mlp mlp = new Mlp(new Architecture(widths, Activation.SOFTPLUS, steps), kernels);
        GradientPass single = Precision.SINGLE.pass(mlp, CAPACITY);
        GradientPass twice = Precision.DOUBLE.pass(mlp, CAPACITY);
        for (int n : new int[] {CAPACITY, 1, 31, 32, 64, 0}) {
          double[] theta = mlp.initialise(random);
          double[] x = gaussian(widths.getFirst() * n);
          double[] dOut = gaussian(widths.getLast() * n);
          int[] step = new int[n];
          for (int j = 0; j < n; j++) {
            step[j] = random.nextInt(Math.max(1, steps));
          }
          String what = widths + " steps " + steps + " n " + n;
          double[] wanted = twice.forward(theta, x, n, step);
          double[] got = single.forward(theta, x, n, step);
          close(got, wanted, dOut.length, what);
          double[] wantedGradient = new double[theta.length];
          double[] gradient = gaussian(theta.length);
          twice.backward(theta, dOut, wantedGradient);
          single.backward(theta, dOut, gradient);
          gradients(mlp, gradient, wantedGradient, what);
        }
      }
    }
  }

  /** A batch that was no numbers leaves nothing behind for a smaller one. */
  @Test
  void whatIsNoNumberStaysInItsBatch() {
    Mlp mlp =
        new Mlp(
            new Architecture(List.of(2, 8, 2), Activation.SOFTPLUS, 0), Kernels.of(BackEnd.VECTOR));
    double[] theta = mlp.initialise(random);
    GradientPass pass = Precision.SINGLE.pass(mlp, CAPACITY);
    double[] none = new double[2 * CAPACITY];
    Arrays.fill(none, Double.NaN);
    pass.forward(theta, none, CAPACITY, new int[CAPACITY]);
    double[] x = gaussian(2 * 5);
    double[] dOut = gaussian(2 * 5);
    double[] gradient = new double[theta.length];
    pass.forward(theta, x, 5, new int[5]);
    pass.backward(theta, dOut, gradient);
    double[] fresh = new double[theta.length];
    GradientPass other = Precision.SINGLE.pass(mlp, 5);
    other.forward(theta, x, 5, new int[5]);
    other.backward(theta, dOut, fresh);
    assertThat(gradient).isEqualTo(fresh);
  }

  /** What the rounded network's own difference quotients say, independent of the backward pass. */
  @Test
  void gradientIsThatOfTheLoss() {
    Mlp mlp =
        new Mlp(
            new Architecture(List.of(2, 16, 16, 2), Activation.SOFTPLUS, 4),
            Kernels.of(BackEnd.VECTOR));
    int n = 40;
    double[] theta = mlp.initialise(random);
    double[] x = gaussian(2 * n);
    double[] dOut = gaussian(2 * n);
    double[] direction = gaussian(theta.length);
    int[] step = new int[n];
    for (int j = 0; j < n; j++) {
      step[j] = random.nextInt(4);
    }
    GradientPass single = Precision.SINGLE.pass(mlp, n);
    single.forward(theta, x, n, step);
    double[] gradient = new double[theta.length];
    single.backward(theta, dOut, gradient);
    double slope = 0;
    for (int i = 0; i < theta.length; i++) {
      slope += gradient[i] * direction[i];
    }
    GradientPass twice = Precision.DOUBLE.pass(mlp, n);
    double h = 1e-4;
    double quotient =
        (loss(twice, theta, direction, h, x, step, dOut)
                - loss(twice, theta, direction, -h, x, step, dOut))
            / (2 * h);
    assertThat(Math.abs(slope - quotient)).isLessThan(1e-4 * Math.abs(quotient));
  }

  private static double loss(
      GradientPass pass,
      double[] theta,
      double[] direction,
      double h,
      double[] x,
      int[] step,
      double[] dOut) {
    double[] moved = theta.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += h * direction[i];
    }
    double[] y = pass.forward(moved, x, step.length, step);
    double sum = 0;
    for (int i = 0; i < dOut.length; i++) {
      sum += dOut[i] * y[i];
    }
    return sum;
  }

  @Test
  void whatDoesNotSuitIsRefused() {
    Kernels kernels = Kernels.of(BackEnd.SCALAR);
    Mlp mlp = new Mlp(new Architecture(List.of(1, 4, 1), Activation.SOFTPLUS, 2), kernels);
    GradientPass pass = Precision.SINGLE.pass(mlp, 3);
    double[] theta = new double[mlp.parameterCount()];
    assertThatThrownBy(() -> pass.backward(theta, new double[3], theta.clone()))
        .hasMessageContaining("forward must come first");
    assertThatThrownBy(() -> pass.forward(theta, new double[4], 4, new int[4]))
        .hasMessageContaining("n must be in 0..3, got 4");
    assertThatThrownBy(() -> pass.forward(theta, new double[3], 3, new int[] {0, 1, 2}))
        .hasMessageContaining("step");
    assertThatThrownBy(() -> pass.forward(theta, new double[2], 3, new int[3]))
        .hasMessageContaining("x must hold 1 x 3 numbers, got 2");
    pass.forward(theta, new double[3], 3, new int[3]);
    assertThatThrownBy(() -> pass.backward(theta, new double[2], theta.clone()))
        .hasMessageContaining("dOut must hold 1 x 3 numbers, got 2");
    assertThatThrownBy(() -> pass.backward(theta, new double[3], new double[1]))
        .hasMessageContaining("gradient must have length " + theta.length + ", got 1");
    Mlp tanh = new Mlp(new Architecture(List.of(1, 4, 1), Activation.TANH, 0), kernels);
    assertThatThrownBy(() -> Precision.SINGLE.pass(tanh, 1))
        .hasMessageContaining("softplus, got tanh");
  }
}
