package org.scorebound.lipschitz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the times that a search treats together, by their indices {@code from .. to}, and where
 * the biases of the first layer lie at them:
 *
 * <pre>
 *   b(t_i) in middle + u drift + [-rest, rest],   u in [-1, 1],
 * </pre>
 *
 * for each of the times, rounding included; u runs along the chord from the first to the last.
 * Single times have no drift. Immutable but for its halves, which are made when asked for; for one
 * thread.
 */
final class TimeSpan {

  /** Covers the few roundings of the chord. */
  private static final double ROUNDING = 0x1p-50;

  private final double[][] biases;
  private final double[] times;
  final int from;
  final int to;
  final double[] middle;

  /** Zero for a single time. */
  final double[] drift;

  final double[] rest;

  /** The largest bias of all, in size. */
  final double largest;

  /** The largest drift. */
  final double largestDrift;

  private @Nullable List<TimeSpan> halves;

  private TimeSpan(double[][] biases, double[] times, double[] spread, int from, int to) {
    this.biases = biases;
    this.times = times;
    this.from = from;
    this.to = to;
    int n = biases[0].length;
    middle = new double[n];
    drift = new double[n];
    rest = spread.clone();
    double most = 0;
    double moved = 0;
    double length = times[to] - times[from];
    for (int i = 0; i < n; i++) {
      double a = biases[from][i];
      double b = biases[to][i];
      middle[i] = from == to ? a : 0.5 * (a + b);
      drift[i] = from == to ? 0 : 0.5 * (b - a);
      double off = 0;
      double size = 0;
      for (int j = from; j <= to; j++) {
        double u = length == 0 ? 0 : 2 * (times[j] - times[from]) / length - 1;
        off = Math.max(off, Math.abs(biases[j][i] - middle[i] - u * drift[i]));
        size = Math.max(size, Math.abs(biases[j][i]));
      }
      rest[i] += from == to ? 0 : off + ROUNDING * (size + Math.abs(drift[i]));
      most = Math.max(most, size);
      moved = Math.max(moved, Math.abs(drift[i]));
    }
    largest = most;
    largestDrift = moved;
  }

  /**
   * All times.
   *
   * @param biases of the first layer at each of them
   * @param times in rising order
   * @param spread how far a bias may be from those, either way
   */
  static TimeSpan of(double[][] biases, double[] times, double[] spread) {
    return new TimeSpan(biases, times, spread, 0, times.length - 1);
  }

  /** One network. */
  static TimeSpan of(FrozenLayers net) {
    return of(new double[][] {net.bias[0]}, new double[1], net.biasSpread);
  }

  /** The number of times. */
  int size() {
    return to - from + 1;
  }

  /** The time in the middle. */
  int centre() {
    return (from + to) / 2;
  }

  /** The biases at time i. */
  double[] at(int i) {
    return biases[i];
  }

  /** Its two halves; it must have more than one time. */
  List<TimeSpan> halves() {
    List<TimeSpan> list = halves;
    if (list == null) {
      double[] spread = new double[rest.length];
      list =
          List.of(
              new TimeSpan(biases, times, spread, from, centre()),
              new TimeSpan(biases, times, spread, centre() + 1, to));
      halves = list;
    }
    return list;
  }
}
