package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code report}, {@code plot} and {@code export} as a user meets them. */
class ReportCommandTest {

  private static final String BENCH =
      Path.of("..", "reports", "bench-reference.json").normalize().toString();

  @TempDir private Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  /** The document under test, so that a new measurement needs no new test. */
  private static JsonNode bench() throws IOException {
    return new ObjectMapper().readTree(Files.readString(Path.of(BENCH)));
  }

  private String error() {
    return err.toString().strip();
  }

  @Test
  void reportIsOneFileThatAsksForNothing() throws IOException {
    Path target = folder.resolve("new").resolve("folder");
    assertThat(run("report", BENCH, "--out", target.toString())).as(error()).isZero();
    String html = Files.readString(target.resolve("index.html"));
    JsonNode bench = bench();
    int reached = 0;
    for (JsonNode figure : bench.path("figures")) {
      reached += figure.path("reached").asBoolean() ? 1 : 0;
    }
    StringJoiner command = new StringJoiner(" ", "./scorebound ", "");
    bench.path("timing").path("commandLine").forEach(word -> command.add(word.asText()));
    assertThat(bench.path("figures")).isNotEmpty();
    assertThat(html)
        .contains("default-src 'none'", "Roofline of one thread", command.toString())
        .contains(reached + " of " + bench.path("figures").size() + " targets reached")
        .doesNotContain("src=\"http", "href=\"http", "@import", "url(http");
    assertThat(out.toString()).contains("report: " + target.resolve("index.html"));
    try (Stream<Path> files = Files.list(target)) {
      assertThat(files).hasSize(1);
    }
    // The same documents give the same bytes.
    assertThat(run("report", BENCH, "--out", target.toString())).isZero();
    assertThat(Files.readString(target.resolve("index.html"))).isEqualTo(html);
  }

  @Test
  void folderGivesItsResultDocumentsAndPassesOverOthers() throws IOException {
    Files.copy(Path.of(BENCH), folder.resolve("bench.json"));
    Files.writeString(folder.resolve("other.json"), "{\"a\": 1}");
    assertThat(run("report", folder.toString(), "--out", folder.toString())).as(error()).isZero();
    assertThat(out.toString()).contains("bench.json").doesNotContain("other.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schema\": \"scorebound/bench-result/2\"}"
            + "|result.json:1: schema is version 2 of 'bench' results, this build reads version 1",
        "{\"schema\": \"other/1\"}"
            + "|result.json:1: schema must be scorebound/<command>-result/1, got 'other/1': no"
            + " result document",
        "{\"schema\": \"scorebound/bench-result/1\"}|result.json:1: missing field 'run'",
        "{\"a\": 1}|result.json:1: is no result document: it has no field 'schema'",
        "[1]|result.json:1: is no result document: it has no field 'schema'",
        "{\"schema\": \"scorebound/bench|result.json:1:29: not valid JSON: Unexpected end-of-input"
      })
  void badDocumentIsOneLine(String text, String message) throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(file, text);
    for (String command : new String[] {"report", "plot", "export"}) {
      err.getBuffer().setLength(0);
      assertThat(run(command, file.toString(), "--out", folder.resolve("o").toString()))
          .isEqualTo(2);
      assertThat(error()).hasLineCount(1).startsWith("scorebound " + command + ": ");
      assertThat(error()).contains(message);
      assertThat(folder.resolve("o/index.html")).doesNotExist();
    }
  }

  @Test
  void emptyCutOffAndMissingDocumentsAreOneLine() throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(file, "");
    assertThat(run("report", file.toString(), "--out", folder.toString())).isEqualTo(2);
    assertThat(error()).endsWith("result.json: is empty, a JSON document is needed");
    String whole = Files.readString(Path.of(BENCH));
    Files.writeString(file, whole.substring(0, whole.length() / 2));
    err.getBuffer().setLength(0);
    assertThat(run("report", file.toString(), "--out", folder.toString())).isEqualTo(2);
    assertThat(error()).hasLineCount(1).contains("not valid JSON: Unexpected end-of-input");
    err.getBuffer().setLength(0);
    assertThat(run("report", folder.resolve("none.json").toString())).isEqualTo(2);
    assertThat(error()).endsWith("none.json: no such file");
    assertThat(folder.resolve("index.html")).doesNotExist();
  }

  @Test
  void folderThatCannotBeWrittenIsOneLine() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "");
    assertThat(run("report", BENCH, "--out", file.resolve("sub").toString())).isEqualTo(2);
    assertThat(error()).hasLineCount(1).contains("the folder cannot be made");
    err.getBuffer().setLength(0);
    assertThat(run("report", folder.toString())).isEqualTo(2);
    assertThat(error()).contains("no result document in this folder");
  }

  @Test
  void plotListsAndDrawsFigures() throws IOException {
    assertThat(run("plot", BENCH, "--list")).isZero();
    assertThat(out.toString()).contains("roof-shares  (bars)");
    // A merged document has a roofline for each of its runs, named by the run.
    String line =
        out.toString().lines().filter(l -> l.startsWith("roofline")).findFirst().orElse("");
    assertThat(line).contains("  (xy)  Roofline of one thread");
    String roofline = line.substring(0, line.indexOf(' '));
    Path svg = folder.resolve("r.svg");
    assertThat(run("plot", BENCH, roofline, "--out", svg.toString())).as(error()).isZero();
    assertThat(Files.readString(svg)).contains("arithmetic intensity (flop/byte)");
    Path png = folder.resolve("r.png");
    assertThat(run("plot", BENCH, roofline, "--out", png.toString())).as(error()).isZero();
    assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
    assertThat(run("plot", BENCH, roofline.replace("oo", "o"), "--out", svg.toString()))
        .isEqualTo(2);
    assertThat(error()).contains("has no figure 'r", "'" + roofline + "'").hasLineCount(1);
    err.getBuffer().setLength(0);
    assertThat(run("plot", BENCH)).isEqualTo(2);
    assertThat(error()).contains("has 2 figures, name one");
  }

  @Test
  void exportWritesBothFormats() throws IOException {
    assertThat(run("export", BENCH, "--list")).isZero();
    int rows = bench().path("rows").size();
    assertThat(rows).isPositive();
    assertThat(out.toString()).contains("rows, " + rows + " rows", "figure-roofline");
    assertThat(run("export", BENCH, "--out", folder.toString())).as(error()).isZero();
    assertThat(Files.readAllLines(folder.resolve("rows.csv"))).hasSize(rows + 1);
    assertThat(run("export", BENCH, "--format", "parquet", "--table", "rows", "--out", "" + folder))
        .as(error())
        .isZero();
    assertThat(Files.readAllBytes(folder.resolve("rows.parquet"))).startsWith('P', 'A', 'R', '1');
    assertThat(run("export", BENCH, "--format", "parket")).isEqualTo(2);
    assertThat(error()).contains("--format must be csv or parquet, got 'parket'");
  }

  @Test
  void w2ShowsBothCloudsAndWritesItsPage() throws IOException {
    Path document = folder.resolve("w2.json");
    assertThat(
            run(
                "w2",
                "old-faithful",
                "old-faithful",
                "--rows",
                "1-60",
                "137-200",
                "--out",
                document.toString(),
                "--report",
                "--quiet"))
        .as(error())
        .isZero();
    assertThat(folder.resolve("w2.html")).content().contains("The two clouds", "How far the mass");
    assertThat(run("plot", document.toString(), "--list")).isZero();
    assertThat(out.toString())
        .contains("report: " + folder.resolve("w2.html"), "clouds  (xy)  The two clouds");
    assertThat(run("w2", "old-faithful", "old-faithful", "--report")).isEqualTo(2);
    assertThat(error()).contains("--report goes with --out");
  }
}
