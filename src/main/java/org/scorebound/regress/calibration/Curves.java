package org.scorebound.regress.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.jspecify.annotations.Nullable;
import org.scorebound.regress.Verdict;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.Rows;
import org.scorebound.result.Series;
import org.scorebound.result.Table;

/** Rows of a study as a table and as curves. */
public final class Curves {

  private static final String GATE = "this gate";

  private Curves() {}

  /** Upper end of the 95 % interval of Clopper and Pearson for a rate, one-sided. */
  public static double atMost(int count, int runs) {
    return count >= runs
        ? 1
        : new BetaDistribution(null, count + 1.0, (double) runs - count)
            .inverseCumulativeProbability(0.95);
  }

  /** One line for each condition, effect and kind of runs. */
  public static Table table(List<Study.Row> rows) {
    Rows<Study.Row> table =
        Rows.of(rows)
            .text("condition", row -> row.condition().label())
            .number("injected", "%", Study.Row::percent)
            .text("forks", row -> row.real() ? "real" : "drawn")
            .number("runs", Study.Row::runs)
            .number("mean blocks", row -> Math.rint(10 * row.blocks()) / 10);
    for (Verdict v : Verdict.values()) {
      table.number(v.label(), row -> row.count(v));
    }
    for (Rival rival : Rival.values()) {
      table.number(rival.title(), row -> row.rivals().getOrDefault(rival, 0));
    }
    return table.table(
        "calibration",
        "How often the gate and other rules call a candidate slower",
        "Runs by verdict of the gate, and runs that each other rule calls slower, on the same forks."
            + " Real: measured like that. Drawn: blocks drawn from real forks of identical sides,"
            + " scores of the candidate multiplied.");
  }

  /** False alarms against power at one effect, along each rule's threshold. */
  public static Figure curve(Study.Row none, Study.Row some) {
    List<Series> series = new ArrayList<>();
    series.add(series(GATE, none.scores().gate(), some.scores().gate()));
    for (Rival rival : Rival.values()) {
      series.add(
          series(
              rival.title(), none.scores().rivals().get(rival), some.scores().rivals().get(rival)));
    }
    return Figure.xy(
            none.condition() == Condition.QUIET
                ? "roc"
                : "roc-" + none.condition().name().toLowerCase(Locale.ROOT),
            String.format(Locale.ROOT, "False alarms and power at %.0f %%", some.percent()),
            "Runs drawn from real forks, "
                + none.condition().label()
                + ": the share of identical and of slowed sides that a rule calls slower, as its"
                + " threshold moves. Where a line starts is the highest power without a false"
                + " alarm.",
            Quantity.linear("false alarms", "share of runs"),
            Quantity.linear("power", "share of runs"),
            series)
        .with(List.of(new Figure.Reference("1 %", Figure.Across.X, 0.01)));
  }

  private static Series series(String name, double @Nullable [] none, double @Nullable [] some) {
    double[] still = sorted(none);
    double[] slowed = sorted(some);
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    double last = -1;
    for (int i = still.length; i >= 0; i--) {
      // As many false alarms as there are scores above this one.
      double threshold = i == 0 ? Double.NEGATIVE_INFINITY : still[i - 1];
      double alarms = above(still, threshold) / (double) still.length;
      if (alarms != last) {
        x.add(alarms);
        y.add(above(slowed, threshold) / (double) slowed.length);
        last = alarms;
      }
    }
    return Series.line(name, array(x), array(y));
  }

  private static int above(double[] sorted, double threshold) {
    int count = 0;
    while (count < sorted.length && sorted[sorted.length - 1 - count] > threshold) {
      count++;
    }
    return count;
  }

  private static double[] sorted(double @Nullable [] x) {
    double[] copy = x == null ? new double[0] : x.clone();
    Arrays.sort(copy);
    return copy;
  }

  /** Share of runs that the gate calls slower, by effect, one line for each condition. */
  public static Figure power(List<Study.Row> rows) {
    List<Series> series = new ArrayList<>();
    for (Condition condition : Condition.values()) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (Study.Row row : rows) {
        if (row.condition() == condition && !row.real() && row.runs() > 0) {
          x.add(row.percent());
          y.add(row.count(Verdict.REGRESSED) / (double) row.runs());
        }
      }
      if (!x.isEmpty()) {
        series.add(Series.line(condition.label(), array(x), array(y)));
      }
    }
    return Figure.xy(
        "power",
        "What the gate finds",
        "Share of drawn runs called REGRESSED, by injected slowdown.",
        Quantity.linear("injected", "%"),
        Quantity.linear("REGRESSED", "share of runs"),
        series);
  }

  private static double[] array(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
