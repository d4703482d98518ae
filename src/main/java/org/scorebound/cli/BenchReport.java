package org.scorebound.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.scorebound.bench.BenchDocument;
import org.scorebound.bench.Figure;
import org.scorebound.bench.MeasuredRun;
import org.scorebound.bench.Profile;
import org.scorebound.bench.Roof;
import org.scorebound.bench.Row;

/** The result of a benchmark run as text. */
final class BenchReport {

  private static final int HOTTEST = 5;

  private final PrintWriter out;

  BenchReport(PrintWriter out) {
    this.out = out;
  }

  void print(BenchDocument document, List<Figure.Measured> figures) {
    out.print(table(document));
    out.println("+-: half of the span of the forks. roof: share of what limits the operation.");
    out.println("ratio: time over that of the group's first line.");
    if (document.isMerged()) {
      out.println("run: whose forks a row is of; its ratios and its share are of that run alone.");
      document.runs().forEach(run -> run(run, document.rows()));
    } else {
      out.println("roof: " + roof(document.newest().roof()));
    }
    if (!figures.isEmpty()) {
      out.println();
      out.print(figures(figures, document.isMerged()));
    }
    int newest = document.newest().id();
    document.profiles().stream().filter(p -> p.run() == newest).forEach(this::profile);
    SequencedMap<String, SequencedSet<String>> reasons = new LinkedHashMap<>();
    document
        .unavailable()
        .forEach(
            (label, why) -> reasons.computeIfAbsent(why, key -> new LinkedHashSet<>()).add(label));
    for (Map.Entry<String, SequencedSet<String>> reason : reasons.entrySet()) {
      out.println("left out: " + reason.getValue().size() + " benchmarks: " + reason.getKey());
    }
    int earlier = document.failures().size() - document.newestFailures().size();
    if (earlier > 0) {
      out.println("forks that failed in earlier runs and were not measured anew: " + earlier);
    }
  }

  /** Where the rows of one of several runs are from. */
  private void run(MeasuredRun run, List<Row> rows) {
    out.printf(
        Locale.ROOT,
        "run %d: build %s, %s, %d rows, forks %d%s, roof: %s%n",
        run.id(),
        run.run().build().commit().orElse(run.run().build().version()),
        run.timing().started(),
        rows.stream().filter(row -> row.run() == run.id()).count(),
        run.forks(),
        run.quick() ? " (quick)" : "",
        roof(run.roof()));
  }

  private static TextTable table(BenchDocument document) {
    List<String> columns =
        new ArrayList<>(List.of("benchmark", "ns/op", "+-", "rate", "roof", "ratio", "B/op"));
    if (document.isMerged()) {
      columns.add("run");
    }
    TextTable table = new TextTable(columns.toArray(String[]::new));
    SequencedMap<String, Row> firsts = new LinkedHashMap<>();
    for (Row row : document.rows()) {
      Row first = firsts.get(row.group());
      if (first == null) {
        firsts.put(row.group(), row);
        if (!row.variant().isEmpty()) {
          table.heading(row.group());
        }
      }
      List<String> cells = cells(row, first);
      if (document.isMerged()) {
        cells.add(Integer.toString(row.run()));
      }
      table.row(cells.toArray());
    }
    return table;
  }

  private static List<String> cells(Row row, @Nullable Row first) {
    double time = row.nanosPerOperation().value();
    String ratio =
        first == null
            ? ""
            : first
                .ratio(row.variant())
                .map(r -> String.format(Locale.ROOT, "%.2f", r.value().value()))
                .orElse("");
    return new ArrayList<>(
        List.of(
            row.variant().isEmpty() ? row.group() : "  " + row.variant(),
            time < 1000
                ? String.format(Locale.ROOT, "%.1f", time)
                : String.format(Locale.ROOT, "%.0f", time),
            percent(OptionalDouble.of(row.nanosPerOperation().radius() / time)),
            rate(row),
            percent(row.shareOfRoof()),
            ratio,
            row.bytesAllocated().isPresent()
                ? String.format(Locale.ROOT, "%.0f", row.bytesAllocated().getAsDouble())
                : ""));
  }

  private static String rate(Row row) {
    if (row.flopsPerSecond().isPresent() && row.roof().orElse("fma").equals("fma")) {
      return giga(row.flopsPerSecond(), "GF/s");
    }
    return giga(row.bytesPerSecond(), "GB/s");
  }

  private static String giga(OptionalDouble rate, String unit) {
    return rate.isEmpty()
        ? ""
        : String.format(Locale.ROOT, "%.2f %s", 1e-9 * rate.getAsDouble(), unit);
  }

  private static String percent(OptionalDouble share) {
    return share.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble());
  }

  private static String roof(Roof roof) {
    return "multiply-add "
        + known(giga(roof.peak(), "GF/s"))
        + "; triad "
        + known(giga(roof.l1(), "GB/s"))
        + " in L1, "
        + known(giga(roof.l2(), "GB/s"))
        + " in L2, "
        + known(giga(roof.memory(), "GB/s"))
        + " in memory";
  }

  private static String known(String rate) {
    return rate.isEmpty() ? "unknown" : rate;
  }

  private static TextTable figures(List<Figure.Measured> figures, boolean merged) {
    List<String> columns = new ArrayList<>(List.of("figure", "target", "measured", "reached"));
    if (merged) {
      columns.add("run");
    }
    TextTable table = new TextTable(columns.toArray(String[]::new));
    for (Figure.Measured figure : figures) {
      boolean share = figure.target().endsWith("roof");
      List<String> cells = new ArrayList<>();
      cells.add(figure.what());
      cells.add(figure.target());
      cells.add(
          figure.value().isEmpty()
              ? "-"
              : share
                  ? percent(figure.value())
                  : String.format(Locale.ROOT, "%.2f", figure.value().getAsDouble()));
      cells.add(figure.reached().map(yes -> yes ? "yes" : "NO").orElse("-"));
      if (merged) {
        cells.add(figure.run().isPresent() ? Integer.toString(figure.run().getAsInt()) : "-");
      }
      table.row(cells.toArray());
    }
    return table;
  }

  private void profile(Profile profile) {
    out.println();
    out.println(
        "profile of "
            + profile.label()
            + (profile.samples().isPresent()
                ? ", share of " + profile.samples().getAsLong() + " samples"
                : ""));
    profile.hottest().stream()
        .limit(HOTTEST)
        .forEach(
            hot -> out.printf(Locale.ROOT, "  %5.1f %%  %s%n", 100 * hot.share(), hot.method()));
    profile.flameGraph().ifPresent(file -> out.println("  flame graph: " + file));
    profile.assembly().ifPresent(file -> out.println("  machine code: " + file));
    profile.missing().forEach(line -> out.println("  " + line));
  }
}
