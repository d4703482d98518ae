package org.scorebound.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.JsonInput;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.Series;
import org.scorebound.result.Table;

/**
 * Results of {@code bench}: targets, times of all kernels, and the roofline. Where a document holds
 * several runs, each has a roofline of its own, and every row says which run it is of.
 */
final class BenchView implements View {

  private static final int ROOF_POINTS = 41;

  private final JsonInput json;
  private final List<?> rows;
  private final List<?> targets;
  private final List<?> runs;

  BenchView(JsonInput json) {
    this.json = json;
    this.rows = json.plainField("rows") instanceof List<?> list ? list : List.of();
    this.targets = json.plainField("figures") instanceof List<?> list ? list : List.of();
    this.runs = json.plainField("runs") instanceof List<?> list ? list : List.of();
  }

  @Override
  public Headline headline() {
    long reached = targets.stream().filter(t -> Plain.yes(t, "reached")).count();
    long known = targets.stream().filter(t -> Plain.at(t, "reached") != null).count();
    int failures = json.plainField("failures") instanceof List<?> list ? list.size() : 0;
    List<String> facts = new ArrayList<>();
    if (isMerged()) {
      facts.add(
          Words.count(rows.size(), "benchmark")
              + " of "
              + Words.count(runs.size(), "run")
              + ", ratios and shares each within one");
      for (Object run : runs) {
        facts.add(
            name(run)
                + ": "
                + Words.count(rowsOf(run).size(), "benchmark")
                + ", "
                + Words.count(Plain.count(run, "forks"), "fork")
                + " each; one thread: "
                + machine(Plain.at(run, "roof")));
      }
    } else {
      facts.add(
          Words.count(rows.size(), "benchmark")
              + ", "
              + Words.count(Plain.count(json.plainField("forks")), "fork")
              + " each");
      facts.add("one thread: " + machine(json.plainField("roof")));
    }
    if (failures > 0) {
      facts.add(Words.count(failures, "fork") + " failed");
    }
    return new Headline(
        failures > 0
            ? Headline.Tone.BAD
            : reached < known ? Headline.Tone.PART : Headline.Tone.PLAIN,
        reached + " of " + Words.count(known, "target") + " reached",
        List.of(
            new Headline.Share("reached", "holds", reached),
            new Headline.Share("not reached", "open", known - reached)),
        facts);
  }

  private boolean isMerged() {
    return runs.size() > 1;
  }

  private static String name(Object run) {
    String commit = Plain.text(run, "run", "build", "commit");
    return "run "
        + Plain.count(run, "id")
        + " of build "
        + (commit.isEmpty() ? Plain.text(run, "run", "build", "version") : commit);
  }

  private List<?> rowsOf(Object run) {
    long id = Plain.count(run, "id");
    return rows.stream().filter(row -> Plain.count(row, "run") == id).toList();
  }

  private static String machine(@Nullable Object roof) {
    return giga(roof, "peak", "GF/s of multiply-adds")
        + "; triad "
        + giga(roof, "l1", "GB/s in L1")
        + ", "
        + giga(roof, "l2", "in L2")
        + ", "
        + giga(roof, "memory", "in memory");
  }

  private static String giga(@Nullable Object roof, String field, String unit) {
    Double rate = Plain.number(roof, field);
    return (rate == null ? "unknown" : Numbers.significant(1e-9 * rate, 3)) + " " + unit;
  }

  @Override
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    if (isMerged()) {
      for (Object run : runs) {
        roofline(
                "roofline-run-" + Plain.count(run, "id"),
                "Roofline of one thread, " + name(run),
                rowsOf(run),
                Plain.at(run, "roof"))
            .ifPresent(figures::add);
      }
    } else {
      roofline("roofline", "Roofline of one thread", rows, json.plainField("roof"))
          .ifPresent(figures::add);
    }
    shares().ifPresent(figures::add);
    return figures;
  }

  /**
   * Rates over arithmetic intensity under the roofs of the same run (Williams, Waterman and
   * Patterson 2009, doi 10.1145/1498765.1498785): min(peak, intensity x bandwidth).
   */
  private static Optional<Figure> roofline(
      String id, String title, List<?> rows, @Nullable Object roof) {
    Double peak = Plain.number(roof, "peak");
    Map<String, List<double[]>> clouds = new LinkedHashMap<>();
    Map<String, List<String>> labels = new LinkedHashMap<>();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (Object row : rows) {
      Double flops = Plain.number(row, "flopsPerSecond");
      Double bytes = Plain.number(row, "bytesPerSecond");
      if (flops == null || bytes == null || flops <= 0 || bytes <= 0) {
        continue;
      }
      double intensity = flops / bytes;
      least = Math.min(least, intensity);
      most = Math.max(most, intensity);
      String limit = Plain.text(row, "roof");
      String name = limit.isEmpty() ? "no roof stated" : "limited by " + limit;
      clouds
          .computeIfAbsent(name, key -> new ArrayList<>())
          .add(new double[] {intensity, 1e-9 * flops});
      Double share = Plain.number(row, "shareOfRoof");
      labels
          .computeIfAbsent(name, key -> new ArrayList<>())
          .add(
              label(row)
                  + (share == null
                      ? ""
                      : ", " + Numbers.significant(100 * share, 3) + " % of its roof"));
    }
    if (clouds.isEmpty() || peak == null) {
      return Optional.empty();
    }
    List<Series> series = new ArrayList<>();
    clouds.forEach(
        (name, points) ->
            series.add(
                Series.points(
                        name,
                        points.stream().mapToDouble(p -> p[0]).toArray(),
                        points.stream().mapToDouble(p -> p[1]).toArray())
                    .labelled(labels.getOrDefault(name, List.of()))));
    Map<String, String> levels = new LinkedHashMap<>();
    levels.put("l1", "roof with L1");
    levels.put("l2", "roof with L2");
    levels.put("memory", "roof with memory");
    Double widest = Plain.number(roof, "l1");
    // Far enough to the left that the slope of every roof is seen.
    double leftmost = Math.min(least, widest == null ? least : peak / widest) / 2;
    for (Map.Entry<String, String> level : levels.entrySet()) {
      Double bandwidth = Plain.number(roof, level.getKey());
      if (bandwidth != null) {
        series.add(roof(level.getValue(), peak, bandwidth, leftmost, 2 * most));
      }
    }
    return Optional.of(
        Figure.xy(
            id,
            title,
            "Medians over forks. The roofs are the fastest fork of the same run: multiply-adds in"
                + " registers, and a triad in L1, L2 and memory. A kernel is drawn at the traffic"
                + " its operation needs at least.",
            Quantity.log("arithmetic intensity", "flop/byte"),
            Quantity.log("rate", "Gflop/s"),
            series));
  }

  private static Series roof(
      String name, double peak, double bandwidth, double least, double most) {
    double[] x = new double[ROOF_POINTS];
    double[] y = new double[ROOF_POINTS];
    for (int i = 0; i < ROOF_POINTS; i++) {
      x[i] = least * Math.pow(most / least, i / (ROOF_POINTS - 1.0));
      y[i] = 1e-9 * Math.min(peak, x[i] * bandwidth);
    }
    return Series.line(name, x, y);
  }

  private static String label(Object row) {
    String variant = Plain.text(row, "variant");
    return Plain.text(row, "group") + (variant.isEmpty() ? "" : " " + variant);
  }

  /** Share of its roof of each kernel on the default back end. */
  private Optional<Figure> shares() {
    List<String> names = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    List<Double> lower = new ArrayList<>();
    List<Double> upper = new ArrayList<>();
    for (Object row : rows) {
      Double share = Plain.number(row, "shareOfRoof");
      Double time = Plain.number(row, "nanosPerOperation", "value");
      Double fastest = Plain.number(row, "nanosPerOperation", "lower");
      Double slowest = Plain.number(row, "nanosPerOperation", "upper");
      if (share == null || time == null || fastest == null || slowest == null) {
        continue;
      }
      names.add(label(row) + (isMerged() ? ", run " + Plain.count(row, "run") : ""));
      shares.add(100 * share);
      lower.add(100 * share * time / slowest);
      upper.add(100 * share * time / fastest);
    }
    if (names.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Figure.bars(
                "roof-shares",
                "Share of what limits each operation",
                "The roof's time over the median time; the line spans the slowest and the fastest"
                    + " fork.",
                Quantity.linear("benchmark", ""),
                Quantity.linear("share of the roof", "%"),
                List.of(
                    Series.bars("share of the roof", names, numbers(shares))
                        .within(numbers(lower), numbers(upper))))
            .with(List.of(new Figure.Reference("the roof", Figure.Across.Y, 100))));
  }

  private static double[] numbers(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public List<Table> tables() {
    List<Table> tables = new ArrayList<>(FigureReader.tables(json));
    if (!targets.isEmpty()) {
      tables.add(
          VerifyView.rows(
              "targets",
              "Targets",
              "A ratio of times, a share of the roof (1 is all of it), or seconds.",
              targets,
              withRun(
                  new VerifyView.Field("kernel", "what"),
                  new VerifyView.Field("target", "target"),
                  new VerifyView.Field("measured", "value").numeric(),
                  new VerifyView.Field("reached", "reached"))));
    }
    if (isMerged()) {
      tables.add(
          VerifyView.rows(
              "runs",
              "Runs",
              "Each with its own roof: flops per second of multiply-adds, bytes per second of a"
                  + " triad, fastest fork.",
              runs,
              new VerifyView.Field("run", "id").numeric(),
              new VerifyView.Field("build", "run", "build", "commit"),
              new VerifyView.Field("started", "timing", "started"),
              new VerifyView.Field("quick", "quick"),
              new VerifyView.Field("forks", "forks").numeric(),
              new VerifyView.Field("multiply-adds", "roof", "peak").numeric().unit("flop/s"),
              new VerifyView.Field("L1", "roof", "l1").numeric().unit("B/s"),
              new VerifyView.Field("L2", "roof", "l2").numeric().unit("B/s"),
              new VerifyView.Field("memory", "roof", "memory").numeric().unit("B/s"),
              new VerifyView.Field("operating system", "run", "machine", "os"),
              new VerifyView.Field("JMH's own", "frameworkFile")));
    }
    if (!rows.isEmpty()) {
      tables.add(
          VerifyView.rows(
              "benchmarks",
              "Benchmarks",
              "Median over forks with the fastest and the slowest fork.",
              rows,
              withRun(
                  new VerifyView.Field("group", "group"),
                  new VerifyView.Field("variant", "variant"),
                  new VerifyView.Field("time", "nanosPerOperation", "value").numeric().unit("ns"),
                  new VerifyView.Field("fastest", "nanosPerOperation", "lower")
                      .numeric()
                      .unit("ns"),
                  new VerifyView.Field("slowest", "nanosPerOperation", "upper")
                      .numeric()
                      .unit("ns"),
                  new VerifyView.Field("arithmetic", "flopsPerSecond").numeric().unit("flop/s"),
                  new VerifyView.Field("traffic", "bytesPerSecond").numeric().unit("B/s"),
                  new VerifyView.Field("limited by", "roof"),
                  new VerifyView.Field("share of the roof", "shareOfRoof").numeric(),
                  new VerifyView.Field("allocated", "bytesAllocated").numeric().unit("B"))));
    }
    return tables;
  }

  /** The columns with the run, where there are several. */
  private VerifyView.Field[] withRun(VerifyView.Field... fields) {
    if (!isMerged()) {
      return fields;
    }
    VerifyView.Field[] more = Arrays.copyOf(fields, fields.length + 1);
    more[fields.length] = new VerifyView.Field("run", "run").numeric();
    return more;
  }
}
