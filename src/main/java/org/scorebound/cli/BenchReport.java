package org.scorebound.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.scorebound.bench.BenchRun;
import org.scorebound.bench.Figure;
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

  void print(
      BenchRun.Outcome outcome,
      List<Figure.Measured> figures,
      List<Profile> profiles,
      SequencedMap<String, String> unavailable) {
    out.print(table(outcome.rows()));
    out.println("+-: half of the span of the forks. roof: share of what limits the operation.");
    out.println("ratio: time over that of the group's first line.");
    out.println("roof: " + roof(outcome.roof()));
    if (!figures.isEmpty()) {
      out.println();
      out.print(figures(figures));
    }
    for (Profile profile : profiles) {
      profile(profile);
    }
    SequencedMap<String, SequencedSet<String>> reasons = new LinkedHashMap<>();
    unavailable.forEach(
        (label, why) -> reasons.computeIfAbsent(why, key -> new LinkedHashSet<>()).add(label));
    for (Map.Entry<String, SequencedSet<String>> reason : reasons.entrySet()) {
      out.println("left out: " + reason.getValue().size() + " benchmarks: " + reason.getKey());
    }
  }

  private static TextTable table(List<Row> rows) {
    TextTable table = new TextTable("benchmark", "ns/op", "+-", "rate", "roof", "ratio", "B/op");
    SequencedMap<String, Row> firsts = new LinkedHashMap<>();
    for (Row row : rows) {
      Row first = firsts.get(row.group());
      if (first == null) {
        firsts.put(row.group(), row);
        if (!row.variant().isEmpty()) {
          table.heading(row.group());
        }
      }
      double time = row.nanosPerOperation().value();
      String ratio =
          first == null
              ? ""
              : first
                  .ratio(row.variant())
                  .map(r -> String.format(Locale.ROOT, "%.2f", r.value().value()))
                  .orElse("");
      table.row(
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
              : "");
    }
    return table;
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

  private static TextTable figures(List<Figure.Measured> figures) {
    TextTable table = new TextTable("figure", "target", "measured", "reached");
    for (Figure.Measured figure : figures) {
      boolean share = figure.target().endsWith("roof");
      table.row(
          figure.what(),
          figure.target(),
          figure.value().isEmpty()
              ? "-"
              : share
                  ? percent(figure.value())
                  : String.format(Locale.ROOT, "%.2f", figure.value().getAsDouble()),
          figure.reached().map(yes -> yes ? "yes" : "NO").orElse("-"));
    }
    return table;
  }

  private void profile(Profile profile) {
    out.println();
    out.println("profile of " + profile.label());
    profile.hottest().stream()
        .limit(HOTTEST)
        .forEach(
            hot -> out.printf(Locale.ROOT, "  %5.1f %%  %s%n", 100 * hot.share(), hot.method()));
    profile.flameGraph().ifPresent(file -> out.println("  flame graph: " + file));
    profile.assembly().ifPresent(file -> out.println("  machine code: " + file));
    profile.missing().forEach(line -> out.println("  " + line));
  }
}
