package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.io.Safetensors;
import org.scorebound.random.RandomStream;

class LipschitzCommandTest {

  private static final Path SCHEMA =
      Path.of("..", "docs", "schema", "lipschitz-result.schema.json").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    List<String> all = new ArrayList<>(List.of("lipschitz", "--quiet"));
    all.addAll(List.of(args));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
  }

  private static Safetensors.Tensor random(String name, int rows, int columns) {
    double[] data = new double[rows * columns];
    RandomStream.root(3).child(name).fillGaussian(data, 0, data.length);
    return new Safetensors.Tensor(
        name, columns == 1 ? List.of(rows) : List.of(rows, columns), data);
  }

  private Path network(int d, String time, String output, int extra) throws IOException {
    List<Safetensors.Tensor> tensors =
        new ArrayList<>(
            List.of(
                random("a.weight", 6, d + extra),
                random("a.bias", 6, 1),
                random("b.weight", d, 6),
                random("b.bias", d, 1)));
    boolean stepped = time.contains("per-step");
    if (stepped) {
      tensors.add(random("a.gain", 3, 6));
    }
    Safetensors.write(folder.resolve("net.safetensors"), tensors);
    String gain = stepped ? ", \"gain\": \"a.gain\"" : "";
    return Files.writeString(
        folder.resolve("net.json"),
        """
        {"type": "mlp", "weights": "net.safetensors", "activation": "softplus",
         "time": %s,
         "layers": [{"weight": "a.weight", "bias": "a.bias"%s}, {"weight": "b.weight", "bias": "b.bias"}],
         "output": %s}
        """
            .formatted(time, gain, output));
  }

  private Path stepped() throws IOException {
    return network(
        2,
        "{\"type\": \"per-step-gain\", \"steps\": 3}",
        "{\"type\": \"noise\", \"sigma\": [0.1, 0.2, 0.4]}",
        0);
  }

  private JsonNode document(String name) throws IOException {
    JsonNode document = new ObjectMapper().readTree(Files.readString(folder.resolve(name)));
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of(SCHEMA.toUri().toString()));
    assertThat(schema.validate(document)).isEmpty();
    return document;
  }

  @Test
  void bracketsOfEveryStepFollowTheSchema() throws IOException {
    Path result = folder.resolve("r.json");
    int code = run("--network", stepped().toString(), "--box", "2", "--out", result.toString());
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString()).contains("certified is over all of R^2").contains("box <=");
    JsonNode document = document("r.json");
    assertThat(document.path("results")).hasSize(3);
    for (JsonNode row : document.path("results")) {
      double certified = row.path("certified").doubleValue();
      assertThat(row.path("sampled").doubleValue()).isLessThanOrEqualTo(certified);
      assertThat(row.path("certifiedBox").doubleValue()).isLessThanOrEqualTo(certified + 1e-6);
      assertThat(certified).isLessThan(row.path("productOfNorms").doubleValue());
      assertThat(row.path("gapReached").booleanValue()).isTrue();
    }
    assertThat(document.path("timing").path("stageSeconds")).hasSize(6);
    // The same numbers on one thread.
    Path again = folder.resolve("again.json");
    run(
        "--network",
        stepped().toString(),
        "--box",
        "2",
        "--threads",
        "1",
        "--out",
        again.toString());
    assertThat(document("again.json").path("results")).isEqualTo(document.path("results"));
  }

  @Test
  void timesOfANetworkThatSeesTheTime() throws IOException {
    Path net = network(1, "{\"type\": \"concatenated\"}", "{\"type\": \"score\"}", 1);
    Path result = folder.resolve("r.json");
    assertThat(run("--network", net.toString(), "--t", "0.1,0.7", "--out", result.toString()))
        .as(err.toString())
        .isZero();
    JsonNode rows = document("r.json").path("results");
    assertThat(rows).hasSize(2);
    // Found together, and for each time within its gap of what one time alone gives.
    assertThat(run("--network", net.toString(), "--t", "0.7", "--out", result.toString())).isZero();
    JsonNode alone = document("r.json").path("results").get(0);
    assertThat(rows.get(1).path("t").doubleValue()).isEqualTo(0.7);
    assertThat(rows.get(1).path("sampled").doubleValue())
        .isLessThanOrEqualTo(alone.path("certified").doubleValue());
    assertThat(alone.path("sampled").doubleValue())
        .isLessThanOrEqualTo(rows.get(1).path("certified").doubleValue());
    assertThat(rows.get(1).path("productOfNorms").doubleValue())
        .isCloseTo(alone.path("productOfNorms").doubleValue(), within(1e-9));
    assertThat(rows.get(1).path("logarithmicNorm").doubleValue())
        .isCloseTo(alone.path("logarithmicNorm").doubleValue(), within(1e-9));
  }

  @Test
  void theDiffusionGivesTheScaleAndTheTimes() throws IOException {
    Path net =
        network(
            1,
            "{\"type\": \"concatenated\"}",
            "{\"type\": \"noise\"}, \"diffusion\": {\"type\": \"ve\", \"schedule\":"
                + " {\"type\": \"constant\", \"beta\": 1}, \"horizon\": 2}",
            1);
    Path result = folder.resolve("r.json");
    assertThat(run("--network", net.toString(), "--times", "4", "--out", result.toString()))
        .as(err.toString())
        .isZero();
    JsonNode rows = document("r.json").path("results");
    assertThat(rows).hasSize(4);
    assertThat(rows.get(3).path("t").doubleValue()).isEqualTo(2);
    assertThat(run("--network", net.toString(), "--t", "0", "--out", result.toString()))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("sigma is 0 at t = 0");
  }

  @Test
  void aBudgetThatIsUsedUpIsUndecided() throws IOException {
    Path result = folder.resolve("r.json");
    String net = stepped().toString();
    assertThat(
            run(
                "--network",
                net,
                "--t",
                "1",
                "--gap",
                "1e-6",
                "--cells",
                "8",
                "--out",
                result.toString()))
        .isEqualTo(ExitCode.UNDECIDED.code());
    assertThat(out.toString()).contains("not reached at 1 of 1 times within 8 cells");
    assertThat(document("r.json").path("results").get(0).path("gapReached").booleanValue())
        .isFalse();
  }

  @Test
  void manyDimensionsAreExplainedAndBoundedByTheLayers() throws IOException {
    String net = network(5, "{\"type\": \"none\"}", "{\"type\": \"score\"}", 0).toString();
    String result = folder.resolve("r.json").toString();
    assertThat(run("--network", net, "--method", "branch-and-bound", "--out", result))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString())
        .contains("grows exponentially with d; it serves d <= 3, and")
        .contains("has d = 5");
    assertThat(Files.exists(Path.of(result))).isFalse();
    assertThat(run("--network", net, "--out", result)).as(err.toString()).isZero();
    JsonNode row = document("r.json").path("results").get(0);
    assertThat(row.path("certified").doubleValue())
        .isLessThanOrEqualTo(row.path("productOfNorms").doubleValue());
  }

  @Test
  void wrongUsageIsOneLine() throws IOException {
    String net = stepped().toString();
    rejects(
        "--t must be the index of a step, a whole number in 0..2", "--network", net, "--t", "3");
    rejects("--gap must be in (0, 1), got 0.0", "--network", net, "--gap", "0");
    rejects("--box must be > 0 and finite, got -1.0", "--network", net, "--box", "-1");
    rejects("--times has no meaning for a network with", "--network", net, "--times", "5");
    rejects("--method must be auto", "--network", net, "--method", "magic");
    rejects("no.json", "--network", folder.resolve("no.json").toString());
  }

  private void rejects(String message, String... args) {
    assertThat(run(args)).as(message).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains(message);
    assertThat(err.toString().strip().lines()).hasSize(1);
  }
}
