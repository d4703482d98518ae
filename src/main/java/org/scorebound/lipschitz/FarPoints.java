package org.scorebound.lipschitz;

import java.util.function.Predicate;

/** Sample points of cells that reach to infinity. */
final class FarPoints {

  /** How many per cell. */
  static final int CANDIDATES = 2;

  /** Their radius over the cell's least one. */
  private static final double AHEAD = 64;

  private static final double FARTHEST = 1e9;

  private final FrozenLayers net;
  private final int d;
  private final double peak;

  /**
   * For the cells of a network.
   *
   * @param peak a z such that the slope is near its extremes at z and -z
   */
  FarPoints(FrozenLayers net, double peak) {
    this.net = net;
    this.d = net.d;
    this.peak = peak;
  }

  /**
   * Points of the cells at which the value may be near the bound: on either side of the zero line
   * of the neuron that crosses, or in its band.
   *
   * @param wanted which cells
   * @param directions the central directions w, d x n
   * @param crossing a neuron of the first layer that crosses each cell, or NONE
   * @param x takes up to {@code d x (2 n)} numbers
   * @param timeOf takes the index of the time of each
   * @return the number of points
   */
  int candidates(
      Cell[] cells,
      int n,
      Predicate<Cell> wanted,
      double[] directions,
      int[] crossing,
      double[] x,
      int[] timeOf) {
    int count = 0;
    for (int c = 0; c < n; c++) {
      Cell cell = cells[c];
      if (!wanted.test(cell)) {
        continue;
      }
      double radius = Math.min(FARTHEST, AHEAD * cell.radius());
      int i = cell.neuron() != Cell.NONE ? cell.neuron() : crossing[c];
      double from = cell.neuron() != Cell.NONE ? cell.bandFrom() : -peak;
      double to = cell.neuron() != Cell.NONE ? cell.bandTo() : peak;
      double a = from == Double.NEGATIVE_INFINITY ? to - 1 : from;
      double b = to == Double.POSITIVE_INFINITY ? from + 1 : to;
      for (int k = 0; k < CANDIDATES; k++) {
        double z = cell.neuron() == Cell.NONE ? (k == 0 ? a : b) : a + (b - a) * (k + 1) / 3;
        System.arraycopy(directions, c * d, x, d * count, d);
        timeOf[count] = cell.span().centre();
        candidate(cell, radius, i, z, x, d * count++);
      }
    }
    return count;
  }

  /** The point at a radius where neuron i has the value z, if an angle of the cell gives it. */
  private void candidate(Cell cell, double radius, int i, double z, double[] x, int at) {
    int first = net.width[0];
    double[] bias = cell.span().at(cell.span().centre());
    if (i != Cell.NONE && d > 1) {
      double[] w = net.weight[0];
      double sum = 0;
      int axis = cell.axis() == 0 ? 1 : 0;
      for (int k = 0; k < d; k++) {
        sum += w[k * first + i] * x[at + k];
        if (k != cell.axis() && Math.abs(w[k * first + i]) > Math.abs(w[axis * first + i])) {
          axis = k;
        }
      }
      double step = ((z - bias[i]) / radius - sum) / w[axis * first + i];
      if (Math.abs(step) <= 1) {
        x[at + axis] += step;
      }
    }
    for (int k = 0; k < d; k++) {
      x[at + k] *= radius;
    }
  }
}
