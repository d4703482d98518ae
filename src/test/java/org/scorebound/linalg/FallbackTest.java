package org.scorebound.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Virtual machines without the Vector API's module, and without a usable libgfortran. */
class FallbackTest {

  private record Run(int code, List<String> lines, String errors) {}

  private static Run java(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("fallback", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.environment().putAll(environment);
      Process process = builder.start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      return new Run(code, out.lines().toList(), Files.readString(errors));
    } finally {
      Files.delete(errors);
    }
  }

  @Test
  void withoutTheModulePlainLoopsGiveTheSameNumbers() throws Exception {
    Run plain = java(Map.of(), PlainLoops.class.getName());
    assertThat(plain.errors).contains("plain loops instead of the Vector API");
    assertThat(plain.code).isZero();
    Run vector =
        java(Map.of(), "--add-modules", "jdk.incubator.vector", PlainLoops.class.getName());
    assertThat(plain.lines).hasSize(4).endsWith("module false");
    assertThat(vector.lines).endsWith("module true");
    assertThat(plain.lines.subList(0, 3)).isEqualTo(vector.lines.subList(0, 3));
    // |(2,2) - (3,4)|^2 - 1/2.
    assertThat(plain.lines).contains("distance 4.500000000000");
  }

  /** A file of that name which is no library stands in for a machine without it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutLibgfortranOneLineSaysWhatToInstall(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("libgfortran.so.5"), "no library\n");
    Run run =
        java(
            Map.of("LD_LIBRARY_PATH", folder.toString()),
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "org.scorebound.cli.Main",
            "verify",
            "--backend",
            "jblas");
    assertThat(run.code).isEqualTo(2);
    assertThat(run.errors)
        .contains(
            "scorebound verify: --backend jblas: jblas needs libgfortran5: apt-get install"
                + " libgfortran5");
    assertThat(run.lines).isEmpty();
  }
}
