package org.scorebound.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The errors that {@code src/test/python/planted.py} plants still have their places in the source.
 */
class PlantedErrorsTest {

  @Test
  void everyPlantedErrorHasItsPlace() throws IOException, InterruptedException {
    assumeTrue(hasPython(), "needs python3");
    Process check =
        new ProcessBuilder("python3", "-B", "src/test/python/planted.py", "--check")
            .directory(Path.of("..").toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(output).isZero();
    assertThat(output).contains("errors have their places");
  }

  private static boolean hasPython() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Path.of(folder, "python3").toFile().canExecute());
  }
}
