package org.scorebound.lipschitz;

/**
 * Cells inside parallelepipeds {@code x + G u}. By induction over the layers, with {@code z_l} at
 * the reference
 *
 * <pre>
 *   z_l(x + G u) = z_l + T_l G u + r_l,   |r_l| <= rho_l,
 *   rho_0 = 0,   rho_(l+1) = |W| (|D_l| rho_l + curve_l),
 * </pre>
 *
 * because {@code f(z + v) = value + slope v + q}, {@code |q| <= curve} for all {@code |v| <= w},
 * with {@code w_l = sum_j |(T_l G)_j| + rho_l}. Every rho also has the error of the computed centre
 * and tangents, {@link FrozenLayers#affineError} and {@link FrozenLayers#tangentError}; the edges
 * of neighbouring cells, which are rounded, are covered by {@link #EDGE}.
 */
final class BoxCells extends CellBatch {

  /** Relative to {@code |x|}: centre and generators are rounded a few times. */
  private static final double EDGE = 0x1p-49;

  private static final double WIDTH_ROUNDING = 1 + 0x1p-48;

  private final SlopeEnclosure enclosure;

  /** Of the forward pass: z, d tangents, and how z moves with the time. */
  private final int blocks;

  BoxCells(FrozenLayers net, JacobianFunction goal, int capacity, boolean moving) {
    super(net, goal, capacity, moving, net.d + (moving ? 2 : 1), net.d + 1);
    blocks = net.d + (moving ? 2 : 1);
    enclosure = SlopeEnclosure.of(net.network.architecture().activation(), net.kernels);
  }

  @Override
  boolean hasLinearPart() {
    return true;
  }

  /** The direction whose halving takes most from the remainder. */
  @Override
  int direction(CellForm form, Cell cell, int c) {
    int best = 0;
    for (int j = 1; j < d; j++) {
      best = form.score[j] > form.score[best] ? j : best;
    }
    return cell.hasTimes() && form.score[d] > form.score[best] ? Cell.TIME : best;
  }

  @Override
  void enclose(Cell[] cells, int n) {
    int first = net.width[0];
    double[] w0 = net.weight[0];
    for (int c = 0; c < n; c++) {
      cells[c].parallelepiped(point, c * d, generators, c * d * d);
      double far = 0;
      for (int k = 0; k < d; k++) {
        far = Math.max(far, Math.abs(point[c * d + k]));
        for (int j = 0; j < d; j++) {
          far = Math.max(far, Math.abs(generators[(c * d + j) * d + k]));
        }
      }
      TimeSpan span = cells[c].span();
      double error = net.affineError(0, far, EDGE * far) + EDGE * span.largest;
      for (int i = 0; i < first; i++) {
        double z = span.middle[i];
        for (int k = 0; k < d; k++) {
          z += w0[k * first + i] * point[c * d + k];
        }
        forward[0][c * first + i] = z;
        spread[0][c * first + i] = error + span.rest[i];
        if (moving) {
          forward[0][first * n * (d + 1) + c * first + i] = span.drift[i];
        }
      }
    }
    for (int l = 0; l < net.depth; l++) {
      if (l > 0) {
        advance(l - 1, cells, n);
      }
      for (int c = 0; c < n; c++) {
        reach(l, c, n);
      }
      enclosure.enclose(net.width[l] * n, forward[l], reach[l], slopes[l]);
    }
  }

  /** From layer l to the next. */
  private void advance(int l, Cell[] cells, int n) {
    int w = net.width[l];
    int next = net.width[l + 1];
    int block = w * n;
    SlopeEnclosure.Result s = slopes[l];
    double[] slope = s.slope;
    double[] deviation = s.deviation;
    double[] f = forward[l];
    double[] e = spread[l];
    System.arraycopy(s.value, 0, in, 0, block);
    for (int k = 1; k < blocks; k++) {
      int at = k * block;
      for (int i = 0; i < block; i++) {
        in[at + i] = slope[i] * f[at + i];
      }
    }
    net.kernels.gemm(next, n * blocks, w, 1, net.weight[l + 1], in, 0, forward[l + 1]);
    net.kernels.addBias(next, n, forward[l + 1], 0, net.bias[l + 1], 0);
    for (int i = 0; i < block; i++) {
      in[i] = Math.abs(slope[i]) * e[i] + s.curve[i];
    }
    for (int k = 1; k <= d; k++) {
      int at = k * block;
      for (int i = 0; i < block; i++) {
        double m = deviation[i];
        in[at + i] = m * Math.abs(f[at + i]) + (Math.abs(slope[i]) + m) * e[at + i];
      }
    }
    net.kernels.gemm(next, n * (d + 1), w, 1, net.absolute[l + 1], in, 0, spread[l + 1]);
    for (int c = 0; c < n; c++) {
      double largest = 0;
      for (int i = c * w; i < (c + 1) * w; i++) {
        largest = Math.max(largest, Math.abs(s.value[i]));
      }
      double error = net.affineError(l + 1, largest, SlopeEnclosure.VALUE_ROUNDING * largest);
      double size = 0;
      for (int i = c * d * d; i < (c + 1) * d * d; i++) {
        size += Math.abs(generators[i]);
      }
      error += net.tangentError[l + 1] * size;
      error += net.driftError[l + 1] * cells[c].span().largestDrift;
      for (int i = c * next; i < (c + 1) * next; i++) {
        spread[l + 1][i] += error;
      }
    }
  }

  private void reach(int l, int c, int n) {
    int w = net.width[l];
    int block = w * n;
    double[] f = forward[l];
    double[] e = spread[l];
    double[] out = reach[l];
    int g = c * d * d;
    int time = block * (d + 1);
    if (d == 2) {
      double g00 = generators[g];
      double g10 = generators[g + 1];
      double g01 = generators[g + 2];
      double g11 = generators[g + 3];
      for (int i = c * w; i < (c + 1) * w; i++) {
        double a = f[block + i];
        double b = f[2 * block + i];
        out[i] = Math.abs(a * g00 + b * g10) + Math.abs(a * g01 + b * g11);
      }
    } else {
      for (int i = c * w; i < (c + 1) * w; i++) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
          double moved = 0;
          for (int k = 0; k < d; k++) {
            moved += f[block * (k + 1) + i] * generators[g + j * d + k];
          }
          sum += Math.abs(moved);
        }
        out[i] = sum;
      }
    }
    for (int i = c * w; i < (c + 1) * w; i++) {
      double moved = moving ? Math.abs(f[time + i]) : 0;
      out[i] = (out[i] + moved) * WIDTH_ROUNDING + e[i];
    }
  }
}
