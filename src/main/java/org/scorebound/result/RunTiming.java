package org.scorebound.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 */
public record RunTiming(
    List<String> commandLine,
    int threads,
    String started,
    double elapsedSeconds,
    SequencedMap<String, Double> stageSeconds) {

  /** Copies the collections. */
  public RunTiming {
    commandLine = List.copyOf(commandLine);
    SequencedMap<String, Double> copy = new LinkedHashMap<>();
    for (Map.Entry<String, Double> stage : stageSeconds.entrySet()) {
      copy.put(stage.getKey(), stage.getValue());
    }
    stageSeconds = copy;
  }
}
