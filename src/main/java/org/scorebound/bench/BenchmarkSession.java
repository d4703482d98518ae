package org.scorebound.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Forks of benchmarks, one at a time. */
public interface BenchmarkSession {

  /**
   * Runs a benchmark in a new virtual machine.
   *
   * @throws ForkFailedException if there is no result; the session goes on
   */
  ForkResult fork(BenchmarkCase benchmark, ForkPlan plan) throws ForkFailedException;

  /**
   * Runs a benchmark once more under the profilers that this machine has.
   *
   * @param folder takes the profiles; it exists
   * @throws ForkFailedException if the profiled fork fails
   */
  Profile profile(BenchmarkCase benchmark, Path folder) throws ForkFailedException;

  /** Writes what all forks measured in the framework's own format, by its own writer. */
  void writeFrameworkResults(OutputStream out) throws IOException;
}
