package org.scorebound.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.InputException;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Figure;
import org.scorebound.result.Progress;
import org.scorebound.result.Quantity;
import org.scorebound.result.Series;
import org.scorebound.result.Table;
import org.scorebound.verify.Campaign;
import org.scorebound.verify.Explanation;

/** What {@code verify --explain} adds: where each configuration's bound loses. */
final class Explanations {

  /** More would be a document of figures. */
  private static final int MOST = 50;

  private final List<Explanation> all;

  private Explanations(List<Explanation> all) {
    this.all = all;
  }

  /** Explains every configuration whose bound is finite. */
  static Explanations of(VerifyRun run, List<Campaign.Entry> entries, Progress progress) {
    List<Explanation> all = new ArrayList<>();
    for (Campaign.Entry entry : entries) {
      progress.report(all.size(), entries.size(), "explanations");
      Explanation.of(
              entry.outcome(),
              run.paths(),
              RandomStream.root(run.seed()).child("explanation").child(entry.id()),
              run.kernels())
          .ifPresent(all::add);
    }
    return new Explanations(all);
  }

  /** Refuses more configurations than are explained one by one. */
  static void check(int configurations) {
    if (configurations > MOST) {
      throw new InputException(
          "--explain is for at most "
              + MOST
              + " configurations, got "
              + configurations
              + "; give --config, --data or a smaller --count");
    }
  }

  /** Adds {@code explanations}, {@code figures} and {@code tables} to a document. */
  void addTo(Map<String, @Nullable Object> document) {
    List<Object> list = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Explanation e = all.get(i);
      list.add(document(e));
      figures.addAll(figures(e, i));
      tables.add(table(e, i));
    }
    document.put("explanations", list);
    document.put("figures", figures);
    document.put("tables", tables);
  }

  private record Part(String name, Estimate slack) {}

  private static List<Part> parts(Explanation e) {
    return List.of(
        new Part("coupling", e.coupling()),
        new Part("vector Cauchy-Schwarz", e.vector()),
        new Part("expectation Cauchy-Schwarz", e.expectation()),
        new Part("one-sided constant", e.oneSided()));
  }

  /** Prints one table for each configuration. */
  void print(PrintWriter out) {
    for (Explanation e : all) {
      double total = e.bound() - e.w2().value();
      out.println();
      out.println("where the bound loses: " + e.name().replaceAll("\\p{Cntrl}", "?"));
      TextTable table = new TextTable("source", "slack", "share", "interval");
      for (Part p : parts(e)) {
        double value = p.slack().value();
        boolean finite = Double.isFinite(total) && Double.isFinite(p.slack().upper());
        table.row(
            p.name(),
            finite ? number(value) : "beyond",
            finite && total > 0 ? String.format(Locale.ROOT, "%.1f %%", 100 * value / total) : "-",
            finite
                ? "[" + number(p.slack().lower()) + ", " + number(p.slack().upper()) + "]"
                : "-");
      }
      table.row("not closed", number(e.closure()), "", "at most " + number(e.statedError()));
      out.print(table);
      out.printf(
          Locale.ROOT,
          "bound %s = W2 %s + slack %s; coupled paths %s%n",
          Double.isFinite(e.bound())
              ? number(e.bound())
              : String.format(Locale.ROOT, "e^%.1f", e.logBound()),
          number(e.w2().value()),
          Double.isFinite(total) ? number(total) : "beyond every double",
          number(e.rms()));
      out.printf(
          Locale.ROOT,
          "best of the family: churn %.3f%s, bound %s%s%n",
          e.best().churn(),
          e.bestIsLargest() ? " (the largest tried)" : "",
          bound(e.best().logBound()),
          e.best().w2().map(w -> " on its own W2 of " + number(w)).orElse(""));
    }
  }

  private static String bound(double log) {
    return log < 700 ? number(Math.exp(log)) : String.format(Locale.ROOT, "e^%.1f", log);
  }

  private static String number(double x) {
    return VerifySummary.number(OptionalDouble.of(x));
  }

  private static @Nullable Double finite(double x) {
    return Double.isFinite(x) ? (Double) x : null;
  }

  private static Map<String, @Nullable Object> document(Explanation e) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", e.name());
    json.put("w2", estimate(e.w2()));
    json.put("coupledRms", e.rms());
    json.put("bound", finite(e.bound()));
    json.put("logBound", e.logBound());
    json.put("slack", finite(e.bound() - e.w2().value()));
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    parts.put("coupling", estimate(e.coupling()));
    parts.put("vectorCauchySchwarz", estimate(e.vector()));
    parts.put("expectationCauchySchwarz", estimate(e.expectation()));
    parts.put("oneSidedConstant", estimate(e.oneSided()));
    json.put("parts", parts);
    json.put("notClosed", e.closure());
    json.put("statedError", e.statedError());
    json.put("family", e.members().stream().map(Explanations::member).toList());
    json.put("best", member(e.best()));
    return json;
  }

  private static Map<String, @Nullable Object> member(Explanation.Member m) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("churn", m.churn());
    json.put("bound", finite(Math.exp(m.logBound())));
    json.put("logBound", m.logBound());
    json.put("logI", m.logI());
    json.put("w2", m.w2().orElse(null));
    return json;
  }

  private static Map<String, @Nullable Object> estimate(Estimate e) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put(
        "value", finite(e.upper()) == null && e.value() == Double.MAX_VALUE ? null : e.value());
    json.put("lower", e.lower());
    json.put("upper", finite(e.upper()));
    json.put("kind", e.kind().label());
    return json;
  }

  private static List<Figure> figures(Explanation e, int i) {
    List<Figure> figures = new ArrayList<>();
    List<Part> parts = parts(e);
    double[] values = new double[parts.size()];
    double[] lower = new double[parts.size()];
    double[] upper = new double[parts.size()];
    for (int p = 0; p < values.length; p++) {
      Estimate slack = parts.get(p).slack();
      boolean finite = Double.isFinite(slack.upper());
      values[p] = finite ? slack.value() : Double.NaN;
      lower[p] = finite ? slack.lower() : Double.NaN;
      upper[p] = finite ? slack.upper() : Double.NaN;
    }
    String name = e.name().isBlank() ? "configuration " + i : e.name();
    figures.add(
        Figure.bars(
            "slack-" + i,
            "Where the bound loses: " + name,
            "The four parts add up to bound - W2; intervals at 99 %.",
            Quantity.linear("source", ""),
            Quantity.linear("slack", ""),
            List.of(
                Series.bars("slack", parts.stream().map(Part::name).toList(), values)
                    .within(lower, upper))));
    Explanation.Curve c = e.curves();
    figures.add(
        Figure.xy(
            "rates-" + i,
            "What the paths met against the one-sided constants: " + name,
            "Realised rate a of R' = a R + b, an estimate, and L + k L_s, an upper bound of it.",
            Quantity.linear("t", ""),
            Quantity.linear("rate", "1/t"),
            List.of(
                Series.line("realised", c.times(), c.realisedRate()),
                Series.line("L + k L_s", c.times(), e.rate()))));
    figures.add(
        Figure.xy(
            "losses-" + i,
            "The two Cauchy-Schwarz steps: " + name,
            "k E (x-y).e / R, k E |x-y||e| / R, k sqrt(m): each below the next, estimates.",
            Quantity.linear("t", ""),
            Quantity.linear("growth of R", "1/t"),
            List.of(
                Series.line("aligned", c.times(), c.aligned()),
                Series.line("lengths", c.times(), c.lengths()),
                Series.line("k sqrt(m)", c.times(), c.loss()))));
    double[] churn = e.members().stream().mapToDouble(Explanation.Member::churn).toArray();
    double[] bounds =
        e.members().stream().mapToDouble(m -> orNaN(Math.exp(m.logBound()))).toArray();
    double[] w2 = e.members().stream().mapToDouble(m -> m.w2().orElse(Double.NaN)).toArray();
    List<Series> lines = new ArrayList<>();
    lines.add(Series.line("bound", churn, bounds));
    if (e.members().stream().anyMatch(m -> m.w2().isPresent())) {
      lines.add(Series.line("W2 of the member", churn, w2));
    }
    figures.add(
        Figure.xy(
            "family-" + i,
            "The bound over the reverse family: " + name,
            "Each member's bound is on the W2 of its own sampler.",
            Quantity.linear("churn", ""),
            Quantity.log("bound", ""),
            lines));
    return figures;
  }

  private static double orNaN(double x) {
    return Double.isFinite(x) ? x : Double.NaN;
  }

  private static Table table(Explanation e, int i) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    double total = e.bound() - e.w2().value();
    for (Part p : parts(e)) {
      boolean finite = Double.isFinite(p.slack().upper()) && Double.isFinite(total);
      rows.add(
          Arrays.asList(
              p.name(),
              finite ? (Double) p.slack().value() : null,
              finite ? (Double) p.slack().lower() : null,
              finite ? (Double) p.slack().upper() : null,
              finite && total > 0 ? (Double) (p.slack().value() / total) : null));
    }
    return new Table(
        "slack-" + i,
        "Where the bound loses: " + (e.name().isBlank() ? "configuration " + i : e.name()),
        "Not closed: " + e.closure() + ", stated error " + e.statedError(),
        List.of(
            Table.Column.text("source"),
            Table.Column.number("slack", ""),
            Table.Column.number("lower", ""),
            Table.Column.number("upper", ""),
            Table.Column.number("share", "")),
        rows);
  }
}
