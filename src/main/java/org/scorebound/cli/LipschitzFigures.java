package org.scorebound.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.Series;
import org.scorebound.result.Table;

/** The table and the figure of {@code lipschitz}. */
final class LipschitzFigures {

  private LipschitzFigures() {}

  /** A whole number without a point. */
  static String plain(double t) {
    return t == Math.rint(t) && Math.abs(t) < 1e15 ? String.valueOf((long) t) : String.valueOf(t);
  }

  static Table table(List<LipschitzBrackets.Row> results, @Nullable Double box) {
    List<Table.Column> columns = new ArrayList<>();
    columns.add(Table.Column.number("t", ""));
    columns.add(Table.Column.number("product of norms", ""));
    columns.add(Table.Column.number("logarithmic norm", ""));
    if (box != null) {
      columns.add(Table.Column.number("sampled in the box", ""));
      columns.add(Table.Column.number("certified in the box", ""));
    }
    columns.add(Table.Column.number("sampled", ""));
    columns.add(Table.Column.number("certified", ""));
    columns.add(Table.Column.number("boxes", ""));
    columns.add(new Table.Column("gap reached", "", false));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (LipschitzBrackets.Row r : results) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add(r.t());
      row.add(r.productOfNorms());
      row.add(r.logarithmicNorm());
      if (box != null) {
        row.add(r.sampledBox().isPresent() ? r.sampledBox().getAsDouble() : null);
        row.add(r.certifiedBox().isPresent() ? r.certifiedBox().getAsDouble() : null);
      }
      row.add(r.sampled());
      row.add(r.certified());
      row.add(r.boxes());
      row.add(r.gapReached());
      rows.add(row);
    }
    return new Table(
        "brackets",
        "One-sided Lipschitz constant of the score",
        "sampled is attained, certified is never exceeded; over all of R^d unless a box is named",
        columns,
        rows);
  }

  static List<Figure> figures(List<LipschitzBrackets.Row> results) {
    if (results.size() < 2) {
      return List.of();
    }
    double[] t = results.stream().mapToDouble(LipschitzBrackets.Row::t).toArray();
    double[] certified = results.stream().mapToDouble(LipschitzBrackets.Row::certified).toArray();
    double[] sampled = results.stream().mapToDouble(LipschitzBrackets.Row::sampled).toArray();
    return List.of(
        Figure.xy(
            "l-s",
            "L_s(t) over all of R^d",
            "certified from above, sampled from below",
            Quantity.linear("t", ""),
            Quantity.linear("L_s", ""),
            List.of(Series.line("certified", t, certified), Series.line("sampled", t, sampled))));
  }
}
