package org.scorebound.lipschitz;

import org.scorebound.linalg.Activation;

/**
 * {@code lambda_max(sym J_s)} at many points: forward mode, one batch of {@code d + 1} columns per
 * point through each layer. Owns workspace; for one thread.
 */
final class JacobianPoints {

  private static final int BATCH = 64;

  private final FrozenLayers net;
  private final int d;
  private final double[] in;
  private final double[] out;
  private final double[] value;
  private final double[] slope;
  private final double[] jacobian;
  private final double[] packed;
  private final double[] point;

  JacobianPoints(FrozenLayers net) {
    this.net = net;
    d = net.d;
    int n = net.widest() * BATCH;
    in = new double[n * (d + 1)];
    out = new double[n * (d + 1)];
    value = new double[n];
    slope = new double[n];
    jacobian = new double[d * d * BATCH];
    packed = new double[SmallSymmetric.packed(Math.min(d, SmallSymmetric.MAX_ORDER))];
    point = new double[d];
  }

  /** The eigenvalue at each of n points, d x n, into {@code result}; lowered by its rounding. */
  void largest(double[] x, int n, double[] result) {
    for (int from = 0; from < n; from += BATCH) {
      batch(x, from, Math.min(BATCH, n - from), result);
    }
  }

  /** The eigenvalue at one point. */
  double at(double[] x) {
    double[] result = new double[1];
    System.arraycopy(x, 0, point, 0, d);
    largest(point, 1, result);
    return result[0];
  }

  private void batch(double[] x, int from, int n, double[] result) {
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
      net.kernels.addBias(next, n, out, 0, net.bias[l], 0);
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
      result[from + c] = onKink[c] ? Double.NEGATIVE_INFINITY : eigenvalue(c, n);
    }
  }

  private double eigenvalue(int c, int n) {
    double size = 0;
    double[][] full = d > SmallSymmetric.MAX_ORDER ? new double[d][d] : new double[0][];
    for (int j = 0; j < d; j++) {
      for (int k = j; k < d; k++) {
        double s = 0.5 * (jacobian[d * (n * k + c) + j] + jacobian[d * (n * j + c) + k]);
        if (j == k) {
          s += net.network.linear();
        }
        size = Math.max(size, Math.abs(s));
        if (d > SmallSymmetric.MAX_ORDER) {
          full[j][k] = s;
          full[k][j] = s;
        } else {
          packed[SmallSymmetric.index(d, j, k)] = s;
        }
      }
    }
    double lambda =
        d > SmallSymmetric.MAX_ORDER
            ? org.scorebound.linalg.Matrices.largestEigenvalue(full)
            : SmallSymmetric.largest(d, packed);
    return lambda
        - d * net.rounding
        - (d > SmallSymmetric.MAX_ORDER ? 0x1p-40 * d * size : SmallSymmetric.rounding(d, size));
  }
}
