package org.scorebound.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.result.BuildInfo;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.result.MachineInfo;
import org.scorebound.result.RunInfo;
import org.scorebound.result.RunTiming;

/**
 * Reads a result document of benchmarks back, strictly: an unknown or a missing field, a group of
 * two runs or a ratio to nothing is an {@link InputException} with file and line. Documents without
 * {@code runs}, as they were before several runs could be in one, are of one run.
 */
public final class BenchReader {

  private static final String SCHEMA = "scorebound/bench-result/" + RunInfo.SCHEMA_VERSION;

  private BenchReader() {}

  /**
   * Reads a document.
   *
   * @throws InputException in one line, if it is missing, cut off or no document of this kind
   */
  public static BenchDocument read(Path file) {
    JsonInput json = JsonInput.read(file);
    if (json.isArray() || !json.has("schema")) {
      throw json.error(
          "is no result document of bench: it has no field 'schema'"
              + (json.isArray() ? " (JMH's own results are no such document)" : ""));
    }
    String schema = json.string("schema");
    if (!schema.equals(SCHEMA)) {
      throw json.error("schema", "must be " + SCHEMA + " of this build's bench, got " + schema);
    }
    RunInfo head = info(json.object("run"));
    RunTiming timing = timing(json.object("timing"));
    boolean quick = json.bool("quick", false);
    int forks = json.integer("forks");
    ForkPlan plan = plan(json.object("plan"));
    Roof roof = roof(json.object("roof"));
    json.array("figures");
    List<MeasuredRun> runs = new ArrayList<>();
    boolean alone = !json.has("runs");
    if (alone) {
      runs.add(
          new MeasuredRun(
              MeasuredRun.FIRST, head, timing, quick, forks, plan, roof, framework(file)));
    } else {
      json.array("runs").forEach(run -> runs.add(run(run)));
      for (int i = 1; i < runs.size(); i++) {
        if (runs.get(i).id() <= runs.get(i - 1).id()) {
          throw json.error("runs", "must have growing ids");
        }
      }
      if (runs.isEmpty()) {
        throw json.error("runs", "must not be empty");
      }
    }
    List<JsonInput> places = json.array("rows");
    BenchDocument document =
        new BenchDocument(
            runs,
            places.stream().map(row -> row(row, alone)).toList(),
            json.array("failures").stream().map(f -> failure(f, alone)).toList(),
            texts(json.object("unavailable")),
            json.array("profiles").stream().map(p -> profile(p, alone)).toList());
    json.finish();
    Optional<Map.Entry<Integer, String>> wrong = document.incoherence();
    if (wrong.isPresent()) {
      throw places
          .get(wrong.get().getKey())
          .error("this row " + wrong.get().getValue() + "; measure anew with --out");
    }
    return document;
  }

  /** The name of JMH's own file, where the document does not say it. */
  private static String framework(Path file) {
    @Nullable Path name = file.getFileName();
    return String.valueOf(name).replaceAll("\\.json$", "") + ".jmh.json";
  }

  private static MeasuredRun run(JsonInput json) {
    int id = json.integer("id");
    int forks = json.integer("forks");
    if (id < MeasuredRun.FIRST) {
      throw json.error("id", "must be >= 1, got " + id);
    }
    positive(json, "forks", forks);
    MeasuredRun run =
        new MeasuredRun(
            id,
            info(json.object("run")),
            timing(json.object("timing")),
            json.bool("quick", false),
            forks,
            plan(json.object("plan")),
            roof(json.object("roof")),
            json.string("frameworkFile"));
    json.finish();
    return run;
  }

  private static RunInfo info(JsonInput json) {
    RunInfo info =
        new RunInfo(
            json.integer("schemaVersion"),
            json.oneOf("command", List.of("bench")),
            json.longInteger("seed"),
            json.string("backEnd"),
            build(json.object("build")),
            machine(json.object("machine")));
    json.finish();
    return info;
  }

  private static BuildInfo build(JsonInput json) {
    BuildInfo build = new BuildInfo(json.string("version"), optionalString(json, "commit"));
    json.finish();
    return build;
  }

  private static MachineInfo machine(JsonInput json) {
    MachineInfo machine =
        new MachineInfo(
            json.string("cpu"),
            json.integer("cores"),
            json.string("architecture"),
            json.integer("vectorBits"),
            json.string("os"),
            json.string("jvm"));
    json.finish();
    return machine;
  }

  private static RunTiming timing(JsonInput json) {
    List<String> words = new ArrayList<>();
    json.array("commandLine").forEach(word -> words.add(String.valueOf(word.plain())));
    JsonInput stages = json.object("stageSeconds");
    SequencedMap<String, Double> seconds = new LinkedHashMap<>();
    stages.names().forEach(name -> seconds.put(name, stages.number(name)));
    RunTiming timing =
        new RunTiming(
            words,
            json.integer("threads"),
            json.string("started"),
            json.number("elapsedSeconds"),
            seconds);
    json.finish();
    return timing;
  }

  private static ForkPlan plan(JsonInput json) {
    ForkPlan plan =
        new ForkPlan(
            positive(json, "warmupMillis", json.integer("warmupMillis")),
            positive(json, "iterations", json.integer("iterations")),
            positive(json, "millis", json.integer("millis")));
    json.finish();
    return plan;
  }

  private static int positive(JsonInput json, String name, int value) {
    if (value < 1) {
      throw json.error(name, "must be >= 1, got " + value);
    }
    return value;
  }

  private static Roof roof(JsonInput json) {
    Roof roof =
        new Roof(
            json.optionalNumber("peak"),
            json.optionalNumber("l1"),
            json.optionalNumber("l2"),
            json.optionalNumber("memory"));
    json.finish();
    return roof;
  }

  private static Row row(JsonInput json, boolean alone) {
    List<Row.Ratio> ratios = new ArrayList<>();
    for (JsonInput ratio : json.array("ratios")) {
      ratios.add(new Row.Ratio(ratio.string("to"), estimate(ratio.object("value"))));
      ratio.finish();
    }
    Row row =
        new Row(
            json.string("benchmark"),
            texts(json.object("parameters")),
            json.string("group"),
            json.string("variant"),
            estimate(json.object("nanosPerOperation")),
            json.number("level"),
            json.vector("forkNanos"),
            json.optionalNumber("flopsPerSecond"),
            json.optionalNumber("bytesPerSecond"),
            optionalString(json, "roof"),
            json.optionalNumber("shareOfRoof"),
            json.optionalVector("forkPeaks"),
            ratios,
            json.optionalNumber("bytesAllocated"),
            runOf(json, alone));
    json.finish();
    return row;
  }

  private static int runOf(JsonInput json, boolean alone) {
    return alone ? json.integer("run", MeasuredRun.FIRST) : json.integer("run");
  }

  private static BenchRun.Failure failure(JsonInput json, boolean alone) {
    BenchRun.Failure failure =
        new BenchRun.Failure(json.string("label"), json.string("message"), runOf(json, alone));
    json.finish();
    return failure;
  }

  private static Profile profile(JsonInput json, boolean alone) {
    List<Profile.Hot> hottest = new ArrayList<>();
    for (JsonInput hot : json.array("hottest")) {
      hottest.add(new Profile.Hot(hot.string("method"), hot.number("share")));
      hot.finish();
    }
    List<String> missing = new ArrayList<>();
    json.array("missing").forEach(line -> missing.add(String.valueOf(line.plain())));
    Profile profile =
        new Profile(
            json.string("label"),
            optionalString(json, "flameGraph"),
            optionalString(json, "assembly"),
            hottest,
            missing,
            json.has("samples")
                ? OptionalLong.of(json.longInteger("samples"))
                : OptionalLong.empty(),
            runOf(json, alone));
    json.finish();
    return profile;
  }

  private static Estimate estimate(JsonInput json) {
    double value = json.number("value");
    double lower = json.number("lower");
    double upper = json.number("upper");
    String kind =
        json.oneOf("kind", List.of(Evidence.STATISTICAL.label(), Evidence.ESTIMATED.label()));
    if (!(lower <= value && value <= upper)) {
      throw json.error("must have lower <= value <= upper");
    }
    json.finish();
    return Estimate.of(value, lower, upper, Evidence.valueOf(kind.toUpperCase(Locale.ROOT)));
  }

  private static Optional<String> optionalString(JsonInput json, String name) {
    return json.has(name) ? Optional.of(json.string(name)) : Optional.empty();
  }

  private static SequencedMap<String, String> texts(JsonInput json) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    json.names().forEach(name -> texts.put(name, json.string(name)));
    return texts;
  }
}
