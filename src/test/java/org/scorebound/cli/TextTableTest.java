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
  void columnsWithoutRoomGoBelow() {
    TextTable table = new TextTable("quantity", "a".repeat(30), "b".repeat(30), "c".repeat(30));
    table.row("ln bound, sampled", 1, 2, 3).row("ln bound, certified", 4, 5, 6);
    assertThat(table.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "quantity " + "a".repeat(30),
            "-".repeat(19) + " " + "-".repeat(30),
            "ln bound, sampled 1",
            "ln bound, certified 4",
            "",
            "quantity " + "b".repeat(30),
            "-".repeat(19) + " " + "-".repeat(30),
            "ln bound, sampled 2",
            "ln bound, certified 5",
            "",
            "quantity " + "c".repeat(30),
            "-".repeat(19) + " " + "-".repeat(30),
            "ln bound, sampled 3",
            "ln bound, certified 6");
    assertThat(table.toString().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void rowsThatWouldLookAlikeAreNotShortened() {
    String same = "x".repeat(20);
    TextTable table = new TextTable("a", "b".repeat(30), "c".repeat(30));
    table.row(same + "1", 1, 2).row(same + "2", 3, 4);
    assertThat(table.toString()).contains(same + "1").contains(same + "2").doesNotContain("…");
    assertThat(table.toString().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void rowsMustFitTheHeads() {
    assertThatThrownBy(() -> new TextTable("a", "b").row("x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cells must be as many as columns, got 1 for 2");
  }
}
