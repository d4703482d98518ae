package org.scorebound.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.JsonOutput;
import org.scorebound.report.FigureFile;
import org.scorebound.report.ResultFile;
import org.scorebound.result.RunTiming;
import org.scorebound.verify.Campaign;
import org.scorebound.verify.FamilySummary;
import org.scorebound.verify.Verdict;

/** All of {@code verify} in this process: evaluates a source, writes the document, prints. */
final class SingleRun {

  private final VerifyRun run;
  private final CommonOptions common;
  private final Optional<Path> plot;
  private final boolean explain;

  /**
   * A run.
   *
   * @param run its settings
   * @param common the options that say where the document goes and whether there is progress
   * @param plot where the plot of ratios goes, if it is wanted
   * @param explain whether to say where each bound loses
   */
  SingleRun(VerifyRun run, CommonOptions common, Optional<Path> plot, boolean explain) {
    this.run = run;
    this.common = common;
    this.plot = plot;
    this.explain = explain;
  }

  /** Does everything. */
  ExitCode execute(VerifySource source) {
    Stages stages = new Stages();
    VerifySource.Evaluated evaluated;
    VerifyChecks checks;
    Optional<Explanations> explanations = Optional.empty();
    Path out;
    try (TerminalProgress progress = common.progress()) {
      source.prepare();
      if (explain) {
        Explanations.check(source.size());
      }
      out = common.outputFile("verify");
      evaluated = stages.time("configurations", () -> source.evaluate(run, progress));
      if (explain) {
        List<Campaign.Entry> entries = evaluated.entries();
        explanations =
            Optional.of(stages.time("explanations", () -> Explanations.of(run, entries, progress)));
      }
      checks = VerifyChecks.run(progress, stages);
    }
    List<Campaign.Entry> entries = evaluated.entries();
    VerifySummary summary =
        new VerifySummary(
            FamilySummary.of(entries),
            checks,
            evaluated.failures(),
            violated(entries),
            discrete(entries));
    RunTiming timing =
        new RunTiming(
            run.commandLine(), run.threads(), run.begun(), run.seconds(), stages.seconds());
    Map<String, @Nullable Object> document = document(evaluated, summary, timing);
    explanations.ifPresent(e -> e.addTo(document));
    JsonOutput.write(out, document);
    run.printer().print(source.table(evaluated, summary));
    explanations.ifPresent(e -> e.print(run.printer()));
    source.further(evaluated).ifPresent(table -> run.printer().print(table));
    summary.print(run.printer(), out, timing);
    plot.ifPresent(file -> plot(file, ResultFile.of(out, document)));
    return summary.exit(source.given(), run.strict(), run.keepGoing());
  }

  private Map<String, @Nullable Object> document(
      VerifySource.Evaluated evaluated, VerifySummary summary, RunTiming timing) {
    Map<String, @Nullable Object> document =
        ResultDocument.head("verify", run.seed(), run.kernels().backEnd().label(), timing);
    document.putAll(evaluated.head());
    document.put("paths", run.paths());
    summary.addTo(document);
    document.put("results", evaluated.results());
    return document;
  }

  private void plot(Path file, ResultFile result) {
    if (result.figures().stream().noneMatch(f -> f.id().equals("ratio"))) {
      run.printer().println("plot: none, the bound applies to no configuration");
      return;
    }
    FigureFile.write(result.figure("ratio"), file, FigureFile.WIDTH, 2);
    run.printer().println("plot: " + file);
  }

  private static List<String> discrete(List<Campaign.Entry> entries) {
    return entries.stream()
        .filter(e -> e.outcome().discrete().violations() > 0)
        .map(e -> e.outcome().configuration().name())
        .toList();
  }

  private static List<String> violated(List<Campaign.Entry> entries) {
    return entries.stream()
        .filter(e -> e.outcome().theorem().verdict() == Verdict.VIOLATED)
        .map(e -> e.outcome().configuration().name())
        .toList();
  }
}
