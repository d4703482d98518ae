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
import org.scorebound.bench.ForkResult;

/** Forks that give no result are failures of the fork, not of the program. */
class JmhSessionTest {

  @TempDir Path folder;

  private static BenchmarkCase one(JmhSuite suite, String label) {
    return suite.cases().stream()
        .filter(candidate -> candidate.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aForkMeasuresItsOwnPeakBesideItsTime() throws Exception {
    JmhSuite suite = new JmhSuite();
    BenchmarkSession session = suite.open(Optional.empty());
    ForkResult fork =
        session.fork(one(suite, "Activation.value RELU SCALAR"), new ForkPlan(20, 2, 20));
    // Any vector unit of today does 1 to 500 flops a nanosecond.
    assertThat(fork.peak().orElseThrow()).isBetween(1e9, 5e11);
    assertThat(fork.bytesAllocated()).isPresent();
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    session.writeFrameworkResults(kept);
    assertThat(kept.toString(StandardCharsets.UTF_8)).contains(PeakProfiler.LABEL);
  }

  @Test
  void aJavaThatDoesNotStartIsAFailedFork() throws IOException {
    JmhSuite suite = new JmhSuite();
    BenchmarkCase fma = one(suite, "Roof.fma");
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
