package org.scorebound.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonOutput;
import org.scorebound.regress.Fork;
import org.scorebound.regress.Rules;
import org.scorebound.regress.Series;
import org.scorebound.regress.Verdict;
import org.scorebound.regress.calibration.CalibrationRun;
import org.scorebound.regress.calibration.Condition;
import org.scorebound.regress.calibration.Curves;
import org.scorebound.regress.calibration.RealRun;
import org.scorebound.regress.calibration.Rival;
import org.scorebound.regress.calibration.Study;
import org.scorebound.regress.fork.ForkException;
import org.scorebound.regress.fork.Forker;
import org.scorebound.regress.fork.Harness;
import org.scorebound.regress.fork.JmhJar;
import org.scorebound.regress.fork.JmhOptions;
import org.scorebound.result.Figure;
import org.scorebound.result.Progress;
import org.scorebound.result.Table;

/**
 * {@code regress --calibrate}: measures runs of the gate on a benchmark of known work, and studies
 * the gate and its rivals on them and on runs drawn from their forks.
 */
final class RegressCalibration {

  /** Short forks: the benchmark is warm after a few milliseconds. */
  private static final List<String> JMH = List.of("-i", "20", "-r", "8ms");

  /** Drawn runs of identical sides: twelve false alarms in so many still show at most 1 %. */
  private static final int DRAWN = 2000;

  /** Of slowed sides. */
  private static final int DRAWN_SLOWED = 300;

  private static final double[] EFFECTS = {1, 2, 3, 5, 10};

  private final Harness harness;
  private final Path folder;

  private final int drawn;
  private final int drawnSlowed;
  private final boolean shared;
  private final int blocks;

  /**
   * A calibration.
   *
   * @param shared whether other jobs run on the machine
   * @param blocks at most in a run
   */
  RegressCalibration(Harness harness, Path folder, boolean shared, int blocks) {
    this(harness, folder, shared, blocks, DRAWN, DRAWN_SLOWED);
  }

  /** With fewer drawn runs, for tests. */
  RegressCalibration(
      Harness harness, Path folder, boolean shared, int blocks, int drawn, int drawnSlowed) {
    this.harness = harness;
    this.folder = folder;
    this.drawn = drawn;
    this.drawnSlowed = drawnSlowed;
    this.shared = shared;
    this.blocks = blocks;
  }

  private static List<CalibrationRun.Target> targets(boolean shared) {
    List<CalibrationRun.Target> targets = new ArrayList<>();
    if (shared) {
      targets.add(new CalibrationRun.Target(Condition.SHARED, 0, 40));
      targets.add(new CalibrationRun.Target(Condition.SHARED, 3, 4));
      targets.add(new CalibrationRun.Target(Condition.SHARED, 5, 4));
      for (Condition condition : List.of(Condition.BURNER_SHARED, Condition.DRIFT_SHARED)) {
        targets.add(new CalibrationRun.Target(condition, 0, 4));
        targets.add(new CalibrationRun.Target(condition, 5, 2));
      }
      return targets;
    }
    targets.add(new CalibrationRun.Target(Condition.QUIET, 0, 42));
    for (double percent : EFFECTS) {
      targets.add(new CalibrationRun.Target(Condition.QUIET, percent, 3));
    }
    for (Condition condition : List.of(Condition.BURNER, Condition.DRIFT)) {
      targets.add(new CalibrationRun.Target(condition, 0, 4));
      targets.add(new CalibrationRun.Target(condition, 3, 3));
    }
    return targets;
  }

  /**
   * Measures for a while, if asked to, and evaluates all that is there.
   *
   * @param jar with the benchmark; empty for the one that this runs from
   */
  ExitCode run(
      Optional<Path> jar,
      Optional<Double> budgetSeconds,
      long seed,
      List<String> words,
      Progress progress,
      PrintWriter print)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    String begun = CommonOptions.timestamp();
    Files.createDirectories(folder);
    Path file = folder.resolve("runs.jsonl");
    if (budgetSeconds.isPresent()) {
      measure(
          JmhJar.open(jar.orElseGet(RegressCalibration::ownJar)),
          file,
          seed,
          budgetSeconds.get(),
          progress);
    }
    List<RealRun> runs = CalibrationRun.read(file);
    if (runs.isEmpty()) {
      throw new InputException(file + ": has no run yet; --budget says how long to measure");
    }
    List<Study.Row> rows = rows(runs, progress);
    Table table = Curves.table(rows);
    List<Figure> figures = new ArrayList<>();
    for (Condition condition : List.of(Condition.QUIET, Condition.SHARED)) {
      find(rows, condition, 0)
          .ifPresent(
              none ->
                  find(rows, condition, 3)
                      .ifPresent(some -> figures.add(Curves.curve(none, some))));
    }
    figures.add(Curves.power(rows));
    double elapsed = 1e-9 * (System.nanoTime() - started);
    Map<String, @Nullable Object> document =
        ResultDocument.head(
            "regress-calibration", 1, "none", ResultDocument.timing(words, 1, begun, elapsed));
    document.put("rules", Rules.with(Rules.FULL));
    document.put("jmh", JMH);
    document.put("figures", figures);
    document.put("tables", List.of(table));
    Path out = folder.resolve("calibration.json");
    JsonOutput.write(out, document);
    Path markdown = folder.resolve("calibration.md");
    String text = markdown(rows);
    AtomicFile.write(
        markdown,
        stream -> {
          Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
          writer.write(text);
          writer.flush();
        });
    print.print(text);
    print.println("result: " + out + ", " + markdown);
    return falseAlarms(rows) == 0 ? ExitCode.OK : ExitCode.VIOLATED;
  }

  /** Wrong verdicts of the gate in real runs of identical sides. */
  private static int falseAlarms(List<Study.Row> rows) {
    return rows.stream()
        .filter(r -> r.real() && r.percent() == 0)
        .mapToInt(r -> r.count(Verdict.REGRESSED) + r.count(Verdict.IMPROVED))
        .sum();
  }

  private void measure(JmhJar jar, Path file, long seed, double budget, Progress progress)
      throws IOException, InterruptedException {
    boolean there =
        jar.benchmarks().stream().anyMatch(e -> e.benchmark().equals(CalibrationRun.BENCHMARK));
    if (!there) {
      throw new InputException(jar.path() + ": has no benchmark " + CalibrationRun.BENCHMARK);
    }
    Path work = Files.createTempDirectory("scorebound-calibrate-");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    JmhOptions options = new JmhOptions(JMH, "-XX:+UseSerialGC -Xms64m -Xmx64m");
    Path old = Files.createDirectory(work.resolve("side-a"));
    Path young = Files.createDirectory(work.resolve("side-b"));
    try (Forker a = harness.open(jar, java, options, 60, old);
        Forker b = harness.open(jar, java, options, 60, young)) {
      new CalibrationRun(Rules.with(Rules.FULL), a, b, harness.sentinels())
          .measure(file, targets(shared), seed, budget, blocks, progress);
    } catch (ForkException e) {
      throw new InputException("a fork of the calibration failed: " + e.getMessage(), e);
    } finally {
      RegressSides.remove(work);
    }
  }

  private static Path ownJar() {
    try {
      Path own =
          Path.of(
              RegressCalibration.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(own)) {
        return own;
      }
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException("the place of this program is no file", e);
    }
    throw new InputException(
        "--calibrate needs the benchmark jar: start with ./scorebound, or name it by --baseline");
  }

  private List<Study.Row> rows(List<RealRun> runs, Progress progress) {
    Study study = new Study(Rules.with(Rules.FULL), 1);
    List<Study.Row> rows = new ArrayList<>();
    for (Condition condition : Condition.values()) {
      List<RealRun> here = runs.stream().filter(r -> r.condition() == condition).toList();
      List<Fork> forks = new ArrayList<>();
      for (RealRun run : here) {
        if (run.percent() == 0) {
          run.series().blocks().forEach(b -> forks.addAll(b.forks()));
        }
      }
      List<Double> effects = new ArrayList<>(List.of(0.0));
      for (double e : EFFECTS) {
        effects.add(e);
      }
      for (double percent : effects) {
        progress.report(rows.size(), 6L * Condition.values().length, "drawn runs");
        List<RealRun> same = here.stream().filter(r -> r.percent() == percent).toList();
        if (!same.isEmpty()) {
          rows.add(study.real(condition, percent, same));
        }
        if (!forks.isEmpty()) {
          Series like = here.getFirst().series();
          int count = percent == 0 ? drawn : drawnSlowed;
          rows.add(study.drawn(condition, percent, forks, like, count));
        }
      }
    }
    return rows;
  }

  private static Optional<Study.Row> find(
      List<Study.Row> rows, Condition condition, double percent) {
    return rows.stream()
        .filter(r -> r.condition() == condition && !r.real() && r.percent() == percent)
        .findFirst();
  }

  private static String markdown(List<Study.Row> rows) {
    StringBuilder text = new StringBuilder();
    text.append("| condition | injected | forks | runs |");
    for (Verdict v : Verdict.values()) {
      text.append(' ').append(v.label()).append(" |");
    }
    text.append(" blocks |");
    for (Rival rival : Rival.values()) {
      text.append(' ').append(rival.title()).append(" |");
    }
    int columns = 5 + Verdict.values().length + Rival.values().length;
    text.append("\n|").append("---|".repeat(columns)).append('\n');
    for (Study.Row r : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f %% | %s | %d |",
              r.condition().label(),
              r.percent(),
              r.real() ? "real" : "drawn",
              r.runs()));
      for (Verdict v : Verdict.values()) {
        text.append(' ').append(r.count(v)).append(" |");
      }
      text.append(String.format(Locale.ROOT, " %.1f |", r.blocks()));
      for (Rival rival : Rival.values()) {
        text.append(' ').append(r.rivals().getOrDefault(rival, 0)).append(" |");
      }
      text.append('\n');
    }
    text.append('\n');
    for (Study.Row r : rows) {
      if (r.percent() == 0) {
        int alarms = r.count(Verdict.REGRESSED);
        int undecided = r.count(Verdict.INCONCLUSIVE) + r.count(Verdict.UNTRUSTED);
        text.append(
            String.format(
                Locale.ROOT,
                "%s, %s: %d false alarms in %d runs, so at most %.2f %% with 95 %% confidence;"
                    + " %d IMPROVED; %d undecided (%.0f %%).%n",
                r.condition().label(),
                r.real() ? "real" : "drawn",
                alarms,
                r.runs(),
                100 * Curves.atMost(alarms, r.runs()),
                r.count(Verdict.IMPROVED),
                undecided,
                100.0 * undecided / r.runs()));
      }
    }
    return text.toString();
  }
}
