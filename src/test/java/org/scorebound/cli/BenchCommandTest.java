package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.bench.BenchmarkCase;
import org.scorebound.bench.BenchmarkSession;
import org.scorebound.bench.BenchmarkSuite;
import org.scorebound.bench.ForkFailedException;
import org.scorebound.bench.ForkPlan;
import org.scorebound.bench.ForkResult;
import org.scorebound.bench.Profile;
import org.scorebound.bench.Work;

/** The command on a suite without a clock: what it selects, prints, writes and returns. */
class BenchCommandTest {

  private static final Path SCHEMA =
      Path.of("..", "docs", "schema", "bench-result.schema.json").toAbsolutePath().normalize();

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static BenchmarkCase one(String group, String variant, double flops, double bytes) {
    SequencedMap<String, String> parameters = new LinkedHashMap<>();
    if (!variant.isEmpty()) {
      parameters.put("provider", variant);
    }
    String backEnd = variant.split("_", 2)[0].toLowerCase(java.util.Locale.ROOT);
    return new BenchmarkCase(
        "bench." + group.replace(' ', '.'),
        parameters,
        group,
        variant,
        backEnd,
        Optional.of(new Work(flops, bytes, 1)),
        group.startsWith("SingleTraining"));
  }

  private static final List<BenchmarkCase> CASES =
      List.of(
          one("Gemm.gemm WIDE", "VECTOR", 4000, 100),
          one("Gemm.gemm WIDE", "JBLAS", 4000, 100),
          one("Mlp.forward PUBLISHED_1024", "VECTOR", 2000, 0),
          one("Mlp.forward PUBLISHED_1024", "JBLAS", 2000, 0),
          one("Roof.fma", "", 1000, 0),
          one("Roof.triadL1", "", 0, 1000),
          one("SingleTraining.train", "VECTOR", 1e6, 0),
          one("Broken.always", "", 0, 0));

  /** Every operation takes as many nanoseconds as it has flops and bytes, five times on jblas. */
  private static final class Suite implements BenchmarkSuite, BenchmarkSession {
    private int forks;

    @Override
    public List<BenchmarkCase> cases() {
      return CASES;
    }

    @Override
    public Optional<String> unavailable(BenchmarkCase benchmark) {
      return benchmark.label().equals("Gemm.gemm WIDE JBLAS")
          ? Optional.of("jblas needs libgfortran5")
          : Optional.empty();
    }

    @Override
    public BenchmarkSession open(Optional<String> java) {
      return this;
    }

    @Override
    public ForkResult fork(BenchmarkCase one, ForkPlan plan) throws ForkFailedException {
      forks++;
      if (one.group().startsWith("Broken")) {
        throw new ForkFailedException("java.lang.IllegalStateException: product is wrong");
      }
      Work work = one.work().orElseThrow();
      double nanos = (work.flops() + work.bytes()) * (one.backEnd().equals("jblas") ? 5 : 1);
      return new ForkResult(nanos, OptionalDouble.of(0), OptionalDouble.empty());
    }

    @Override
    public Profile profile(BenchmarkCase one, Path to) {
      return new Profile(
          one.label(),
          Optional.empty(),
          Optional.empty(),
          List.of(new Profile.Hot("GemmTile4x4.full", 0.75)),
          List.of("no flame graph: no library for this machine"));
    }

    @Override
    public void writeFrameworkResults(OutputStream stream) throws IOException {
      stream.write(("[" + forks + "]\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private int bench(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "bench";
    System.arraycopy(args, 0, all, 1, args.length);
    return Main.run(
        List.of(new BenchCommand(() -> Optional.of(new Suite()))),
        new PrintWriter(out),
        new PrintWriter(err),
        all);
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(Files.readString(folder.resolve("b.json")));
  }

  private String file() {
    return folder.resolve("b.json").toString();
  }

  private static JsonSchema schema() {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(SchemaLocation.of(SCHEMA.toUri().toString()));
  }

  @Test
  void quickRunPrintsTheFiguresAndFollowsItsSchema() throws IOException {
    assertThat(bench("--quick", "--profile", "--out", file())).isZero();
    assertThat(out.toString())
        .contains("Mlp.forward PUBLISHED_1024\n")
        .containsPattern("JBLAS +10000 +0.0 % +0.20 GF/s +20.0 % +5.00 +0\n")
        .containsPattern("MLP forward, 1024 +>= 5 x JBLAS +5.00 +yes\n")
        .containsPattern("75.0 % +GemmTile4x4.full")
        .contains("no flame graph: no library for this machine")
        .doesNotContain("Gemm.gemm");
    assertThat(schema().validate(result())).isEmpty();
    // Two roofs and two networks twice, the long shot once.
    assertThat(Files.readString(folder.resolve("b.jmh.json"))).isEqualTo("[9]\n");
    assertThat(result().path("rows")).hasSize(5);
  }

  @Test
  void patternSelectsAndTheRoofIsAlwaysMeasured() throws IOException {
    assertThat(bench("gemm", "--forks", "1", "--out", file())).isZero();
    assertThat(out.toString())
        .contains("Roof.fma")
        .contains("left out: 1 benchmarks: jblas needs libgfortran5");
    assertThat(result().path("rows")).hasSize(3);
    assertThat(schema().validate(result())).isEmpty();
  }

  @Test
  void backEndLeavesTheOthersOut() {
    assertThat(bench("--list", "--backend", "jblas")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "Gemm.gemm WIDE JBLAS",
            "Mlp.forward PUBLISHED_1024 JBLAS",
            "Roof.fma",
            "Roof.triadL1",
            "Broken.always");
  }

  @Test
  void failedForkKeepsTheRestAndIsNoSuccess() throws IOException {
    assertThat(bench("Broken|WIDE", "--out", file())).isEqualTo(ExitCode.UNTRUSTED.code());
    assertThat(out.toString())
        .contains("FAILED: Broken.always: java.lang.IllegalStateException: product is wrong");
    assertThat(result().path("failures")).hasSize(3);
    assertThat(result().path("rows")).hasSize(3);
    assertThat(schema().validate(result())).isEmpty();
  }

  @Test
  void unknownNamesAreToldWithNearOnes() throws IOException {
    assertThat(bench("Gem.gmm", "--out", file())).isEqualTo(2);
    assertThat(bench("--backend", "jblass")).isEqualTo(2);
    assertThat(bench("(")).isEqualTo(2);
    assertThat(bench("--forks", "0")).isEqualTo(2);
    assertThat(bench("--jvm", "/nonexistent")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "scorebound bench: no benchmark matches 'Gem.gmm'; near names are Gemm.gemm,"
                + " Roof.fma, Mlp.forward (--list shows all)",
            "scorebound bench: unknown back end 'jblass' (nearest: 'jblas')",
            "scorebound bench: '(' is no regular expression: Unclosed group",
            "scorebound bench: --forks must be at least 1, got 0",
            "scorebound bench: --jvm must be a program, got /nonexistent");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void withoutBenchmarksItSaysHowToStart() {
    int code =
        Main.run(
            List.of(new BenchCommand(Optional::empty)),
            new PrintWriter(out),
            new PrintWriter(err),
            "bench");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("start with ./scorebound").hasLineCount(1);
  }

  @Test
  void schemaRejectsWhatItDoesNotKnow() throws IOException {
    assertThat(bench("gemm", "--forks", "1", "--out", file())).isZero();
    JsonNode planted = result();
    ((ObjectNode) planted.path("rows").get(0)).put("nanos", 1);
    assertThat(schema().validate(planted)).hasSize(1);
    JsonNode missing = result();
    ((ObjectNode) missing).remove("roof");
    assertThat(schema().validate(missing)).hasSize(1);
  }
}
