package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.scorebound.campaign.Merge;
import org.scorebound.campaign.Plan;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.HostFacts;
import org.scorebound.io.JsonOutput;
import org.scorebound.result.RunInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes one result document of the shards of a campaign. */
@Command(
    name = "merge",
    description = {
      "Put the shards of a campaign (verify --shard) together into the document that",
      "a single process would have written. The equality cases and the wrong formulas",
      "that must be caught are checked here, once, by the same build."
    })
final class MergeCommand implements Callable<ExitCode> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders with shard files.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--partial",
      description = "Merge what is there; the document says how many are missing.")
  private boolean partial;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Result document (default: scorebound-verify-<seed>.json here).")
  private @Nullable Path out;

  @Option(
      names = "--keep-going",
      description = "Exit code 70 is not given for configurations that failed.")
  private boolean keepGoing;

  @Option(names = "--strict", description = "Exit code 4 if any configuration is undecided.")
  private boolean strict;

  @Option(names = "--quiet", description = "No progress; only results and errors.")
  private boolean quiet;

  @Override
  public ExitCode call() {
    try (Merge merge = Merge.open(folders);
        TerminalProgress progress = TerminalProgress.open(quiet)) {
      return write(
          merge,
          progress,
          spec.commandLine().getOut(),
          out,
          spec.commandLine().getParseResult().originalArgs());
    }
  }

  private ExitCode write(
      Merge merge,
      TerminalProgress progress,
      PrintWriter printer,
      @Nullable Path target,
      List<String> commandLine) {
    long started = System.nanoTime();
    String begun = CommonOptions.timestamp();
    Plan plan = merge.plan();
    plan.requireBuild(HostFacts.build());
    if (!partial) {
      merge.requireComplete();
    }
    Path file = target == null ? Path.of("scorebound-verify-" + plan.seed() + ".json") : target;
    AtomicFile.checkWritable(file);
    VerifySummary summary =
        new VerifySummary(
            merge.summaries(), VerifyChecks.run(progress), merge.failures(), merge.violated());
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("schema", "scorebound/verify-result/1");
    document.put(
        "run",
        new RunInfo(
            RunInfo.SCHEMA_VERSION,
            "verify",
            plan.seed(),
            plan.backEnd(),
            plan.build(),
            HostFacts.machine()));
    Map<String, @Nullable Object> timing = new LinkedHashMap<>();
    timing.put("commandLine", commandLine);
    timing.put("threads", 1);
    timing.put("started", begun);
    timing.put("elapsedSeconds", (System.nanoTime() - started) * 1e-9);
    timing.put("stageSeconds", Map.of());
    timing.put("workers", merge.balance().workers());
    document.put("timing", timing);
    document.put("paths", plan.paths());
    summary.addTo(document);
    if (merge.present() < plan.count()) {
      Map<String, Object> missing = new LinkedHashMap<>();
      missing.put("count", plan.count());
      missing.put("missing", plan.count() - merge.present());
      document.put("partial", missing);
    }
    document.put("results", merge.results());
    JsonOutput.write(file, document);
    printer.print(summary.families());
    printer.printf(
        "merged: %d of %d configurations from %d files, %d lines repeated%n",
        merge.present(), plan.count(), merge.fileCount(), merge.duplicates());
    printer.println("balance: " + merge.balance());
    if (merge.vectorBits().size() > 1) {
      printer.println(
          "note: vectors of "
              + merge.vectorBits()
              + " bits; one machine's numbers would differ by rounding (docs/campaigns.md)");
    }
    summary.print(printer, file, (System.nanoTime() - started) * 1e-9);
    return summary.exit(false, strict, keepGoing);
  }
}
