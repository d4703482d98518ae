package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebound.random.RandomStream;

/** {@code verify --samples}, as a user of another framework meets it. */
class SuppliedRunTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** N(0, I) under VP with constant beta 2 and the ODE: I = exp(int (1 + L_s)) = 1 at L_s = -1. */
  private static final String PROCESS =
      """
      {"diffusion": {"type": "vp", "schedule": {"type": "constant", "beta": 2}, "horizon": 1},
       "sampler": {"churn": 0}, "startW2": 0.1}
      """;

  private static final String ERRORS = "L_s,t,m\n-1,0,0.09\n-1,0.5,0.09\n-1,1,0.09\n";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path result;

  @BeforeEach
  void files() throws IOException {
    result = folder.resolve("result.json");
    double[] z = new double[600];
    RandomStream.root(1).fillGaussian(z, 0, z.length);
    StringBuilder a = new StringBuilder("x,y\n");
    StringBuilder b = new StringBuilder("x,y\n");
    for (int j = 0; j < z.length; j += 2) {
      a.append(String.format(Locale.ROOT, "%s,%s%n", z[j], z[j + 1]));
      b.append(String.format(Locale.ROOT, "%s,%s%n", z[j] + 0.3, z[j + 1]));
    }
    Files.writeString(folder.resolve("reference.csv"), a);
    Files.writeString(folder.resolve("samples.csv"), b);
    Files.writeString(folder.resolve("process.json"), PROCESS);
    Files.writeString(folder.resolve("errors.csv"), ERRORS);
  }

  private int run(boolean bounds) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "verify",
                "--samples",
                file("samples.csv"),
                "--reference",
                file("reference.csv"),
                "--out",
                result.toString(),
                "--quiet"));
    if (bounds) {
      args.addAll(List.of("--score-errors", file("errors.csv"), "--process", file("process.json")));
    }
    return Main.run(new PrintWriter(out), new PrintWriter(err), args.toArray(String[]::new));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void boundsFromNumbersAlone() throws IOException {
    assertThat(run(true)).as(err.toString()).isZero();
    JsonNode document = JSON.readTree(Files.readString(result));
    // A translated cloud: W2 = .3 to rounding, and Gelbrich's bound as well.
    assertThat(document.path("w2").path("value").asDouble()).isCloseTo(0.3, within(1e-12));
    assertThat(document.path("gelbrich").asDouble()).isCloseTo(0.3, within(1e-12));
    assertThat(document.path("lawsLower").asDouble()).isBetween(0.0, 0.3);
    // int k I sqrt(m) = 1 * 1 * .3 over [0, 1], and I(T) .1.
    JsonNode theorem = document.path("checks").get(0);
    assertThat(Math.exp(theorem.path("logValue").asDouble())).isCloseTo(0.4, within(1e-9));
    assertThat(theorem.path("verdict").asText()).isEqualTo("HOLDS");
    assertThat(theorem.path("kind").asText()).isEqualTo("supplied");
    assertThat(out.toString()).contains("evidence: supplied", "W2 of the samples  0.3");
  }

  @Test
  void contradictoryNumbersAreToldAndNeverCalledAViolation() throws IOException {
    Files.writeString(folder.resolve("errors.csv"), ERRORS.replace("0.09", "0.0009"));
    assertThat(run(true)).isEqualTo(4);
    assertThat(out.toString())
        .contains("INCONCLUSIVE", "the supplied numbers do not fit together")
        .doesNotContain("VIOLATED");
  }

  @Test
  void distanceAlone() {
    assertThat(run(false)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("W2 of the samples  0.3").doesNotContain("verdict");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.5 | 0 | row 2 of the numbers: t must increase, got 0.0 after 0.0",
        "-1,1 | -1,2 | t must be within [0, T] with T = 1.0, got 2.0",
        "0.09 | -0.09 | row 1 of the numbers: m must be >= 0 and finite, got -0.09",
        "L_s,t,m | L_x,t,m | must have a column 'L_s'",
      })
  void wrongScoreErrors(String old, String now, String message) throws IOException {
    Files.writeString(folder.resolve("errors.csv"), ERRORS.replace(old, now));
    assertThat(run(true)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("errors.csv", message);
    assertThat(result).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.1} | -0.1} | startW2 must be >= 0",
        "\"startW2\" | \"startW3\" | startW2",
        "\"vp\" | \"vq\" | unknown type 'vq'",
      })
  void wrongProcess(String old, String now, String message) throws IOException {
    Files.writeString(folder.resolve("process.json"), PROCESS.replace(old, now));
    assertThat(run(true)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("process.json", message);
  }
}
