package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonOutput;
import org.scorebound.regress.history.History;
import org.scorebound.regress.history.HistoryPoint;
import org.scorebound.regress.history.Trend;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.Series;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds where benchmarks became slower or faster over many runs. */
@Command(
    name = "history",
    description =
        "Find the change points of a history that 'regress --record' has written: L1 Potts "
            + "functional on the logarithms, one trend for each benchmark and machine.")
final class HistoryCommand implements Callable<ExitCode> {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The history (default: scorebound-history.jsonl).")
  private Path file = Path.of("scorebound-history.jsonl");

  @Option(
      names = "--benchmarks",
      paramLabel = "REGEX",
      description = "Benchmarks whose names and parameters have it (default: all).")
  private String benchmarks = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Result document, which 'report' and 'plot' draw (default: scorebound-history.json here).")
  private Path out = Path.of("scorebound-history.json");

  @Mixin private ReportOption report = new ReportOption();

  @Spec private CommandSpec spec;

  @Override
  public ExitCode call() {
    long started = System.nanoTime();
    String begun = CommonOptions.timestamp();
    AtomicFile.checkWritable(out);
    report.check(out);
    Pattern pattern;
    try {
      pattern = Pattern.compile(benchmarks, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw new InputException(
          "--benchmarks '" + benchmarks + "' is no regular expression: " + e.getDescription(), e);
    }
    List<HistoryPoint> points =
        History.read(file).stream()
            .filter(
                p ->
                    pattern.matcher(p.id().label()).find()
                        || pattern.matcher(p.id().benchmark()).find())
            .toList();
    if (points.isEmpty()) {
      throw new InputException(
          file + ": has no run of a benchmark that matches '" + benchmarks + "'");
    }
    List<Trend> trends = Trend.of(points);
    PrintWriter print = spec.commandLine().getOut();
    print(print, trends);
    List<String> words = spec.commandLine().getParseResult().originalArgs();
    double elapsed = 1e-9 * (System.nanoTime() - started);
    Map<String, @Nullable Object> document =
        ResultDocument.head("history", 0, "none", ResultDocument.timing(words, 1, begun, elapsed));
    document.put("history", file);
    document.put("trends", trends);
    document.put("figures", figures(trends));
    document.put("tables", List.of());
    JsonOutput.write(out, document);
    print.println("result: " + out);
    report.write(out, print);
    return ExitCode.OK;
  }

  private static void print(PrintWriter print, List<Trend> trends) {
    TextTable table = new TextTable("benchmark", "machine", "runs", "changes", "score now");
    for (Trend t : trends) {
      HistoryPoint last = t.points().getLast();
      table.row(
          t.id().label(),
          t.machine(),
          t.points().size(),
          t.changes().size(),
          String.format(Locale.ROOT, "%.4g %s", t.levels().getLast().score(), last.unit()));
    }
    print.print(table);
    for (Trend t : trends) {
      for (Trend.Change c : t.changes()) {
        double percent = 100 * (c.ratio() > 1 ? c.ratio() - 1 : 1 / c.ratio() - 1);
        print.printf(
            Locale.ROOT,
            "%s on %s: %s by %.1f %% from %s on, %s %s%n",
            t.id().label(),
            t.machine(),
            c.ratio() > 1 ? "slower" : "faster",
            percent,
            c.at(),
            c.build(),
            c.source());
      }
    }
  }

  private static List<Figure> figures(List<Trend> trends) {
    List<Figure> figures = new ArrayList<>();
    for (Trend t : trends) {
      int n = t.points().size();
      double[] x = new double[n];
      double[] y = new double[n];
      double[] lower = new double[n];
      double[] upper = new double[n];
      double[] level = new double[n];
      List<String> labels = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        HistoryPoint p = t.points().get(i);
        x[i] = i + 1;
        y[i] = p.score();
        lower[i] = p.lower();
        upper[i] = p.upper();
        labels.add(p.at() + " " + p.build() + " " + p.source());
      }
      for (Trend.Level l : t.levels()) {
        java.util.Arrays.fill(level, l.from(), l.to(), l.score());
      }
      figures.add(
          Figure.xy(
              "trend-" + (figures.size() + 1),
              "Trend of " + t.id().label(),
              "Median over the forks of each run with their quartiles, on the machine "
                  + t.machine()
                  + "; the line is the level between changes.",
              Quantity.linear("run", ""),
              Quantity.linear("score", t.points().getFirst().unit()),
              List.of(
                  Series.points("run", x, y).within(lower, upper).labelled(labels),
                  Series.of("level", Series.Style.STEP, x, level))));
    }
    return figures;
  }
}
