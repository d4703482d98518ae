package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void firstColumnIsFlushLeftTheOthersFlushRight() {
    TextTable table =
        new TextTable("family", "n", "slack").row("gaussian", 12, "0.5").row("ou", 3, "");
    assertThat(table.toString())
        .isEqualTo(
            """
            family     n  slack
            --------  --  -----
            gaussian  12    0.5
            ou         3
            """);
  }

  @Test
  void longFirstColumnIsShortenedTo80Columns() {
    String text = new TextTable("a", "b").row("x".repeat(200), "12345").toString();
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    assertThat(text).contains("x…  12345");
  }

  @Test
  void rowsMustFitTheHeads() {
    assertThatThrownBy(() -> new TextTable("a", "b").row("x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cells must be as many as columns, got 1 for 2");
  }
}
