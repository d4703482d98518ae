package org.scorebound.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scorebound.campaign.Engine;
import org.scorebound.campaign.Evaluator;
import org.scorebound.campaign.Merge;
import org.scorebound.campaign.Plan;
import org.scorebound.campaign.Shard;
import org.scorebound.campaign.ThreadEngine;
import org.scorebound.io.HostFacts;
import org.scorebound.io.InputException;

/** A campaign of sampled configurations spread over processes: one shard of it, or a cluster. */
final class SpreadRun {

  private final VerifyRun run;
  private final CommonOptions common;
  private final CampaignOptions campaign;
  private final Plan plan;

  /**
   * A run.
   *
   * @param run its settings
   * @param count sampled configurations of the whole campaign
   * @param common the options that say where lines and documents go
   * @param campaign the options of the spreading
   */
  SpreadRun(VerifyRun run, int count, CommonOptions common, CampaignOptions campaign) {
    this.run = run;
    this.common = common;
    this.campaign = campaign;
    this.plan =
        new Plan(
            run.seed(), count, run.paths(), run.kernels().backEnd().label(), HostFacts.build());
  }

  /** Evaluates everything on a cluster, whose lines are kept, and writes the document. */
  ExitCode onCluster(Engine engine) {
    Path file = common.outputFile("verify");
    Path lines = CampaignOptions.lines(file);
    try (TerminalProgress progress = common.progress()) {
      campaign.run(run.printer(), lines, plan, new Shard(0, 1), engine, progress);
      try (Merge merge = Merge.open(List.of(lines))) {
        merge.requireComplete();
        return MergedDocument.write(
                merge,
                Optional.of(file),
                run.threads(),
                run.started(),
                run.begun(),
                progress,
                run.printer(),
                run.commandLine())
            .exit(false, run.strict(), run.keepGoing());
      }
    }
  }

  /** Evaluates one shard into its file. */
  ExitCode shard(Shard shard, Evaluator evaluator) {
    Path folder =
        common
            .out()
            .orElseThrow(
                () -> new InputException("a shard needs --out DIR, the campaign's folder"));
    try (TerminalProgress progress = common.progress()) {
      return campaign.run(
          run.printer(), folder, plan, shard, new ThreadEngine(run.threads(), evaluator), progress);
    }
  }
}
