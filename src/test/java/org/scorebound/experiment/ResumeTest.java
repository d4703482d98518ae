package org.scorebound.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.io.InputException;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;

/** Threads, interruptions and kills change no number. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {

  private String undisturbed = "";

  @BeforeAll
  void runUndisturbed(@TempDir Path calm) {
    undisturbed =
        SmallRegularisation.run(calm.resolve("a"), Checkpoint.Existing.REFUSE, 1, Progress.NONE);
    assertThat(undisturbed).contains("spectral-normalisation", "gapShrinks");
  }

  @Test
  void threadsChangeNoNumber(@TempDir Path folder) {
    for (int threads : new int[] {2, 5}) {
      Path out = folder.resolve("t" + threads);
      assertThat(SmallRegularisation.run(out, Checkpoint.Existing.REFUSE, threads, Progress.NONE))
          .isEqualTo(undisturbed);
    }
  }

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** An exception in the middle of a task, again and again, each time a little further. */
  @Test
  void interruptedAnywhereAndResumed(@TempDir Path folder) {
    Path out = folder.resolve("out");
    int stops = 0;
    for (int after = 6; ; after += 3) {
      AtomicLong reports = new AtomicLong();
      int limit = after;
      Progress stopper =
          (done, total, what) -> {
            if (reports.incrementAndGet() == limit) {
              throw new Stop();
            }
          };
      Checkpoint.Existing existing =
          Files.exists(Checkpoint.folder(out))
              ? Checkpoint.Existing.RESUME
              : Checkpoint.Existing.REFUSE;
      try {
        assertThat(SmallRegularisation.run(out, existing, 1, stopper)).isEqualTo(undisturbed);
        break;
      } catch (Stop stopped) {
        stops++;
      }
    }
    assertThat(stops).isGreaterThan(3);
  }

  /** SIGKILL at random moments, then to the end. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void killedAndResumed(@TempDir Path folder) throws Exception {
    Path out = folder.resolve("killed.json");
    Path log = Checkpoint.folder(out).resolve("tasks.jsonl");
    RandomStream random = RandomStream.root(4);
    int killed = 0;
    for (int i = 0; i < 3; i++) {
      Process process = start(out);
      long before = size(log);
      while (process.isAlive() && size(log) <= before && states(out) == 0) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
      TimeUnit.MILLISECONDS.sleep(random.nextInt(60));
      if (process.isAlive()) {
        killed++;
        process.destroyForcibly().waitFor();
      } else {
        assertThat(process.waitFor()).as(said(process)).isZero();
      }
    }
    assertThat(killed).isPositive();
    Process last = start(out);
    assertThat(last.waitFor()).as(said(last)).isZero();
    assertThat(Files.readString(out)).isEqualTo(undisturbed);
  }

  private static String said(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Process start(Path out) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmallRegularisation.class.getName(),
                out.toString()))
        .redirectErrorStream(true)
        .start();
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private static long states(Path out) throws IOException {
    Path folder = Checkpoint.folder(out);
    if (!Files.exists(folder)) {
      return 0;
    }
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".state")).count();
    }
  }

  @Test
  void anotherSettingIsRefused(@TempDir Path folder) {
    Path out = folder.resolve("out");
    try (Checkpoint one = Checkpoint.open(out, Map.of("epochs", 5), Checkpoint.Existing.REFUSE)) {
      one.finish("a", 0, new Columns().put("x", 1));
    }
    assertThatThrownBy(() -> Checkpoint.open(out, Map.of("epochs", 6), Checkpoint.Existing.RESUME))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another setting: epochs was [5], is now [6]");
    assertThatThrownBy(() -> Checkpoint.open(out, Map.of("epochs", 5), Checkpoint.Existing.REFUSE))
        .hasMessageContaining("--resume goes on");
    try (Checkpoint again = Checkpoint.open(out, Map.of("epochs", 5), Checkpoint.Existing.RESUME)) {
      assertThat(again.finished("a").orElseThrow().number("x")).isEqualTo(1);
    }
    try (Checkpoint fresh =
        Checkpoint.open(out, Map.of("epochs", 6), Checkpoint.Existing.RESTART)) {
      assertThat(fresh.finished("a")).isEmpty();
    }
  }

  /** Bits that JSON has no numbers for come back too. */
  @Test
  void columnsComeBackAsTheyWere(@TempDir Path folder) {
    Path out = folder.resolve("out");
    double[] odd = {Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Math.PI, Double.MIN_VALUE};
    try (Checkpoint one = Checkpoint.open(out, Map.of(), Checkpoint.Existing.REFUSE)) {
      one.keep("a", 0, new Columns().put("odd", odd).put("why", "a \"word\"\n"));
    }
    try (Checkpoint two = Checkpoint.open(out, Map.of(), Checkpoint.Existing.RESUME)) {
      Columns back = two.state("a", 0).orElseThrow();
      assertThat(back.get("odd")).isEqualTo(odd);
      assertThat(back.word("why")).isEqualTo("a \"word\"\n");
      assertThat(two.state("b", 0)).isEmpty();
    }
  }

  /** Training that runs away is an outcome. */
  @Test
  void divergenceIsReported(@TempDir Path folder) {
    String text =
        SmallRegularisation.run(
            SmallRegularisation.experiment(99),
            folder.resolve("out"),
            Checkpoint.Existing.REFUSE,
            2,
            Progress.NONE);
    assertThat(text).contains("\"figures\"", "\"tables\"");
  }
}
