package org.scorebound.lipschitz;

import org.scorebound.linalg.Activation;

/**
 * Cells that reach to infinity, {@code x = r (w + delta)}, {@code r >= r_1}, {@code |delta_b| <=
 * h_b}. Every pre-activation is {@code z = r A + beta} with
 *
 * <pre>
 *   A in T_l w + T_l delta + [-rho, rho],   beta in [middle - half, middle + half]
 * </pre>
 *
 * for all such x, starting from {@code A = W_0 (w + delta)}, {@code beta = b_0}:
 *
 * <ul>
 *   <li>{@code A > 0} and {@code z >= r_1 A + beta > 0} on the whole cell: the slope lies in the
 *       range of g on {@code [r_1 A + beta, inf)}. If f rectifies, {@code f(z) = z + rest}, so
 *       {@code A' = A}; if f is bounded, {@code A' = 0} and {@code beta'} is in the range of f.
 *   <li>{@code A < 0} and {@code z < 0} on the whole cell: likewise on {@code (-inf, r_1 A +
 *       beta]}, {@code A' = 0}.
 *   <li>A vanishes identically (all its inputs are dead): z is beta, {@code A' = 0}.
 *   <li>Else the neuron crosses: its slope is anywhere in the range of g on the line, {@code max(r
 *       A + beta, 0) - r max(A, 0)} lies between {@code min(0, beta)} and {@code max(0, beta)}, and
 *       {@code max(A, 0) - A/2} in {@code [0, max|A|/2]}.
 * </ul>
 *
 * <p>Slopes are enclosed by intervals about the reference 1, 0 or the middle; there is no linear
 * part. A cell on which a single neuron crosses is bounded by the two ends of its slope, so cells
 * need not shrink around the neuron's zero line.
 */
final class FarCells extends CellBatch {

  /** Relative rounding of A and beta: sums of a layer's width, and slopes 1, 0, 1/2 exactly. */
  private static final double SUM_ROUNDING = 0x1p-42;

  private final SlopeEnclosure enclosure;
  private final Activation f;
  private final double[] halfIn;

  FarCells(FrozenLayers net, int capacity) {
    super(net, capacity, net.d + 2);
    f = net.network.architecture().activation();
    enclosure = SlopeEnclosure.of(f, net.kernels);
    halfIn = new double[net.widest() * capacity * (d + 2)];
  }

  @Override
  boolean isCentreAPoint() {
    return false;
  }

  @Override
  void enclose(Cell[] cells, int n) {
    int first = net.width[0];
    int block = first * n;
    for (int c = 0; c < n; c++) {
      cells[c].directions(point, c * d, generators, c * d * d);
      for (int i = 0; i < first; i++) {
        int at = c * first + i;
        double sum = 0;
        for (int k = 0; k < d; k++) {
          sum += net.absolute[0][k * first + i];
          spread[0][block * (k + 1) + at] = 0;
        }
        forward[0][at] = net.bias[0][i];
        // |w + delta| <= 1 in every coordinate; weights may have been rounded once.
        spread[0][at] = SUM_ROUNDING * sum;
        spread[0][block * (d + 1) + at] = SUM_ROUNDING * Math.abs(net.bias[0][i]);
      }
    }
    for (int l = 0; l < net.depth; l++) {
      int w = net.width[l];
      for (int c = 0; c < n; c++) {
        for (int i = c * w; i < (c + 1) * w; i++) {
          neuron(l, i, c, n, cells[c].radius());
        }
      }
      if (l + 1 < net.depth) {
        advance(l, n);
      }
    }
  }

  /** Encloses one neuron, and puts what the next layer reads into the two inputs. */
  private void neuron(int l, int i, int c, int n, double radius) {
    int block = net.width[l] * n;
    double[] t = forward[l];
    double[] e = spread[l];
    int g = c * d * d;
    double centre = 0;
    double width = 0;
    if (l == 0 || enclosure.isRectifying()) {
      for (int j = 0; j < d; j++) {
        double moved = 0;
        for (int k = 0; k < d; k++) {
          moved += t[block * (k + 1) + i] * generators[g + j * d + k];
        }
        if (j == 0) {
          centre = moved;
        } else {
          width += Math.abs(moved);
        }
      }
      width = width * (1 + SUM_ROUNDING) + e[i];
    }
    double half = e[block * (d + 1) + i];
    double least = t[i] - half;
    double largest = t[i] + half;
    double low = radius * (centre - width) + least;
    double high = radius * (centre + width) + largest;
    double from = Double.NEGATIVE_INFINITY;
    double to = Double.POSITIVE_INFINITY;
    reach[l][i] = -1;
    if (centre == 0 && width == 0) {
      double slopeMost =
          Math.max(
              Math.abs(enclosure.leastSlope(least, largest)),
              Math.abs(enclosure.largestSlope(least, largest)));
      double value = f.value(t[i]);
      double error = slopeMost * half + SlopeEnclosure.VALUE_ROUNDING * Math.abs(value);
      dead(l, i, least, largest, value - error, value + error, n);
    } else if (centre - width > 0 && low > 0) {
      low -= SUM_ROUNDING * Math.abs(low);
      if (enclosure.isRectifying()) {
        double restLow = enclosure.leastRest(low, to);
        double restHigh = enclosure.largestRest(low, to);
        put(l, i, n, 1, low, to);
        next(l, i, n, 0, least + restLow, largest + restHigh);
      } else {
        dead(l, i, low, to, enclosure.leastRest(low, to), enclosure.largestRest(low, to), n);
      }
    } else if (centre + width < 0 && high < 0) {
      high += SUM_ROUNDING * Math.abs(high);
      dead(l, i, from, high, enclosure.leastRest(from, high), enclosure.largestRest(from, high), n);
    } else {
      crossing(l, i, n, centre, width, least, largest);
    }
  }

  /** A neuron whose output no longer grows with r. */
  private void dead(int l, int i, double from, double to, double least, double largest, int n) {
    put(l, i, n, 0, from, to);
    next(l, i, n, 0, least, largest);
  }

  private void crossing(
      int l, int i, int n, double centre, double width, double least, double largest) {
    double from = Double.NEGATIVE_INFINITY;
    double to = Double.POSITIVE_INFINITY;
    double lowSlope = enclosure.leastSlope(from, to);
    double highSlope = enclosure.largestSlope(from, to);
    put(l, i, n, 0.5 * (lowSlope + highSlope), from, to);
    boolean vanishes = Math.abs(centre) <= width;
    if (vanishes && width > 0) {
      reach[l][i] = width;
    }
    if (enclosure.isRectifying()) {
      double most = Math.abs(centre) + width;
      double middle = 0.5 * (lowSlope + highSlope);
      // max(A, 0) - D A for the reference slope D near 1/2.
      double rest = most * Math.max(1 - middle, middle);
      next(
          l,
          i,
          n,
          rest,
          Math.min(0, least) + enclosure.leastRest(from, 0),
          Math.max(0, largest) + enclosure.largestRest(from, 0));
    } else {
      next(l, i, n, 0, enclosure.leastRest(from, to), enclosure.largestRest(from, to));
    }
  }

  /** The reference slope and the interval about it. */
  private void put(int l, int i, int n, double slope, double from, double to) {
    SlopeEnclosure.Result s = slopes[l];
    double low = enclosure.leastSlope(from, to) - slope;
    double high = enclosure.largestSlope(from, to) - slope;
    s.slope[i] = slope;
    s.chord[i] = 0;
    s.shift[i] = 0.5 * (low + high);
    s.eps[i] = 0.5 * (high - low) * (1 + SUM_ROUNDING);
    s.deviation[i] = Math.max(Math.abs(low), Math.abs(high)) * (1 + SUM_ROUNDING);
  }

  /** What the next layer reads: tangents, the rest of A and the interval of beta. */
  private void next(int l, int i, int n, double rest, double least, double largest) {
    int block = net.width[l] * n;
    double[] t = forward[l];
    double[] e = spread[l];
    SlopeEnclosure.Result s = slopes[l];
    double slope = s.slope[i];
    double m = s.deviation[i];
    double size = 0;
    in[i] = 0.5 * (least + largest);
    for (int k = 1; k <= d; k++) {
      double tangent = t[k * block + i];
      in[k * block + i] = slope * tangent;
      halfIn[k * block + i] = m * Math.abs(tangent) + (Math.abs(slope) + m) * e[k * block + i];
      size += Math.abs(slope * tangent);
    }
    halfIn[i] = Math.abs(slope) * e[i] + rest + SUM_ROUNDING * size;
    halfIn[(d + 1) * block + i] =
        0.5 * (largest - least) + SUM_ROUNDING * Math.max(Math.abs(least), Math.abs(largest));
  }

  private void advance(int l, int n) {
    int w = net.width[l];
    int next = net.width[l + 1];
    net.kernels.gemm(next, n * (d + 1), w, 1, net.weight[l + 1], in, 0, forward[l + 1]);
    net.kernels.addBias(next, n, forward[l + 1], 0, net.bias[l + 1], 0);
    net.kernels.gemm(next, n * (d + 2), w, 1, net.absolute[l + 1], halfIn, 0, spread[l + 1]);
    int beta = next * n * (d + 1);
    for (int c = 0; c < n; c++) {
      for (int i = 0; i < next; i++) {
        spread[l + 1][beta + c * next + i] += SUM_ROUNDING * Math.abs(net.bias[l + 1][i]);
      }
    }
  }
}
