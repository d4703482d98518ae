package org.scorebound.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.scorebound.campaign.Merge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private JUnitOption junit = new JUnitOption();

  @Mixin private ReportOption report = new ReportOption();

  @Override
  public ExitCode call() {
    long started = System.nanoTime();
    String begun = CommonOptions.timestamp();
    try (Merge merge = Merge.open(folders);
        TerminalProgress progress = TerminalProgress.open(quiet)) {
      if (!partial) {
        merge.requireComplete();
      }
      Path document =
          out == null ? Path.of("scorebound-verify-" + merge.plan().seed() + ".json") : out;
      junit.check();
      report.check(document);
      VerifySummary summary =
          MergedDocument.write(
              merge,
              Optional.of(document),
              1,
              started,
              begun,
              progress,
              spec.commandLine().getOut(),
              spec.commandLine().getParseResult().originalArgs());
      junit.write(document, spec.commandLine().getOut());
      report.write(document, spec.commandLine().getOut());
      return summary.exit(false, strict, keepGoing);
    }
  }
}
