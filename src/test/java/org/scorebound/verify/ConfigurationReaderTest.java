package org.scorebound.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;

/** Every defect of a document is one line that names the field and what it holds. */
class ConfigurationReaderTest {

  private static final String GOOD =
      """
      {"name": "good",
       "data": {"type": "gaussian", "mean": [1.0, -0.5], "cov": [[0.5, 0.2], [0.2, 0.3]]},
       "diffusion": {"type": "vp", "schedule": {"type": "linear", "betaMin": 0.1, "betaMax": 20.0}, "horizon": 1.0},
       "sampler": {"churn": 1.0},
       "score": {"type": "linear-error", "scale": 0.9, "shift": 0.05, "offset": [0.2, 0.1]},
       "start": {"type": "gaussian", "mean": [0, 0], "cov": [[1, 0], [0, 1]]}}
      """;

  @Test
  void readsTheGoodDocument() {
    Configuration c = Configuration.read(JsonInput.parse(GOOD, "good.json"));
    assertThat(c.name()).isEqualTo("good");
    assertThat(c.dimension()).isEqualTo(2);
    assertThat(c.family().churn()).isEqualTo(1);
  }

  /** What is replaced, by what, and two words the one line must hold. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "cov": [[0.5, 0.2], [0.2, 0.3]] | "cov": [[0.5, 0.2], [0.1, 0.3]] | cov | symmetric
          "cov": [[0.5, 0.2], [0.2, 0.3]] | "cov": [[0.5, 0.9], [0.9, 0.3]] | cov | positive definite
          "cov": [[0.5, 0.2], [0.2, 0.3]] | "cov": [[-0.5, 0], [0, 0.3]]    | cov | positive definite
          "cov": [[0.5, 0.2], [0.2, 0.3]] | "cov": [[0.5]]                  | cov | 2 x 2
          "cov": [[0.5, 0.2], [0.2, 0.3]] | "cov": [[0.5, 0.2], [0.2]]      | cov | row
          "cov": [[1, 0], [0, 1]]         | "cov": [[1, 0], [0, 0]]         | cov | positive definite
          "mean": [0, 0]                  | "mean": [0, 0, 0]               | mean | 3
          "mean": [1.0, -0.5]             | "mean": []                      | mean | at least one
          "mean": [1.0, -0.5]             | "mean": [1.0, "x"]              | mean | number
          "mean": [1.0, -0.5]             | "mean": [1.0, NaN]              | test.json | NaN
          "mean": [1.0, -0.5]             | "mean": [1.0, 1e999]            | mean | finite
          "offset": [0.2, 0.1]            | "offset": [0.2]                 | offset | 1
          "betaMax": 20.0                 | "betaMax": 0.05                 | betaMax | 0.05
          "betaMin": 0.1                  | "betaMin": -0.1                 | betaMin | -0.1
          "horizon": 1.0                  | "horizon": 0                    | horizon | 0
          "horizon": 1.0                  | "horizon": -2                   | horizon | -2
          "churn": 1.0                    | "churn": -1                     | churn | -1
          "type": "vp"                    | "type": "vq"                    | vq | vp
          "type": "linear",               | "type": "liner",                | liner | linear
          "type": "linear-error"          | "type": "linear-eror"           | linear-eror | linear-error
          "shift": 0.05                   | "shfit": 0.05                   | shfit | shift
          "sampler": {"churn": 1.0},      | `` `` | sampler | missing
          "scale": 0.9                    | "scale": true                   | scale | number
          "name": "good"                  | "name": 3                       | name | string
          "scale": 0.9                    | "scale": 0.9, "profile": {"type": "wave", "depth": 2, "cycles": 1} | depth | 2
          "scale": 0.9                    | "scale": 0.9, "profile": {"type": "power", "rate": -3, "exponent": 1} | rate | -3
          """)
  void namesTheDefect(String good, String bad, String first, String second) {
    String replacement = bad.replace("``", "").trim();
    String document = GOOD.replace(good, replacement);
    assertThat(document).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> Configuration.read(JsonInput.parse(document, "test.json")))
        .isInstanceOf(InputException.class)
        .satisfies(
            e -> {
              assertThat(e.getMessage()).doesNotContain("\n");
              assertThat(e.getMessage()).startsWith("test.json").contains(first).contains(second);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type": "mixture", "weights": [0.5, 0.5], "means": [[0], [1]], "covs": [[[1]], [[-1]]]} | covs
          {"type": "mixture", "weights": [0.5, 0.6], "means": [[0], [1]], "cov": [[1]]}            | weights
          {"type": "mixture", "weights": [0.5, 0.5], "means": [[0]], "cov": [[1]]}                 | means
          {"type": "mixture", "weights": [1.5, -0.5], "means": [[0], [1]], "cov": [[1]]}           | weights
          {"type": "mixture", "weights": [0.5, 0.5], "means": [[0], [1]], "covs": [[[1]]]}         | covs
          {"type": "points", "points": [[0, 1], [1]], "bandwidth": 0.1}                            | points
          {"type": "points", "points": [[0, 1], [1, 1]], "bandwidth": 0}                           | bandwidth
          {"type": "points", "file": "no-such-file.csv", "bandwidth": 0.1}                         | no-such-file.csv
          {"type": "clusters", "dimension": 2, "count": 3}                                         | clusters
          {"type": "clusters", "dimension": 4, "count": 1}                                         | dimension
          {"type": "clusters", "dimension": 2, "count": 4, "variance": -1}                         | variance
          {"type": "two-moons", "points": 41}                                                      | 41
          {"type": "two-moons", "points": 40, "noise": 0}                                          | noise
          {"type": "gausian", "mean": [0], "cov": [[1]]}                                           | gaussian
          """)
  void namesTheDefectOfADataLaw(String data, String expected) {
    String gaussian =
        "{\"type\": \"gaussian\", \"mean\": [1.0, -0.5], \"cov\": [[0.5, 0.2], [0.2, 0.3]]}";
    String document = GOOD.replace(gaussian, data);
    assertThat(document).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> Configuration.read(JsonInput.parse(document, "test.json")))
        .isInstanceOf(InputException.class)
        .satisfies(
            e -> {
              assertThat(e.getMessage()).doesNotContain("\n");
              assertThat(e.getMessage()).contains(expected);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type": "ou", "drift": [[1]], "g": 1}                                     | drift
          {"type": "ou", "drift": [[1, 0], [0, 1]], "g": 0}                          | g
          {"type": "ve", "sigmaMin": 2, "sigmaMax": 1}                               | sigmaMax
          {"type": "ve", "sigmaMin": 0, "sigmaMax": 1}                               | sigmaMin
          {"type": "vp", "schedule": {"type": "cosine", "betaClip": 0.001}}          | betaClip
          {"type": "vp", "schedule": {"type": "discrete", "betas": []}}              | betas
          {"type": "vp", "schedule": {"type": "discrete", "betas": [1, -1]}}         | -1
          {"type": "vp", "schedule": {"type": "constant", "beta": 0}}                | beta
          {"type": "vp", "schedule": {"type": "constant", "betta": 1}}               | beta
          {"type": "sub-vp", "schedule": {"type": "sigmoid", "from": 3, "to": 1}}    | sigmoid
          """)
  void namesTheDefectOfADiffusion(String diffusion, String expected) {
    String vp =
        "{\"type\": \"vp\", \"schedule\": {\"type\": \"linear\", \"betaMin\": 0.1, \"betaMax\": 20.0}, \"horizon\": 1.0}";
    String document = GOOD.replace(vp, diffusion);
    assertThat(document).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> Configuration.read(JsonInput.parse(document, "test.json")))
        .isInstanceOf(InputException.class)
        .satisfies(
            e -> {
              assertThat(e.getMessage()).doesNotContain("\n");
              assertThat(e.getMessage()).contains(expected);
            });
  }
}
