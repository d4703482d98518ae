package org.scorebound.lipschitz;

/**
 * The largest {@link JacobianFunction} of a ReLU network over all patterns of the few neurons that
 * cross on a cell, the others being on or off.
 *
 * <p>J is affine in the slope of each neuron and the function convex, so over all slopes in [0, 1]
 * of those neurons, in whatever layers they are, the largest value is taken at a pattern of zeros
 * and ones. No remainder is left: a cell around a crossing of kinks need not shrink further. Owns
 * workspace; for one thread.
 */
final class ReluPatterns {

  /** Neurons that may cross: 2^6 patterns go through the layers together. */
  static final int MOST = 6;

  private final FrozenLayers net;
  private final JacobianFunction goal;
  private final int d;
  private final int[] layer = new int[MOST];
  private final int[] neuron = new int[MOST];
  private final double[] in;
  private final double[] out;
  private final double[] jacobian;
  private final double[] entries;

  ReluPatterns(FrozenLayers net, JacobianFunction goal) {
    this.net = net;
    this.goal = goal;
    d = net.d;
    int n = (net.widest() * d) << MOST;
    in = new double[n];
    out = new double[n];
    jacobian = new double[d * d];
    entries = new double[goal.entries(d)];
  }

  /**
   * The bound on cell c.
   *
   * @param slopes of all layers; a neuron crosses where its deviation is not 0
   * @return infinity if too many cross
   */
  double upper(SlopeEnclosure.Result[] slopes, int c) {
    int k = 0;
    for (int l = 0; l < net.depth; l++) {
      int w = net.width[l];
      for (int i = 0; i < w; i++) {
        if (slopes[l].deviation[c * w + i] != 0) {
          if (k == MOST) {
            return Double.POSITIVE_INFINITY;
          }
          layer[k] = l;
          neuron[k++] = i;
        }
      }
    }
    return patterns(slopes, c, k);
  }

  private double patterns(SlopeEnclosure.Result[] slopes, int c, int crossing) {
    int n = 1 << crossing;
    int rows = net.width[0];
    for (int p = 0; p < n; p++) {
      System.arraycopy(net.weight[0], 0, out, p * d * rows, d * rows);
    }
    for (int l = 0; l < net.depth; l++) {
      double[] s = slopes[l].slope;
      for (int column = 0; column < n * d; column++) {
        for (int i = 0; i < rows; i++) {
          in[column * rows + i] = s[c * rows + i] * out[column * rows + i];
        }
      }
      for (int k = 0; k < crossing; k++) {
        if (layer[k] == l) {
          for (int p = 0; p < n; p++) {
            double slope = p >> k & 1;
            for (int j = 0; j < d; j++) {
              int at = (p * d + j) * rows + neuron[k];
              in[at] = slope * out[at];
            }
          }
        }
      }
      boolean top = l + 1 == net.depth;
      int next = top ? d : net.width[l + 1];
      net.kernels.gemm(next, n * d, rows, 1, top ? net.last : net.weight[l + 1], in, 0, out);
      rows = next;
    }
    double largest = Double.NEGATIVE_INFINITY;
    double size = 0;
    for (int p = 0; p < n; p++) {
      System.arraycopy(out, p * d * d, jacobian, 0, d * d);
      goal.read(d, jacobian, net.network.linear(), entries);
      for (double e : entries) {
        size = Math.max(size, Math.abs(e));
      }
      largest = Math.max(largest, goal.value(d, entries));
    }
    return largest + d * net.rounding + goal.rounding(d, size);
  }
}
