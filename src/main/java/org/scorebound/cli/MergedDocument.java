package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.scorebound.campaign.Merge;
import org.scorebound.campaign.Plan;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.HostFacts;
import org.scorebound.io.JsonOutput;
import org.scorebound.result.Progress;
import org.scorebound.result.RunTiming;

/** The result document of a campaign that stands in shard files. */
final class MergedDocument {

  private MergedDocument() {}

  /**
   * Checks equality cases and controls, writes the document and prints what it shows.
   *
   * @param merge the shard files
   * @param target where to; if empty, the default file in the working directory
   * @param threads worker threads, for the record
   * @param started when the command started, by {@link System#nanoTime}
   * @param begun the same by the clock
   * @param progress hears of the checks
   * @param printer takes the tables
   * @param commandLine the arguments as typed
   */
  static VerifySummary write(
      Merge merge,
      Optional<Path> target,
      int threads,
      long started,
      String begun,
      Progress progress,
      PrintWriter printer,
      List<String> commandLine) {
    Plan plan = merge.plan();
    plan.requireBuild(HostFacts.build());
    Path file = target.orElse(Path.of("scorebound-verify-" + plan.seed() + ".json"));
    AtomicFile.checkWritable(file);
    Stages stages = new Stages();
    VerifySummary summary =
        new VerifySummary(
            merge.summaries(),
            VerifyChecks.run(progress, stages),
            merge.failures(),
            merge.violated(),
            merge.discrete());
    RunTiming timing =
        new RunTiming(
            commandLine, threads, begun, (System.nanoTime() - started) * 1e-9, stages.seconds());
    Map<String, @Nullable Object> document =
        ResultDocument.head(
            "verify",
            plan.seed(),
            plan.backEnd(),
            plan.build(),
            timing.withWorkers(merge.balance().workers()));
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
    summary.print(printer, file, timing);
    return summary;
  }
}
