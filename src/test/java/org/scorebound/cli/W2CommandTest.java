package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class W2CommandTest {

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void printsTheDistanceAndWritesPlanAndDocument() throws IOException {
    String a = file("a.csv", "x,y\n0,0\n1,0\n");
    String b = file("b.csv", "1,1\n0,1\n");
    Path plan = folder.resolve("plan.csv");
    Path document = folder.resolve("w2.json");
    int code = run("w2", a, b, "--verify", "--plan", plan.toString(), "--out", document.toString());
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("W2        1.0  (exact)")
        .contains("dense Jonker-Volgenant")
        .contains("verified  all 4 pairs");
    assertThat(plan).hasContent("a,b,mass\n0,1,0.5\n1,0,0.5\n");
    assertThat(document).content().contains("\"verified\": true").contains("\"method\": \"dense\"");
  }

  @Test
  void takesRowsWeightsAndBundledData() throws IOException {
    String[] rows = {"--rows", "1-100", "101-272"};
    assertThat(run("w2", "old-faithful", "old-faithful", rows[0], rows[1], rows[2])).isZero();
    assertThat(out.toString()).contains("W2        1.867305630182").contains("transportation");
    String a = file("a.csv", "0\n1\n");
    String b = file("b.csv", "0\n");
    String w = file("w.csv", "3\n1\n");
    assertThat(run("w2", a, b, "--weights", w, "-")).isZero();
    assertThat(out.toString()).contains("W2        0.5  (exact)").contains("sorting");
  }

  @Test
  void tellsWrongInputInOneLine() throws IOException {
    String a = file("a.csv", "0,0\n1,nan\n");
    String b = file("b.csv", "1\n");
    String c = file("c.csv", "1,2\n3,4\n");
    assertThat(run("w2", a, c)).isEqualTo(2);
    assertThat(run("w2", b, c)).isEqualTo(2);
    assertThat(run("w2", c, c, "--method", "magic")).isEqualTo(2);
    assertThat(run("w2", c, c, "--rows", "1-3", "1-2")).isEqualTo(2);
    assertThat(run("w2", c, c, "--method", "sorting")).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(5)
        .satisfiesExactly(
            line -> assertThat(line).contains("a.csv:2").contains("must be a finite number"),
            line -> assertThat(line).contains("same dimension, got 1 in").contains("and 2 in"),
            line -> assertThat(line).contains("--method must be auto").contains("'magic'"),
            line -> assertThat(line).contains("--rows must lie within 1-2").contains("'1-3'"),
            line -> assertThat(line).contains("method sorting needs dimension 1, got 2"));
  }
}
