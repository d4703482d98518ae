package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user meets who hands {@code verify} or {@code experiment} something wrong. */
class VerifyCommandTest {

  private static final String DOCUMENT =
      """
      {"name": "gauss-aniso",
       "data": {"type": "gaussian", "mean": [1.0, -0.5], "cov": [[0.5, 0.2], [0.2, 0.3]]},
       "diffusion": {"type": "vp",
                     "schedule": {"type": "linear", "betaMin": 0.1, "betaMax": 20.0},
                     "horizon": 1.0},
       "sampler": {"churn": 1.0},
       "score": {"type": "linear-error", "scale": 0.9, "shift": 0.05, "offset": [0.2, 0.1]},
       "start": {"type": "gaussian", "mean": [0, 0], "cov": [[1, 0], [0, 1]]}}
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path result;

  @BeforeEach
  void nameTheResult() {
    result = folder.resolve("result.json");
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  private int verify(String option, Path file) {
    return run("verify", option, file.toString(), "--out", result.toString());
  }

  private void refused(String... messages) throws IOException {
    assertThat(err.toString().lines()).as(err.toString()).hasSize(1);
    assertThat(err.toString()).startsWith("scorebound ").contains(messages);
    assertThat(out.toString()).isEmpty();
    assertThat(result).doesNotExist();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.filter(f -> f.toString().contains("result"))).isEmpty();
    }
  }

  @Test
  void theDocumentItselfHolds() {
    Path file = write("good.json", DOCUMENT);
    assertThat(verify("--config", file)).isZero();
    assertThat(out.toString()).contains("gauss-aniso", "0.4091", "0.4441", "HOLDS");
    assertThat(result).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[0.2, 0.3]] | [0.1, 0.3]] | wrong.json:2: data.cov must be symmetric",
        "[[0.5, 0.2], [0.2, 0.3]] | [[0.5, 2], [2, 0.3]] | data.cov must be positive definite",
        "[[0.5, 0.2], [0.2, 0.3]] | [[-1, 0], [0, 1]] | its smallest eigenvalue is -1",
        "[1.0, -0.5] | [1.0, -0.5, 2] | data.cov must be 3 x 3",
        "[0.2, 0.1] | [0.2] | score.offset must have length 2",
        "[0, 0], \"cov\": [[1, 0], [0, 1]] | [0], \"cov\": [[1]] | start.mean must have length 2",
        "20.0 | 0.05 | betaMax must be finite and at least betaMin = 0.1, got 0.05",
        "\"horizon\": 1.0 | \"horizon\": 0 | diffusion.horizon must be > 0, got 0",
        "\"horizon\": 1.0 | \"horizon\": -2 | diffusion.horizon must be > 0, got -2",
        "\"churn\": 1.0 | \"churn\": -1 | sampler.churn must be >= 0",
        "gaussian | gausian | unknown type 'gausian' in data (nearest: 'gaussian')",
        "\"offset\" | \"ofset\" | unknown field 'ofset' in score (nearest: 'offset')",
        "1.0, -0.5 | NaN, -0.5 | Non-standard token 'NaN' (numbers must be finite)",
        "1.0, -0.5 | 1e999, -0.5 | data.mean[0] must be",
        "1.0, -0.5 | \"one\", -0.5 | data.mean[0] must be a number, got the string 'one'",
      })
  void wrongDocuments(String old, String now, String message) throws IOException {
    assertThat(DOCUMENT).contains(old);
    Path file = write("wrong.json", DOCUMENT.replace(old, now));
    assertThat(verify("--config", file)).isEqualTo(2);
    refused("wrong.json:", message);
  }

  @Test
  void cutOffAndEmptyDocuments() throws IOException {
    assertThat(verify("--config", write("cut.json", DOCUMENT.substring(0, 90)))).isEqualTo(2);
    refused("cut.json:", "not valid JSON");
    err.getBuffer().setLength(0);
    assertThat(verify("--config", write("empty.json", ""))).isEqualTo(2);
    refused("empty.json: is empty");
    err.getBuffer().setLength(0);
    assertThat(verify("--config", write("list.json", "[]"))).isEqualTo(2);
    refused("list.json: holds an empty list");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | is empty",
        "a,b | has a header but no rows",
        "a,b;1,2;3 | table.csv:3: row has 1 value, the first row has 2",
        "a,b;1,2;3,x | table.csv:3: column 'b' must be a number, got 'x'",
        "a,b;1,2;3,NaN | table.csv:3: column 'b' must be a finite number",
        "a,b;1,2;1e300,3 | column 'a' has values too large to be standardised",
        "1,2;1,2 | at least one column that is not constant",
      })
  void wrongTables(String rows, String message) throws IOException {
    Path file = write("table.csv", rows.replace(';', '\n'));
    assertThat(verify("--data", file)).isEqualTo(2);
    refused(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--count 0 | --count must be at least 1, got 0",
        "--count -5 | --count must be at least 1, got -5",
        "--paths 5 | --paths must be at least 100",
        "--threads 0 | --threads must be at least 1",
        "--backend blas | unknown back end 'blas' (nearest: 'jblas')",
        "--data old-faitful | no such file, and no bundled data set of that name (nearest: 'old-faithful')",
        "--config nowhere.json | nowhere.json",
        "--bandwidth 1 | --bandwidth goes with --data",
        "--data iris --bandwidth -1 | --bandwidth must be > 0",
        "--data iris --count 5 | --count is for sampled configurations; --data has its own",
        "--config nowhere.json --count 5 | --config evaluates all of its file",
        "--coverage 10 --count 5 | --coverage has its own family and takes the repetitions",
        "--coverage 0 | --coverage must be at least 1, got 0",
        "--coverage 10 --explain | --explain does not go with --coverage",
        "--explain | --explain is for at most 50 configurations, got 2000",
        "--samples iris | --samples and --reference go together; --reference is missing",
        "--samples iris --reference iris --score-errors e.csv | --process is missing",
        "--samples iris --reference old-faithful | must have the same columns, got 4 in iris",
        "--samples iris --reference iris --count 3 | --samples stands alone",
      })
  void wrongOptions(String options, String message) throws IOException {
    String[] args =
        Stream.concat(
                Stream.of("verify", "--out", result.toString()), Stream.of(options.split(" ")))
            .toArray(String[]::new);
    assertThat(run(args)).isEqualTo(2);
    refused(message);
  }

  @Test
  void unwritableResultIsRefusedBeforeTheWork() {
    Path nowhere = folder.resolve("missing").resolve("result.json");
    assertThat(run("verify", "--count", "1", "--out", nowhere.toString())).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("missing");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--epochs 0 four-clusters | --epochs must be at least 1, got 0",
        "for-clusters | unknown experiment 'for-clusters' (nearest: 'four-clusters')",
        "--precision singel four-clusters | unknown precision 'singel' (nearest: 'single')",
        "--seed x four-clusters | '--seed'",
        "--threads 1 | an experiment must be named",
        "training --seeds 0 | --seeds must be at least 1, got 0",
        "training --rate -1 | --rate must be above 0",
        "training --data old-fithful | no data of that name (nearest: 'old-faithful')",
        "training --data iris --batch 151 | iris: has 150 rows, a batch needs 151",
        "horizon --data iris | --data is for the experiment training, and for horizon and sigma-family beside --network",
        "horizon --seeds 2 | --seeds is for training, regularisation and weights alone",
        "training --resume | there is nothing to resume",
      })
  void wrongExperiments(String options, String message) throws IOException {
    String[] args =
        Stream.concat(
                Stream.of("experiment", "--out", result.toString()), Stream.of(options.split(" ")))
            .toArray(String[]::new);
    assertThat(run(args)).isEqualTo(2);
    refused(message);
  }

  /**
   * One bound beyond every double, one law that runs away, no noise near 0, and a good one: each by
   * itself, with a name that would ring the bell.
   */
  @Test
  void oneFailureDoesNotTakeTheOthersAway() throws IOException {
    String huge =
        """
        {"name": "huge", "data": {"type": "points", "points": [[0, 0], [1, 1], [2, 0]],
         "bandwidth": 1e-3},
         "diffusion": {"type": "vp",
                       "schedule": {"type": "linear", "betaMin": 0.1, "betaMax": 20.0},
                       "horizon": 1.0},
         "sampler": {"churn": 1.0}, "score": {"type": "exact"},
         "start": {"type": "standard-normal"}}
        """;
    String runaway = DOCUMENT.replace("0.9", "-3").replace("gauss-aniso", "runaway");
    String noiseless =
        DOCUMENT
            .replace("gauss-aniso", "noise\\u0007less")
            .replace(
                "\"type\": \"linear\", \"betaMin\": 0.1, \"betaMax\": 20.0",
                "\"type\": \"discrete\", \"betas\": [0, 0, 1, 2]");
    Path file =
        write("list.json", "[" + String.join(",", huge, runaway, noiseless, DOCUMENT) + "]");
    assertThat(verify("--config", file)).isEqualTo(70);
    assertThat(out.toString())
        .contains("gauss-aniso", "0.4091", "huge", "noise?less", "FAILED: id 1", "runaway: ")
        .doesNotContain("\u0007");
    assertThat(Files.readString(result)).contains("\"gauss-aniso\"", "\"huge\"");
  }

  @Test
  void ratiosArePlotted() {
    Path plot = folder.resolve("ratios.svg");
    String[] args = {
      "verify",
      "--count",
      "9",
      "--out",
      result.toString(),
      "--plot",
      plot.toString(),
      "--report",
      "--junit",
      folder.resolve("junit.xml").toString()
    };
    assertThat(run(args)).isZero();
    assertThat(folder.resolve("junit.xml"))
        .content()
        .contains("name=\"configurations\" tests=\"9\"");
    assertThat(Path.of(result.toString().replace(".json", ".html")))
        .content()
        .contains("No violation among 9 configurations");
    assertThat(out.toString()).contains("plot: " + plot);
    assertThat(plot).content().contains("8 configurations", "gaussian-linear", "bound = W2");
  }

  @Test
  void experimentsAreListedAndRun() {
    assertThat(run("experiment", "--list")).isZero();
    assertThat(out.toString()).contains("four-clusters");
    out.getBuffer().setLength(0);
    assertThat(
            run(
                "experiment",
                "training",
                "--data",
                "old-faithful",
                "--batch",
                "64",
                "--epochs",
                "1",
                "--out",
                result.toString()))
        .isZero();
    assertThat(out.toString()).contains("loss, last", "result: " + result);
    assertThat(result).exists();
    assertThat(Path.of(result + ".checkpoint")).doesNotExist();
  }

  @Test
  void filesOfOneNameAreNotTrainedOnTogether() {
    String rows = "a,b\n" + "0,1\n1,0\n".repeat(4);
    String both = write("points.csv", rows) + "," + folder.resolve("other").resolve("points.csv");
    assertThat(folder.resolve("other").toFile().mkdir()).isTrue();
    write("other/points.csv", rows);
    assertThat(run("experiment", "training", "--data", both, "--batch", "4")).isEqualTo(2);
    assertThat(err.toString())
        .contains("other/points.csv: points.csv is there twice")
        .doesNotContain("\tat ");
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
