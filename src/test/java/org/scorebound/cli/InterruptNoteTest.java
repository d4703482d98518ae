package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class InterruptNoteTest {

  private final StringWriter err = new StringWriter();

  @Test
  void nothingIsSaidUntilSomethingIsKept() {
    try (InterruptNote note = InterruptNote.open(new PrintWriter(err))) {
      note.print();
      assertThat(err.toString()).isEmpty();
      note.say("one round is kept");
      note.say("two rounds are kept");
      note.print();
    }
    assertThat(err.toString().lines()).containsExactly("two rounds are kept");
  }

  @Test
  void nothingIsLeftToSayAtTheEnd() {
    InterruptNote note = InterruptNote.open(new PrintWriter(err));
    note.say("two rounds are kept");
    note.close();
    note.print();
    assertThat(err.toString()).isEmpty();
  }
}
