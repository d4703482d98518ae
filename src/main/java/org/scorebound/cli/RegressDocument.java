package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.regress.GateRun;
import org.scorebound.regress.Judge;
import org.scorebound.regress.Judgement;
import org.scorebound.regress.MeasurementReader;
import org.scorebound.regress.Plan;
import org.scorebound.regress.Series;
import org.scorebound.result.RunTiming;

/**
 * The result document of a comparison.
 *
 * @param plan fixed before the first block
 * @param measured every fork
 * @param judgement a function of the two
 */
record RegressDocument(Plan plan, GateRun.Measured measured, Judgement judgement) {

  void write(Path file, RunTiming timing) {
    Map<String, @Nullable Object> document =
        ResultDocument.head("regress", plan.seed(), "none", timing);
    document.put("plan", plan);
    document.put("series", measured.series());
    document.put("controlSeries", measured.controls());
    document.put("judgement", judgement);
    document.put("figures", RegressFigures.figures(measured));
    document.put("tables", List.of(RegressFigures.table(judgement)));
    JsonOutput.write(file, document);
  }

  /** Judges the forks of a document again; the verdict must come out with the same bits. */
  static ExitCode recompute(Path file, PrintWriter print) {
    JsonInput in = JsonInput.read(file);
    in.oneOf("schema", List.of(ResultDocument.schema("regress")));
    Plan plan = MeasurementReader.plan(in.object("plan"));
    List<Series> series = in.array("series").stream().map(MeasurementReader::series).toList();
    List<Series> controls =
        in.array("controlSeries").stream().map(MeasurementReader::series).toList();
    Judgement judgement =
        new Judge(plan.rules(), plan.seed()).judge(series, controls, plan.unpaired());
    RegressReport report = new RegressReport(plan, judgement);
    report.print(print);
    String written = JsonOutput.toLine(Objects.requireNonNull(in.object("judgement").plain()));
    String now = JsonOutput.toLine(judgement);
    if (written.equals(now)) {
      print.println("recomputed from " + file + ": the same bits");
      return report.exitCode();
    }
    int at = 0;
    while (at < Math.min(written.length(), now.length()) && written.charAt(at) == now.charAt(at)) {
      at++;
    }
    print.println(
        "recomputed from "
            + file
            + ": DIFFERS, written "
            + excerpt(written, at)
            + ", recomputed "
            + excerpt(now, at));
    return ExitCode.UNTRUSTED;
  }

  private static String excerpt(String text, int at) {
    return "'" + text.substring(Math.max(0, at - 30), Math.min(text.length(), at + 20)) + "'";
  }
}
