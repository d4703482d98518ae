package org.scorebound.network;

import java.util.Arrays;
import org.scorebound.linalg.SingleKernels;

/**
 * {@link GradientPass} of a softplus network in floats. Parameters are rounded at every {@link
 * #forward}; samples go through all layers in blocks, forward and back, and sums over samples run
 * block by block in order. Outputs and gradients differ from those of {@link Mlp} by rounding:
 * relative to the sums of magnitudes, some 1e-7 a layer. What exceeds the largest float comes out
 * as infinite or NaN.
 */
final class SinglePass implements GradientPass {

  private static final int BLOCK = SingleKernels.BLOCK;

  private final Architecture architecture;
  private final SingleKernels kernels;
  private final int capacity;
  private final SingleParameters parameters;
  private final SingleParameters slopes;

  /** Weights the other way round, of layers above 0. */
  private final float[][] turned;

  /** {@code hidden[l][b]}: block b of the inputs of layer l. */
  private final float[][][] hidden;

  private final float[][][] affine;
  private final float[][][] slope;
  private final float[][] q;
  private final float[] none;
  private final int[] step;
  private final double[] y;
  private int columns = -1;

  SinglePass(Mlp mlp, int capacity) {
    architecture = mlp.architecture();
    kernels = mlp.kernels().single();
    this.capacity = capacity;
    parameters = new SingleParameters(architecture, mlp.layout(), kernels);
    slopes = new SingleParameters(architecture, mlp.layout(), kernels);
    int layers = architecture.layers();
    int blocks = (capacity + BLOCK - 1) / BLOCK;
    turned = new float[layers][];
    hidden = new float[layers][blocks][];
    affine = new float[layers][blocks][];
    slope = new float[layers - 1][blocks][];
    q = new float[layers][];
    int widest = 0;
    for (int l = 0; l < layers; l++) {
      int in = architecture.fanIn(l);
      int out = architecture.fanOut(l);
      widest = Math.max(widest, kernels.padded(in));
      turned[l] = new float[l == 0 ? 0 : kernels.weights(out, in)];
      q[l] = new float[kernels.padded(out) * BLOCK];
      for (int b = 0; b < blocks; b++) {
        hidden[l][b] = new float[kernels.padded(in) * BLOCK];
        affine[l][b] = new float[kernels.padded(out) * BLOCK];
        if (l < layers - 1) {
          slope[l][b] = new float[kernels.padded(out) * BLOCK];
        }
      }
    }
    none = new float[widest];
    step = new int[blocks * BLOCK];
    y = new double[architecture.outputs() * capacity];
  }

  @Override
  public double[] forward(double[] theta, double[] x, int n, int[] steps) {
    if (n < 0 || n > capacity) {
      throw new IllegalArgumentException("n must be in 0.." + capacity + ", got " + n);
    }
    int in = architecture.inputs();
    if (x.length < in * n) {
      throw new IllegalArgumentException(
          "x must hold " + in + " x " + n + " numbers, got " + x.length);
    }
    columns = -1;
    parameters.load(theta);
    take(steps, n);
    int out = architecture.outputs();
    int last = architecture.layers() - 1;
    for (int b = 0; b * BLOCK < n; b++) {
      int from = b * BLOCK;
      int count = Math.min(BLOCK, n - from);
      // Zeros fill the last block: what an earlier batch left there may be no number.
      parameters.toBlock(in, x, from, count, hidden[0][b]);
      for (int l = 0; l <= last; l++) {
        layer(l, b);
      }
      parameters.fromBlock(out, affine[last][b], from, count, y);
    }
    columns = n;
    return y;
  }

  /** The steps of the samples, and 0 for what fills the last block. */
  private void take(int[] steps, int n) {
    Arrays.fill(step, 0);
    if (architecture.steps() == 0) {
      return;
    }
    if (steps.length < n) {
      throw new IllegalArgumentException(
          "step must have an index for each of " + n + " samples, got " + steps.length);
    }
    for (int j = 0; j < n; j++) {
      if (steps[j] < 0 || steps[j] >= architecture.steps()) {
        throw new IllegalArgumentException(
            "step[" + j + "] must be in 0.." + (architecture.steps() - 1) + ", got " + steps[j]);
      }
      step[j] = steps[j];
    }
  }

  private void layer(int l, int b) {
    parameters.affine(l, hidden[l][b], affine[l][b]);
    if (l < architecture.layers() - 1) {
      kernels.softplus(
          architecture.fanOut(l),
          parameters.gain[l],
          0,
          step,
          b * BLOCK,
          affine[l][b],
          0,
          hidden[l + 1][b],
          0,
          slope[l][b],
          0);
    }
  }

  @Override
  public void backward(double[] theta, double[] dOut, double[] gradient) {
    if (columns < 0) {
      throw new IllegalStateException("forward must come first");
    }
    int out = architecture.outputs();
    if (dOut.length < out * columns) {
      throw new IllegalArgumentException(
          "dOut must hold " + out + " x " + columns + " numbers, got " + dOut.length);
    }
    if (gradient.length != theta.length) {
      throw new IllegalArgumentException(
          "gradient must have length " + theta.length + ", got " + gradient.length);
    }
    for (int l = 1; l < turned.length; l++) {
      parameters.turn(l, turned[l]);
    }
    slopes.clear();
    int last = architecture.layers() - 1;
    for (int b = 0; b * BLOCK < columns; b++) {
      int count = Math.min(BLOCK, columns - b * BLOCK);
      parameters.toBlock(out, dOut, b * BLOCK, count, q[last]);
      for (int j = 0; j < count; j++) {
        for (int i = 0; i < out; i++) {
          slopes.bias[last][i] += q[last][kernels.at(i, j)];
        }
      }
      for (int l = last; l >= 0; l--) {
        backward(l, b);
      }
    }
    slopes.store(gradient);
  }

  private void backward(int l, int b) {
    int in = architecture.fanIn(l);
    int out = architecture.fanOut(l);
    kernels.outer(in, out, q[l], 0, hidden[l][b], 0, slopes.w[l], 0);
    if (l == 0) {
      return;
    }
    kernels.affine(out, in, turned[l], 0, none, 0, q[l], 0, q[l - 1], 0);
    kernels.softplusBackward(
        in,
        parameters.gain[l - 1],
        0,
        step,
        b * BLOCK,
        affine[l - 1][b],
        0,
        slope[l - 1][b],
        0,
        q[l - 1],
        0,
        slopes.gain[l - 1],
        0,
        slopes.bias[l - 1],
        0);
  }
}
