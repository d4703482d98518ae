package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The schemas in docs/ accept what the program reads and writes, and nothing misspelt. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaTest {

  private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
  private static final Path EXAMPLE = DOCS.resolve("examples/reference.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonSchema configuration = schema("configuration.schema.json");
  private final JsonSchema result = schema("verify-result.schema.json");
  private JsonNode sampled = JSON.createObjectNode();
  private JsonNode given = JSON.createObjectNode();
  private JsonNode coverage = JSON.createObjectNode();
  private JsonNode samples = JSON.createObjectNode();

  static JsonSchema schema(String name) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(SchemaLocation.of(DOCS.resolve("schema").resolve(name).toUri().toString()));
  }

  private static JsonNode verify(Path out, String... what) throws IOException {
    String[] args = new String[what.length + 6];
    args[0] = "verify";
    System.arraycopy(what, 0, args, 1, what.length);
    String[] rest = {"--paths", "100", "--quiet", "--out", out.toString()};
    System.arraycopy(rest, 0, args, what.length + 1, rest.length);
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), args);
    assertThat(code).as(err.toString()).isZero();
    return JSON.readTree(Files.readString(out));
  }

  @BeforeAll
  void run(@TempDir Path folder) throws IOException {
    sampled = verify(folder.resolve("sampled.json"), "--count", "8");
    given = verify(folder.resolve("given.json"), "--config", EXAMPLE.toString(), "--explain");
    coverage = verify(folder.resolve("coverage.json"), "--coverage", "2");
    samples =
        verify(
            folder.resolve("samples.json"),
            "--samples",
            "old-faithful",
            "--reference",
            "old-faithful");
  }

  @Test
  void referenceDocumentsAreConfigurations() throws IOException {
    JsonNode list = JSON.readTree(Files.readString(EXAMPLE));
    assertThat(list).hasSize(3);
    assertThat(configuration.validate(list)).isEmpty();
    list.forEach(one -> assertThat(configuration.validate(one)).isEmpty());
  }

  @Test
  void resultDocumentsFollowTheirSchema() {
    // One sampled configuration of every family, the unbounded one among them.
    assertThat(sampled.path("results")).hasSize(8);
    assertThat(result.validate(sampled)).isEmpty();
    assertThat(given.path("results")).hasSize(3);
    assertThat(result.validate(given)).isEmpty();
    assertThat(given.path("explanations")).hasSize(3);
    assertThat(schema("verify-coverage-result.schema.json").validate(coverage)).isEmpty();
    assertThat(schema("verify-samples-result.schema.json").validate(samples)).isEmpty();
  }

  @Test
  void publishedCalibrationFollowsItsSchema() throws IOException {
    Path published = DOCS.resolveSibling("reports").resolve("regress-calibration.json");
    JsonNode document = JSON.readTree(Files.readString(published));
    JsonSchema calibration = schema("regress-calibration-result.schema.json");
    assertThat(calibration.validate(document)).isEmpty();
    JsonNode planted = document.deepCopy();
    ((ObjectNode) planted).remove("rules");
    assertThat(calibration.validate(planted)).isNotEmpty();
  }

  @Test
  void unknownFieldIsRejected() throws IOException {
    JsonNode list = JSON.readTree(Files.readString(EXAMPLE));
    ((ObjectNode) list.get(0).get("sampler")).put("chrun", 1);
    assertThat(configuration.validate(list)).isNotEmpty();
    JsonNode planted = given.deepCopy();
    ((ObjectNode) planted.path("results").get(1)).put("logIota", 1);
    Set<ValidationMessage> messages = result.validate(planted);
    assertThat(messages).hasSize(1);
    assertThat(messages.toString()).contains("logIota");
  }

  @Test
  void missingFieldIsRejected() {
    JsonNode planted = sampled.deepCopy();
    ((ObjectNode) planted.path("results").get(0)).remove("logI");
    assertThat(result.validate(planted)).isNotEmpty();
  }

  @Test
  void experimentDocumentsFollowTheirSchema(@TempDir Path folder) throws IOException {
    Path out = folder.resolve("experiment.json");
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            "experiment",
            "training",
            "--data",
            "iris",
            "--batch",
            "75",
            "--epochs",
            "1",
            "--out",
            out.toString());
    assertThat(code).as(err.toString()).isZero();
    JsonNode document = JSON.readTree(Files.readString(out));
    assertThat(document.path("figures")).hasSize(4);
    assertThat(schema("experiment-result.schema.json").validate(document)).isEmpty();
  }
}
