package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.regress.BenchmarkId;
import org.scorebound.regress.calibration.CalibrationRun;
import org.scorebound.regress.calibration.RealRun;
import org.scorebound.regress.fork.FakeJmh;
import org.scorebound.regress.fork.ForkException;
import org.scorebound.regress.fork.Forker;
import org.scorebound.regress.fork.Harness;
import org.scorebound.regress.fork.JmhForker;
import org.scorebound.regress.fork.JmhJar;
import org.scorebound.regress.fork.JmhOptions;
import org.scorebound.regress.fork.JmhResults;
import org.scorebound.regress.fork.Sentinels;

/** The command as a user meets it, on jars whose JMH has no clock. */
class RegressCommandTest {

  private static final String RUN = "org.example.Bench.run";
  private static final String OTHER = "org.example.Bench.other";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Real processes, constant sentinels, an interruption after some forks. */
  private static final class Tools implements Harness {
    /** These processes live for a second. */
    private static final List<String> SMALL =
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private int forksLeft = Integer.MAX_VALUE;
    private int forks;

    @Override
    public Forker open(JmhJar jar, Path java, JmhOptions options, double limit, Path where) {
      Forker real = new JmhForker(jar, java, options, limit, SMALL, where);
      return new Forker() {
        @Override
        public List<JmhJar.Entry> benchmarks() {
          return real.benchmarks();
        }

        @Override
        public Pilot pilot(JmhJar.Entry one) throws ForkException, InterruptedException {
          return real.pilot(one);
        }

        @Override
        public JmhResults.Result fork(BenchmarkId id) throws ForkException, InterruptedException {
          if (forksLeft-- == 0) {
            throw new InterruptedException();
          }
          forks++;
          return real.fork(id);
        }

        @Override
        public void close() {
          real.close();
        }
      };
    }

    @Override
    public Sentinels sentinels() {
      return new Sentinels() {
        @Override
        public double register() {
          return 0.01;
        }

        @Override
        public double memory() {
          return 0.02;
        }
      };
    }
  }

  private final Tools tools = new Tools();

  private int run(String... args) {
    return Main.run(
        List.of(new RegressCommand(tools), new HistoryCommand()),
        new PrintWriter(out),
        new PrintWriter(err),
        args);
  }

  private int regress(Map<String, String> old, Map<String, String> young, String... more)
      throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "regress",
                "--baseline",
                FakeJmh.jar(folder.resolve("old.jar"), old).toString(),
                "--candidate",
                FakeJmh.jar(folder.resolve("new.jar"), young).toString(),
                "--seed",
                "5",
                "--out",
                file("r.json"),
                "--blocks",
                "12"));
    args.addAll(Arrays.asList(more));
    return run(args.toArray(String[]::new));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(Files.readString(folder.resolve("r.json")));
  }

  private static java.util.Set<com.networknt.schema.ValidationMessage> invalid(
      JsonNode document, String name) {
    Path schema = Path.of("..", "docs", "schema", name).toAbsolutePath().normalize();
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(SchemaLocation.of(schema.toUri().toString()))
        .validate(document);
  }

  @Test
  void identicalBuildsAreEquivalentAndTheVerdictIsRecomputed() throws Exception {
    int code =
        regress(
            Map.of(RUN, "100"),
            Map.of(RUN, "100"),
            "--markdown",
            file("r.md"),
            "--junit",
            file("r.xml"));
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .containsPattern("Bench.run n=8 +[01]\\.[0-9]{4} .* 12 +EQUIVALENT")
        .contains("Bench.run n=8: within 3 % of each other")
        .containsPattern("control A/A .*did not move")
        .contains("verdict: EQUIVALENT");
    assertThat(invalid(result(), "regress-result.schema.json")).isEmpty();
    assertThat(folder.resolve("r.md"))
        .content()
        .startsWith("### Performance: EQUIVALENT")
        .contains("| Bench.run n=8 |");
    var xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("r.xml").toFile());
    assertThat(xml.getDocumentElement().getAttribute("tests")).isEqualTo("1");
    assertThat(folder.resolve("r.forks.jsonl")).doesNotExist();

    assertThat(run("regress", "--recompute", file("r.json"))).isZero();
    assertThat(out.toString()).contains("the same bits");
    String text = Files.readString(folder.resolve("r.json"));
    String planted = text.replaceFirst("(?s)(\"scores\": \\[)[^,\\]]+", "$150000.0");
    Files.writeString(folder.resolve("planted.json"), planted);
    assertThat(run("regress", "--recompute", file("planted.json"))).isEqualTo(3);
    assertThat(out.toString()).contains("DIFFERS, written");
  }

  @Test
  void slowerIsARegressionInEveryMode() throws IOException {
    for (String mode : List.of("AverageTime", "Throughput", "SampleTime", "SingleShotTime")) {
      int code = regress(Map.of(RUN + ":" + mode, "100"), Map.of(RUN + ":" + mode, "105"));
      assertThat(code).as(mode + err).isEqualTo(1);
    }
    assertThat(out.toString()).contains("Bench.run [thrpt] n=8: slower by");
    assertThat(regress(Map.of(RUN, "100"), Map.of(RUN, "95"))).isZero();
    assertThat(out.toString()).contains("faster by");
    assertThat(regress(Map.of(RUN, "100 24"), Map.of(RUN, "100 48"))).isEqualTo(1);
    assertThat(out.toString()).contains("allocates 24 bytes an operation more; time: within 3 %");
  }

  @Test
  void failuresOfOneSideAreToldAndTheRestIsMeasured() throws IOException {
    int code =
        regress(
            Map.of(RUN, "100", OTHER, "100"),
            Map.of(RUN, "100", OTHER, "throws"),
            "--junit",
            file("r.xml"));
    assertThat(code).isEqualTo(3);
    assertThat(out.toString())
        .contains(
            "other n=8: fails on the candidate's side: java.lang.IllegalStateException: product is"
                + " wrong")
        .contains("Bench.run n=8: within 3 %")
        .contains("verdict: UNTRUSTED");
    assertThat(folder.resolve("r.xml")).content().contains("errors=\"1\"");
    assertThat(invalid(result(), "regress-result.schema.json")).isEmpty();
  }

  @Test
  void aForkThatDiesOrHangsEndsItsBenchmark() throws IOException {
    assertThat(regress(Map.of(RUN, "100"), Map.of(RUN, "after 9 dies"))).isEqualTo(3);
    assertThat(out.toString())
        .contains("Bench.run n=8: a fork of the candidate failed: the process ended with code 137");
    int code = regress(Map.of(RUN, "100"), Map.of(RUN, "after 9 hangs"), "--fork-limit", "0.7");
    assertThat(code).isEqualTo(3);
    assertThat(out.toString()).contains("failed: no result after the time limit of 1 s");
    assertThat(regress(Map.of(RUN, "nan"), Map.of(RUN, "100"))).isEqualTo(3);
    assertThat(out.toString()).contains("iteration 1 has the score NaN");
  }

  @Test
  void benchmarksOfOneSideAreReported() throws IOException {
    assertThat(regress(Map.of(RUN, "100", OTHER, "1"), Map.of(RUN, "100"))).isEqualTo(4);
    assertThat(out.toString()).contains(OTHER + ": only in the baseline: it is gone");
    assertThat(regress(Map.of(RUN, "100"), Map.of(RUN, "100", OTHER, "1"))).isZero();
    assertThat(out.toString()).contains(OTHER + ": only in the candidate: it is new");
    assertThat(regress(Map.of(OTHER, "1"), Map.of(RUN, "100"))).isEqualTo(4);
    assertThat(regress(Map.of(RUN, "throws"), Map.of(RUN, "throws"))).isEqualTo(3);
    assertThat(out.toString()).contains(RUN + ": fails on both sides: java.lang.Illegal");
  }

  @Test
  void badInputIsOneLineAndNoFile() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
    Path empty = folder.resolve("empty.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(empty))) {
      zip.putNextEntry(new ZipEntry("a.txt"));
    }
    Path thin = folder.resolve("thin.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(thin))) {
      zip.putNextEntry(new ZipEntry("META-INF/BenchmarkList"));
    }
    String good = FakeJmh.jar(folder.resolve("good.jar"), Map.of(RUN, "100")).toString();
    String[][] wrong = {
      {},
      {"--baseline", text.toString()},
      {"--baseline", empty.toString()},
      {"--baseline", thin.toString()},
      {"--baseline", file("missing.jar")},
      {"--baseline", "1234abc-dirty"},
      {"--baseline", good, "--candidate", good, "--benchmarks", "Bensh.run"},
      {"--baseline", good, "--candidate", good, "--benchmarks", "("},
      {"--baseline", good, "--candidate", good, "--budget", "1s"},
      {"--baseline", good, "--candidate", good, "--budget", "ten"},
      {"--baseline", good, "--candidate", good, "--blocks", "13"},
      {"--baseline", good, "--candidate", good, "--jmh", "-f 3"},
      {"--baseline", good, "--candidate", good, "--resume"},
      {"--baseline", good, "--candidate", good, "--jvm", "/nonexistent"},
      {"--recompute", file("missing.json")},
    };
    for (String[] args : wrong) {
      List<String> all = new ArrayList<>(List.of("regress", "--out", file("r.json")));
      all.addAll(Arrays.asList(args));
      assertThat(run(all.toArray(String[]::new))).as(Arrays.toString(args) + err).isEqualTo(2);
    }
    assertThat(err.toString().lines())
        .hasSize(wrong.length)
        .allMatch(line -> line.startsWith("scorebound regress: "))
        .anyMatch(line -> line.contains("--baseline must be given"))
        .anyMatch(line -> line.contains("text.jar: is no jar"))
        .anyMatch(line -> line.contains("empty.jar: is no JMH benchmark jar"))
        .anyMatch(line -> line.contains("thin.jar: JMH itself is not in it"))
        .anyMatch(line -> line.contains("missing.jar: no such file"))
        .anyMatch(line -> line.contains("1234abc-dirty: a commit with changes on top"))
        .anyMatch(line -> line.endsWith("no benchmark matches 'Bensh.run'; near names are " + RUN))
        .anyMatch(line -> line.contains("is no regular expression"))
        .anyMatch(line -> line.contains("--budget of 1 s is too small for the first look: 12"))
        .anyMatch(line -> line.contains("--budget must be a time such as 90s"))
        .anyMatch(line -> line.contains("--blocks must be 12, 24 or 48, got 13"))
        .anyMatch(line -> line.contains("--jmh may not have -f"))
        .anyMatch(line -> line.contains("nothing to resume"));
    assertThat(folder.resolve("r.json")).doesNotExist();
    assertThat(folder.resolve("r.forks.jsonl")).doesNotExist();
  }

  @Test
  void anInterruptedRunGoesOnWhereItWas() throws IOException {
    Map<String, String> costs = Map.of(RUN, "100");
    tools.forksLeft = 50;
    assertThat(regress(costs, costs)).isEqualTo(130);
    Path log = folder.resolve("r.forks.jsonl");
    List<String> kept = Files.readAllLines(log);
    assertThat(kept).hasSize(51);
    tools.forksLeft = Integer.MAX_VALUE;
    assertThat(regress(costs, costs)).isEqualTo(2);
    assertThat(err.toString()).contains("r.forks.jsonl: forks of an interrupted run; --resume");
    tools.forks = 0;
    assertThat(regress(costs, costs, "--resume")).as(err.toString()).isZero();
    // 12 blocks and 9 of A/A are 84 forks; 48 of the 50 are whole blocks.
    assertThat(tools.forks).isEqualTo(36);
    String first = kept.get(1).replaceFirst(".*\"scores\":\\[([^,]*),.*", "$1");
    assertThat(Files.readString(folder.resolve("r.json"))).contains(first);

    tools.forksLeft = 50;
    assertThat(regress(costs, costs)).isEqualTo(130);
    assertThat(regress(costs, Map.of(RUN, "105"), "--resume")).isEqualTo(2);
    assertThat(err.toString()).contains("was measured with another jar as --candidate");
    Files.writeString(log, Files.readString(log).replace("\"cores\":", "\"cores\":1"));
    assertThat(regress(costs, costs, "--resume")).isEqualTo(2);
    assertThat(err.toString()).contains("was measured on another machine");
  }

  @Test
  void historyFindsTheChange() throws IOException {
    Path history = folder.resolve("history.jsonl");
    assertThat(regress(Map.of(RUN, "100"), Map.of(RUN, "100"), "--record", history.toString()))
        .isZero();
    String one = Files.readString(history).strip();
    double score = Double.parseDouble(one.replaceFirst(".*\"score\":([^,]*),.*", "$1"));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      double later = score * (1 + 0.001 * (i % 3) + (i < 4 ? 0 : 0.09));
      lines.add(
          one.replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"2026-01-0" + (i + 1) + "T00:00\"")
              .replaceFirst("\"score\":[^,]*", "\"score\":" + later));
    }
    // A merge that doubled a line and turned the order around.
    lines.add(lines.getFirst());
    Files.write(history, lines.reversed());
    assertThat(run("history", history.toString(), "--out", file("h.json")))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).containsPattern("Bench.run n=8 +[0-9a-f]{12} +8 +1 +1.0[89]");
    assertThat(out.toString())
        .containsPattern("slower by (8|9)\\.[0-9] % from 2026-01-05T00:00 on");
    JsonNode document = new ObjectMapper().readTree(Files.readString(folder.resolve("h.json")));
    assertThat(invalid(document, "history-result.schema.json")).isEmpty();
    assertThat(document.path("figures")).hasSize(1);

    assertThat(run("history", file("none.jsonl"), "--out", file("h.json"))).isEqualTo(2);
    assertThat(run("history", history.toString(), "--benchmarks", "zzz", "--out", file("h.json")))
        .isEqualTo(2);
    Files.writeString(history, "<<<<<<< HEAD\n" + Files.readString(history));
    assertThat(run("history", history.toString(), "--out", file("h.json"))).isEqualTo(2);
    assertThat(err.toString())
        .contains("none.jsonl: no such file")
        .contains("has no run of a benchmark that matches 'zzz'")
        .contains("history.jsonl:1: is a mark of a merge");
  }

  @Test
  void calibrationAddsRunsAndMakesTheTable() throws Exception {
    Path jar = FakeJmh.jar(folder.resolve("busy.jar"), Map.of(CalibrationRun.BENCHMARK, "100"));
    Path where = folder.resolve("c");
    for (Optional<Double> budget : List.of(Optional.of(1.0), Optional.<Double>empty())) {
      ExitCode code =
          new RegressCalibration(tools, where, false, 48, 20, 10)
              .run(
                  Optional.of(jar),
                  budget,
                  1,
                  List.of(),
                  org.scorebound.result.Progress.NONE,
                  new PrintWriter(out));
      assertThat(code).isEqualTo(ExitCode.OK);
    }
    assertThat(out.toString())
        .containsPattern("quiet \\| 0 % \\| real \\| [0-9]+ \\| 0 \\|")
        .contains("| quiet | 3 % | drawn | 10 | 0 | 10 |")
        .contains("quiet, drawn: 0 false alarms in 20 runs, so at most 13.91 % with 95 %");
    Path file = where.resolve("runs.jsonl");
    List<RealRun> runs = CalibrationRun.read(file);
    assertThat(runs).isNotEmpty().extracting(RealRun::seed).doesNotHaveDuplicates();
    Path result = where.resolve("calibration.json");
    JsonNode document = new ObjectMapper().readTree(Files.readString(result));
    assertThat(invalid(document, "regress-calibration-result.schema.json")).isEmpty();

    // Earlier runs are kept packed; five digits of each number are enough.
    String lines = Files.readString(file);
    assertThat(lines).doesNotContainPattern("[1-9][0-9]*\\.[0-9]{5}");
    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(where.resolve("runs.jsonl.gz")))) {
      packed.write(lines.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(CalibrationRun.read(file)).hasSize(2 * runs.size());
    Files.delete(file);
    assertThat(CalibrationRun.read(file))
        .extracting(RealRun::seed)
        .isEqualTo(runs.stream().map(RealRun::seed).toList());
    assertThat(run("regress", "--calibrate", file("d"))).isEqualTo(2);
    assertThat(err.toString()).contains("has no run yet; --budget says how long");
  }
}
