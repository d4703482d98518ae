package org.scorebound.network;

import java.util.Arrays;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.Kernels;

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

  private static final int BLOCK = Kernels.SINGLE_BLOCK;
  private static final int GROUP = Kernels.SINGLE_GROUP;

  private final Mlp mlp;
  private final Architecture architecture;
  private final Kernels kernels;
  private final float[][] w;
  private final float[][] bias;
  private final float[][] gain;

  /** {@code h[l]}: inputs of layer l, and after the last its outputs, padded. */
  private final float[][] h;

  /**
   * Room for a network.
   *
   * @param architecture with softplus, with or without steps
   */
  public SingleMlp(Architecture architecture, Kernels kernels) {
    if (architecture.activation() != Activation.SOFTPLUS) {
      throw new IllegalArgumentException(
          "activation must be softplus, got " + architecture.activation().label());
    }
    this.mlp = new Mlp(architecture, kernels);
    this.architecture = architecture;
    this.kernels = kernels;
    int layers = architecture.layers();
    w = new float[layers][];
    bias = new float[layers][];
    gain = new float[layers][];
    h = new float[layers + 1][];
    h[0] = new float[architecture.inputs() * BLOCK];
    for (int l = 0; l < layers; l++) {
      int out = padded(l);
      w[l] = new float[architecture.fanIn(l) * out];
      bias[l] = new float[out];
      gain[l] = new float[out * Math.max(1, gains(l))];
      if (gains(l) == 0) {
        Arrays.fill(gain[l], 1);
      }
      h[l + 1] = new float[out * BLOCK];
    }
  }

  private int padded(int l) {
    return (architecture.fanOut(l) + GROUP - 1) / GROUP * GROUP;
  }

  private int gains(int l) {
    return l < architecture.layers() - 1 ? architecture.steps() : 0;
  }

  /** Takes over parameters, rounded. */
  public void load(double[] theta) {
    if (theta.length != mlp.parameterCount()) {
      throw new IllegalArgumentException(
          "theta must have length " + mlp.parameterCount() + ", got " + theta.length);
    }
    for (int l = 0; l < w.length; l++) {
      int in = architecture.fanIn(l);
      int out = architecture.fanOut(l);
      for (int o = 0; o < out; o++) {
        int first = o / GROUP * GROUP;
        for (int i = 0; i < in; i++) {
          w[l][first * in + i * GROUP + o - first] =
              (float) theta[mlp.weightOffset(l) + o + i * out];
        }
        bias[l][o] = (float) theta[mlp.biasOffset(l) + o];
        for (int k = 0; k < gains(l); k++) {
          gain[l][k * padded(l) + o] = (float) theta[mlp.gainOffset(l) + k * out + o];
        }
      }
    }
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
    int last = w.length - 1;
    for (int from = 0; from < n; from += BLOCK) {
      int count = Math.min(BLOCK, n - from);
      for (int i = 0; i < in; i++) {
        for (int j = 0; j < count; j++) {
          h[0][i * BLOCK + j] = (float) x[(from + j) * in + i];
        }
      }
      for (int l = 0; l <= last; l++) {
        int gains = gains(l) == 0 ? 0 : step * padded(l);
        kernels.singleLayer(
            architecture.fanIn(l),
            padded(l),
            w[l],
            bias[l],
            gain[l],
            gains,
            h[l],
            l < last,
            h[l + 1]);
      }
      for (int i = 0; i < out; i++) {
        for (int j = 0; j < count; j++) {
          y[(from + j) * out + i] = h[last + 1][i * BLOCK + j];
        }
      }
    }
  }
}
