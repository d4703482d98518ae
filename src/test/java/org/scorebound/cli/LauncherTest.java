package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher script says when it cannot start; it must not build anything here. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  /** Everything the script calls before it builds, so that a PATH can be made without Maven. */
  private static final List<String> TOOLS =
      List.of("bash", "sed", "head", "dirname", "readlink", "find", "mkdir", "touch", "flock");

  @TempDir Path folder;

  private Path script = Path.of("");

  @BeforeEach
  void copyTheScript() throws IOException {
    Path original = Path.of("..", "scorebound");
    assumeTrue(Files.exists(original), "tests run outside of the module's folder");
    Path clone = Files.createDirectory(folder.resolve("a clone"));
    script = Files.copy(original, clone.resolve("scorebound"));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void unusableJdkIsNamed() throws Exception {
    Result result = run(script, Map.of("SCOREBOUND_JAVA_HOME", "/nonexistent"));
    assertThat(result.output())
        .isEqualTo("scorebound: SCOREBOUND_JAVA_HOME=/nonexistent is not a JDK 25 or newer\n");
    assertThat(result.code()).isEqualTo(2);
  }

  @Test
  void missingMavenIsNamedAlsoThroughALink() throws Exception {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : TOOLS) {
      Path program = Path.of("/usr/bin", tool);
      if (Files.exists(program)) {
        Path call =
            Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec " + program + " \"$@\"");
        assertThat(call.toFile().setExecutable(true)).isTrue();
      }
    }
    Path link = Files.createSymbolicLink(folder.resolve("sb"), Path.of("a clone", "scorebound"));
    Map<String, String> environment =
        Map.of("PATH", tools.toString(), "SCOREBOUND_JAVA_HOME", System.getProperty("java.home"));
    for (Path start : List.of(script, link)) {
      Result result = run(start, environment);
      assertThat(result.output())
          .isEqualTo(
              "scorebound: has to be built and found no Maven (mvn);"
                  + " install Apache Maven 3.8.1 or newer\n");
      assertThat(result.code()).isEqualTo(2);
    }
    assertThat(folder.resolve("a clone").resolve("target")).isDirectory();
    assertThat(folder.resolve("target")).doesNotExist();
  }

  private record Result(String output, int code) {}

  private Result run(Path start, Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", start.toString(), "info");
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(output, process.waitFor());
  }
}
