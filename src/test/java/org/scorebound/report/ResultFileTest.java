package org.scorebound.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.io.InputException;

/** Result documents as the report reads them. */
class ResultFileTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void figuresAndTablesComeBackAsTheyWere() {
    ResultFile read = ResultFile.read(Examples.generic(folder));
    assertThat(read.figures()).containsExactly(Examples.lines(), Examples.bars(), Examples.heat());
    assertThat(read.tables()).containsExactly(Examples.table());
    assertThat(read.reproducedBy()).isEqualTo("./scorebound demo --out 'it'\\''s here.json'");
    assertThat(read.facts()).containsEntry("seed", "7").containsEntry("time", "1.25 s");
  }

  @Test
  void aFigureThatCannotBeDrawnIsToldWithItsPlace() throws IOException {
    Path file = Examples.generic(folder);
    String whole = Files.readString(file);
    Files.writeString(file, whole.replace("\"style\": \"step\"", "\"style\": \"stairs\""));
    assertThatThrownBy(() -> ResultFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("unknown style 'stairs' in figures[0].series[1]");
    Files.writeString(file, whole.replaceFirst("\"x\": \\[ 2.0, 20.0,", "\"x\": [ 2.0,"));
    assertThatThrownBy(() -> ResultFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("must be as long as x, 2, got 3")
        .hasMessageEndingWith("in figures[0]");
    Files.writeString(file, whole.replace("\"id\": \"bars\"", "\"id\": \"lines\""));
    assertThatThrownBy(() -> ResultFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("id 'lines' is there twice");
  }

  @Test
  void verdictsAreSummed() {
    Headline headline = ResultFile.read(Examples.verify(folder)).headline();
    assertThat(headline.tone()).isEqualTo(Headline.Tone.BAD);
    assertThat(headline.text()).isEqualTo("1 violated among 5 configurations");
    assertThat(headline.shares())
        .extracting(Headline.Share::count)
        .containsExactly(1L, 1L, 1L, 1L, 1L);
  }
}
