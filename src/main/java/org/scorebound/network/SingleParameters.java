package org.scorebound.network;

import java.util.Arrays;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.SingleKernels;

/**
 * The parameters of a softplus network in floats, laid out for {@link SingleKernels}: of layer l
 * the weights, the bias, and a row of gains per step, which is one row of ones in a plain network.
 */
final class SingleParameters {

  final float[][] w;
  final float[][] bias;
  final float[][] gain;

  /** As {@link ParameterLayout} has them. */
  private final float[] flat;

  private final float[] turned;
  private final Architecture architecture;
  private final ParameterLayout layout;
  private final SingleKernels kernels;

  /** All zero but the gains of a plain network. */
  SingleParameters(Architecture architecture, ParameterLayout layout, SingleKernels kernels) {
    if (architecture.activation() != Activation.SOFTPLUS) {
      throw new IllegalArgumentException(
          "activation must be softplus, got " + architecture.activation().label());
    }
    this.architecture = architecture;
    this.layout = layout;
    this.kernels = kernels;
    int layers = architecture.layers();
    flat = new float[layout.size()];
    w = new float[layers][];
    bias = new float[layers][];
    gain = new float[layers - 1][];
    int most = 0;
    for (int l = 0; l < layers; l++) {
      int out = architecture.fanOut(l);
      most = Math.max(most, architecture.fanIn(l) * out);
      w[l] = new float[kernels.weights(architecture.fanIn(l), out)];
      bias[l] = new float[kernels.padded(out)];
      if (l < layers - 1) {
        gain[l] = new float[kernels.padded(out) * Math.max(1, architecture.steps())];
        if (architecture.steps() == 0) {
          Arrays.fill(gain[l], 1);
        }
      }
    }
    turned = new float[most];
  }

  /** Takes over parameters, rounded. */
  void load(double[] theta) {
    layout.check(theta);
    for (int i = 0; i < theta.length; i++) {
      flat[i] = (float) theta[i];
    }
    for (int l = 0; l < w.length; l++) {
      int out = architecture.fanOut(l);
      kernels.pack(architecture.fanIn(l), out, flat, layout.weightOffset(l), w[l]);
      System.arraycopy(flat, layout.biasOffset(l), bias[l], 0, out);
      for (int k = 0; k < steps(l); k++) {
        System.arraycopy(
            flat, layout.gainOffset(l) + k * out, gain[l], k * kernels.padded(out), out);
      }
    }
  }

  /** The weights of layer l with inputs and outputs exchanged, after {@link #load}. */
  void turn(int l, float[] to) {
    int in = architecture.fanIn(l);
    int out = architecture.fanOut(l);
    // Column-major, outputs x inputs, is row-major the other way round.
    for (int i = 0; i < in; i++) {
      for (int o = 0; o < out; o++) {
        turned[i + o * in] = flat[layout.weightOffset(l) + o + i * out];
      }
    }
    kernels.pack(out, in, turned, 0, to);
  }

  /** These numbers as a gradient. */
  void store(double[] gradient) {
    for (int l = 0; l < w.length; l++) {
      int out = architecture.fanOut(l);
      kernels.unpack(architecture.fanIn(l), out, w[l], flat, layout.weightOffset(l));
      System.arraycopy(bias[l], 0, flat, layout.biasOffset(l), out);
      for (int k = 0; k < steps(l); k++) {
        System.arraycopy(
            gain[l], k * kernels.padded(out), flat, layout.gainOffset(l) + k * out, out);
      }
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = flat[i];
    }
  }

  /** Columns {@code from .. from+count-1} of x, width x n, as a block; zeros fill it up. */
  void toBlock(int width, double[] x, int from, int count, float[] block) {
    for (int j = 0; j < SingleKernels.BLOCK; j++) {
      for (int i = 0; i < width; i++) {
        block[kernels.at(i, j)] = j < count ? (float) x[(from + j) * width + i] : 0;
      }
    }
  }

  /** The other way round. */
  void fromBlock(int width, float[] block, int from, int count, double[] y) {
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < width; i++) {
        y[(from + j) * width + i] = block[kernels.at(i, j)];
      }
    }
  }

  /** {@code y = W_l x + b_l} of a block. */
  void affine(int l, float[] x, float[] y) {
    kernels.affine(architecture.fanIn(l), architecture.fanOut(l), w[l], 0, bias[l], 0, x, 0, y, 0);
  }

  /** Sets everything to 0. */
  void clear() {
    for (float[][] all : new float[][][] {w, bias, gain}) {
      for (float[] x : all) {
        Arrays.fill(x, 0);
      }
    }
  }

  private int steps(int l) {
    return l < gain.length ? architecture.steps() : 0;
  }
}
