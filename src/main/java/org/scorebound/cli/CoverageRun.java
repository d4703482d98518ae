package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.JsonOutput;
import org.scorebound.result.Rows;
import org.scorebound.result.Table;
import org.scorebound.verify.Coverage;

/** {@code verify --coverage}: how often the intervals hold the truth. */
final class CoverageRun {

  private final VerifyRun run;
  private final CommonOptions common;

  CoverageRun(VerifyRun run, CommonOptions common) {
    this.run = run;
    this.common = common;
  }

  /** Measures, writes the document and prints the table. */
  ExitCode execute(int repetitions) {
    Path out = common.outputFile("verify");
    List<Coverage.Row> rows;
    try (TerminalProgress progress = common.progress()) {
      rows =
          Coverage.measure(
              repetitions, run.paths(), run.seed(), run.threads(), run.kernels(), progress);
    }
    double seconds = run.seconds();
    Map<String, @Nullable Object> document =
        ResultDocument.head(
            "verify-coverage",
            run.seed(),
            run.kernels().backEnd().label(),
            ResultDocument.timing(run.commandLine(), run.threads(), run.begun(), seconds));
    document.put("repetitions", repetitions);
    document.put("paths", run.paths());
    document.put("binomialError", Coverage.BINOMIAL);
    document.put("coverage", rows);
    document.put("tables", List.of(table(rows)));
    JsonOutput.write(out, document);
    PrintWriter printer = run.printer();
    printer.print(text(rows));
    long good = rows.stream().filter(Coverage.Row::asStated).count();
    printer.printf(
        Locale.ROOT,
        "as stated: %d of %d coverages, each against its binomial interval at %s%n",
        good,
        rows.size(),
        1 - Coverage.BINOMIAL);
    rows.stream().filter(r -> !r.asStated()).forEach(r -> printer.println("TOO SMALL: " + r));
    printer.printf(
        Locale.ROOT,
        "%d repetitions of each configuration, %d paths each, in %.1f s%n",
        repetitions,
        run.paths(),
        seconds);
    printer.println("result: " + out);
    return good == rows.size() ? ExitCode.OK : ExitCode.UNTRUSTED;
  }

  private static TextTable text(List<Coverage.Row> rows) {
    TextTable table = new TextTable("configuration, interval", "n", "95 %", "99 %", "as stated");
    String configuration = "";
    for (int i = 0; i < rows.size(); i += Coverage.LEVELS.size()) {
      Coverage.Row first = rows.get(i);
      Coverage.Row second = rows.get(i + 1);
      if (!first.configuration().equals(configuration)) {
        configuration = first.configuration();
        table.row(configuration, "", "", "", "");
      }
      table.row(
          "  " + first.interval(),
          first.repetitions(),
          String.format(Locale.ROOT, "%.2f", 100 * first.share()),
          String.format(Locale.ROOT, "%.2f", 100 * second.share()),
          first.asStated() && second.asStated() ? "yes" : "NO");
    }
    return table;
  }

  private static Table table(List<Coverage.Row> rows) {
    return Rows.of(rows)
        .text("configuration", Coverage.Row::configuration)
        .text("interval", Coverage.Row::interval)
        .number("level", Coverage.Row::level)
        .number("repetitions", Coverage.Row::repetitions)
        .number("coverage", Coverage.Row::share)
        .number("lower", Coverage.Row::lower)
        .number("upper", Coverage.Row::upper)
        .text("as stated", Coverage.Row::asStated)
        .table(
            "coverage",
            "How often the intervals hold the truth",
            "Lower and upper end of the coverage are Clopper-Pearson limits at error probability "
                + Coverage.BINOMIAL
                + "; as stated unless the upper one is below the level.");
  }
}
