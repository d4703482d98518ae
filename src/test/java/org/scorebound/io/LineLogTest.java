package org.scorebound.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineLogTest {

  @TempDir private Path folder;

  private static LineLog open(Path path, List<String> lines) {
    return LineLog.open(path, (text, number, offset, bytes) -> lines.add(number + " " + text));
  }

  @Test
  void aFileCutAtAnyByteKeepsItsWholeLines() throws IOException {
    Path path = folder.resolve("log");
    byte[] whole = "first\n\nünï\nlast\n".getBytes(StandardCharsets.UTF_8);
    List<String> all = List.of("1 first", "2 ", "3 ünï", "4 last");
    for (int cut = 0; cut <= whole.length; cut++) {
      byte[] left = Arrays.copyOf(whole, cut);
      Files.write(path, left);
      int complete = 0;
      for (byte b : left) {
        complete += b == '\n' ? 1 : 0;
      }
      List<String> found = new ArrayList<>();
      try (LineLog log = open(path, found)) {
        log.append("more");
      }
      assertThat(found).isEqualTo(all.subList(0, complete));
      assertThat(Files.readAllLines(path)).hasSize(complete + 1).endsWith("more");
    }
  }

  @Test
  void linesLongerThanABlockAreFoundAgain() {
    Path path = folder.resolve("log");
    String longLine = "é".repeat(300_000);
    try (LineLog log = open(path, new ArrayList<>())) {
      log.append(longLine);
      log.append("b");
      log.append(longLine + "c");
    }
    List<String> again = new ArrayList<>();
    try (LineFile file = LineFile.open(path)) {
      file.scan((text, number, offset, bytes) -> again.add(file.at(offset, bytes)));
    }
    assertThat(again).containsExactly(longLine, "b", longLine + "c");
  }

  @Test
  void aSecondWriterIsRefused() {
    Path path = folder.resolve("log");
    try (LineLog log = open(path, new ArrayList<>())) {
      log.append("a");
      assertThatThrownBy(() -> open(path, new ArrayList<>()))
          .isInstanceOf(InputException.class)
          .hasMessage(path + ": is being written by another process");
    }
  }

  @Test
  void aLineBreakIsRefused() {
    try (LineLog log = open(folder.resolve("log"), new ArrayList<>())) {
      assertThatThrownBy(() -> log.append("a\nb")).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
