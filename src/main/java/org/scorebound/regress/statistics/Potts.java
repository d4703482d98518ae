package org.scorebound.regress.statistics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Change points by the L1 Potts functional (Storath, Weinmann and Unser 2017,
 * doi:10.1093/imaiai/iaw022): of all step functions u whose steps are at least {@value #SHORTEST}
 * long the one with the least
 *
 * <pre>
 *   sum_i |x_i - u_i| + gamma * jumps(u),      gamma = {@value #PENALTY} * s * ln max(n, 20)
 * </pre>
 *
 * where s is the mean absolute deviation of normal noise, estimated by the median size of
 * successive differences, which jumps hardly change. The minimum is exact, by dynamic programming
 * over the last jump; on each step u is the median, so that single outliers neither make a jump nor
 * hide one. The factor holds false jumps in independent normal noise to about 1 % of series up to
 * 200 long (a test). Cost: O(n^2 log n).
 */
public final class Potts {

  /** Two slow nights are no trend. */
  public static final int SHORTEST = 3;

  static final double PENALTY = 3;

  /** Mean absolute deviation over median size of a difference of two, for normal numbers. */
  private static final double DEVIATION = 0.7978845608028654 / (0.6744897501960817 * Math.sqrt(2));

  private Potts() {}

  /**
   * A stretch between two changes.
   *
   * @param from index of its first number
   * @param to index after its last
   * @param level its median
   */
  public record Step(int from, int to, double level) {}

  /**
   * The steps.
   *
   * @param x finite numbers in their order
   * @param floor least scale of the noise, so that repeated equal numbers do not make every
   *     difference a change
   * @return at least one step, unless there are no numbers
   */
  public static List<Step> steps(double[] x, double floor) {
    int n = x.length;
    if (n == 0) {
      return List.of();
    }
    double gamma = PENALTY * Math.max(floor, scale(x)) * Math.log(Math.max(20, n));
    double[] best = new double[n + 1];
    int[] start = new int[n + 1];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    best[0] = -gamma;
    for (int to = 1; to <= n; to++) {
      MedianDeviation deviation = new MedianDeviation();
      for (int from = to - 1; from >= 0; from--) {
        deviation.add(x[from]);
        boolean longEnough = to - from >= SHORTEST || to - from == n;
        double cost = best[from] + gamma + deviation.sum();
        if (longEnough && cost < best[to]) {
          best[to] = cost;
          start[to] = from;
        }
      }
    }
    if (best[n] == Double.POSITIVE_INFINITY) {
      return List.of(new Step(0, n, SteadyState.middle(x)));
    }
    Deque<Step> steps = new ArrayDeque<>();
    for (int to = n; to > 0; to = start[to]) {
      double level = SteadyState.middle(Arrays.copyOfRange(x, start[to], to));
      steps.addFirst(new Step(start[to], to, level));
    }
    return new ArrayList<>(steps);
  }

  /** Mean absolute deviation of the noise, from successive differences. */
  static double scale(double[] x) {
    double[] differences = new double[Math.max(0, x.length - 1)];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.abs(x[i + 1] - x[i]);
    }
    return differences.length == 0 ? 0 : DEVIATION * SteadyState.middle(differences);
  }

  /** The sum of distances to the median of a growing set: two heaps and their sums. */
  private static final class MedianDeviation {
    private final PriorityQueue<Double> below = new PriorityQueue<>(Collections.reverseOrder());
    private final PriorityQueue<Double> above = new PriorityQueue<>();
    private double sumBelow;
    private double sumAbove;

    void add(double v) {
      if (below.isEmpty() || v <= below.element()) {
        below.add(v);
        sumBelow += v;
      } else {
        above.add(v);
        sumAbove += v;
      }
      if (below.size() > above.size() + 1) {
        double moved = below.remove();
        sumBelow -= moved;
        above.add(moved);
        sumAbove += moved;
      } else if (above.size() > below.size()) {
        double moved = above.remove();
        sumAbove -= moved;
        below.add(moved);
        sumBelow += moved;
      }
    }

    /** Of an odd count the middle one is in the lower heap and counts nothing. */
    double sum() {
      double odd = below.size() > above.size() ? below.element() : 0;
      return sumAbove - sumBelow + odd;
    }
  }
}
