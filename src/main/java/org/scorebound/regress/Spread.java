package org.scorebound.regress;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.scorebound.regress.statistics.SteadyState;

/** How the numbers of a series scatter; shown beside verdicts. */
final class Spread {

  private Spread() {}

  /** Median of one side's forks in the first blocks, in the metric's unit. */
  static double score(Series series, Side side, int blocks) {
    return Math.exp(middle(series, side, blocks, Fork::log));
  }

  /** Median over one side's forks in the first blocks. */
  static double middle(Series series, Side side, int blocks, ToDoubleFunction<Fork> value) {
    return SteadyState.middle(values(series, side, blocks, value));
  }

  /** One side's forks in the first blocks. */
  static double[] values(Series series, Side side, int blocks, ToDoubleFunction<Fork> value) {
    List<Double> values = new ArrayList<>();
    for (Block block : series.blocks().subList(0, Math.min(blocks, series.blocks().size()))) {
      for (int i = 0; i < Order.FORKS; i++) {
        if (block.order().sides().get(i) == side) {
          values.add(value.applyAsDouble(block.forks().get(i)));
        }
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Standard deviation; 0 of fewer than two. */
  static double deviation(double[] x) {
    double mean = 0;
    for (double v : x) {
      mean += v / x.length;
    }
    double squares = 0;
    for (double v : x) {
      squares += (v - mean) * (v - mean);
    }
    return x.length < 2 ? 0 : Math.sqrt(squares / (x.length - 1));
  }

  /**
   * Standard deviation of the logarithm of a fork's number, from the two of each side and block.
   */
  static double ofForks(Series series, int blocks) {
    double squares = 0;
    int count = 0;
    for (Side side : Side.values()) {
      double[] logs = values(series, side, blocks, Fork::log);
      for (int i = 0; i + 1 < logs.length; i += 2) {
        squares += 0.5 * (logs[i] - logs[i + 1]) * (logs[i] - logs[i + 1]);
        count++;
      }
    }
    return count == 0 ? 0 : Math.sqrt(squares / count);
  }

  /** Share of forks whose warm-up took all that the rule can give. */
  static double unsteady(Series series, int blocks) {
    List<Fork> forks =
        series.blocks().stream().limit(blocks).flatMap(b -> b.forks().stream()).toList();
    long changing =
        forks.stream()
            .filter(f -> f.scores().length > 1)
            .filter(f -> SteadyState.warmup(f.scores()) == f.scores().length / 2)
            .count();
    return forks.isEmpty() ? 0 : (double) changing / forks.size();
  }
}
