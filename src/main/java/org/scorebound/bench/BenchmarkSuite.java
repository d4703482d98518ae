package org.scorebound.bench;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The benchmarks of this build and the framework that runs them. They live in a module of their
 * own, which uses this one; so the suite is found by {@link ServiceLoader}.
 */
public interface BenchmarkSuite {

  /** The suite on the class path; empty where the program was started without the benchmarks. */
  static Optional<BenchmarkSuite> find() {
    return ServiceLoader.load(BenchmarkSuite.class).findFirst();
  }

  /** Every benchmark with every combination of parameters, groups together, references first. */
  List<BenchmarkCase> cases();

  /** Why a case cannot run on this machine, in one line; empty if it can. */
  Optional<String> unavailable(BenchmarkCase benchmark);

  /**
   * Starts a session, which collects what its forks measure.
   *
   * @param java the program that forks run on; empty for the one that runs this
   */
  BenchmarkSession open(Optional<String> java);
}
