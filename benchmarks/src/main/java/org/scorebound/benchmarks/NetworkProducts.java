package org.scorebound.benchmarks;

import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;

/**
 * The matrix products of a pass of 2-w-w-w-2 and nothing else, in the blocks of columns and on the
 * operands of {@link org.scorebound.network.Mlp}: what the products' share of the multiply-add roof
 * is measured on.
 */
final class NetworkProducts {

  private static final int LAYERS = 4;

  private final Kernels kernels;
  private final int n;
  private final int block;
  private final int[] width;
  private final double[][] weight = new double[LAYERS][];
  private final double[][] transposed = new double[LAYERS][];
  private final double[][] hidden = new double[LAYERS + 1][];
  private final double[][] gradient = new double[LAYERS][];
  private final double[][] q = new double[LAYERS + 1][];

  NetworkProducts(Kernels kernels, NetworkShape shape) {
    this.kernels = kernels;
    n = shape.batch;
    block = Math.min(n, kernels.columnBlock(shape.width));
    width = new int[] {2, shape.width, shape.width, shape.width, 2};
    RandomStream root = RandomStream.root(7);
    // Streams of their own: the length of q depends on the back end, all else must not.
    RandomStream way = root.child("q");
    RandomStream random = root.child("network");
    for (int l = 0; l <= LAYERS; l++) {
      hidden[l] = new double[width[l] * n];
      q[l] = new double[width[l] * block];
      random.fillGaussian(hidden[l], 0, hidden[l].length);
      way.fillGaussian(q[l], 0, q[l].length);
    }
    for (int l = 0; l < LAYERS; l++) {
      weight[l] = new double[width[l] * width[l + 1]];
      transposed[l] = new double[weight[l].length];
      gradient[l] = new double[weight[l].length];
      random.fillGaussian(weight[l], 0, weight[l].length);
      // Of order 1 whatever the width, so that repeated passes stay finite.
      kernels.scal(weight[l].length, 1 / Math.sqrt(width[l]), weight[l], 0);
      kernels.transpose(width[l + 1], width[l], weight[l], 0, transposed[l], 0);
    }
  }

  /** {@code W_l h_l} for every layer, block by block; the last layer's. */
  double[] forward() {
    for (int j = 0; j < n; j += block) {
      int cols = Math.min(block, n - j);
      for (int l = 0; l < LAYERS; l++) {
        int in = width[l];
        int out = width[l + 1];
        kernels.gemm(
            false,
            false,
            out,
            cols,
            in,
            1,
            weight[l],
            0,
            out,
            hidden[l],
            in * j,
            in,
            0,
            hidden[l + 1],
            out * j,
            out);
      }
    }
    return hidden[LAYERS];
  }

  /** {@code dW_l += q h_l^T} for every layer and {@code W_l^T q} for all but the first. */
  double[] backward() {
    for (int j = 0; j < n; j += block) {
      int cols = Math.min(block, n - j);
      for (int l = LAYERS - 1; l >= 0; l--) {
        int in = width[l];
        int out = width[l + 1];
        kernels.gemm(
            false,
            true,
            out,
            in,
            cols,
            1,
            q[l + 1],
            0,
            out,
            hidden[l],
            in * j,
            in,
            1,
            gradient[l],
            0,
            out);
        if (l > 0) {
          kernels.gemm(
              false,
              false,
              in,
              cols,
              out,
              1,
              transposed[l],
              0,
              in,
              q[l + 1],
              0,
              out,
              0,
              q[l],
              0,
              in);
        }
      }
    }
    return gradient[0];
  }
}
