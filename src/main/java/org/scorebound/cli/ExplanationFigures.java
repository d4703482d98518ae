package org.scorebound.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Estimate;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.Rows;
import org.scorebound.result.Series;
import org.scorebound.result.Table;
import org.scorebound.verify.Explanation;

/** Where one configuration's bound loses, drawn and as a table. */
final class ExplanationFigures {

  private final Explanation explanation;
  private final int index;
  private final String name;

  /** Of the configuration at an index of its run. */
  ExplanationFigures(Explanation explanation, int index) {
    this.explanation = explanation;
    this.index = index;
    this.name = explanation.name().isBlank() ? "configuration " + index : explanation.name();
  }

  /** A source of slack. */
  record Part(String name, Estimate slack) {
    boolean isFinite() {
      return Double.isFinite(slack.upper());
    }
  }

  /** The four sources, which add up to {@code bound - W2}. */
  static List<Part> parts(Explanation e) {
    return List.of(
        new Part("coupling", e.coupling()),
        new Part("vector Cauchy-Schwarz", e.vector()),
        new Part("expectation Cauchy-Schwarz", e.expectation()),
        new Part("one-sided constant", e.oneSided()));
  }

  List<Figure> figures() {
    Explanation.Curve c = explanation.curves();
    return List.of(
        slack(),
        overTime(
            "rates",
            "What the paths met against the one-sided constants",
            "Realised rate a of R' = a R + b, an estimate, and L + k L_s, an upper bound of it.",
            Quantity.linear("rate", "1/t"),
            Series.line("realised", c.times(), c.realisedRate()),
            Series.line("L + k L_s", c.times(), explanation.rate())),
        overTime(
            "losses",
            "The two Cauchy-Schwarz steps",
            "k E (x-y).e / R, k E |x-y||e| / R, k sqrt(m): each below the next, estimates.",
            Quantity.linear("growth of R", "1/t"),
            Series.line("aligned", c.times(), c.aligned()),
            Series.line("lengths", c.times(), c.lengths()),
            Series.line("k sqrt(m)", c.times(), c.loss())),
        family());
  }

  private Figure slack() {
    List<Part> parts = parts(explanation);
    return Figure.bars(
        "slack-" + index,
        "Where the bound loses: " + name,
        "The four parts add up to bound - W2; intervals at 99 %.",
        Quantity.linear("source", ""),
        Quantity.linear("slack", ""),
        List.of(
            Series.bars(
                    "slack", parts.stream().map(Part::name).toList(), each(parts, Estimate::value))
                .within(each(parts, Estimate::lower), each(parts, Estimate::upper))));
  }

  private static double[] each(List<Part> parts, ToDoubleFunction<Estimate> what) {
    return parts.stream()
        .mapToDouble(p -> p.isFinite() ? what.applyAsDouble(p.slack()) : Double.NaN)
        .toArray();
  }

  private Figure overTime(String id, String title, String caption, Quantity y, Series... series) {
    return Figure.xy(
        id + "-" + index,
        title + ": " + name,
        caption,
        Quantity.linear("t", ""),
        y,
        List.of(series));
  }

  private Figure family() {
    List<Explanation.Member> members = explanation.members();
    double[] churn = members.stream().mapToDouble(Explanation.Member::churn).toArray();
    double[] bounds = members.stream().mapToDouble(m -> orNaN(Math.exp(m.logBound()))).toArray();
    double[] w2 = members.stream().mapToDouble(m -> m.w2().orElse(Double.NaN)).toArray();
    List<Series> lines = new ArrayList<>();
    lines.add(Series.line("bound", churn, bounds));
    if (members.stream().anyMatch(m -> m.w2().isPresent())) {
      lines.add(Series.line("W2 of the member", churn, w2));
    }
    return Figure.xy(
        "family-" + index,
        "The bound over the reverse family: " + name,
        "Each member's bound is on the W2 of its own sampler.",
        Quantity.linear("churn", ""),
        Quantity.log("bound", ""),
        lines);
  }

  private static double orNaN(double x) {
    return Double.isFinite(x) ? x : Double.NaN;
  }

  Table table() {
    double total = explanation.bound() - explanation.w2().value();
    boolean finite = Double.isFinite(total);
    return Rows.of(parts(explanation))
        .text("source", Part::name)
        .number("slack", p -> orNull(finite && p.isFinite(), p.slack().value()))
        .number("lower", p -> orNull(finite && p.isFinite(), p.slack().lower()))
        .number("upper", p -> orNull(finite && p.isFinite(), p.slack().upper()))
        .number(
            "share", p -> orNull(finite && p.isFinite() && total > 0, p.slack().value() / total))
        .table(
            "slack-" + index,
            "Where the bound loses: " + name,
            "Not closed: " + explanation.closure() + ", stated error " + explanation.statedError());
  }

  private static @Nullable Double orNull(boolean known, double value) {
    return known ? (Double) value : null;
  }
}
