package org.scorebound.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What may differ between two runs of one computation. It is the one part of a result document to
 * leave out when two of them are compared.
 *
 * @param commandLine the arguments as typed
 * @param threads number of worker threads
 * @param started start of the run, ISO 8601 in UTC
 * @param elapsedSeconds wall-clock time of the run
 * @param stageSeconds wall-clock time of each stage, in order
 * @param workers what each shard file or executor did, by name; empty where one process did all
 */
public record RunTiming(
    List<String> commandLine,
    int threads,
    String started,
    double elapsedSeconds,
    SequencedMap<String, Double> stageSeconds,
    Optional<SequencedMap<String, ? extends Record>> workers) {

  /** Copies the collections. */
  public RunTiming {
    commandLine = List.copyOf(commandLine);
    SequencedMap<String, Double> copy = new LinkedHashMap<>();
    for (Map.Entry<String, Double> stage : stageSeconds.entrySet()) {
      copy.put(stage.getKey(), stage.getValue());
    }
    stageSeconds = copy;
  }

  /** The timing of a run in one process. */
  public RunTiming(
      List<String> commandLine,
      int threads,
      String started,
      double elapsedSeconds,
      SequencedMap<String, Double> stageSeconds) {
    this(commandLine, threads, started, elapsedSeconds, stageSeconds, Optional.empty());
  }

  /** The same run with what each worker did. */
  public RunTiming withWorkers(SequencedMap<String, ? extends Record> workers) {
    return new RunTiming(
        commandLine, threads, started, elapsedSeconds, stageSeconds, Optional.of(workers));
  }
}
