package org.scorebound.lipschitz;

import org.jspecify.annotations.Nullable;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.Matrices;

/**
 * {@code lambda_max(sym J_s)}, or another {@link JacobianFunction}, at many points: forward mode,
 * one batch of {@code d + 1} columns per point through each layer. Owns workspace; for one thread.
 */
final class JacobianPoints {

  private static final int BATCH = 64;

  private final FrozenLayers net;
  private final JacobianFunction goal;
  private final double[] bias;
  private final int d;
  private final double[] in;
  private final double[] out;
  private final double[] value;
  private final double[] slope;
  private final double[] jacobian;
  private final double[] one;
  private final double[] entries;
  private final double[] point;

  JacobianPoints(FrozenLayers net) {
    this(net, JacobianFunction.ONE_SIDED);
  }

  /** Of more than three dimensions the one-sided constant alone. */
  JacobianPoints(FrozenLayers net, JacobianFunction goal) {
    this(net, goal, net.bias.length == 0 ? new double[0] : net.bias[0]);
  }

  /** The same with other biases of the first layer. */
  JacobianPoints(FrozenLayers net, JacobianFunction goal, double[] bias) {
    this.net = net;
    this.bias = bias;
    this.goal = goal;
    d = net.d;
    int n = net.widest() * BATCH;
    in = new double[n * (d + 1)];
    out = new double[n * (d + 1)];
    value = new double[n];
    slope = new double[n];
    jacobian = new double[d * d * BATCH];
    one = new double[d * d];
    entries = new double[goal.entries(Math.min(d, SmallSymmetric.MAX_ORDER))];
    point = new double[d];
  }

  /** The value at each of n points, d x n, into {@code result}; lowered by its rounding. */
  void largest(double[] x, int n, double[] result) {
    for (int from = 0; from < n; from += BATCH) {
      batch(x, null, from, Math.min(BATCH, n - from), result);
    }
  }

  /** The same, each point with its own biases of the first layer. */
  void largest(double[] x, double[][] biases, int n, double[] result) {
    for (int from = 0; from < n; from += BATCH) {
      batch(x, biases, from, Math.min(BATCH, n - from), result);
    }
  }

  /** The value at one point. */
  double at(double[] x) {
    double[] result = new double[1];
    System.arraycopy(x, 0, point, 0, d);
    largest(point, 1, result);
    return result[0];
  }

  private void batch(double[] x, double @Nullable [][] biases, int from, int n, double[] result) {
    Activation f = net.network.architecture().activation();
    boolean kinked = f == Activation.RELU;
    boolean[] onKink = new boolean[n];
    int rows = d;
    System.arraycopy(x, d * from, in, 0, d * n);
    for (int k = 0; k < d; k++) {
      for (int c = 0; c < n; c++) {
        for (int i = 0; i < d; i++) {
          in[d * (n * (k + 1) + c) + i] = i == k ? 1 : 0;
        }
      }
    }
    for (int l = 0; l < net.depth; l++) {
      int next = net.width[l];
      net.kernels.gemm(next, n * (d + 1), rows, 1, net.weight[l], in, 0, out);
      if (l > 0 || biases == null) {
        net.kernels.addBias(next, n, out, 0, l == 0 ? bias : net.bias[l], 0);
      } else {
        for (int c = 0; c < n; c++) {
          net.kernels.addBias(next, 1, out, c * next, biases[from + c], 0);
        }
      }
      net.kernels.activateWithSlope(f, next * n, out, 0, value, 0, slope, 0);
      for (int c = 0; kinked && c < n; c++) {
        for (int i = 0; i < next; i++) {
          onKink[c] |= out[c * next + i] == 0;
        }
      }
      System.arraycopy(value, 0, in, 0, next * n);
      int block = next * n;
      for (int k = 1; k <= d; k++) {
        for (int i = 0; i < block; i++) {
          in[k * block + i] = slope[i] * out[k * block + i];
        }
      }
      rows = next;
    }
    for (int k = 0; k < d; k++) {
      net.kernels.gemm(
          false,
          false,
          d,
          n,
          rows,
          1,
          net.last,
          0,
          d,
          in,
          rows * n * (k + 1),
          rows,
          0,
          jacobian,
          d * n * k,
          d);
    }
    for (int c = 0; c < n; c++) {
      // On a kink the computed slopes need not belong to any neighbourhood.
      result[from + c] = onKink[c] ? Double.NEGATIVE_INFINITY : value(c, n);
    }
  }

  private double value(int c, int n) {
    for (int k = 0; k < d; k++) {
      System.arraycopy(jacobian, d * (n * k + c), one, k * d, d);
    }
    if (d > SmallSymmetric.MAX_ORDER) {
      return largestEigenvalue();
    }
    goal.read(d, one, net.network.linear(), entries);
    double size = 0;
    for (double e : entries) {
      size = Math.max(size, Math.abs(e));
    }
    return goal.value(d, entries) - d * net.rounding - goal.rounding(d, size);
  }

  private double largestEigenvalue() {
    double size = 0;
    double[][] full = new double[d][d];
    for (int j = 0; j < d; j++) {
      for (int k = 0; k < d; k++) {
        full[j][k] = 0.5 * (one[j + k * d] + one[k + j * d]) + (j == k ? net.network.linear() : 0);
        size = Math.max(size, Math.abs(full[j][k]));
      }
    }
    return Matrices.largestEigenvalue(full) - d * net.rounding - 0x1p-40 * d * size;
  }
}
