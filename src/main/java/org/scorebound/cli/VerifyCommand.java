package org.scorebound.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.scorebound.campaign.Engine;
import org.scorebound.campaign.Evaluator;
import org.scorebound.campaign.Shard;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.InputException;
import org.scorebound.linalg.Kernels;
import org.scorebound.verify.Campaign;
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

  @Mixin private JUnitOption junit = new JUnitOption();

  @Mixin private SuppliedOptions supplied = new SuppliedOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Sampled configurations (default: 2000).")
  private @Nullable Integer given;

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
      names = "--explain",
      description = {
        "Also say where each bound loses: in the coupling, in either Cauchy-Schwarz",
        "step, or in the one-sided constants; and the best member of the family."
      })
  private boolean explain;

  @Option(
      names = "--coverage",
      paramLabel = "N",
      description = {
        "Instead: how often the statistical intervals hold the truth, in N repetitions",
        "of each configuration of a family where the truth is known in closed form."
      })
  private @Nullable Integer coverage;

  @Option(
      names = "--paths",
      paramLabel = "N",
      defaultValue = "500",
      description = "Simulated paths per configuration (default: ${DEFAULT-VALUE}).")
  private int paths;

  @Option(names = "--strict", description = "Exit code 4 if any configuration is undecided.")
  private boolean strict;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Also plot bound/W2 against W2, as SVG or PNG.")
  private @Nullable Path plot;

  /** Sampled configurations where the user names no number. */
  private static final int DEFAULT_COUNT = 2000;

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
    Optional<Shard> shard =
        cluster.isPresent() ? Optional.empty() : campaign.shard(environment, common.out());
    boolean spread = cluster.isPresent() || shard.isPresent();
    int count = given == null ? DEFAULT_COUNT : given;
    if (spread && (config != null || data != null)) {
      throw new InputException(
          "shards and clusters are for sampled configurations; without --config and --data");
    }
    VerifyRun run =
        new VerifyRun(
            common.seed(),
            paths,
            common.threads(),
            backEnd.kernels(),
            strict,
            campaign.keepGoing(),
            started,
            begun,
            spec.commandLine().getParseResult().originalArgs(),
            spec.commandLine().getOut());
    Optional<SuppliedOptions.Given> numbers = supplied.given();
    if (numbers.isPresent()) {
      if (spread
          || given != null
          || config != null
          || data != null
          || coverage != null
          || explain) {
        throw new InputException(
            "--samples stands alone; without --count, --config, --data, --coverage, --explain,"
                + " shards and clusters");
      }
      ExitCode exit = new SuppliedRun(run, common).execute(numbers.get());
      common.report(common.document("verify"), run.printer());
      return exit;
    }
    if (coverage != null) {
      if (spread) {
        throw new InputException("--coverage runs in one process; without shards and clusters");
      }
      ExitCode exit = new CoverageRun(run, common).execute(coverage);
      common.report(common.document("verify"), run.printer());
      return exit;
    }
    if (!spread) {
      return written(
          new SingleRun(run, common, Optional.ofNullable(plot), explain).execute(source(count)),
          run);
    }
    SpreadRun parts = new SpreadRun(run, count, common, campaign);
    return cluster
        .map(engine -> written(parts.onCluster(engine), run))
        .orElseGet(
            () ->
                parts.shard(shard.orElseThrow(), evaluators.of(run.seed(), paths, run.kernels())));
  }

  /** Writes what is made from the document, which is there. */
  private ExitCode written(ExitCode exit, VerifyRun run) {
    junit.write(common.document("verify"), run.printer());
    common.report(common.document("verify"), run.printer());
    return exit;
  }

  private VerifySource source(int count) {
    if (config != null) {
      return new ConfigSource(config);
    }
    return data != null ? new DataSource(data, bandwidth) : new SampledSource(count, evaluators);
  }

  private void check() {
    if (given != null && given < 1) {
      throw new InputException("--count must be at least 1, got " + given);
    }
    if (given != null && (config != null || data != null || coverage != null)) {
      throw new InputException(
          "--count is for sampled configurations; "
              + (config != null
                  ? "--config evaluates all of its file"
                  : data != null
                      ? "--data has its own configurations"
                      : "--coverage has its own family and takes the repetitions"));
    }
    if (explain && coverage != null) {
      throw new InputException("--explain does not go with --coverage");
    }
    if (coverage != null && (config != null || data != null)) {
      throw new InputException("--coverage has its own family; without --config and --data");
    }
    if (coverage != null && coverage < 1) {
      throw new InputException("--coverage must be at least 1, got " + coverage);
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
    junit.check();
    common.threads();
    if (plot != null) {
      AtomicFile.checkWritable(plot);
    }
  }
}
