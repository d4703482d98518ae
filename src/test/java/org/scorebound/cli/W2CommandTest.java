package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;
import org.scorebound.transport.EmpiricalW2;
import org.scorebound.transport.Method;

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

  @Test
  void solvesAGivenMatrixOfCosts() throws IOException {
    String c = file("c.csv", "4,1,3\n2,0,5\n3,2,2\n");
    Path plan = folder.resolve("plan.csv");
    Path document = folder.resolve("cost.json");
    assertThat(run("w2", "--cost", c, "--plan", plan.toString(), "--out", document.toString()))
        .isZero();
    assertThat(out.toString())
        .contains("cost      1.6666666666666667  (exact)")
        .contains("matrix    3 x 3");
    assertThat(plan).content().startsWith("a,b,mass\n0,1,0.333");
    assertThat(document).content().contains("scorebound/w2-result/1").contains("\"rows\": 3");
    String w = file("w.csv", "1\n0\n0\n");
    assertThat(run("w2", "--cost", c, "--weights", w, w)).isZero();
    assertThat(out.toString()).contains("cost      4.0  (exact)");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void infinityForbidsAPair() throws IOException {
    String c = file("c.csv", "inf,1,5\n1,Inf,inf\n2,2,+Infinity\n");
    assertThat(run("w2", "--cost", c)).isZero();
    assertThat(out.toString()).contains("cost      2.66666666666666").contains("transportation");
    String w = file("w.csv", "1\n1\n1\n");
    assertBad(
        "c.csv: costs must be numbers, and finite where weights", "--cost", c, "--weights", w, w);
    assertBad(
        "c.csv:1: column 'column 2' must be a finite number or inf, got -inf",
        "--cost",
        file("c.csv", "1,-inf\n1,1\n"));
    assertBad(
        "c.csv: row 1 of the costs (counted from 0) must have a finite entry",
        "--cost",
        file("c.csv", "1,2\ninf,inf\n"));
    assertBad(
        "c.csv: column 0 of the costs (counted from 0) must have a finite entry",
        "--cost",
        file("c.csv", "inf,2\ninf,1\n"));
    assertBad(
        "c.csv: costs must allow a plan of finite cost",
        "--cost",
        file("c.csv", "1,inf,inf\n1,inf,inf\n1,1,1\n"));
    assertBad(
        "c.csv:1: column 'column 1' must be a finite number, got inf",
        file("c.csv", "inf,2\n1,1\n"),
        c);
    assertBad("none.csv: no such file", "--cost", folder.resolve("none.csv").toString());
  }

  /** What cannot fit is told before the exact distance is computed. */
  @Test
  void sinkhornAsksForMemoryFirst() throws IOException {
    var text = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      text.append(i).append('\n');
    }
    String a = file("a.csv", text.toString());
    var never =
        new W2Command(
            (x, wx, y, wy, d, method, progress, kernels) -> {
              throw new AssertionError("the solver must not be called");
            });
    String[] args = {"w2", a, a, "--also", "sinkhorn"};
    int code = Main.run(List.of(never), new PrintWriter(out), new PrintWriter(err), args);
    assertThat(code).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("method sinkhorn needs 27465 MB");
  }

  @Test
  void documentsFollowTheirSchema() throws IOException {
    String a = file("a.csv", "0,0\n1,0\n0,1\n");
    String b = file("b.csv", "3,0\n4,0\n");
    Path document = folder.resolve("w2.json");
    assertThat(run("w2", a, b, "--also", "gelbrich,sinkhorn", "--out", document.toString()))
        .isZero();
    var json = new ObjectMapper();
    JsonNode clouds = json.readTree(Files.readString(document));
    assertThat(SchemaTest.schema("w2-result.schema.json").validate(clouds)).isEmpty();
    assertThat(run("w2", "--cost", a, "--out", document.toString())).isZero();
    JsonNode costs = json.readTree(Files.readString(document));
    assertThat(SchemaTest.schema("w2-result.schema.json").validate(costs)).isEmpty();
    ((ObjectNode) costs).put("dimension", 2);
    assertThat(SchemaTest.schema("w2-result.schema.json").validate(costs)).isNotEmpty();
  }

  @Test
  void labelsWhatIsNotTheDistance() throws IOException {
    String a = file("a.csv", "0,0\n1,0\n0,1\n");
    String b = file("b.csv", "3,0\n4,0\n3,1\n");
    assertThat(run("w2", a, b, "--also", "gelbrich,sliced,sinkhorn")).isZero();
    assertThat(out.toString().lines())
        .anyMatch(l -> l.startsWith("gelbrich  ") && l.contains("(lower bound of W2"))
        .anyMatch(l -> l.startsWith("sliced    ") && l.contains("not W2: 500 directions, seed 1"))
        .anyMatch(l -> l.startsWith("sinkhorn  ") && l.contains("(approximation of W2: epsilon"));
    String line = file("line.csv", "0\n1\n");
    assertThat(run("w2", line, line, "--also", "w1")).isZero();
    assertThat(out.toString()).contains("w1        0.0  (W1, exact; a lower bound of W2)");
    assertThat(run("w2", a, b, "--also", "w1")).isEqualTo(2);
    assertThat(run("w2", a, b, "--also", "w3")).isEqualTo(2);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            l -> assertThat(l).contains("--also w1 needs dimension 1, got 2"),
            l -> assertThat(l).contains("--also must be gelbrich").contains("'w3'"));
  }

  @Test
  void badFilesAreOneLineAndCodeTwo() throws IOException {
    String good = file("good.csv", "1,2\n3,4\n");
    String empty = file("empty.csv", "");
    String ragged = file("ragged.csv", "1,2\n3\n");
    String minus = file("minus.csv", "1\n-1\n");
    String zero = file("zero.csv", "0\n0\n");
    String three = file("three.csv", "1\n1\n1\n");
    String nan = file("nan.csv", "1,2\nnan,4\n");
    String cut = npy("cut.npy", "<f8", false, 24);
    String text = npy("text.npy", "<c16", false, 64);
    String fortran = npy("fortran.npy", "<f8", true, 32);
    assertThat(run("w2", fortran, fortran)).isZero();
    assertBad("is empty", empty, good);
    assertBad("ragged.csv:2: row has 1 value", ragged, good);
    assertBad("weights of x must be finite and >= 0", good, good, "--weights", minus, "-");
    assertBad("positive finite sum, got 0.0", good, good, "--weights", "-", zero);
    assertBad("must have 2 rows of one weight, got 3", good, good, "--weights", three, "-");
    assertBad("(truncated)", cut, good);
    assertBad("of type '<c16' are not read", text, good);
    assertBad("no such file", folder.resolve("none.npy").toString(), good);
    assertBad("nan.csv:2", "--cost", nan);
    assertBad("w2 needs two clouds A and B, or --cost FILE", good);
    assertBad("w2 needs two clouds A and B, or --cost FILE", good, good, "--cost", good);
    assertBad("--method must be auto with --cost", "--cost", good, "--method", "tree");
    assertBad("does not exist", good, good, "--plan", folder.resolve("no/plan.csv").toString());
  }

  private void assertBad(String message, String... args) {
    err.getBuffer().setLength(0);
    String[] all = new String[args.length + 1];
    all[0] = "w2";
    System.arraycopy(args, 0, all, 1, args.length);
    assertThat(run(all)).as(message).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(message);
  }

  /** A 2 x 2 array of zeros, or fewer bytes of it. */
  private String npy(String name, String type, boolean fortran, int bytes) throws IOException {
    String order = fortran ? "True" : "False";
    String header =
        "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': (2, 2), }\n";
    var buffer = ByteBuffer.allocate(10 + header.length() + bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    buffer.put((byte) 1).put((byte) 0).putShort((short) header.length());
    buffer.put(header.getBytes(StandardCharsets.US_ASCII));
    return Files.write(folder.resolve(name), buffer.array()).toString();
  }

  /** The plan and duals of other points, as a defect of a solver might give them. */
  @Test
  void aCertificateThatDoesNotCloseIsCodeThree() throws IOException {
    String a = file("a.csv", "0,0\n1,0\n");
    String b = file("b.csv", "0,1\n5,1\n");
    var wrong =
        new W2Command(
            (x, wx, y, wy, d, method, progress, kernels) ->
                EmpiricalW2.between(x, wx, new double[] {5, 1, 0, 1}, wy, d, method, progress));
    Path plan = folder.resolve("plan.csv");
    PrintWriter o = new PrintWriter(out);
    PrintWriter e = new PrintWriter(err);
    int code = Main.run(List.of(wrong), o, e, "w2", a, b, "--verify", "--plan", plan.toString());
    assertThat(code).isEqualTo(3);
    assertThat(err.toString().lines()).singleElement().asString().contains("verification failed");
    assertThat(out.toString()).isEmpty();
    assertThat(plan).doesNotExist();
  }

  /** Far from the origin the product of jblas loses digits; the certificate is by differences. */
  @Test
  void backEndsAgreeWithinTheCertificate() {
    int n = 150;
    double[] x = new double[2 * n];
    double[] y = new double[2 * n];
    RandomStream r = RandomStream.root(2);
    r.fillGaussian(x, 0, x.length);
    r.fillGaussian(y, 0, y.length);
    for (double offset : new double[] {0, 1e8}) {
      double[] a = x.clone();
      double[] b = y.clone();
      for (int i = 0; i < a.length; i++) {
        a[i] += offset;
        b[i] += offset;
      }
      double exact = EmpiricalW2.between(a, b, 2).value();
      for (BackEnd backEnd : BackEnd.values()) {
        if (backEnd.isAvailable()) {
          var w2 =
              EmpiricalW2.between(
                  a, null, b, null, 2, Method.DENSE, Progress.NONE, Kernels.of(backEnd));
          assertThat(w2.w2().contains(exact)).as(backEnd.label()).isTrue();
          assertThat(w2.value()).as(backEnd.label()).isCloseTo(exact, within(1e-12 * exact));
        }
      }
    }
  }

  /** A run of its own, interrupted by the signal that Ctrl-C sends. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void interruptLeavesNothingBehind() throws Exception {
    assumeFalse(interruptIsIgnored(), "started in the background, where the signal is ignored");
    var text = new StringBuilder();
    RandomStream r = RandomStream.root(1);
    for (int i = 0; i < 40_000; i++) {
      text.append(r.nextGaussian()).append(',').append(r.nextGaussian()).append('\n');
    }
    String a = file("a.csv", text.toString());
    String plan = file("plan.csv", "old");
    List<String> before = names();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "w2",
                a,
                a,
                "--rows",
                "1-20000",
                "20001-40000",
                "--verify",
                "--plan",
                plan)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    // Long enough to be within the solver, far from the end: all pairs are verified besides.
    assertThat(process.waitFor(1500, TimeUnit.MILLISECONDS)).isFalse();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(names()).isEqualTo(before);
    assertThat(Path.of(plan)).hasContent("old");
  }

  /** A shell without job control has its background jobs ignore the signal, children inherit it. */
  private static boolean interruptIsIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(l -> l.startsWith("SigIgn:"))
          .anyMatch(l -> (Long.parseUnsignedLong(l.substring(7).strip(), 16) & 2) != 0);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
