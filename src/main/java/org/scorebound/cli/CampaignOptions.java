package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.scorebound.campaign.Engine;
import org.scorebound.campaign.EngineProvider;
import org.scorebound.campaign.Plan;
import org.scorebound.campaign.Shard;
import org.scorebound.campaign.ShardFile;
import org.scorebound.campaign.ShardRun;
import org.scorebound.campaign.Split;
import org.scorebound.io.HostFacts;
import org.scorebound.io.InputException;
import org.scorebound.io.Nearest;
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
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "threads",
      description = "Who evaluates: threads of this process, or spark (docs/campaigns.md).")
  private String engine = "threads";

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: spark-submit's, else local[*]).")
  private @Nullable String master;

  @Option(
      names = "--slices",
      paramLabel = "S",
      description = "Spark's tasks (default: one for 8 configurations).")
  private @Nullable Integer slices;

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

  /** The engine that is not threads of this process; empty if it is. */
  Optional<Engine> cluster() {
    List<EngineProvider> providers =
        ServiceLoader.load(EngineProvider.class).stream().map(ServiceLoader.Provider::get).toList();
    if (slices != null && slices < 1) {
      throw new InputException("--slices must be at least 1, got " + slices);
    }
    if (engine.equals("threads")) {
      if (master != null || slices != null) {
        throw new InputException("--master and --slices go with --engine spark");
      }
      return Optional.empty();
    }
    if (!engine.equals("spark")) {
      throw new InputException(
          "unknown engine '" + engine + "'" + Nearest.clause(engine, List.of("threads", "spark")));
    }
    if (shard != null || shards != null) {
      throw new InputException("--engine spark makes its own slices; without --shard");
    }
    OptionalInt cut = slices == null ? OptionalInt.empty() : OptionalInt.of(slices);
    return Optional.of(
        providers.stream()
            .filter(p -> p.name().equals(engine))
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        "--engine spark needs Spark's jars: start it by ./scorebound from a clone,"
                            + " or by spark-submit (docs/campaigns.md)"))
            .open(Optional.ofNullable(master), cut));
  }

  /** The folder of a cluster's lines: beside the document, with its name. */
  static Path lines(Path document) {
    String name = String.valueOf(document.getFileName());
    String stem = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    return document.resolveSibling(stem + ".lines");
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
