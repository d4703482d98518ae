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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebound.claims.Claim;
import org.scorebound.claims.Claims;
import org.scorebound.claims.Examination;
import org.scorebound.claims.Finding;
import org.scorebound.claims.Inquiry;
import org.scorebound.result.Estimate;
import org.scorebound.verify.Control;

/** {@code claims} as a user meets it. */
class ClaimsCommandTest {

  private static final Path SCHEMA =
      Path.of("..", "docs", "schema", "claims-result.schema.json").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(ClaimsCommand command, String... args) {
    List<String> all = new ArrayList<>(List.of("claims"));
    all.addAll(List.of(args));
    all.addAll(List.of("--quiet", "--out", file().toString()));
    return Main.run(
        List.of(command), new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
  }

  private Path file() {
    return folder.resolve("claims.json");
  }

  private JsonNode document() throws IOException {
    return new ObjectMapper().readTree(Files.readString(file()));
  }

  private static JsonSchema schema() {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(SchemaLocation.of(SCHEMA.toUri().toString()));
  }

  @Test
  void namedClaimsShowTheirNumbersAndFollowTheSchema() throws IOException {
    assertThat(run(new ClaimsCommand(), "13", "noise-prediction", "13")).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("3 noise-prediction")
        .contains("13 offset-remains")
        .contains("source: slides")
        .contains("caught  loss 0 gives W2 0: the offset dropped")
        .contains("as expected")
        .contains("2 claims in");
    assertThat(out.toString().lines())
        .allMatch(line -> line.length() <= 80 || line.startsWith("result"));
    JsonNode document = document();
    assertThat(schema().validate(document)).isEmpty();
    assertThat(document.path("claims")).hasSize(2);
    assertThat(document.at("/claims/0/row").asInt()).isEqualTo(3);
    assertThat(document.at("/summary/controlsPassed").asInt())
        .isEqualTo(document.at("/summary/controls").asInt());
    ((ObjectNode) document.at("/claims/0")).put("verdikt", "holds");
    assertThat(schema().validate(document)).hasSize(1);
  }

  @Test
  void unknownClaimIsToldWithNearNames() {
    assertThat(run(new ClaimsCommand(), "sign-lema")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "scorebound claims: no claim 'sign-lema'; near: sign-lemma, "
                + err.toString().substring(err.toString().indexOf("sign-lemma, ") + 12));
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(file()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"19", "0", "one"})
  void unknownRowIsToldTheSameWay(String id) {
    assertThat(run(new ClaimsCommand(), id)).isEqualTo(2);
    assertThat(err.toString()).startsWith("scorebound claims: no claim '" + id + "'; near: ");
  }

  @ParameterizedTest
  @CsvSource({"--trainings, 1, at least 2", "--configurations, 0, at least 1"})
  void countsAreChecked(String option, String value, String expected) {
    assertThat(run(new ClaimsCommand(), option, value)).isEqualTo(2);
    assertThat(err.toString()).contains(option).contains(expected).contains("got " + value);
    assertThat(file()).doesNotExist();
  }

  @Test
  void listNamesAllRows() {
    assertThat(run(new ClaimsCommand(), "--list")).isZero();
    for (Claim c : Claims.all()) {
      assertThat(out.toString()).contains(c.name());
    }
    assertThat(file()).doesNotExist();
  }

  /** An examination planted in place of the real one. */
  private static List<Claims.Examined> planted(
      List<Claim> claims, Finding.Outcome outcome, boolean caught) {
    Estimate one = Estimate.exact(1, 0);
    Finding finding =
        new Finding("planted", one, "", Finding.Relation.EQUAL, one, "", 0, 0, outcome);
    Control.Result control =
        new Control.Result("planted", "", "", 1e-9, 0, caught ? 1 : 0, caught, caught);
    Examination e = new Examination(List.of(finding), List.of(control), List.of(), List.of());
    return claims.stream().map(c -> new Claims.Examined(c, e, 0)).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "HOLDS, true, 0",
    "FAILS, true, 1",
    "UNDECIDED, true, 4",
    "HOLDS, false, 3",
    "FAILS, false, 3"
  })
  void exitCodeSaysWhatHappened(Finding.Outcome outcome, boolean caught, int code)
      throws IOException {
    ClaimsCommand command =
        new ClaimsCommand(
            (List<Claim> claims, Inquiry inquiry) -> planted(claims, outcome, caught));
    assertThat(run(command)).isEqualTo(code);
    assertThat(schema().validate(document())).isEmpty();
    assertThat(out.toString().contains("NOT CAUGHT")).isEqualTo(!caught);
    assertThat(out.toString().contains("fails  planted"))
        .isEqualTo(outcome == Finding.Outcome.FAILS);
  }
}
