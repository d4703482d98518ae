package org.scorebound.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @Test
  void aLineBecomesTheBytesOfTheOriginal() {
    Map<String, @Nullable Object> value = new LinkedHashMap<>();
    value.put("text", "a \"quoted\" line\n and ünï \u0001");
    value.put(
        "numbers", new double[] {0, -0.0, 1, 0.1, 1e22, 4.9e-324, 1.7976931348623157e308, -1e-7});
    value.put("whole", List.of(1, Long.MIN_VALUE, Integer.MAX_VALUE));
    value.put("empty", List.of(List.of(), Map.of()));
    value.put("nothing", null);
    value.put("flags", List.of(true, false));
    String line = JsonOutput.toLine(value);
    assertThat(line).doesNotContain("\n").doesNotContain(": ");
    JsonText text = new JsonText(line);
    assertThat(JsonOutput.toString(Map.of("results", List.of(text, text))))
        .isEqualTo(JsonOutput.toString(Map.of("results", List.of(value, value))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\":}", "[1,2"})
  void whatIsNoValueIsRefused(String text) {
    assertThatThrownBy(() -> JsonOutput.toString(List.of(new JsonText(text))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("text must be a JSON value");
  }
}
