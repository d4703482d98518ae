package org.scorebound.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.result.MachineInfo;
import org.scorebound.result.NonFiniteAllowed;

class JsonOutputTest {

  private enum Verdict {
    HOLDS
  }

  private record Sample(
      String name,
      int n,
      double[] mean,
      double[][] cov,
      Verdict verdict,
      Optional<String> reason,
      OptionalDouble slack,
      List<Estimate> estimates) {}

  private record Limits(@NonFiniteAllowed double upper, @NonFiniteAllowed double[] values) {}

  private record Plain(double x) {}

  @Test
  void recordsAreWrittenInTheOrderOfTheirComponents() {
    Sample sample =
        new Sample(
            "a \"b\"",
            3,
            new double[] {1, -0.0},
            new double[][] {{1, 0.1}, {0.1, 1e-7}},
            Verdict.HOLDS,
            Optional.empty(),
            OptionalDouble.of(0.5),
            List.of(Estimate.of(1, 0.5, Double.POSITIVE_INFINITY, Evidence.CERTIFIED)));
    assertThat(JsonOutput.toString(sample))
        .isEqualTo(
            """
            {
              "name": "a \\"b\\"",
              "n": 3,
              "mean": [ 1.0, -0.0 ],
              "cov": [ [ 1.0, 0.1 ], [ 0.1, 1.0E-7 ] ],
              "verdict": "HOLDS",
              "slack": 0.5,
              "estimates": [ {
                "value": 1.0,
                "lower": 0.5,
                "upper": "Infinity",
                "kind": "certified"
              } ]
            }
            """);
  }

  @Test
  void mapsKeepTheirOrderIfTheyHaveOneAndAreSortedOtherwise() {
    Map<String, Integer> ordered = new LinkedHashMap<>();
    ordered.put("b", 1);
    ordered.put("a", 2);
    assertThat(JsonOutput.toString(ordered)).containsSubsequence("\"b\"", "\"a\"");
    assertThat(JsonOutput.toString(Map.of("b", 1, "a", 2, "c", 3)))
        .containsSubsequence("\"a\"", "\"b\"", "\"c\"");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1.0 / 3, Double.MIN_VALUE, Double.MAX_VALUE, 2e-3, 0x1p53})
  void doublesComeBackBitForBit(double x) {
    String json = JsonOutput.toString(new Plain(x));
    assertThat(JsonInput.parse(json, "out").number("x")).isEqualTo(x);
  }

  @Test
  void nonFiniteNumbersAreStringsWhereAllowedAndRefusedElsewhere() {
    assertThat(JsonOutput.toString(new Limits(Double.NaN, new double[] {Double.NEGATIVE_INFINITY})))
        .contains("\"upper\": \"NaN\"", "[ \"-Infinity\" ]");
    assertThatThrownBy(() -> JsonOutput.toString(new Plain(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'x' must be finite in a result document, got NaN");
    assertThatThrownBy(() -> JsonOutput.toString(List.of(Map.of("a", new double[] {1.0 / 0}))))
        .hasMessageContaining("'[0].a[0]' must be finite");
  }

  @Test
  void scalarsAndArraysOfEveryKindAreWritten(@TempDir Path folder) {
    List<Object> all = new ArrayList<>();
    all.add(null);
    all.add(true);
    all.add(Long.MIN_VALUE);
    all.add(new int[] {1, 2});
    all.add(new long[] {3});
    all.add(Path.of("a.csv"));
    all.add(Map.of());
    Path file = folder.resolve("out.json");
    JsonOutput.write(file, all);
    assertThat(file)
        .hasContent("[ null, true, -9223372036854775808, [ 1, 2 ], [ 3 ], \"a.csv\", {} ]\n");
    assertThatThrownBy(() -> JsonOutput.toString(List.of(0.5, 1.0 / 0)))
        .hasMessageContaining("'[1]' must be finite");
  }

  @Test
  void optionalNumbersAreWrittenIfPresent() {
    record Optionals(OptionalInt n, OptionalLong m, OptionalInt none, Optional<String> s) {}
    assertThat(
            JsonOutput.toString(
                new Optionals(
                    OptionalInt.of(1), OptionalLong.of(2), OptionalInt.empty(), Optional.of("a"))))
        .isEqualTo("{\n  \"n\": 1,\n  \"m\": 2,\n  \"s\": \"a\"\n}\n");
  }

  @Test
  void valuesWithoutAFormAreRefused() {
    assertThatThrownBy(() -> JsonOutput.toString(Map.of("a", new StringBuilder())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("JSON has no form for java.lang.StringBuilder at 'a'");
  }

  @Test
  void hostFactsCanBeWritten() {
    assertThat(JsonOutput.toString(HostFacts.machine())).contains("\"cpu\"", "\"vectorBits\"");
    assertThat(HostFacts.build().version()).matches("\\d+\\.\\d+.*");
    assertThat(HostFacts.build().commit())
        .satisfiesAnyOf(
            commit -> assertThat(commit).isEmpty(),
            commit -> assertThat(commit.orElseThrow()).matches("[0-9a-f]{7,40}(-dirty)?"));
    MachineInfo machine = HostFacts.machine();
    assertThat(machine.cores()).isPositive();
    assertThat(machine.cpu()).isNotBlank().doesNotContain(":");
    // Powers of two of at least 64 bits, or unknown.
    assertThat(machine.vectorBits())
        .matches(bits -> bits == 0 || (bits >= 64 && Integer.bitCount(bits) == 1));
  }
}
