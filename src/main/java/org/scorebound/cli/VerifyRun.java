package org.scorebound.cli;

import java.io.PrintWriter;
import java.util.List;
import org.scorebound.linalg.Kernels;

/**
 * What every way to run {@code verify} knows: the settings that determine its numbers, and what a
 * document records of the run.
 *
 * @param seed root of all random streams
 * @param paths simulated paths per configuration
 * @param threads worker threads
 * @param kernels the back end
 * @param strict whether an undecided configuration counts in the exit code
 * @param keepGoing whether failed configurations do not
 * @param started when the command started, by {@link System#nanoTime}
 * @param begun the same by the clock
 * @param commandLine the arguments as typed
 * @param printer takes the tables
 */
record VerifyRun(
    long seed,
    int paths,
    int threads,
    Kernels kernels,
    boolean strict,
    boolean keepGoing,
    long started,
    String begun,
    List<String> commandLine,
    PrintWriter printer) {

  /** Seconds since the command started. */
  double seconds() {
    return (System.nanoTime() - started) * 1e-9;
  }
}
