package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.InputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options that every computing command has. Use as a picocli mixin: {@code @Mixin CommonOptions
 * common = new CommonOptions();}.
 */
public final class CommonOptions {

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Root of all random streams (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "K",
      description = "Worker threads (default: all processors). Never changes a number.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Result document (default: scorebound-<command>-<seed>.json here).")
  private @Nullable Path out;

  @Option(names = "--quiet", description = "No progress; only results and errors.")
  private boolean quiet;

  @Mixin private ReportOption report = new ReportOption();

  /** Root of all random streams. */
  public long seed() {
    return seed;
  }

  /** Number of worker threads, at least 1. */
  public int threads() {
    if (threads < 1) {
      throw new InputException("--threads must be at least 1, got " + threads);
    }
    return threads;
  }

  /** The result file that the user asked for. */
  public Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  /**
   * The result file, which has been found to be writable; call this before a long computation.
   *
   * @param command the command, for the default name
   */
  public Path outputFile(String command) {
    Path file = document(command);
    AtomicFile.checkWritable(file);
    report.check(file);
    return file;
  }

  /** Where the result document goes. */
  Path document(String command) {
    return out == null ? Path.of("scorebound-" + command + "-" + seed + ".json") : out;
  }

  /** Writes the page of the result document, if the user wants it; call this once it is there. */
  public void report(Path document, PrintWriter printer) {
    report.write(document, printer);
  }

  /** Progress on the terminal; nothing with {@code --quiet} or where there is no terminal. */
  public TerminalProgress progress() {
    return TerminalProgress.open(quiet);
  }

  /** The time now as result documents spell it. */
  public static String timestamp() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
