package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.scorebound.campaign.Engine;
import org.scorebound.campaign.Plan;
import org.scorebound.campaign.Shard;
import org.scorebound.campaign.ShardFile;
import org.scorebound.campaign.ShardRun;
import org.scorebound.campaign.Split;
import org.scorebound.io.HostFacts;
import org.scorebound.io.InputException;
import org.scorebound.result.Progress;
import picocli.CommandLine.Option;

/** The options that spread a campaign over many processes; a picocli mixin. */
final class CampaignOptions {

  @Option(
      names = "--shard",
      arity = "0..1",
      paramLabel = "I/K",
      fallbackValue = "",
      description = {
        "Only part I of K (0-based), appended to a file in the folder --out, where",
        "it goes on after a kill. Without I/K: that of the Slurm array or indexed",
        "Kubernetes job this runs in. ./scorebound merge makes the one document."
      })
  private @Nullable String shard;

  @Option(
      names = "--shards",
      paramLabel = "K",
      description = "Number of shards, where the environment has the index alone.")
  private @Nullable Integer shards;

  @Option(
      names = "--keep-going",
      description = "Exit code 70 is not given for configurations that failed.")
  private boolean keepGoing;

  /** Whether configurations that failed do not change the exit code. */
  boolean keepGoing() {
    return keepGoing;
  }

  /**
   * The part to do; empty for a whole campaign in one process. A folder as {@code --out} within an
   * array job asks for its part as {@code --shard} does: a document could not go there.
   */
  Optional<Shard> shard(Map<String, String> environment, Optional<Path> out) {
    if (shard != null && !shard.isEmpty()) {
      Shard given = Shard.parse(shard);
      if (shards != null && shards != given.count()) {
        throw new InputException("--shards " + shards + " contradicts --shard " + shard);
      }
      return Optional.of(given);
    }
    boolean folder = out.isPresent() && Files.isDirectory(out.get());
    if (shard == null && shards == null && !(folder && Shard.inArray(environment))) {
      return Optional.empty();
    }
    return Optional.of(Shard.fromEnvironment(environment, Optional.ofNullable(shards)));
  }

  /** Does what is left of a shard. */
  ExitCode run(
      PrintWriter out, Path folder, Plan plan, Shard part, Engine engine, Progress progress) {
    long started = System.nanoTime();
    ShardRun.Report report;
    Path path;
    try (ShardFile file =
        ShardFile.open(folder, plan, part, HostFacts.machine(), CommonOptions.timestamp())) {
      path = file.path();
      int[] ids = new Split(plan.count(), part.count()).ids(part.index());
      report = ShardRun.run(file, plan, ids, engine, progress);
    }
    out.printf(
        Locale.ROOT,
        "shard %d/%d: %d configurations, %d of them finished before, %d failed;"
            + " %.1f s, busy %.1f s%n",
        part.index(),
        part.count(),
        report.size(),
        report.found(),
        report.failures(),
        (System.nanoTime() - started) * 1e-9,
        report.busySeconds());
    out.println("lines: " + path);
    return report.failures() > 0 && !keepGoing ? ExitCode.INTERNAL : ExitCode.OK;
  }
}
