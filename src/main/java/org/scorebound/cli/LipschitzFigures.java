package org.scorebound.cli;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.Rows;
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
    Rows<LipschitzBrackets.Row> rows =
        Rows.of(results)
            .number("t", LipschitzBrackets.Row::t)
            .number("product of norms", LipschitzBrackets.Row::productOfNorms)
            .number("logarithmic norm", LipschitzBrackets.Row::logarithmicNorm);
    if (box != null) {
      rows.number("sampled in the box", r -> orNull(r.sampledBox()))
          .number("certified in the box", r -> orNull(r.certifiedBox()));
    }
    return rows.number("sampled", LipschitzBrackets.Row::sampled)
        .number("certified", LipschitzBrackets.Row::certified)
        .number("boxes", LipschitzBrackets.Row::boxes)
        .text("gap reached", LipschitzBrackets.Row::gapReached)
        .table(
            "brackets",
            "One-sided Lipschitz constant of the score",
            "sampled is attained, certified is never exceeded; over all of R^d unless a box is"
                + " named");
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
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
