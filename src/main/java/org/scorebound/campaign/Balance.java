package org.scorebound.campaign;

import java.util.Collection;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * How evenly the work of a campaign lay on its workers, from the recorded seconds of each
 * configuration: a shard, or in a cluster an executor, is a worker. Memory: one entry a worker.
 */
public final class Balance {

  private final SequencedMap<String, Work> workers = new TreeMap<>();
  private int longestId = -1;
  private double longestSeconds;

  /**
   * The work of one worker.
   *
   * @param configurations how many
   * @param busySeconds wall-clock time of each, summed
   */
  public record Work(int configurations, double busySeconds) {
    Work plus(Work other) {
      return new Work(configurations + other.configurations, busySeconds + other.busySeconds);
    }
  }

  /** Counts one evaluated configuration. */
  void add(String worker, int id, double seconds) {
    workers.merge(worker, new Work(1, seconds), Work::plus);
    if (seconds > longestSeconds || longestId < 0) {
      longestSeconds = seconds;
      longestId = id;
    }
  }

  /** The workers by name. */
  public SequencedMap<String, Work> workers() {
    return workers;
  }

  /** One line: largest and smallest share and their ratio to the mean. */
  @Override
  public String toString() {
    Collection<Work> all = workers.values();
    if (all.isEmpty()) {
      return "no work";
    }
    double sum = all.stream().mapToDouble(Work::busySeconds).sum();
    double most = all.stream().mapToDouble(Work::busySeconds).max().orElseThrow();
    double least = all.stream().mapToDouble(Work::busySeconds).min().orElseThrow();
    return String.format(
        Locale.ROOT,
        "%d workers, busy %.2f to %.2f s each, largest/mean %.3f; longest configuration %.2f s (id %d)",
        all.size(),
        least,
        most,
        sum == 0 ? 1 : most * all.size() / sum,
        longestSeconds,
        longestId);
  }
}
