package org.scorebound.benchmarks.driver;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Keeps what JMH and its forks print, to explain a failure; shows nothing. */
final class Transcript implements OutputFormat {

  private static final String FAILURE = "<failure>";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /**
   * Why a fork failed, in one line: what follows JMH's mark, an exception's message as a rule; else
   * the last line.
   *
   * @param fallback if nothing was printed
   */
  synchronized String failure(String fallback) {
    List<String> lines =
        bytes.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).contains(FAILURE)) {
        return lines.get(i + 1).strip();
      }
    }
    return lines.stream()
        .filter(line -> line.contains("Exception") || line.contains("Error"))
        .findFirst()
        .or(
            () ->
                lines.isEmpty()
                    ? java.util.Optional.empty()
                    : lines.reversed().stream().findFirst())
        .map(String::strip)
        .orElse(fallback);
  }

  @Override
  public synchronized void print(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void println(String text) {
    print(text + "\n");
  }

  @Override
  public void verbosePrintln(String text) {}

  @Override
  public synchronized void write(int b) {
    bytes.write(b);
  }

  @Override
  public synchronized void write(byte[] b) {
    bytes.writeBytes(b);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public void startRun() {}

  @Override
  public void endRun(Collection<RunResult> result) {}

  @Override
  public void startBenchmark(BenchmarkParams parameters) {}

  @Override
  public void endBenchmark(BenchmarkResult result) {}

  @Override
  public void iteration(BenchmarkParams parameters, IterationParams iteration, int number) {}

  @Override
  public void iterationResult(
      BenchmarkParams parameters, IterationParams iteration, int number, IterationResult result) {}
}
