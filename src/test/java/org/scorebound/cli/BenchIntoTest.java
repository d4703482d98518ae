package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
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
import org.scorebound.report.ResultFile;
import org.scorebound.result.Figure;

/** Runs put into earlier documents, on a suite whose speed the test sets. */
class BenchIntoTest {

  private static final Path SCHEMA =
      Path.of("..", "docs", "schema", "bench-result.schema.json").toAbsolutePath().normalize();

  private static final String FORWARD = "Mlp.forward PUBLISHED_1024";
  private static final String STEP = "EulerMaruyama";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Suite suite = new Suite();
  private Path file = Path.of("unset");

  @BeforeEach
  void firstRun() throws IOException {
    file = folder.resolve("b.json");
    assertThat(bench("--out", file.toString())).isZero();
    coherent(result());
    clear();
  }

  private static BenchmarkCase one(String group, String variant, double flops, double bytes) {
    SequencedMap<String, String> parameters = new LinkedHashMap<>();
    if (!variant.isEmpty()) {
      parameters.put("provider", variant);
    }
    return new BenchmarkCase(
        "bench." + group.replace(' ', '.'),
        parameters,
        group,
        variant,
        variant.split("_", 2)[0].toLowerCase(Locale.ROOT),
        Optional.of(new Work(flops, bytes, 1)),
        false);
  }

  /**
   * Times are seconds per flop and byte of the machine, times a factor by label, and no two forks
   * are alike.
   */
  private static final class Suite implements BenchmarkSuite, BenchmarkSession {
    private final List<BenchmarkCase> cases =
        new ArrayList<>(
            List.of(
                one(FORWARD, "VECTOR", 2000, 100),
                one(FORWARD, "JBLAS", 2000, 100),
                one(FORWARD, "JBLAS_HASWELL", 2000, 100),
                one(STEP, "step VECTOR", 0, 400),
                one(STEP, "gaussians VECTOR", 0, 300),
                one("Single", "", 500, 100),
                one("Roof.fma", "", 1000, 0),
                one("Roof.triadL1", "", 0, 1000)));
    private final Map<String, Double> factors = new TreeMap<>();
    private final Map<String, String> failing = new TreeMap<>();
    private final Map<String, String> unavailable = new TreeMap<>();
    private final List<String> forked = new ArrayList<>();
    private Consumer<BenchmarkCase> before = one -> {};

    @Override
    public List<BenchmarkCase> cases() {
      return List.copyOf(cases);
    }

    @Override
    public Optional<String> unavailable(BenchmarkCase benchmark) {
      return Optional.ofNullable(unavailable.get(benchmark.label()));
    }

    @Override
    public BenchmarkSession open(Optional<String> java) {
      forked.clear();
      return this;
    }

    @Override
    public ForkResult fork(BenchmarkCase one, ForkPlan plan) throws ForkFailedException {
      before.accept(one);
      forked.add(one.label());
      String failure = failing.get(one.label());
      if (failure != null) {
        throw new ForkFailedException(failure);
      }
      Work work = one.work().orElseThrow();
      double drift = 1 + 0.01 * Math.floorMod(31 * forked.size(), 7);
      double nanos = (work.flops() + work.bytes()) * factors.getOrDefault(one.label(), 2.0) * drift;
      return new ForkResult(nanos, OptionalDouble.of(0), OptionalDouble.empty());
    }

    @Override
    public Profile profile(BenchmarkCase one, Path to) {
      return new Profile(
          one.label(), Optional.empty(), Optional.empty(), List.of(), List.of("no profiler"));
    }

    @Override
    public void writeFrameworkResults(OutputStream stream) throws IOException {
      stream.write((forked + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private int bench(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "bench";
    System.arraycopy(args, 0, all, 1, args.length);
    return Main.run(
        List.of(new BenchCommand(() -> Optional.of(suite))),
        new PrintWriter(out),
        new PrintWriter(err),
        all);
  }

  private int into(String pattern, String... more) {
    List<String> args = new ArrayList<>(List.of(pattern, "--into", file.toString()));
    args.addAll(Arrays.asList(more));
    return bench(args.toArray(String[]::new));
  }

  private void clear() {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(Files.readString(file));
  }

  private static JsonSchema schema() {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(SchemaLocation.of(SCHEMA.toUri().toString()));
  }

  private static JsonNode row(JsonNode document, String label) {
    for (JsonNode row : document.path("rows")) {
      String variant = row.path("variant").asText();
      String group = row.path("group").asText();
      if (label.equals(variant.isEmpty() ? group : group + " " + variant)) {
        return row;
      }
    }
    throw new AssertionError("no row " + label);
  }

  private static JsonNode roof(JsonNode document, int id) {
    for (JsonNode run : document.path("runs")) {
      if (run.path("id").asInt() == id) {
        return run.path("roof");
      }
    }
    throw new AssertionError("no run " + id);
  }

  private static double[] nanos(JsonNode row) {
    double[] nanos = new double[row.path("forkNanos").size()];
    Arrays.setAll(nanos, i -> row.path("forkNanos").get(i).asDouble());
    return nanos;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
  }

  /**
   * Computes every ratio from the forks of its two rows, and every share from the roof of the row's
   * run: equal numbers and equal runs, or a quotient is of two runs. Every fork must have a result.
   */
  private static void coherent(JsonNode document) {
    assertThat(schema().validate(document)).isEmpty();
    for (JsonNode row : document.path("rows")) {
      int run = row.path("run").asInt();
      JsonNode roof = roof(document, run);
      double share =
          row.has("flopsPerSecond")
              ? row.path("flopsPerSecond").asDouble() / roof.path("peak").asDouble()
              : row.path("bytesPerSecond").asDouble() / roof.path("l1").asDouble();
      assertThat(row.path("shareOfRoof").asDouble()).isCloseTo(share, within(1e-12));
      String group = row.path("group").asText();
      for (JsonNode ratio : row.path("ratios")) {
        JsonNode other = row(document, (group + " " + ratio.path("to").asText()).strip());
        assertThat(other.path("run").asInt()).isEqualTo(run);
        double[] quotients = nanos(other);
        double[] own = nanos(row);
        Arrays.setAll(quotients, i -> quotients[i] / own[i]);
        assertThat(ratio.path("value").path("value").asDouble())
            .isCloseTo(median(quotients), within(1e-12));
      }
    }
  }

  /** A faster kernel on a machine in a slow hour: half the time, and a roof of half the height. */
  private void secondBuild() {
    suite.factors.put(FORWARD + " VECTOR", 1.0);
    suite.factors.put("Roof.fma", 4.0);
    suite.factors.put("Roof.triadL1", 5.0);
  }

  @Test
  void oneVariantBringsItsGroupAndAllOthersAreKept() throws IOException {
    JsonNode first = result();
    secondBuild();
    assertThat(into("forward.* VECTOR", "--forks", "2")).isZero();
    JsonNode merged = result();
    coherent(merged);
    assertThat(err.toString())
        .isEqualTo(
            "scorebound bench: --into measures groups whole, so that ratios are of one run: 2 more"
                + " of Mlp.forward PUBLISHED_1024\n");
    assertThat(merged.path("rows")).hasSameSizeAs(first.path("rows"));
    for (JsonNode row : first.path("rows")) {
      String group = row.path("group").asText();
      String variant = row.path("variant").asText();
      JsonNode now = row(merged, variant.isEmpty() ? group : group + " " + variant);
      if (group.equals(FORWARD) || group.startsWith("Roof")) {
        assertThat(now.path("run").asInt()).isEqualTo(2);
        assertThat(now.path("forkNanos")).hasSize(2);
      } else {
        assertThat(now).isEqualTo(row);
      }
    }
    assertThat(suite.forked).doesNotContain("Single", STEP + " step VECTOR");
    // Each run with its own roof, command and forks.
    JsonNode runs = merged.path("runs");
    assertThat(runs).hasSize(2);
    assertThat(runs.get(0)).isEqualTo(first.path("runs").get(0));
    assertThat(runs.get(0).path("roof")).isEqualTo(first.path("roof"));
    assertThat(runs.get(1).path("roof")).isEqualTo(merged.path("roof"));
    assertThat(runs.get(1).path("roof")).isNotEqualTo(first.path("roof"));
    assertThat(runs.get(1).path("forks").asInt()).isEqualTo(2);
    assertThat(runs.get(1).path("timing").path("commandLine").get(1).asText())
        .isEqualTo("forward.* VECTOR");
    // The framework's results of each run in a file of its own.
    assertThat(runs.get(0).path("frameworkFile").asText()).isEqualTo("b.jmh.json");
    assertThat(runs.get(1).path("frameworkFile").asText()).isEqualTo("b.run2.jmh.json");
    assertThat(Files.readString(folder.resolve("b.jmh.json"))).contains("Single");
    assertThat(Files.readString(folder.resolve("b.run2.jmh.json")))
        .contains(FORWARD)
        .doesNotContain("Single");
    assertThat(out.toString())
        .containsPattern("run 1: build .* 3 rows, forks 3, roof: multiply-add 0.49 GF/s")
        .containsPattern("run 2: build .* 5 rows, forks 2, roof: multiply-add 0.24 GF/s")
        .containsPattern(" JBLAS_HASWELL .* 2\n")
        .containsPattern("Single .* 1\n");
  }

  @Test
  void figuresAreOfTheRowsThatAreThereNow() throws IOException {
    JsonNode first = result();
    secondBuild();
    assertThat(into("forward")).isZero();
    JsonNode merged = result();
    assertThat(merged.path("figures")).hasSize(3).hasSameSizeAs(first.path("figures"));
    double before = first.path("figures").get(0).path("value").asDouble();
    double after = merged.path("figures").get(0).path("value").asDouble();
    assertThat(before).isCloseTo(1, within(0.07));
    assertThat(after).isCloseTo(2, within(0.14));
    assertThat(after)
        .isEqualTo(
            row(merged, FORWARD + " VECTOR")
                .path("ratios")
                .get(0)
                .path("value")
                .path("value")
                .asDouble());
    assertThat(merged.path("figures").get(0).path("run").asInt()).isEqualTo(2);
    assertThat(merged.path("figures").get(2).path("run").asInt()).isEqualTo(1);
    assertThat(merged.path("figures").get(2).path("value"))
        .isEqualTo(first.path("figures").get(2).path("value"));
  }

  @Test
  void runsOfWhichNothingIsLeftGoAndIdsAreNotUsedAgain() throws IOException {
    assertThat(into("forward")).isZero();
    assertThat(into("forward")).isZero();
    assertThat(out.toString()).contains("dropped: run 2: nothing of it is left");
    JsonNode merged = result();
    coherent(merged);
    assertThat(merged.path("runs").get(1).path("id").asInt()).isEqualTo(3);
    assertThat(into("", "--forks", "1")).isZero();
    assertThat(result().path("runs")).hasSize(1);
    assertThat(result().path("runs").get(0).path("id").asInt()).isEqualTo(4);
    coherent(result());
  }

  @Test
  void failedForksAreReplacedWhenTheySucceed() throws IOException {
    suite.failing.put("Single", "check failed");
    assertThat(bench("--out", file.toString())).isEqualTo(ExitCode.UNTRUSTED.code());
    assertThat(result().path("failures")).hasSize(3);
    assertThat(into("forward")).isZero();
    assertThat(result().path("failures")).hasSize(3);
    assertThat(out.toString()).contains("failed in earlier runs and were not measured anew: 3");
    suite.failing.clear();
    assertThat(into("single")).isZero();
    JsonNode merged = result();
    assertThat(merged.path("failures")).isEmpty();
    assertThat(row(merged, "Single").path("run").asInt()).isEqualTo(3);
    coherent(merged);
  }

  @Test
  void whatFailsWholeIsKeptAsItWasAndIsNoSuccess() throws IOException {
    JsonNode first = result();
    suite.failing.put("Single", "check failed");
    assertThat(into("single|forward", "--forks", "1")).isEqualTo(ExitCode.UNTRUSTED.code());
    JsonNode merged = result();
    coherent(merged);
    assertThat(row(merged, "Single")).isEqualTo(row(first, "Single"));
    assertThat(row(merged, FORWARD + " VECTOR").path("run").asInt()).isEqualTo(2);
    assertThat(merged.path("failures")).hasSize(1);
    assertThat(merged.path("failures").get(0).path("run").asInt()).isEqualTo(2);
    assertThat(out.toString()).contains("FAILED: Single: check failed");
  }

  @Test
  void aVariantThatFailsLosesItsRowOfAnotherRun() throws IOException {
    suite.failing.put(FORWARD + " JBLAS", "check failed");
    suite.unavailable.put(FORWARD + " JBLAS_HASWELL", "jblas needs libgfortran5");
    assertThat(into("forward")).isEqualTo(ExitCode.UNTRUSTED.code());
    JsonNode merged = result();
    coherent(merged);
    assertThat(merged.path("rows")).hasSize(6);
    assertThat(row(merged, FORWARD + " VECTOR").path("ratios")).isEmpty();
    assertThat(merged.path("figures").get(0).has("value")).isFalse();
    assertThat(out.toString())
        .contains(
            "dropped: Mlp.forward PUBLISHED_1024 JBLAS of run 1: others of its group are measured"
                + " anew, it failed\n")
        .contains(
            "dropped: Mlp.forward PUBLISHED_1024 JBLAS_HASWELL of run 1: jblas needs libgfortran5");
  }

  @Test
  void whatTheBuildNoLongerHasIsDropped() throws IOException {
    suite.cases.removeIf(one -> one.label().equals(FORWARD + " JBLAS"));
    suite.cases.removeIf(one -> one.label().equals("Single"));
    assertThat(into(STEP)).isZero();
    JsonNode merged = result();
    coherent(merged);
    assertThat(merged.path("rows")).hasSize(6);
    assertThat(row(merged, FORWARD + " VECTOR").path("ratios")).hasSize(1);
    assertThat(out.toString())
        .contains("dropped: Single of run 1: this build has no such benchmark\n")
        .contains("dropped: Mlp.forward PUBLISHED_1024 JBLAS of run 1: this build has no such");
  }

  @Test
  void aBenchmarkThatChangedItsGroupBringsBothGroups() throws IOException {
    BenchmarkCase step = suite.cases.get(3);
    suite.cases.set(
        3,
        new BenchmarkCase(
            step.benchmark(),
            step.parameters(),
            "Single",
            "step",
            step.backEnd(),
            step.work(),
            false));
    assertThat(into("gaussians")).isZero();
    coherent(result());
    assertThat(suite.forked).contains("Single step", "Single", STEP + " gaussians VECTOR");
    assertThat(row(result(), "Single step").path("run").asInt()).isEqualTo(2);
  }

  @Test
  void listShowsWhatWouldBeMeasured() {
    assertThat(into("haswell", "--list")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(FORWARD + " VECTOR", FORWARD + " JBLAS", FORWARD + " JBLAS_HASWELL");
  }

  @Test
  void aRunThatBreaksOffLeavesTheFileAsItWas() throws IOException {
    String before = Files.readString(file);
    suite.before =
        one -> {
          if (one.label().endsWith("HASWELL")) {
            throw new IllegalStateException("broken off");
          }
        };
    assertThat(into("forward")).isEqualTo(ExitCode.INTERNAL.code());
    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(folder.resolve("b.run2.jmh.json")).doesNotExist();
  }

  @Test
  void wholeRoundsOfARunThatBreaksOffAreADocument() throws IOException {
    String before = Files.readString(file);
    suite.before =
        one -> {
          if (suite.forked.size() == 12) {
            throw new IllegalStateException("broken off in the third round");
          }
        };
    assertThat(into("forward")).isEqualTo(ExitCode.INTERNAL.code());
    assertThat(Files.readString(file)).isEqualTo(before);
    file = folder.resolve("b.run2.partial.json");
    coherent(result());
    assertThat(result().path("forks").asInt()).isEqualTo(2);
    assertThat(result().path("rows")).hasSize(5);
    assertThat(folder.resolve("b.run2.partial.jmh.json")).exists();
    suite.before = one -> {};
    assertThat(into("single")).isZero();
    coherent(result());
    assertThat(result().path("rows")).hasSize(6);
    file = folder.resolve("b.json");
    assertThat(into("forward")).isZero();
    assertThat(folder.resolve("b.run2.partial.json")).doesNotExist();
    assertThat(folder.resolve("b.run2.partial.jmh.json")).doesNotExist();
  }

  @Test
  void aFileThatSomebodyChangedMeanwhileIsLeftToThem() throws IOException {
    String theirs = Files.readString(file).replace("\"quick\": false", "\"quick\": true");
    suite.before =
        one -> {
          try {
            Files.writeString(file, theirs);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    assertThat(into("forward")).isEqualTo(2);
    assertThat(err.toString()).contains("changed while this ran").contains("b.run2.json");
    assertThat(Files.readString(file)).isEqualTo(theirs);
    file = folder.resolve("b.run2.json");
    coherent(result());
    assertThat(result().path("runs")).hasSize(2);
  }

  private void refused(String reason, Consumer<ObjectNode> change) throws IOException {
    ObjectNode document = (ObjectNode) result();
    change.accept(document);
    Path changed = folder.resolve("changed.json");
    Files.writeString(changed, document.toPrettyString());
    refused(reason, changed);
  }

  private void refused(String reason, Path document) throws IOException {
    clear();
    suite.forked.clear();
    byte[] before = Files.exists(document) ? Files.readAllBytes(document) : new byte[0];
    assertThat(bench("forward", "--into", document.toString())).isEqualTo(2);
    assertThat(err.toString()).hasLineCount(1).contains(document.toString()).contains(reason);
    assertThat(suite.forked).isEmpty();
    assertThat(Files.exists(document) ? Files.readAllBytes(document) : new byte[0])
        .isEqualTo(before);
  }

  private static ObjectNode firstRunOf(ObjectNode document) {
    return (ObjectNode) document.path("runs").get(0);
  }

  @Test
  void documentsOfOtherMachinesAndVersionsAreRefused() throws IOException {
    refused(
        "--into needs a document of this machine: its run 1 has cpu 'Z80'",
        d -> ((ObjectNode) firstRunOf(d).path("run").path("machine")).put("cpu", "Z80"));
    refused(
        "its run 1 has jvm 'Other VM 21'",
        d -> ((ObjectNode) firstRunOf(d).path("run").path("machine")).put("jvm", "Other VM 21"));
    refused(
        "its run 1 had --jvm; write a new document with --out",
        d -> ((ArrayNode) firstRunOf(d).path("timing").path("commandLine")).add("--jvm=/x"));
    refused(
        "must be scorebound/bench-result/1 of this build's bench",
        d -> d.put("schema", "scorebound/bench-result/2"));
    refused("got scorebound/verify-result/1", d -> d.put("schema", "scorebound/verify-result/1"));
    refused("missing field 'rows'", d -> d.remove("rows"));
    refused("unknown field 'colour'", d -> d.put("colour", "red"));
    refused("which is not in runs", d -> ((ObjectNode) d.path("rows").get(1)).put("run", 7));
    refused(
        "is there twice", d -> ((ArrayNode) d.path("rows")).add(d.path("rows").get(1).deepCopy()));
  }

  @Test
  void aGroupOfTwoRunsIsRefused() throws IOException {
    assertThat(into("single")).isZero();
    refused(
        "'Mlp.forward PUBLISHED_1024 VECTOR' of its group of run 1: a group must be of one run",
        d -> ((ObjectNode) row(d, FORWARD + " JBLAS")).put("run", 2));
  }

  @Test
  void filesThatAreNoDocumentAreRefused() throws IOException {
    refused("no such file", folder.resolve("missing.json"));
    String text = Files.readString(file);
    Path cut = folder.resolve("cut.json");
    Files.writeString(cut, text.substring(0, text.length() / 2));
    refused("cut.json:", cut);
    Path framework = folder.resolve("framework.json");
    Files.writeString(framework, "[{\"jmhVersion\": \"1.37\"}]");
    refused("JMH's own results are no such document", framework);
    clear();
    assertThat(bench("--into", file.toString(), "--out", "x.json")).isEqualTo(2);
    assertThat(into("forward", "--jvm", "/usr/bin/true")).isEqualTo(2);
    assertThat(into("forward", "--backend", "jblas")).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.contains("--into"));
  }

  @Test
  void thePageDrawsEachRunUnderItsOwnRoof() throws IOException {
    assertThat(ResultFile.read(file).figures())
        .extracting(Figure::id)
        .containsExactly("roofline", "roof-shares");
    secondBuild();
    assertThat(into("forward", "--report")).isZero();
    ResultFile read = ResultFile.read(file);
    assertThat(read.figures())
        .extracting(Figure::id)
        .containsExactly("roofline-run-1", "roofline-run-2", "roof-shares");
    assertThat(pointsUnder(read.figure("roofline-run-1"))).containsExactly("Single");
    assertThat(pointsUnder(read.figure("roofline-run-2")))
        .containsExactly(FORWARD + " VECTOR", FORWARD + " JBLAS", FORWARD + " JBLAS_HASWELL");
    assertThat(highest(read.figure("roofline-run-1"))).isCloseTo(0.495, within(0.005));
    assertThat(highest(read.figure("roofline-run-2"))).isCloseTo(0.245, within(0.005));
    assertThat(read.tables())
        .filteredOn(t -> t.id().equals("benchmarks") || t.id().equals("targets"))
        .allMatch(t -> t.columns().getLast().name().equals("run"))
        .hasSize(2);
    assertThat(read.tables()).filteredOn(t -> t.id().equals("runs")).hasSize(1);
    assertThat(read.reproducedBy()).contains(" && ./scorebound bench forward --into ");
    assertThat(folder.resolve("b.html"))
        .content()
        .contains("2 runs, ratios and shares each within one");
  }

  private static List<String> pointsUnder(Figure figure) {
    return figure.series().stream()
        .flatMap(series -> series.labels().orElse(List.of()).stream())
        .map(label -> label.split(",", 2)[0])
        .toList();
  }

  private static double highest(Figure figure) {
    return figure.series().stream()
        .filter(series -> series.name().equals("roof with L1"))
        .flatMap(series -> series.y().stream())
        .mapToDouble(Double::doubleValue)
        .max()
        .orElseThrow();
  }

  @Test
  void documentsOfBeforeAreOfOneRun() throws IOException {
    ObjectNode document = (ObjectNode) result();
    document.remove("runs");
    document.path("rows").forEach(row -> ((ObjectNode) row).remove("run"));
    document.path("figures").forEach(row -> ((ObjectNode) row).remove("run"));
    Files.writeString(file, document.toPrettyString());
    assertThat(into("single")).isZero();
    coherent(result());
    assertThat(result().path("runs").get(0).path("frameworkFile").asText()).isEqualTo("b.jmh.json");
  }
}
