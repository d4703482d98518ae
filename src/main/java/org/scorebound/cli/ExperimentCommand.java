package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.scorebound.experiment.Epoch;
import org.scorebound.experiment.ExperimentName;
import org.scorebound.experiment.FourClusters;
import org.scorebound.experiment.Setting;
import org.scorebound.experiment.Training;
import org.scorebound.experiment.TrainingDocument;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.Nearest;
import org.scorebound.linalg.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one of the published experiments. */
@Command(
    name = "experiment",
    description = {
      "Run a published experiment. four-clusters trains a score network and follows",
      "loss, exact W2 and the theorem's bound over the epochs."
    })
final class ExperimentCommand implements Callable<ExitCode> {

  /** Rows of the printed table, log-spaced. */
  private static final double ROW_RATIO = 2.5;

  @Spec private CommandSpec spec;

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private BackEndOption backEnd = new BackEndOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The experiment (--list names them).")
  private @Nullable String name;

  @Option(names = "--list", description = "List the experiments.")
  private boolean list;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Passes over the data (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Also plot loss, W2 and bound, as SVG.")
  private @Nullable Path plot;

  @Override
  public ExitCode call() {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      for (ExperimentName e : ExperimentName.values()) {
        out.println(e.label() + "  " + e.description());
      }
      return ExitCode.OK;
    }
    check();
    long started = System.nanoTime();
    String begun = CommonOptions.timestamp();
    Kernels kernels = backEnd.kernels();
    int threads = common.threads();
    Path file = common.outputFile(ExperimentName.FOUR_CLUSTERS.label());
    if (plot != null) {
      AtomicFile.checkWritable(plot);
    }
    Setting setting = Setting.published(common.seed(), epochs);
    Training training;
    try (TerminalProgress progress = common.progress()) {
      training = new FourClusters(setting, kernels).run(threads, progress);
    }
    double seconds = (System.nanoTime() - started) * 1e-9;
    Map<String, @Nullable Object> document =
        ResultDocument.head(
            "experiment",
            common.seed(),
            kernels.backEnd().label(),
            ResultDocument.timing(
                spec.commandLine().getParseResult().originalArgs(), threads, begun, seconds));
    document.put("experiment", TrainingDocument.of(training));
    JsonOutput.write(file, document);
    if (plot != null) {
      byte[] svg = TrainingPlot.svg(training).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(plot, stream -> stream.write(svg));
    }
    print(out, training, seconds, file);
    return ExitCode.OK;
  }

  private void check() {
    if (name == null) {
      throw new InputException("an experiment must be named (--list names them)");
    }
    if (!ExperimentName.labels().contains(name)) {
      throw new InputException(
          "unknown experiment '" + name + "'" + Nearest.clause(name, ExperimentName.labels()));
    }
    if (epochs < 1) {
      throw new InputException("--epochs must be at least 1, got " + epochs);
    }
  }

  private void print(PrintWriter out, Training training, double seconds, Path file) {
    TextTable table = new TextTable("epoch", "loss", "W2", "ln bound", "ln bound, sampled L_s");
    double next = 0;
    int last = training.epochs().size() - 1;
    for (Epoch e : training.epochs()) {
      boolean end = e.epoch() == last || e.epoch() == training.setting().ascentEpochs();
      if (end || (e.logBoundSampled().isPresent() && e.epoch() >= next)) {
        table.row(
            e.epoch(),
            String.format(Locale.ROOT, "%.4g", e.loss()),
            String.format(Locale.ROOT, "%.4g", e.w2()),
            String.format(Locale.ROOT, "%.2f", e.logBound()),
            e.logBoundSampled().isPresent()
                ? String.format(Locale.ROOT, "%.2f", e.logBoundSampled().getAsDouble())
                : "-");
        next = Math.max(1, ROW_RATIO * e.epoch());
      }
    }
    out.print(table);
    training.diverged().ifPresent(why -> out.println("training diverged: " + why));
    if (!training.epochs().isEmpty()) {
      Epoch nearest = training.nearest();
      out.printf(
          Locale.ROOT,
          "least W2 %.4f at epoch %d; two data clouds of this size are %.4f apart%n",
          nearest.w2(),
          nearest.epoch(),
          training.w2SameLaw());
    }
    out.println("W2 is an estimate from points, biased up; the sampled bound is a lower estimate");
    out.printf(Locale.ROOT, "%d epochs in %.1f s%n", Math.max(0, last), seconds);
    out.println("result: " + file);
    if (plot != null) {
      out.println("plot: " + plot);
    }
  }
}
