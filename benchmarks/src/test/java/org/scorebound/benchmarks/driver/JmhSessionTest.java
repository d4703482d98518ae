package org.scorebound.benchmarks.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.bench.BenchmarkCase;
import org.scorebound.bench.BenchmarkSession;
import org.scorebound.bench.ForkFailedException;
import org.scorebound.bench.ForkPlan;

/** Forks that give no result are failures of the fork, not of the program. */
class JmhSessionTest {

  @TempDir Path folder;

  @Test
  void aJavaThatDoesNotStartIsAFailedFork() throws IOException {
    JmhSuite suite = new JmhSuite();
    BenchmarkCase fma =
        suite.cases().stream()
            .filter(one -> one.label().equals("Roof.fma"))
            .findFirst()
            .orElseThrow();
    String java = folder.resolve("no-java").toString();
    BenchmarkSession session = suite.open(Optional.of(java));
    assertThatExceptionOfType(ForkFailedException.class)
        .isThrownBy(() -> session.fork(fma, new ForkPlan(1, 1, 1)))
        .withMessageContaining(java);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    session.writeFrameworkResults(kept);
    assertThat(kept.toString(StandardCharsets.UTF_8).replaceAll("\\s", "")).isEqualTo("[]");
  }
}
