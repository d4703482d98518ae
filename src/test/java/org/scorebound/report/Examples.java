package org.scorebound.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.io.JsonOutput;
import org.scorebound.result.Figure;
import org.scorebound.result.Heat;
import org.scorebound.result.Quantity;
import org.scorebound.result.Series;
import org.scorebound.result.Table;

/** Figures of every kind, and small result documents, with numbers from formulas. */
final class Examples {

  static final Path BENCH = Path.of("..", "reports", "bench-reference.json");

  private Examples() {}

  /** Two lines, one with a band and a gap, points with error bars, steps, and both references. */
  static Figure lines() {
    int n = 31;
    double[] x = new double[n];
    double[] y = new double[n];
    double[] lower = new double[n];
    double[] upper = new double[n];
    double[] other = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = Math.pow(10, i / 10.0);
      y[i] = i == 20 ? Double.NaN : 2 / (1 + x[i] / 50);
      lower[i] = i == 20 ? Double.NaN : 0.8 * y[i];
      upper[i] = i == 20 ? Double.NaN : 1.3 * y[i];
      other[i] = 1e-3 * x[i];
    }
    return Figure.xy(
            "lines",
            "Loss & bound < both",
            "A line with a band.",
            Quantity.log("epoch", ""),
            Quantity.log("W2", "units of the data"),
            List.of(
                Series.line("bound", x, y).within(lower, upper),
                Series.of("step", Series.Style.STEP, x, other),
                Series.points("W2", new double[] {2, 20, 200}, new double[] {0.5, 0.2, -1})
                    .within(new double[] {0.4, 0.1, 0}, new double[] {0.7, 0.3, 0})
                    .labelled(List.of("first", "second", "not on a logarithmic axis"))))
        .with(
            List.of(
                new Figure.Reference("ascent ends", Figure.Across.X, 10),
                new Figure.Reference("floor", Figure.Across.Y, 0.1)));
  }

  static Figure bars() {
    return Figure.bars(
            "bars",
            "Slack by step of the proof",
            "",
            Quantity.linear("step", ""),
            Quantity.linear("factor", ""),
            List.of(
                Series.bars(
                        "churn 0",
                        List.of("coupling", "Cauchy-Schwarz over x", "one-sided constant"),
                        new double[] {1.2, 3, Double.NaN})
                    .within(
                        new double[] {1.1, 2.5, Double.NaN}, new double[] {1.4, 3.5, Double.NaN}),
                Series.bars(
                    "churn 1",
                    List.of("coupling", "Cauchy-Schwarz over x", "one-sided constant"),
                    new double[] {-0.5, 2, 1})))
        .with(List.of(new Figure.Reference("no loss", Figure.Across.Y, 1)));
  }

  static Figure heat() {
    int n = 12;
    double[] edges = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      edges[i] = -3 + 0.5 * i;
    }
    double[][] values = new double[n][n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        values[j][i] = i == 0 && j == 0 ? Double.NaN : edges[i] * edges[i] - edges[j];
      }
    }
    return Figure.heat(
        "heat",
        "Where lambda_max is attained",
        "",
        Quantity.linear("x1", ""),
        Quantity.linear("x2", ""),
        Heat.of(edges, edges, values, "lambda_max"),
        List.of(Series.points("maximum", new double[] {-2.75}, new double[] {-2.75})));
  }

  static Table table() {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      rows.add(List.of("row " + (char) ('a' + (5 * i) % 9), (7 * i) % 9 * 0.25, i % 2 == 0));
    }
    return new Table(
        "numbers",
        "Numbers, <b>not bold</b>",
        "",
        List.of(
            Table.Column.text("name"), Table.Column.number("time", "s"), Table.Column.text("odd")),
        List.copyOf(rows));
  }

  /** The head of a document of a command. */
  static Map<String, Object> head(String command) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", "scorebound/" + command + "-result/1");
    document.put(
        "run",
        Map.of(
            "schemaVersion",
            1,
            "command",
            command,
            "seed",
            7,
            "backEnd",
            "vector",
            "build",
            Map.of("version", "1.0", "commit", "abc"),
            "machine",
            Map.of("cpu", "a processor", "cores", 2, "architecture", "amd64", "vectorBits", 256)));
    document.put(
        "timing",
        Map.of(
            "commandLine",
            List.of(command, "--out", "it's here.json"),
            "threads",
            2,
            "started",
            "2026-01-01T00:00:00Z",
            "elapsedSeconds",
            1.25));
    return document;
  }

  /** A document with every kind of figure, and a table. */
  static Path generic(Path folder) {
    Map<String, Object> document = head("demo");
    document.put("figures", List.of(lines(), bars(), heat()));
    document.put("tables", List.of(table()));
    Path file = folder.resolve("demo.json");
    JsonOutput.write(file, document);
    return file;
  }

  /** A document as verify writes it, with one configuration of each verdict. */
  static Path verify(Path folder) {
    List<Object> results = new ArrayList<>();
    results.add(result("a-0", "a", 0.5, 0.75, "HOLDS"));
    results.add(result("b-1", "b", 0.02, 900, "HOLDS"));
    results.add(result("a-2", "a", 2, 1, "VIOLATED"));
    results.add(result("b-3", "b", 1, 1.01, "INCONCLUSIVE"));
    results.add(result("a-4", "a", 1, 0, "NOT_APPLICABLE"));
    Map<String, Object> document = head("verify");
    document.put("paths", 700);
    document.put(
        "families",
        List.of(
            Map.of(
                "family",
                "all",
                "count",
                5,
                "holds",
                2,
                "vacuous",
                1,
                "violated",
                1,
                "notApplicable",
                1,
                "inconclusive",
                1)));
    document.put(
        "equalityCases",
        List.of(
            Map.of(
                "name",
                "drift",
                "bound",
                "theorem",
                "equal",
                true,
                "deviation",
                1e-15,
                "passed",
                true)));
    document.put(
        "controls",
        List.of(
            Map.of(
                "name",
                "drop \"I\" & more",
                "check",
                "|W2/bound - 1|",
                "configuration",
                "c",
                "tolerance",
                1e-9,
                "right",
                1e-14,
                "wrong",
                0.5,
                "caught",
                true,
                "passed",
                true)));
    document.put(
        "failures",
        List.of(
            Map.of(
                "id",
                9,
                "family",
                "b",
                "churnCell",
                "0",
                "error",
                "ArithmeticException",
                "message",
                "by zero")));
    document.put("results", results);
    Path file = folder.resolve("verify.json");
    JsonOutput.write(file, document);
    return file;
  }

  private static Map<String, Object> result(
      String name, String family, double w2, double bound, String verdict) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", Integer.parseInt(name.substring(2)));
    json.put("name", name);
    json.put("family", family);
    json.put(
        "w2", Map.of("value", w2, "lower", 0.9 * w2, "upper", 1.1 * w2, "kind", "statistical"));
    if (bound > 0) {
      json.put(
          "bound",
          Map.of(
              "value",
              bound,
              "lower",
              0.99 * bound,
              "upper",
              1.01 * bound,
              "kind",
              "exact",
              "logValue",
              Math.log(bound)));
      json.put("verdicts", Map.of("bound", verdict));
    }
    json.put("logI", 0.5);
    json.put("w2Start", 0.1);
    json.put("w2Method", "moment equations");
    json.put("verdict", verdict);
    json.put("vacuous", bound > 1000 * w2);
    json.put("reason", verdict.equals("HOLDS") ? "" : "for a reason");
    return json;
  }
}
