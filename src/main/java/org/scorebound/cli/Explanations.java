package org.scorebound.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
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
      ExplanationFigures drawn = new ExplanationFigures(e, i);
      list.add(document(e));
      figures.addAll(drawn.figures());
      tables.add(drawn.table());
    }
    document.put("explanations", list);
    document.put("figures", figures);
    document.put("tables", tables);
  }

  /** Prints one table for each configuration. */
  void print(PrintWriter out) {
    for (Explanation e : all) {
      double total = e.bound() - e.w2().value();
      out.println();
      out.println("where the bound loses: " + e.name().replaceAll("\\p{Cntrl}", "?"));
      TextTable table = new TextTable("source", "slack", "share", "interval");
      for (ExplanationFigures.Part p : ExplanationFigures.parts(e)) {
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
}
