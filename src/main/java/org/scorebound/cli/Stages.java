package org.scorebound.cli;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** Wall-clock seconds of the stages of a run, in order, for its timing. For one thread. */
final class Stages {

  private final SequencedMap<String, Double> seconds = new LinkedHashMap<>();

  /** Does a stage and notes its time; a second one of the same name adds to it. */
  <T> T time(String stage, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    seconds.merge(stage, (System.nanoTime() - start) * 1e-9, Double::sum);
    return result;
  }

  /** All, in the order in which they began first. */
  SequencedMap<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }
}
