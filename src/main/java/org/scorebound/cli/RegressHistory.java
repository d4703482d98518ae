package org.scorebound.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scorebound.regress.Block;
import org.scorebound.regress.Comparison;
import org.scorebound.regress.GateRun;
import org.scorebound.regress.Judgement;
import org.scorebound.regress.Order;
import org.scorebound.regress.Plan;
import org.scorebound.regress.Series;
import org.scorebound.regress.Side;
import org.scorebound.regress.history.History;
import org.scorebound.regress.history.HistoryPoint;

/** Turns a comparison into lines of a history. */
final class RegressHistory {

  private RegressHistory() {}

  /** Adds what was measured of the candidate; benchmarks without a fork are left out. */
  static void append(
      Path file, String at, Plan plan, GateRun.Measured measured, Judgement judgement) {
    List<HistoryPoint> points = new ArrayList<>();
    for (int i = 0; i < measured.series().size(); i++) {
      Series s = measured.series().get(i);
      double[] scores = scores(s);
      if (scores.length > 0) {
        Comparison c = judgement.comparisons().get(i);
        Arrays.sort(scores);
        points.add(
            new HistoryPoint(
                at,
                plan.fingerprint().id(),
                plan.candidate().name(),
                plan.candidate().source(),
                s.id(),
                s.metric().unit(),
                s.metric().higherIsBetter(),
                quantile(scores, 0.5),
                quantile(scores, 0.25),
                quantile(scores, 0.75),
                scores.length,
                c.verdict().label()));
      }
    }
    History.append(file, points);
  }

  private static double[] scores(Series s) {
    List<Double> scores = new ArrayList<>();
    for (Block block : s.blocks()) {
      for (int i = 0; i < Order.FORKS; i++) {
        if (block.order().sides().get(i) == Side.CANDIDATE) {
          scores.add(Math.exp(block.forks().get(i).log()));
        }
      }
    }
    return scores.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** By linear interpolation between order statistics. */
  private static double quantile(double[] sorted, double p) {
    double at = p * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
