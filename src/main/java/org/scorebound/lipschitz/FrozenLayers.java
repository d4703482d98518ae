package org.scorebound.lipschitz;

import org.scorebound.linalg.Kernels;
import org.scorebound.network.Architecture;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.network.Mlp;

/**
 * The layers of a {@link FrozenNetwork} as branch and bound reads them: hidden layers {@code l = 0
 * .. depth-1} with {@code z_l = W_l h_l + b_l}, {@code h_{l+1} = f(z_l)}, and the last layer's
 * weights already multiplied by the output's factor.
 *
 * <p>{@link #rounding} bounds the error of every computed entry of the symmetrised Jacobian and of
 * what is added to it. Each is a sum over paths through the layers of products of weights, slopes
 * and slope enclosures, evaluated with sums of at most {@code N = sum of widths + 32} terms one
 * after the other; so it differs from its exact value by at most {@code gamma_N} times the same
 * expression in absolute values (Higham 2002, section 3.1, doi:10.1137/1.9780898718027), which is
 * at most {@code |factor| |W_L| .. |W_0| M^(L-1)} entrywise, M the largest slope, times 2 per
 * hidden layer for the enclosures (chord, shift and remainder of a slope are each at most twice M).
 * The bound below takes 8 of them per layer, and so also covers the one rounding of each weight
 * where gains were multiplied in.
 */
final class FrozenLayers {

  private static final double U = 0x1p-53;

  final FrozenNetwork network;
  final Kernels kernels;
  final int d;
  final int depth;

  /** Widths of the hidden layers. */
  final int[] width;

  /** {@code W_l} of hidden layer l, width x width before, column-major. */
  final double[][] weight;

  final double[][] absolute;
  final double[][] transposed;
  final double[][] bias;

  /** Largest sum of absolute weights in a row. */
  final double[] rowSum;

  final double[] largestBias;

  /** How far the bias of a neuron of the first layer may be from {@link #bias}, either way. */
  final double[] biasSpread;

  /** The last layer times the factor: d x last width. */
  final double[] last;

  /** Bounds the rounding of an entry of the symmetrised Jacobian. */
  final double rounding;

  /** Bounds the rounding of a tangent {@code dz_l/dx_k} of hidden layer l, by the same argument. */
  final double[] tangentError;

  /** The same for {@code dz_l} along a shift of the first biases by at most 1 each. */
  final double[] driftError;

  FrozenLayers(FrozenNetwork network, Kernels kernels) {
    this(network, new double[network.architecture().fanOut(0)], kernels);
  }

  /** The same for all networks whose first biases differ by at most a spread. */
  FrozenLayers(FrozenNetwork network, double[] biasSpread, Kernels kernels) {
    this.biasSpread = biasSpread.clone();
    this.network = network;
    this.kernels = kernels;
    Architecture a = network.architecture();
    Mlp mlp = new Mlp(a, kernels);
    double[] theta = network.theta();
    d = network.dimension();
    depth = a.layers() - 1;
    width = new int[depth];
    weight = new double[depth][];
    absolute = new double[depth][];
    transposed = new double[depth][];
    bias = new double[depth][];
    rowSum = new double[depth];
    largestBias = new double[depth];
    tangentError = new double[depth];
    driftError = new double[depth];
    double[] paths = identity(d);
    int terms = 32;
    double fromFirst = 1;
    for (int l = 0; l <= depth; l++) {
      int rows = a.fanOut(l);
      int columns = a.fanIn(l);
      double[] w = new double[rows * columns];
      System.arraycopy(theta, mlp.weightOffset(l), w, 0, w.length);
      if (l == depth) {
        for (int i = 0; i < w.length; i++) {
          w[i] *= network.factor();
        }
      }
      double[] abs = new double[w.length];
      for (int i = 0; i < w.length; i++) {
        abs[i] = Math.abs(w[i]);
      }
      double[] next = new double[rows * d];
      kernels.gemm(rows, d, columns, 1, abs, paths, 0, next);
      terms += columns;
      paths = next;
      double largest = 0;
      for (double p : paths) {
        largest = Math.max(largest, p);
      }
      double slopes = Math.pow(a.activation().largestSlope(), l);
      double pathError = 16 * (l + 1) * terms * U * slopes * largest;
      if (l == depth) {
        last = w;
        rounding = pathError + 8 * U * Math.abs(network.linear());
        return;
      }
      tangentError[l] = pathError;
      width[l] = rows;
      weight[l] = w;
      absolute[l] = abs;
      transposed[l] = new double[w.length];
      kernels.transpose(rows, columns, w, 0, transposed[l], 0);
      bias[l] = new double[rows];
      System.arraycopy(theta, mlp.biasOffset(l), bias[l], 0, rows);
      for (int i = 0; i < rows; i++) {
        double sum = 0;
        for (int j = 0; j < columns; j++) {
          sum += abs[i + j * rows];
        }
        rowSum[l] = Math.max(rowSum[l], sum);
        largestBias[l] = Math.max(largestBias[l], Math.abs(bias[l][i]));
      }
      fromFirst *= l == 0 ? 1 : rowSum[l];
      driftError[l] = 16 * (l + 1) * terms * U * slopes * fromFirst;
    }
    throw new AssertionError("no last layer");
  }

  private static double[] identity(int d) {
    double[] i = new double[d * d];
    for (int k = 0; k < d; k++) {
      i[k * (d + 1)] = 1;
    }
    return i;
  }

  int widest() {
    int w = d;
    for (int n : width) {
      w = Math.max(w, n);
    }
    return w;
  }

  /**
   * A bound of the error of computed {@code z_l}, given one of its input: {@code gamma_(n+4)}
   * (rows' sums, and weights rounded once) of {@code |W||h| + |b|}, and what the input's error
   * becomes.
   *
   * @param input largest {@code |h|} of the layer's input
   * @param inputError largest error of it
   */
  double affineError(int l, double input, double inputError) {
    int n = (l == 0 ? d : width[l - 1]) + 4;
    return 2 * n * U * (rowSum[l] * input + largestBias[l]) + rowSum[l] * inputError;
  }
}
