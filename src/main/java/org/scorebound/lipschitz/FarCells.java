package org.scorebound.lipschitz;

import java.util.function.Predicate;
import org.scorebound.linalg.Activation;

/**
 * Cells that reach to infinity, {@code x = r (w + delta)}, {@code r >= r_1}, {@code |delta_b| <=
 * h_b}. Every pre-activation is {@code z = r A + beta} with
 *
 * <pre>
 *   A in A_0 + sum_b [-|A_b|, |A_b|] + [-rho, rho],   beta in [middle - half, middle + half]
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
 *   <li>A neuron of the first layer whose z a cell restricts to a band: {@code A' = 0} and {@code
 *       beta'} in the range of f where the band is bounded, else as in the first two cases.
 * </ul>
 *
 * <p>Slopes are enclosed by intervals about a reference; there is no linear part. A cell on which a
 * single neuron crosses is bounded by the two ends of its slope, so cells need not shrink around
 * the neuron's zero line. Where the layers above depend on the crossing neuron's value as well
 * (bounded activations; all other neurons dead), the strip along its zero line is cut into bands.
 */
final class FarCells extends CellBatch {

  /** Relative rounding of A and beta: sums of a layer's width, and slopes 1, 0, 1/2 exactly. */
  private static final double SUM_ROUNDING = 0x1p-42;

  /** Cells wider than this are halved before a strip is cut out of them. */
  private static final double NARROW = 1.0 / 32;

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final SlopeEnclosure enclosure;
  private final FarPoints points;
  private final Activation f;
  private final double[] halfIn;

  /** Neurons of the first layer that cross a cell outside of its band, and the last of them. */
  private final int[] crossings;

  private final int[] crossing;

  /**
   * The largest half range of the value of a neuron of the first layer that neither crosses nor has
   * a band, whether an angle makes it, and the half range of the one with the band.
   */
  private final double[] settledRange;

  private final boolean[] settledByAngle;
  private final double[] bandRange;

  /** How far the angles move z of the neuron with the band, at the least radius. */
  private final double[] bandMove;

  /** Whether no point of the cell has z in the band. */
  private final boolean[] empty;

  FarCells(FrozenLayers net, JacobianFunction goal, int capacity) {
    super(net, goal, capacity, false, 2 * net.d + 1, net.d + 2);
    f = net.network.architecture().activation();
    enclosure = SlopeEnclosure.of(f, net.kernels);
    points = new FarPoints(net, enclosure.peak());
    halfIn = new double[net.widest() * capacity * (d + 2)];
    crossings = new int[capacity];
    crossing = new int[capacity];
    settledRange = new double[capacity];
    settledByAngle = new boolean[capacity];
    bandRange = new double[capacity];
    bandMove = new double[capacity];
    empty = new boolean[capacity];
  }

  @Override
  boolean hasLinearPart() {
    return false;
  }

  @Override
  void enclose(Cell[] cells, int n) {
    int first = net.width[0];
    int block = first * n;
    for (int c = 0; c < n; c++) {
      cells[c].directions(point, c * d, generators, c * d * d);
      crossings[c] = 0;
      crossing[c] = Cell.NONE;
      settledRange[c] = 0;
      bandRange[c] = 0;
      empty[c] = false;
      int g = c * d * d;
      TimeSpan span = cells[c].span();
      for (int i = 0; i < first; i++) {
        int at = c * first + i;
        double sum = 0;
        for (int k = 0; k < d; k++) {
          sum += net.absolute[0][k * first + i];
          spread[0][block * (k + 1) + at] = 0;
        }
        for (int j = 0; j < d; j++) {
          double moved = 0;
          for (int k = 0; k < d; k++) {
            moved += net.weight[0][k * first + i] * generators[g + j * d + k];
          }
          forward[0][block * (d + 1 + j) + at] = moved;
        }
        forward[0][at] = span.middle[i];
        // |w + delta| <= 1 in every coordinate; weights may have been rounded once.
        spread[0][at] = SUM_ROUNDING * sum;
        spread[0][block * (d + 1) + at] =
            SUM_ROUNDING * Math.abs(span.middle[i]) + span.rest[i] + Math.abs(span.drift[i]);
      }
    }
    for (int l = 0; l < net.depth; l++) {
      int w = net.width[l];
      for (int c = 0; c < n; c++) {
        for (int i = 0; i < w; i++) {
          if (l == 0 && i == cells[c].neuron()) {
            banded(c * w + i, c, n, cells[c]);
            bandRange[c] = halfIn[(d + 1) * w * n + c * w + i];
          } else {
            neuron(l, c * w + i, c, n, cells[c].radius());
            if (l == 0) {
              settled(c, c * w + i, n);
            }
          }
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
    double centre = t[block * (d + 1) + i];
    double width = 0;
    for (int j = 1; j < d; j++) {
      width += Math.abs(t[block * (d + 1 + j) + i]);
    }
    width = width * (1 + SUM_ROUNDING) + e[i];
    double half = e[block * (d + 1) + i];
    double least = t[i] - half;
    double largest = t[i] + half;
    double low = radius * (centre - width) + least;
    double high = radius * (centre + width) + largest;
    reach[l][i] = -1;
    if (centre == 0 && width == 0) {
      reach[l][i] = 0;
      inert(l, i, least, largest, n);
    } else if (centre - width > 0 && low > 0) {
      positive(l, i, low - SUM_ROUNDING * Math.abs(low), least, largest, n);
    } else if (centre + width < 0 && high < 0) {
      negative(l, i, high + SUM_ROUNDING * Math.abs(high), n);
    } else {
      if (Math.abs(centre) <= width) {
        reach[l][i] = width;
        if (l == 0) {
          crossings[c]++;
          crossing[c] = i - c * net.width[0];
        }
      }
      crossing(l, i, n, centre, width, least, largest);
    }
  }

  private void settled(int c, int i, int n) {
    int block = net.width[0] * n;
    double range = halfIn[(d + 1) * block + i];
    double centre = Math.abs(forward[0][block * (d + 1) + i]);
    double width = 0;
    for (int j = 1; j < d; j++) {
      width += Math.abs(forward[0][block * (d + 1 + j) + i]);
    }
    if (width < centre && range > settledRange[c]) {
      settledRange[c] = range;
      settledByAngle[c] = width > 0.25 * centre;
    }
  }

  /** The neuron of the first layer that the cell restricts to a band. */
  private void banded(int i, int c, int n, Cell cell) {
    int block = net.width[0] * n;
    double[] t = forward[0];
    double half = spread[0][block * (d + 1) + i];
    double centre = t[block * (d + 1) + i];
    double width = spread[0][i];
    for (int j = 1; j < d; j++) {
      width += Math.abs(t[block * (d + 1 + j) + i]) * (1 + SUM_ROUNDING);
    }
    bandMove[c] = cell.radius() * width;
    double least = cell.radius() * (centre - width) + t[i] - half;
    double largest = cell.radius() * (centre + width) + t[i] + half;
    empty[c] =
        (centre - width > 0 && least - SUM_ROUNDING * Math.abs(least) > cell.bandTo())
            || (centre + width < 0 && largest + SUM_ROUNDING * Math.abs(largest) < cell.bandFrom());
    reach[0][i] = 0;
    if (cell.bandFrom() > 0 && cell.bandTo() == INFINITY) {
      positive(0, i, cell.bandFrom(), forward[0][i] - half, forward[0][i] + half, n);
    } else if (cell.bandTo() < 0 && cell.bandFrom() == -INFINITY) {
      negative(0, i, cell.bandTo(), n);
    } else {
      inert(0, i, cell.bandFrom(), cell.bandTo(), n);
    }
  }

  private void positive(int l, int i, double low, double least, double largest, int n) {
    double restLow = enclosure.leastRest(low, INFINITY);
    double restHigh = enclosure.largestRest(low, INFINITY);
    if (enclosure.isRectifying()) {
      put(l, i, 1, low, INFINITY);
      next(l, i, n, 1, 0, least + restLow, largest + restHigh);
    } else {
      put(l, i, 0, low, INFINITY);
      next(l, i, n, 0, 0, restLow, restHigh);
    }
  }

  private void negative(int l, int i, double high, int n) {
    put(l, i, 0, -INFINITY, high);
    next(
        l,
        i,
        n,
        0,
        0,
        enclosure.leastRest(-INFINITY, high),
        enclosure.largestRest(-INFINITY, high));
  }

  /** A neuron whose z lies in {@code [from, to]} whatever r is. */
  private void inert(int l, int i, double from, double to, int n) {
    double low = enclosure.leastSlope(from, to);
    double high = enclosure.largestSlope(from, to);
    double middle = 0.5 * (from + to);
    double value = f.value(middle);
    double error =
        Math.max(Math.abs(low), Math.abs(high)) * 0.5 * (to - from) * (1 + SUM_ROUNDING)
            + SlopeEnclosure.VALUE_ROUNDING * (Math.abs(value) + Math.abs(middle));
    put(l, i, 0.5 * (low + high), from, to);
    next(l, i, n, 0, 0, value - error, value + error);
  }

  private void crossing(
      int l, int i, int n, double centre, double width, double least, double largest) {
    double lowSlope = enclosure.leastSlope(-INFINITY, INFINITY);
    double highSlope = enclosure.largestSlope(-INFINITY, INFINITY);
    put(l, i, 0.5 * (lowSlope + highSlope), -INFINITY, INFINITY);
    if (enclosure.isRectifying()) {
      double most = Math.abs(centre) + width;
      next(
          l,
          i,
          n,
          0.5,
          0.5 * most,
          Math.min(0, least) + enclosure.leastRest(-INFINITY, 0),
          Math.max(0, largest) + enclosure.largestRest(-INFINITY, 0));
    } else {
      next(
          l,
          i,
          n,
          0,
          0,
          enclosure.leastRest(-INFINITY, INFINITY),
          enclosure.largestRest(-INFINITY, INFINITY));
    }
  }

  /** The reference slope and the interval about it. */
  private void put(int l, int i, double slope, double from, double to) {
    SlopeEnclosure.Result s = slopes[l];
    double low = enclosure.leastSlope(from, to) - slope;
    double high = enclosure.largestSlope(from, to) - slope;
    s.slope[i] = slope;
    s.chord[i] = 0;
    s.shift[i] = 0.5 * (low + high);
    s.eps[i] = 0.5 * (high - low) * (1 + SUM_ROUNDING);
    s.deviation[i] = Math.max(Math.abs(low), Math.abs(high)) * (1 + SUM_ROUNDING);
  }

  /**
   * What the next layer reads: tangents, A and beta.
   *
   * @param share the factor from A to A'
   * @param rest what A' may differ from that by
   */
  private void next(int l, int i, int n, double share, double rest, double least, double largest) {
    int block = net.width[l] * n;
    double[] t = forward[l];
    double[] e = spread[l];
    SlopeEnclosure.Result s = slopes[l];
    double slope = s.slope[i];
    double m = s.deviation[i];
    in[i] = 0.5 * (least + largest);
    for (int k = 1; k <= d; k++) {
      double tangent = t[k * block + i];
      in[k * block + i] = slope * tangent;
      halfIn[k * block + i] = m * Math.abs(tangent) + (Math.abs(slope) + m) * e[k * block + i];
    }
    double size = 0;
    for (int j = d + 1; j <= 2 * d; j++) {
      double a = share * t[j * block + i];
      in[j * block + i] = a;
      size += Math.abs(a);
    }
    halfIn[i] = share * e[i] + rest + SUM_ROUNDING * size;
    halfIn[(d + 1) * block + i] =
        0.5 * (largest - least) + SUM_ROUNDING * Math.max(Math.abs(least), Math.abs(largest));
  }

  private void advance(int l, int n) {
    int w = net.width[l];
    int next = net.width[l + 1];
    net.kernels.gemm(next, n * (2 * d + 1), w, 1, net.weight[l + 1], in, 0, forward[l + 1]);
    net.kernels.addBias(next, n, forward[l + 1], 0, net.bias[l + 1], 0);
    net.kernels.gemm(next, n * (d + 2), w, 1, net.absolute[l + 1], halfIn, 0, spread[l + 1]);
    int beta = next * n * (d + 1);
    for (int c = 0; c < n; c++) {
      for (int i = 0; i < next; i++) {
        spread[l + 1][beta + c * next + i] += SUM_ROUNDING * Math.abs(net.bias[l + 1][i]);
      }
    }
  }

  /**
   * The radius where that is what leaves most; else an angle; or the strip of the one neuron that
   * crosses, if the rest is due to its value or the cell is narrow already.
   */
  @Override
  int direction(CellForm form, Cell cell, int c) {
    form.withoutEnds();
    double radial = form.radialScore;
    double strip = form.stripScore;
    int angle = 0;
    for (int j = 1; j < d; j++) {
      angle = angle == 0 || form.score[j] > form.score[angle] ? j : angle;
    }
    double angular = angle == 0 ? 0 : form.score[angle];
    if (radial >= Math.max(strip, angular) || (radial > 0.1 * strip && strip > angular)) {
      return 0;
    }
    int settled = settledByAngle[c] && angle > 0 ? angle : 0;
    if (cell.neuron() != Cell.NONE) {
      if (strip < angular && bandMove[c] > cell.bandWidth()) {
        return angle;
      }
      return bandRange[c] >= settledRange[c] ? Cell.STRIP : settled;
    }
    if (crossings[c] == 1 && (strip >= angular || cell.width() < NARROW)) {
      cell.crossing = crossing[c];
      return Cell.STRIP;
    }
    return crossings[c] == 0 && strip >= angular ? settled : angle;
  }

  @Override
  boolean isEmpty(int c) {
    return empty[c];
  }

  /** Points of the cells at which the value may be near the bound, see {@link FarPoints}. */
  int candidates(Cell[] cells, int n, Predicate<Cell> wanted, double[] x, int[] timeOf) {
    return points.candidates(cells, n, wanted, point, crossing, x, timeOf);
  }
}
