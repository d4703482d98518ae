package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.io.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class MainTest {

  @Command(name = "probe")
  private static final class Probe implements Callable<ExitCode> {

    @Mixin private CommonOptions common;
    @Mixin private BackEndOption backEnd;

    @Option(names = "--count")
    private int count = 1;

    private final Map<Integer, Throwable> failures =
        Map.of(
            2, new InputException("in.json:3: no\nsuch thing"),
            70, new IllegalStateException("a defect"),
            71, new StackOverflowError(),
            72, new ExecutionException(new CompletionException(new InputException("deep"))),
            130, new InterruptedException());

    @Override
    public ExitCode call() throws Exception {
      Throwable failure = failures.get(count);
      if (failure instanceof Exception e) {
        throw e;
      } else if (failure instanceof Error e) {
        throw e;
      }
      common.threads();
      if (common.out().isPresent()) {
        common.outputFile("probe");
      }
      backEnd.kernels();
      return ExitCode.UNTRUSTED;
    }
  }

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(List.of(new Probe()), new PrintWriter(out), new PrintWriter(err), args);
  }

  @Test
  void exitCodeIsTheCommandsOwn() {
    assertThat(run("probe")).isEqualTo(3);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prob | 2 | scorebound: unknown command 'prob' (nearest: 'probe')",
        "probe --cuont=3 | 2 | scorebound probe: unknown option '--cuont' (nearest: '--count')",
        "probe x | 2 | scorebound probe: unexpected argument 'x'",
        "probe --count x | 2 | scorebound probe: Invalid value for option '--count': 'x' is not an int",
        "probe --count 2 | 2 | scorebound probe: in.json:3: no such thing",
        "probe --threads 0 | 2 | scorebound probe: --threads must be at least 1, got 0",
        "probe --backend vektor | 2 | scorebound probe: unknown back end 'vektor' (nearest: 'vector')",
        "probe --count 72 | 2 | scorebound probe: deep",
        "probe --count 130 | 130 | scorebound probe: interrupted",
        "probe --count 70 | 70 | scorebound probe: internal error: java.lang.IllegalStateException: a defect (--debug shows where)",
        "probe --count 71 | 70 | scorebound: internal error: java.lang.StackOverflowError (--debug shows where)",
      })
  void failureIsOneLineAndAnExitCode(String line, int code, String message) {
    assertThat(run(line.split(" "))).isEqualTo(code);
    assertThat(err.toString()).isEqualTo(message + System.lineSeparator());
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void debugAddsTheStackTrace() {
    assertThat(run("probe", "--count", "70", "--debug")).isEqualTo(70);
    assertThat(err.toString()).contains("a defect").contains("\tat org.scorebound.cli.MainTest");
  }

  @Test
  void noCommandIsWrongUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).startsWith("Usage: scorebound");
  }

  @ParameterizedTest
  @CsvSource({"--help", "probe --help", "--version"})
  void helpAndVersionSucceedWithin80Columns(String line) {
    assertThat(run(line.split(" "))).isZero();
    assertThat(out.toString().lines()).isNotEmpty().allMatch(text -> text.length() <= 80);
  }

  @Test
  void realCommandsAreRegistered() {
    StringWriter text = new StringWriter();
    assertThat(Main.run(new PrintWriter(text), new PrintWriter(err), "info")).isZero();
    assertThat(text.toString()).contains("processor", "old-faithful");
  }

  @Test
  void unwritableOutputIsFoundBeforeTheWork(@TempDir Path folder) {
    Path out = folder.resolve("missing").resolve("out.json");
    assertThat(run("probe", "--out", out.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("does not exist");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void nothingBeatsAnInterruptAndEverythingBeatsOk(ExitCode code) {
    assertThat(code.and(ExitCode.INTERRUPTED)).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(ExitCode.OK.and(code)).isEqualTo(code);
  }

  @Test
  void precedenceOfExitCodes() {
    assertThat(ExitCode.VIOLATED.and(ExitCode.UNTRUSTED)).isEqualTo(ExitCode.UNTRUSTED);
    assertThat(ExitCode.UNTRUSTED.and(ExitCode.USAGE)).isEqualTo(ExitCode.USAGE);
    assertThat(ExitCode.UNDECIDED.and(ExitCode.VIOLATED)).isEqualTo(ExitCode.VIOLATED);
  }
}
