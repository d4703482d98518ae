package org.scorebound.regress.fork;

import java.util.List;
import org.scorebound.regress.BenchmarkId;

/** Runs forks of one build, one at a time. */
public interface Forker extends AutoCloseable {

  /** Its benchmarks. */
  List<JmhJar.Entry> benchmarks();

  /**
   * Runs one fork of every combination of a benchmark's parameters.
   *
   * @return results of those that had one, and what the others said
   * @throws ForkException if there was none, or the time limit passed
   */
  Pilot pilot(JmhJar.Entry benchmark) throws ForkException, InterruptedException;

  /**
   * Runs one fork.
   *
   * @throws ForkException if it has no result
   */
  JmhResults.Result fork(BenchmarkId benchmark) throws ForkException, InterruptedException;

  /** Ends its processes. */
  @Override
  void close();

  /**
   * A first fork of a benchmark.
   *
   * @param results one for each combination of parameters
   * @param said what JMH said of a failure; empty if it told none
   * @param seconds in all
   */
  record Pilot(List<JmhResults.Result> results, String said, double seconds) {

    /** Copies the list. */
    public Pilot {
      results = List.copyOf(results);
    }
  }
}
