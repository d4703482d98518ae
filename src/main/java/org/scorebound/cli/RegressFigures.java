package org.scorebound.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.scorebound.regress.Allocation;
import org.scorebound.regress.Block;
import org.scorebound.regress.Comparison;
import org.scorebound.regress.GateRun;
import org.scorebound.regress.Judgement;
import org.scorebound.regress.Order;
import org.scorebound.regress.Side;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.Rows;
import org.scorebound.result.Series;
import org.scorebound.result.Table;

/** What a comparison shows: the forks of both sides, and the ratio of each block. */
final class RegressFigures {

  private RegressFigures() {}

  static List<Figure> figures(GateRun.Measured measured) {
    List<Figure> figures = new ArrayList<>();
    int number = 1;
    for (org.scorebound.regress.Series s : measured.series()) {
      if (!s.blocks().isEmpty()) {
        figures.add(forks(number, s));
        figures.add(ratios(number++, s, s.id().label()));
      }
    }
    for (org.scorebound.regress.Series s : measured.controls()) {
      if (!s.blocks().isEmpty()) {
        figures.add(ratios(0, s, "control A/A, " + s.id().label()));
      }
    }
    return figures;
  }

  /** Forks in the order they ran, so that drift and outliers are seen as well as the spread. */
  private static Figure forks(int number, org.scorebound.regress.Series s) {
    List<Series> sides = new ArrayList<>();
    for (Side side : Side.values()) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      int run = 0;
      for (Block block : s.blocks()) {
        for (int i = 0; i < Order.FORKS; i++) {
          run++;
          if (block.order().sides().get(i) == side) {
            x.add((double) run);
            y.add(Math.exp(block.forks().get(i).log()));
          }
        }
      }
      sides.add(Series.points(side.label(), array(x), array(y)));
    }
    return Figure.xy(
        "forks-" + number,
        "Forks of " + s.id().label(),
        "One point a fork: the median of its iterations after the warm-up, in the order they ran.",
        Quantity.linear("fork", ""),
        Quantity.linear("score", s.metric().unit()),
        sides);
  }

  private static Figure ratios(int number, org.scorebound.regress.Series s, String what) {
    double[] logs = s.logRatios(s.blocks().size());
    double[] x = new double[logs.length];
    double[] y = new double[logs.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i + 1;
      y[i] = Math.exp(logs[i]);
    }
    return Figure.xy(
            number == 0 ? "ratios-control" : "ratios-" + number,
            "Ratio per block of " + what,
            "Cost of the candidate over the baseline's, two forks of each a block; above 1 is"
                + " slower.",
            Quantity.linear("block", ""),
            Quantity.linear("ratio", ""),
            List.of(Series.points("block", x, y)))
        .with(List.of(new Figure.Reference("no difference", Figure.Across.Y, 1)));
  }

  static Table table(Judgement judgement) {
    return Rows.of(judgement.comparisons())
        .text("benchmark", c -> c.id().label())
        .number("ratio", c -> c.measured() ? c.ratio().value() : null)
        .number("lower", c -> c.measured() ? c.ratio().lower() : null)
        .number("upper", c -> Double.isFinite(c.ratio().upper()) ? c.ratio().upper() : null)
        .number("blocks", Comparison::blocks)
        .number(
            "allocation", "B/op more", c -> c.allocation().map(Allocation::difference).orElse(null))
        .text("verdict", c -> c.verdict().label())
        .text("reason", Comparison::reason)
        .table(
            "verdicts",
            "Verdicts",
            "Ratio of cost, candidate over baseline, with its one-sided 99 % bounds.");
  }

  /** A ratio as a table shows it. */
  static String ratio(double ratio) {
    return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.4f", ratio) : "-";
  }

  private static double[] array(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
