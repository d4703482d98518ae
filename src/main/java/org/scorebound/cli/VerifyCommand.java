package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.scorebound.campaign.Engine;
import org.scorebound.campaign.Evaluator;
import org.scorebound.campaign.Merge;
import org.scorebound.campaign.Plan;
import org.scorebound.campaign.Shard;
import org.scorebound.campaign.ThreadEngine;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.BundledData;
import org.scorebound.io.HostFacts;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.linalg.Kernels;
import org.scorebound.result.RunInfo;
import org.scorebound.result.RunTiming;
import org.scorebound.verify.Campaign;
import org.scorebound.verify.DataSet;
import org.scorebound.verify.Failure;
import org.scorebound.verify.FamilySummary;
import org.scorebound.verify.OutcomeDocument;
import org.scorebound.verify.Standardised;
import org.scorebound.verify.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the bound: on sampled configurations, on the user's own, or on a data set. */
@Command(
    name = "verify",
    description = {
      "Check the Wasserstein-2 bound on sampled configurations of every family, on",
      "your own (--config), or on a data set (--data). Every run also checks the",
      "cases where the bound is an equality and the wrong formulas it must catch."
    })
final class VerifyCommand implements Callable<ExitCode> {

  @Spec private CommandSpec spec;

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private BackEndOption backEnd = new BackEndOption();

  @Mixin private CampaignOptions campaign = new CampaignOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Sampled configurations (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "One configuration or a list of them, as JSON (docs/formats.md).")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "CSV",
      description = "A CSV file or a bundled data set (old-faithful, iris, digits-8x8).")
  private @Nullable String data;

  @Option(
      names = "--bandwidth",
      paramLabel = "H",
      description = "Smoothing of --data, standardised units (default: Silverman's rule).")
  private @Nullable Double bandwidth;

  @Option(
      names = "--paths",
      paramLabel = "N",
      defaultValue = "700",
      description = "Simulated paths per configuration (default: ${DEFAULT-VALUE}).")
  private int paths;

  @Option(names = "--strict", description = "Exit code 4 if any configuration is undecided.")
  private boolean strict;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Also plot bound/W2 against W2, as SVG.")
  private @Nullable Path plot;

  private final Evaluators evaluators;
  private final Map<String, String> environment;

  /** Makes the evaluator of a run. */
  @FunctionalInterface
  interface Evaluators {
    /** The evaluator of configurations of a seed. */
    Evaluator of(long seed, int paths, Kernels kernels);
  }

  VerifyCommand() {
    this(
        (seed, paths, kernels) -> id -> Campaign.evaluate(seed, id, paths, kernels),
        System.getenv());
  }

  /** With this evaluation of sampled configurations and these environment variables. */
  VerifyCommand(Evaluators evaluators, Map<String, String> environment) {
    this.evaluators = evaluators;
    this.environment = environment;
  }

  @Override
  public ExitCode call() {
    long started = System.nanoTime();
    String begun = CommonOptions.timestamp();
    check();
    Optional<Engine> cluster = campaign.cluster();
    if (cluster.isPresent()) {
      return onCluster(cluster.get(), started, begun);
    }
    Optional<Shard> shard = campaign.shard(environment, common.out());
    if (shard.isPresent()) {
      return shard(shard.get());
    }
    Kernels kernels = backEnd.kernels();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    List<Campaign.Entry> entries;
    List<Object> results = new ArrayList<>();
    @Nullable DataSet dataSet = null;
    @Nullable List<DataSet.Row> rows = null;
    List<Failure> failures = List.of();
    VerifyChecks checks;
    Path out;
    try (TerminalProgress progress = common.progress()) {
      if (config != null) {
        var configurations = OutcomeDocument.read(JsonInput.read(config));
        out = common.outputFile("verify");
        Campaign.Attempted attempted =
            Campaign.attemptedGiven(
                configurations, common.seed(), paths, common.threads(), kernels, progress);
        entries = attempted.entries();
        failures = attempted.failures();
      } else if (data != null) {
        dataSet = dataSet(data);
        out = common.outputFile("verify");
        rows = dataSet.evaluate(common.seed(), paths, common.threads(), kernels, progress);
        entries = rows.stream().map(DataSet.Row::entry).toList();
      } else {
        out = common.outputFile("verify");
        Evaluator evaluator = evaluators.of(common.seed(), paths, kernels);
        Campaign.Attempted attempted =
            Campaign.attempted(count, common.threads(), evaluator::evaluate, progress);
        entries = attempted.entries();
        failures = attempted.failures();
      }
      checks = VerifyChecks.run(progress);
    }
    VerifySummary summary =
        new VerifySummary(FamilySummary.of(entries), checks, failures, violated(entries));
    if (dataSet != null && rows != null) {
      for (DataSet.Row row : rows) {
        results.add(dataSet.document(row));
      }
    } else {
      entries.forEach(e -> results.add(OutcomeDocument.of(e)));
    }
    double seconds = (System.nanoTime() - started) * 1e-9;
    document.put("schema", "scorebound/verify-result/1");
    document.put(
        "run",
        new RunInfo(
            RunInfo.SCHEMA_VERSION,
            "verify",
            common.seed(),
            kernels.backEnd().label(),
            HostFacts.build(),
            HostFacts.machine()));
    document.put(
        "timing",
        new RunTiming(
            spec.commandLine().getParseResult().originalArgs(),
            common.threads(),
            begun,
            seconds,
            new LinkedHashMap<>()));
    if (dataSet != null) {
      document.put("data", dataSummary(dataSet));
    }
    document.put("paths", paths);
    summary.addTo(document);
    document.put("results", results);
    JsonOutput.write(out, document);
    boolean given = config != null || data != null;
    PrintWriter printer = spec.commandLine().getOut();
    printer.print(given ? configurations(entries, rows) : summary.families());
    summary.print(printer, out, seconds);
    if (plot != null) {
      byte[] svg = RatioPlot.svg(entries).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(plot, stream -> stream.write(svg));
      printer.println("plot: " + plot);
    }
    return summary.exit(given, strict, campaign.keepGoing());
  }

  private void check() {
    if (count < 1) {
      throw new InputException("--count must be at least 1, got " + count);
    }
    if (paths < 100) {
      throw new InputException("--paths must be at least 100, got " + paths);
    }
    if (config != null && data != null) {
      throw new InputException("--config and --data exclude each other");
    }
    if (bandwidth != null && data == null) {
      throw new InputException("--bandwidth goes with --data");
    }
    if (bandwidth != null && !(bandwidth > 0 && Double.isFinite(bandwidth))) {
      throw new InputException("--bandwidth must be > 0 and finite, got " + bandwidth);
    }
    common.threads();
    if (plot != null) {
      AtomicFile.checkWritable(plot);
    }
  }

  private Plan plan(Kernels kernels) {
    if (config != null || data != null) {
      throw new InputException(
          "shards and clusters are for sampled configurations; without --config and --data");
    }
    return new Plan(common.seed(), count, paths, kernels.backEnd().label(), HostFacts.build());
  }

  /** Evaluates everything on a cluster, whose lines are kept, and writes the document. */
  private ExitCode onCluster(Engine engine, long started, String begun) {
    Plan plan = plan(backEnd.kernels());
    Path file = common.outputFile("verify");
    Path lines = CampaignOptions.lines(file);
    PrintWriter printer = spec.commandLine().getOut();
    try (TerminalProgress progress = common.progress()) {
      campaign.run(printer, lines, plan, new Shard(0, 1), engine, progress);
      try (Merge merge = Merge.open(List.of(lines))) {
        merge.requireComplete();
        return MergedDocument.write(
                merge,
                Optional.of(file),
                common.threads(),
                started,
                begun,
                progress,
                printer,
                spec.commandLine().getParseResult().originalArgs())
            .exit(false, strict, campaign.keepGoing());
      }
    }
  }

  /** Evaluates one shard of the sampled configurations into its file. */
  private ExitCode shard(Shard shard) {
    Path folder =
        common
            .out()
            .orElseThrow(
                () -> new InputException("a shard needs --out DIR, the campaign's folder"));
    Kernels kernels = backEnd.kernels();
    Plan plan = plan(kernels);
    Evaluator evaluator = evaluators.of(common.seed(), paths, kernels);
    try (TerminalProgress progress = common.progress()) {
      return campaign.run(
          spec.commandLine().getOut(),
          folder,
          plan,
          shard,
          new ThreadEngine(common.threads(), evaluator),
          progress);
    }
  }

  private static List<String> violated(List<Campaign.Entry> entries) {
    return entries.stream()
        .filter(e -> e.outcome().theorem().verdict() == Verdict.VIOLATED)
        .map(e -> e.outcome().configuration().name())
        .toList();
  }

  private DataSet dataSet(String name) {
    Standardised table = Standardised.of(BundledData.resolve(name));
    return new DataSet(name, table, bandwidth == null ? table.silverman() : bandwidth);
  }

  private static Map<String, @Nullable Object> dataSummary(DataSet set) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", set.name());
    json.put("rows", set.table().n());
    json.put("columns", set.table().columns());
    json.put("constantColumns", set.table().constant());
    json.put("standardDeviations", set.table().scales());
    json.put("bandwidth", set.bandwidth());
    return json;
  }

  private static TextTable configurations(
      List<Campaign.Entry> entries, @Nullable List<DataSet.Row> rows) {
    TextTable table =
        rows == null
            ? new TextTable("configuration", "W2", "bound", "log I", "verdict")
            : new TextTable("configuration", "W2", "W2 orig.", "bound", "log I", "verdict");
    for (int i = 0; i < entries.size(); i++) {
      var o = entries.get(i).outcome();
      String verdict = o.theorem().verdict() + (o.theorem().vacuous() ? ", vacuous" : "");
      String bound =
          o.theorem()
              .right()
              .map(
                  e ->
                      Double.isInfinite(e.value())
                          ? String.format(Locale.ROOT, "e^%.1f", e.logValue())
                          : VerifySummary.number(OptionalDouble.of(e.value())))
              .orElse("infinite");
      // A name may hold anything that JSON can write; a row is one line.
      String name = o.configuration().name().replaceAll("\\p{Cntrl}", "?");
      String w2 = VerifySummary.number(OptionalDouble.of(o.w2().value()));
      if (rows == null) {
        table.row(name, w2, bound, VerifySummary.number(o.logI()), verdict);
      } else {
        String original =
            VerifySummary.number(OptionalDouble.of(rows.get(i).units().original().value()));
        table.row(name, w2, original, bound, VerifySummary.number(o.logI()), verdict);
      }
    }
    return table;
  }
}
