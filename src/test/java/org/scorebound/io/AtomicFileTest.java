package org.scorebound.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void writesANewFileAndReplacesAnOldOne() throws IOException {
    Path target = folder.resolve("out.json");
    AtomicFile.write(target, out -> out.write("old and longer".getBytes(StandardCharsets.UTF_8)));
    AtomicFile.write(target, out -> out.write(NEW));
    assertThat(target).hasContent("new");
    assertThat(names()).containsExactly("out.json");
  }

  @Test
  void failureLeavesTheOldFileAndNothingElse() throws IOException {
    Path target = Files.writeString(folder.resolve("out.json"), "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      out.write(NEW);
                      out.flush();
                      assertThat(names()).hasSize(2);
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(InputException.class)
        .hasMessage(target + ": cannot be written (disk full)");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      throw new IllegalStateException("a defect");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(target).hasContent("old");
    assertThat(names()).containsExactly("out.json");
  }

  @Test
  void checkLeavesNoTrace() throws IOException {
    AtomicFile.checkWritable(folder.resolve("out.json"));
    assertThat(names()).isEmpty();
  }

  @Test
  void unusableTargetsAreToldApart() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Path inMissing = folder.resolve("missing").resolve("out.json");
    assertThatThrownBy(() -> AtomicFile.checkWritable(inMissing))
        .isInstanceOf(InputException.class)
        .hasMessage(inMissing + ": the folder " + inMissing.getParent() + " does not exist");
    assertThatThrownBy(() -> AtomicFile.checkWritable(folder))
        .hasMessage(folder + ": is a folder, a file name is needed");
    Path inFile = file.resolve("out.json");
    assertThatThrownBy(() -> AtomicFile.checkWritable(inFile))
        .hasMessage(inFile + ": " + file + " is not a folder");
    Path tooLong = folder.resolve("x".repeat(300));
    assertThatThrownBy(() -> AtomicFile.checkWritable(tooLong))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be written (")
        .message()
        .hasLineCount(1);
  }

  @Test
  void symbolicLinkStaysALinkToTheNewContent() throws IOException {
    Path real = Files.writeString(folder.resolve("real"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    AtomicFile.write(link, out -> out.write(NEW));
    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("new");
  }

  @Test
  void writersOfOneTargetDoNotShareATemporaryFile() throws IOException {
    Path target = folder.resolve("out.json");
    AtomicFile.write(
        target,
        outer -> {
          AtomicFile.write(target, inner -> inner.write(NEW));
          outer.write("outer".getBytes(StandardCharsets.UTF_8));
        });
    assertThat(target).hasContent("outer");
    assertThat(names()).containsExactly("out.json");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void deviceIsWrittenDirectly() {
    Path device = Path.of("/dev/null");
    AtomicFile.checkWritable(device);
    AtomicFile.write(device, out -> out.write(NEW));
    assertThat(Files.isRegularFile(device)).isFalse();
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
