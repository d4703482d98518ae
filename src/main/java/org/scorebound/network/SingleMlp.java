package org.scorebound.network;

import java.util.Arrays;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.SingleKernels;

/**
 * A softplus network of {@link Mlp} in single precision, for estimates whose own error is far above
 * {@code 2^-24}; never for anything that is certified. Outputs differ from those of {@link Mlp} by
 * rounding: relative to the sums of magnitudes, some 1e-7 a layer.
 *
 * <p>Samples go through all layers in blocks that stay in the first-level cache, and an output does
 * not depend on its place in the batch. Weights are those of the last {@link #load}. What exceeds
 * the largest float comes out as infinite or NaN. For one thread.
 */
public final class SingleMlp {

  private static final int BLOCK = SingleKernels.BLOCK;

  private final Architecture architecture;
  private final SingleKernels kernels;
  private final SingleParameters parameters;

  /** {@code h[l]}: inputs of layer l, and after the last its outputs. */
  private final float[][] h;

  private final float[] affine;
  private final float[] slope;
  private final int[] steps = new int[BLOCK];

  /**
   * Room for a network.
   *
   * @param architecture with softplus, with or without steps
   */
  public SingleMlp(Architecture architecture, Kernels kernels) {
    this.architecture = architecture;
    this.kernels = kernels.single();
    parameters =
        new SingleParameters(architecture, new ParameterLayout(architecture), this.kernels);
    int layers = architecture.layers();
    h = new float[layers + 1][];
    int widest = 0;
    for (int l = 0; l <= layers; l++) {
      int width = l < layers ? architecture.fanIn(l) : architecture.outputs();
      h[l] = new float[this.kernels.padded(width) * BLOCK];
      widest = Math.max(widest, h[l].length);
    }
    affine = new float[widest];
    slope = new float[widest];
  }

  /** Takes over parameters, rounded. */
  public void load(double[] theta) {
    parameters.load(theta);
  }

  /**
   * Outputs for a batch at one step.
   *
   * @param x inputs x n
   * @param n number of samples
   * @param step the step index, not read without steps
   * @param y takes the outputs, outputs x n
   */
  public void evaluate(double[] x, int n, int step, double[] y) {
    int in = architecture.inputs();
    int out = architecture.outputs();
    int last = architecture.layers() - 1;
    if (architecture.steps() > 0) {
      Arrays.fill(steps, step);
    }
    for (int from = 0; from < n; from += BLOCK) {
      int count = Math.min(BLOCK, n - from);
      parameters.toBlock(in, x, from, count, h[0]);
      for (int l = 0; l <= last; l++) {
        parameters.affine(l, h[l], l < last ? affine : h[last + 1]);
        if (l < last) {
          kernels.softplus(
              architecture.fanOut(l),
              parameters.gain[l],
              0,
              steps,
              0,
              affine,
              0,
              h[l + 1],
              0,
              slope,
              0);
        }
      }
      parameters.fromBlock(out, h[last + 1], from, count, y);
    }
  }
}
