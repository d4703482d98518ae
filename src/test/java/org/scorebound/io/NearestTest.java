package org.scorebound.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "scael, scale, 1",
    "'', abc, 3",
    "abc, '', 3",
    "same, SAME, 0",
    "ca, abc, 3",
    "abcdef, abdcfe, 2",
  })
  void distanceIsTheOptimalStringAlignment(String a, String b, int distance) {
    assertThat(Nearest.distance(a, b)).isEqualTo(distance);
    assertThat(Nearest.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void firstOfSeveralEquallyNearWins() {
    assertThat(Nearest.to("x", List.of("a", "b"))).contains("a");
    assertThat(Nearest.to("verfy", List.of("bench", "verify"))).contains("verify");
    assertThat(Nearest.clause("x", List.of())).isEmpty();
  }
}
