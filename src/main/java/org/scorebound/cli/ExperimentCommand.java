package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.scorebound.experiment.Checkpoint;
import org.scorebound.experiment.ExperimentName;
import org.scorebound.experiment.Findings;
import org.scorebound.experiment.Request;
import org.scorebound.experiment.TaskRunner;
import org.scorebound.io.HostFacts;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.Nearest;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.Precision;
import org.scorebound.result.RunTiming;
import org.scorebound.result.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one of the published experiments, or goes on with one. */
@Command(
    name = "experiment",
    description = {
      "Run a published experiment, or one that goes beyond them (--list names them).",
      "A run that was stopped goes on with --resume from the folder OUT.checkpoint."
    })
final class ExperimentCommand implements Callable<ExitCode> {

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
      names = "--seeds",
      paramLabel = "K",
      description = "Runs that differ by their random streams alone (default: the experiment's).")
  private @Nullable Integer seeds;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the data in each training (default: 1000, as published).")
  private @Nullable Integer epochs;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      split = ",",
      description = {
        "training: data laws, bundled data sets or CSV files",
        "(default: 1-cluster-1d,2-clusters-1d,1-cluster-2d,4-clusters-2d,two-moons)."
      })
  private List<String> data = List.of();

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "training: samples of an optimiser step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "1e-3",
      description = "training: learning rate (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description = {
        "Of the gradients while training, single or double; parameters and all measurements of",
        "bounds are double (default: single in four-clusters on vector, as published,",
        "else double)."
      })
  private @Nullable String precision;

  @Option(
      names = "--network",
      paramLabel = "FILE",
      description = {
        "horizon, sigma-family: the description of a network of yours (docs/networks.md) instead",
        "of training one; its data law by --data (default: 4-clusters-2d)."
      })
  private @Nullable Path network;

  @Option(names = "--resume", description = "Go on with a run that was stopped.")
  private boolean resume;

  @Option(names = "--restart", description = "Throw away what a stopped run has left.")
  private boolean restart;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "Least time between two states of a run (default: ${DEFAULT-VALUE}).")
  private double cadence;

  @Override
  public ExitCode call() {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      for (ExperimentName e : ExperimentName.values()) {
        out.printf(Locale.ROOT, "%-18s  %s%n", e.label(), e.description());
      }
      return ExitCode.OK;
    }
    ExperimentName experiment = named();
    Kernels kernels = backEnd.kernels();
    Request request = request(kernels.backEnd());
    long started = System.nanoTime();
    String begun = CommonOptions.timestamp();
    int threads = common.threads();
    Map<String, Object> setting = experiment.setting(request);
    Path file = common.outputFile(experiment.label());
    Findings findings;
    try (Checkpoint checkpoint =
            Checkpoint.open(file, plan(experiment, request, kernels), existing());
        TerminalProgress progress = common.progress()) {
      findings =
          experiment.run(request, new TaskRunner(kernels, threads, checkpoint, cadence, progress));
      RunTiming timing =
          ResultDocument.timing(
              spec.commandLine().getParseResult().originalArgs(),
              threads,
              begun,
              (System.nanoTime() - started) * 1e-9);
      Map<String, @Nullable Object> head =
          ResultDocument.head("experiment", common.seed(), kernels.backEnd().label(), timing);
      JsonOutput.write(file, document(head, experiment, setting, findings));
      checkpoint.remove();
    }
    print(out, findings.tables().getFirst());
    out.printf(
        Locale.ROOT, "%s in %.1f s%n", experiment.label(), (System.nanoTime() - started) * 1e-9);
    out.println("result: " + file);
    common.report(file, out);
    return ExitCode.OK;
  }

  private ExperimentName named() {
    if (name == null) {
      throw new InputException("an experiment must be named (--list names them)");
    }
    return ExperimentName.of(name);
  }

  private Request request(BackEnd by) {
    atLeastOne("--epochs", epochs);
    atLeastOne("--seeds", seeds);
    atLeastOne("--batch", batch);
    if (!(rate > 0 && rate < MAX_RATE)) {
      throw new InputException("--rate must be above 0 and below " + MAX_RATE + ", got " + rate);
    }
    if (!(cadence >= 0)) {
      throw new InputException("--checkpoint-every must be >= 0, got " + cadence);
    }
    return new Request(
        common.seed(),
        optional(seeds),
        optional(epochs),
        data,
        batch,
        rate,
        Optional.ofNullable(network),
        precisionOn(by));
  }

  /** Empty for the experiment's own; doubles where floats are not faster. */
  private Optional<Precision> precisionOn(BackEnd by) {
    return precision == null
        ? by == BackEnd.VECTOR ? Optional.empty() : Optional.of(Precision.DOUBLE)
        : Optional.of(precision(precision));
  }

  private static Precision precision(String name) {
    for (Precision p : Precision.values()) {
      if (p.label().equals(name)) {
        return p;
      }
    }
    throw new InputException(
        "--precision: unknown precision '"
            + name
            + "'"
            + Nearest.clause(
                name, Arrays.stream(Precision.values()).map(Precision::label).toList()));
  }

  /** Columns of a table that is printed as it is. */
  private static final int WIDE = 8;

  /** AdamW's decoupled decay of .01 must not turn the parameters over in one step. */
  private static final double MAX_RATE = 100;

  private static void atLeastOne(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new InputException(option + " must be at least 1, got " + value);
    }
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private Checkpoint.Existing existing() {
    if (resume && restart) {
      throw new InputException("--resume and --restart exclude each other");
    }
    return resume
        ? Checkpoint.Existing.RESUME
        : restart ? Checkpoint.Existing.RESTART : Checkpoint.Existing.REFUSE;
  }

  private static Map<String, Object> plan(
      ExperimentName experiment, Request request, Kernels kernels) {
    Map<String, Object> plan = experiment.plan(request);
    plan.put("backEnd", kernels.backEnd().label());
    plan.put("build", HostFacts.build());
    return plan;
  }

  private static Map<String, @Nullable Object> document(
      Map<String, @Nullable Object> head,
      ExperimentName experiment,
      Map<String, Object> setting,
      Findings findings) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("name", experiment.label());
    about.put("description", experiment.description());
    about.put("setting", setting);
    about.put("outcome", findings.outcome());
    about.put("notes", findings.notes());
    head.put("experiment", about);
    head.put("figures", findings.figures());
    head.put("tables", findings.tables());
    return head;
  }

  /** The first table; turned where it is wide and short, cut where it is wide and long. */
  private static void print(PrintWriter out, Table table) {
    out.println(table.title());
    List<Table.Column> columns = table.columns();
    if (columns.size() <= WIDE || table.rows().size() > WIDE) {
      int shown = Math.min(WIDE, columns.size());
      TextTable text =
          new TextTable(
              columns.subList(0, shown).stream().map(Table.Column::title).toArray(String[]::new));
      table
          .rows()
          .forEach(
              row ->
                  text.row(row.subList(0, shown).stream().map(ExperimentCommand::cell).toArray()));
      out.print(text);
      return;
    }
    List<String> heads = new ArrayList<>(List.of(columns.getFirst().title()));
    table.rows().forEach(row -> heads.add(cell(row.getFirst())));
    TextTable text = new TextTable(heads.toArray(String[]::new));
    for (int i = 1; i < columns.size(); i++) {
      List<String> cells = new ArrayList<>(List.of(columns.get(i).title()));
      for (List<@Nullable Object> row : table.rows()) {
        cells.add(cell(row.get(i)));
      }
      text.row(cells.toArray());
    }
    out.print(text);
  }

  private static String cell(@Nullable Object value) {
    return value == null
        ? "-"
        : value instanceof Double d ? String.format(Locale.ROOT, "%.4g", d) : String.valueOf(value);
  }
}
