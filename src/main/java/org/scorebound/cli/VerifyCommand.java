package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.BundledData;
import org.scorebound.io.HostFacts;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.linalg.Kernels;
import org.scorebound.result.RunInfo;
import org.scorebound.result.RunTiming;
import org.scorebound.verify.Campaign;
import org.scorebound.verify.Control;
import org.scorebound.verify.DataSet;
import org.scorebound.verify.EqualityCases;
import org.scorebound.verify.FamilySummary;
import org.scorebound.verify.NegativeControls;
import org.scorebound.verify.OutcomeDocument;
import org.scorebound.verify.Standardised;
import org.scorebound.verify.Verdict;
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

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Sampled configurations (default: ${DEFAULT-VALUE}).")
  private int count;

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
      names = "--paths",
      paramLabel = "N",
      defaultValue = "700",
      description = "Simulated paths per configuration (default: ${DEFAULT-VALUE}).")
  private int paths;

  @Option(names = "--strict", description = "Exit code 4 if any configuration is undecided.")
  private boolean strict;

  @Override
  public ExitCode call() {
    long started = System.nanoTime();
    String begun = CommonOptions.timestamp();
    check();
    Kernels kernels = backEnd.kernels();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    List<Campaign.Entry> entries;
    List<Object> results = new ArrayList<>();
    @Nullable DataSet dataSet = null;
    @Nullable List<DataSet.Row> rows = null;
    List<EqualityCases.Result> equalities = new ArrayList<>();
    List<Control.Result> controls;
    Path out;
    try (TerminalProgress progress = common.progress()) {
      if (config != null) {
        var configurations = OutcomeDocument.read(JsonInput.read(config));
        out = common.outputFile("verify");
        entries =
            Campaign.given(
                configurations, common.seed(), paths, common.threads(), kernels, progress);
      } else if (data != null) {
        dataSet = dataSet(data);
        out = common.outputFile("verify");
        rows = dataSet.evaluate(common.seed(), paths, common.threads(), kernels, progress);
        entries = rows.stream().map(DataSet.Row::entry).toList();
      } else {
        out = common.outputFile("verify");
        entries =
            Campaign.sampled(common.seed(), count, paths, common.threads(), kernels, progress);
      }
      List<EqualityCases.Case> cases = EqualityCases.all();
      for (EqualityCases.Case c : cases) {
        progress.report(equalities.size(), cases.size(), "equality cases");
        equalities.add(EqualityCases.check(c));
      }
      progress.report(0, 1, "controls");
      controls = NegativeControls.run();
    }
    List<FamilySummary> summaries = FamilySummary.of(entries);
    if (dataSet != null && rows != null) {
      for (DataSet.Row row : rows) {
        results.add(dataSet.document(row));
      }
    } else {
      entries.forEach(e -> results.add(OutcomeDocument.of(e)));
    }
    double seconds = (System.nanoTime() - started) * 1e-9;
    document.put("schema", "scorebound/verify-result/1");
    document.put(
        "run",
        new RunInfo(
            RunInfo.SCHEMA_VERSION,
            "verify",
            common.seed(),
            kernels.backEnd().label(),
            HostFacts.build(),
            HostFacts.machine()));
    document.put(
        "timing",
        new RunTiming(
            spec.commandLine().getParseResult().originalArgs(),
            common.threads(),
            begun,
            seconds,
            new LinkedHashMap<>()));
    if (dataSet != null) {
      document.put("data", dataSummary(dataSet));
    }
    document.put("paths", paths);
    document.put("families", summaries);
    document.put("equalityCases", equalities);
    document.put("controls", controls);
    document.put("results", results);
    JsonOutput.write(out, document);
    print(summaries, entries, rows, equalities, controls, out, seconds);
    return exit(entries, equalities, controls);
  }

  private void check() {
    if (count < 1) {
      throw new InputException("--count must be at least 1, got " + count);
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
    common.threads();
  }

  private DataSet dataSet(String name) {
    Standardised table = Standardised.of(BundledData.resolve(name));
    return new DataSet(name, table, bandwidth == null ? table.silverman() : bandwidth);
  }

  private static Map<String, @Nullable Object> dataSummary(DataSet set) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", set.name());
    json.put("rows", set.table().n());
    json.put("columns", set.table().columns());
    json.put("constantColumns", set.table().constant());
    json.put("standardDeviations", set.table().scales());
    json.put("bandwidth", set.bandwidth());
    return json;
  }

  private ExitCode exit(
      List<Campaign.Entry> entries,
      List<EqualityCases.Result> equalities,
      List<Control.Result> controls) {
    boolean trusted =
        equalities.stream().allMatch(EqualityCases.Result::passed)
            && controls.stream().allMatch(Control.Result::passed);
    if (!trusted) {
      return ExitCode.UNTRUSTED;
    }
    if (entries.stream().anyMatch(e -> e.outcome().theorem().verdict() == Verdict.VIOLATED)) {
      return ExitCode.VIOLATED;
    }
    long undecided =
        entries.stream()
            .filter(e -> e.outcome().theorem().verdict() == Verdict.INCONCLUSIVE)
            .count();
    boolean given = config != null || data != null;
    boolean nothing =
        entries.stream().noneMatch(e -> e.outcome().theorem().verdict() == Verdict.HOLDS);
    return (given && nothing) || (strict && undecided > 0) ? ExitCode.UNDECIDED : ExitCode.OK;
  }

  private void print(
      List<FamilySummary> summaries,
      List<Campaign.Entry> entries,
      @Nullable List<DataSet.Row> rows,
      List<EqualityCases.Result> equalities,
      List<Control.Result> controls,
      Path file,
      double seconds) {
    PrintWriter out = spec.commandLine().getOut();
    if (config == null && data == null) {
      out.print(families(summaries));
    } else {
      out.print(configurations(entries, rows));
    }
    FamilySummary all = summaries.getLast();
    all.reasons().forEach((why, n) -> out.println("undecided: " + n + " because " + why));
    all.decidedShare()
        .ifPresent(
            s ->
                out.printf(
                    Locale.ROOT,
                    "decided: %.1f %% (vacuous, equal and not applicable ones left out)%n",
                    100 * s));
    if (all.notApplicable() > 0) {
      out.println("not applicable: " + all.notApplicable() + ", bound infinite (L_s is)");
    }
    long equal = equalities.stream().filter(EqualityCases.Result::passed).count();
    double worst =
        equalities.stream()
            .filter(EqualityCases.Result::equal)
            .mapToDouble(r -> Math.abs(r.deviation()))
            .max()
            .orElse(0);
    out.printf(
        Locale.ROOT,
        "equality cases: %d of %d as they must be, largest |W2/bound - 1| %.1e%n",
        equal,
        equalities.size(),
        worst);
    long caught = controls.stream().filter(Control.Result::passed).count();
    out.printf(
        Locale.ROOT,
        "controls: %d of %d as they must be (wrong formulas caught, a null one not)%n",
        caught,
        controls.size());
    equalities.stream()
        .filter(r -> !r.passed())
        .forEach(r -> out.println("FAILED equality case: " + r));
    controls.stream().filter(r -> !r.passed()).forEach(r -> out.println("FAILED control: " + r));
    entries.stream()
        .filter(e -> e.outcome().theorem().verdict() == Verdict.VIOLATED)
        .forEach(e -> out.println("VIOLATED: " + e.outcome().configuration().name()));
    out.printf(Locale.ROOT, "%d configurations in %.1f s%n", entries.size(), seconds);
    out.println("result: " + file);
  }

  private static TextTable families(List<FamilySummary> summaries) {
    TextTable table =
        new TextTable(
            "family", "n", "holds", "vac", "viol", "n/a", "undec", "slack>=", "median", "largest");
    for (FamilySummary s : summaries) {
      table.row(
          s.family(),
          s.count(),
          s.holds(),
          s.vacuous(),
          s.violated(),
          s.notApplicable(),
          s.inconclusive(),
          number(s.smallestSlack()),
          number(s.medianRatio()),
          number(s.largestRatio()));
    }
    return table;
  }

  private static TextTable configurations(
      List<Campaign.Entry> entries, @Nullable List<DataSet.Row> rows) {
    TextTable table =
        rows == null
            ? new TextTable("configuration", "W2", "bound", "log I", "verdict")
            : new TextTable("configuration", "W2", "W2 orig.", "bound", "log I", "verdict");
    for (int i = 0; i < entries.size(); i++) {
      var o = entries.get(i).outcome();
      String verdict = o.theorem().verdict() + (o.theorem().vacuous() ? ", vacuous" : "");
      String bound =
          o.theorem()
              .right()
              .map(
                  e ->
                      Double.isInfinite(e.value())
                          ? String.format(Locale.ROOT, "e^%.1f", e.logValue())
                          : number(OptionalDouble.of(e.value())))
              .orElse("infinite");
      String w2 = number(OptionalDouble.of(o.w2().value()));
      if (rows == null) {
        table.row(o.configuration().name(), w2, bound, number(o.logI()), verdict);
      } else {
        String original = number(OptionalDouble.of(rows.get(i).units().original().value()));
        table.row(o.configuration().name(), w2, original, bound, number(o.logI()), verdict);
      }
    }
    return table;
  }

  private static String number(OptionalDouble x) {
    if (x.isEmpty()) {
      return "-";
    }
    double v = x.getAsDouble();
    return Math.abs(v) >= 1e5 || (v != 0 && Math.abs(v) < 1e-3)
        ? String.format(Locale.ROOT, "%.1e", v)
        : String.format(Locale.ROOT, "%.4g", v);
  }
}
