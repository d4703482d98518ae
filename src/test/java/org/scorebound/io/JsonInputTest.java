package org.scorebound.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonInputTest {

  @Test
  void readsEveryKindOfField() {
    JsonInput in =
        JsonInput.parse(
            """
            {"name": "a", "count": 3, "seed": 9007199254740993, "x": -1.5e-3, "flag": true,
             "mean": [1, 2.5], "cov": [[1, 0], [0, 2]], "means": [[1], [2, 3]],
             "covs": [[[4]], [[9]]], "inner": {"y": 1}, "list": [{"z": 2}]}
            """,
            "in.json");
    assertThat(in.string("name")).isEqualTo("a");
    assertThat(in.integer("count")).isEqualTo(3);
    assertThat(in.longInteger("seed")).isEqualTo(9007199254740993L);
    assertThat(in.number("x")).isEqualTo(-1.5e-3);
    assertThat(in.bool("flag", false)).isTrue();
    assertThat(in.vector("mean")).containsExactly(1, 2.5);
    assertThat(in.matrix("cov")).isDeepEqualTo(new double[][] {{1, 0}, {0, 2}});
    assertThat(in.vectors("means")).hasSize(2).last().isEqualTo(new double[] {2, 3});
    assertThat(in.matrices("covs").getLast()[0][0]).isEqualTo(9);
    assertThat(in.object("inner").number("y")).isEqualTo(1);
    assertThat(in.array("list").getFirst().path()).isEqualTo("list[0]");
    assertThat(in.names()).startsWith("name", "count").hasSize(11);
    assertThat(in.has("x")).isTrue();
    assertThat(in.has("y")).isFalse();
    in.finish();
  }

  @Test
  void presentOptionalFieldsAreRead() {
    JsonInput in =
        JsonInput.parse(
            """
            {"x": 3, "n": -2147483648, "m": 2147483647, "l": 4, "s": "u", "v": [1], "a": [[2]],
             "o": {"p": 5}, "t": "a", "no": false, "yes": true}
            """,
            "in.json");
    assertThat(in.number("x", 2)).isEqualTo(3);
    assertThat(in.integer("n", 3)).isEqualTo(Integer.MIN_VALUE);
    assertThat(in.integer("m")).isEqualTo(Integer.MAX_VALUE);
    assertThat(in.longInteger("l", 3)).isEqualTo(4);
    assertThat(in.longInteger("absent", 3)).isEqualTo(3);
    assertThat(in.string("s", "t")).isEqualTo("u");
    assertThat(in.optionalVector("v")).hasValue(new double[] {1});
    assertThat(in.matrix("a")).isDeepEqualTo(new double[][] {{2}});
    assertThat(in.optionalObject("o").orElseThrow().number("p")).isEqualTo(5);
    assertThat(in.oneOf("t", List.of("a", "b"), "b")).isEqualTo("a");
    assertThat(in.bool("no", true)).isFalse();
    assertThat(in.bool("yes", false)).isTrue();
    assertThat(in.bool("absent", true)).isTrue();
    assertThat(in.bool("absent", false)).isFalse();
    in.finish();
  }

  @Test
  void errorsOfTheCallerNameFileLineAndPath() {
    JsonInput data = JsonInput.parse("{\"data\":\n {\n\"var\": -1}}", "c.json").object("data");
    assertThat(data.line()).isEqualTo(2);
    assertThat(data.source()).isEqualTo("c.json");
    assertThat(data.error("dimensions disagree"))
        .hasMessage("c.json:2: dimensions disagree in data");
    assertThat(data.error("var", "must be > 0, got -1"))
        .hasMessage("c.json:3: data.var must be > 0, got -1");
    assertThat(data.error("mean", "is needed")).hasMessage("c.json:2: data.mean is needed");
  }

  @Test
  void absentOptionalFieldsTakeTheirDefaults() {
    JsonInput in = JsonInput.parse("{}", "in.json");
    assertThat(in.number("x", 2)).isEqualTo(2);
    assertThat(in.optionalNumber("x")).isEmpty();
    assertThat(in.integer("n", 3)).isEqualTo(3);
    assertThat(in.string("s", "t")).isEqualTo("t");
    assertThat(in.optionalVector("v")).isEmpty();
    assertThat(in.optionalObject("o")).isEmpty();
    assertThat(in.oneOf("type", List.of("a", "b"), "b")).isEqualTo("b");
    in.finish();
  }

  @Test
  void oneDocumentAndAListOfThemAreReadAlike() {
    assertThat(JsonInput.parse("{}", "in").oneOrMany()).hasSize(1);
    List<JsonInput> many = JsonInput.parse("[{}, {\"a\": {}}]", "in").oneOrMany();
    assertThat(many).hasSize(2);
    assertThat(many.getLast().object("a").path()).isEqualTo("[1].a");
  }

  @Test
  void unknownFieldIsNamedWithTheNearestKnownOneAndItsLine() {
    JsonInput in = JsonInput.parse("{\"score\":\n {\"scale\": 1,\n  \"shfit\": 2}}", "in.json");
    JsonInput score = in.object("score");
    assertThat(score.number("scale")).isEqualTo(1);
    assertThat(score.number("shift2", 0)).isZero();
    assertThat(score.number("shift", 0)).isZero();
    assertThatThrownBy(score::finish)
        .isInstanceOf(InputException.class)
        .hasMessage("in.json:3: unknown field 'shfit' in score (nearest: 'shift')");
  }

  @Test
  void slipInARequiredFieldIsReportedAsTheUnknownFieldItIs() {
    JsonInput in = JsonInput.parse("{\"scael\": 1}", "in.json");
    assertThatThrownBy(() -> in.number("scale"))
        .hasMessage("in.json:1: unknown field 'scael' in the document (nearest: 'scale')");
  }

  @Test
  void neighbouringFieldIsNotTakenForASlip() {
    JsonInput in = JsonInput.parse("{\"betaMax\": 1}", "in.json");
    assertThatThrownBy(() -> in.number("betaMin")).hasMessage("in.json:1: missing field 'betaMin'");
  }

  @Test
  void unknownTypeIsNamedWithTheNearestKnownOne() {
    JsonInput data =
        JsonInput.parse("{\"data\": {\"type\": \"gausian\"}}", "c.json").object("data");
    assertThatThrownBy(() -> data.oneOf("type", List.of("mixture", "gaussian")))
        .hasMessage("c.json:1: unknown type 'gausian' in data (nearest: 'gaussian')");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"1\" | x must be a number, got the string '1'",
        "null | x must be a number, got null",
        "[1] | x must be a number, got an array",
        "{} | x must be a number, got an object",
        "true | x must be a number, got true",
        "1e400 | x must be a finite double, got 1e400",
      })
  void wrongTypeIsNamed(String json, String message) {
    JsonInput in = JsonInput.parse("{\"x\": " + json + "}", "in");
    assertThatThrownBy(() -> in.number("x")).hasMessage("in:1: " + message);
  }

  @Test
  void wrongShapesAreNamed() {
    assertFails("[[1, 2],\n [3]]", in -> in.matrix("x"), "in:2: rows of x differ in length");
    assertFails("[[1], 2]", in -> in.matrix("x"), "x[1] must be an array of numbers");
    assertFails("[]", in -> in.matrix("x"), "x must have at least one row and column");
    assertFails("[[]]", in -> in.matrix("x"), "x must have at least one row and column");
    assertFails("[1, \"a\"]", in -> in.vector("x"), "x[1] must be a number, got the string 'a'");
    assertFails("2.5", in -> in.integer("x"), "x must be an integer, got 2.5");
    assertFails("3000000000", in -> in.integer("x"), "x must be a 32-bit integer, got 3000000000");
    assertFails("1", in -> in.string("x"), "x must be a string, got the number 1");
    assertFails("1", in -> in.object("x"), "x must be an object, got the number 1");
    assertFails("1", in -> in.array("x"), "x must be an array, got the number 1");
    assertFails("1", in -> in.bool("x", true), "x must be true or false, got the number 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": NaN} | in:1:10: not valid JSON",
        "{\"a\": 1, \"a\": 2} | Duplicate field 'a'",
        "{\"a\": 1} 2 | in:1:10: not valid JSON: text after the end",
        "{\"a\": 1 | in:1:8: not valid JSON",
        "// no comments | not valid JSON",
        "`` | in: is empty",
        "[1,] | in:1:4: not valid JSON",
      })
  void invalidJsonIsReportedOnOneLineWithItsPlace(String json, String message) {
    assertThatThrownBy(() -> JsonInput.parse(json, "in"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void unreadableFilesAreReported(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("missing.json");
    assertThatThrownBy(() -> JsonInput.read(missing)).hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> JsonInput.read(folder))
        .hasMessage(folder + ": is a folder, not a file");
    Path good = Files.writeString(folder.resolve("good.json"), "{\"a\": 1}");
    assertThat(JsonInput.read(good).number("a")).isEqualTo(1);
    Path latin = folder.resolve("latin.json");
    Files.write(latin, "{\"ä\": 1}".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> JsonInput.read(latin)).hasMessage(latin + ": is not UTF-8 text");
  }

  private static void assertFails(String json, Consumer<JsonInput> read, String message) {
    JsonInput in = JsonInput.parse("{\"x\": " + json + "}", "in");
    assertThatThrownBy(() -> read.accept(in))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }
}
