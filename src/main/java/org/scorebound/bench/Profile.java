package org.scorebound.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a benchmark spends its time.
 *
 * @param label of the benchmark
 * @param flameGraph file of the flame graph, from the document's folder
 * @param assembly file of the hottest machine code, from the document's folder
 * @param hottest the methods with most samples, with their share, best first
 * @param missing what could not be had, and why, one line each
 * @param samples how many there are; a share is known to about its root over theirs
 * @param run the {@link MeasuredRun} it is of
 */
public record Profile(
    String label,
    Optional<String> flameGraph,
    Optional<String> assembly,
    List<Hot> hottest,
    List<String> missing,
    OptionalLong samples,
    int run) {

  /** Copies the lists. */
  public Profile {
    hottest = List.copyOf(hottest);
    missing = List.copyOf(missing);
  }

  /** A profile of a run that stands alone. */
  public Profile(
      String label,
      Optional<String> flameGraph,
      Optional<String> assembly,
      List<Hot> hottest,
      List<String> missing) {
    this(label, flameGraph, assembly, hottest, missing, OptionalLong.empty(), MeasuredRun.FIRST);
  }

  Profile inRun(int id) {
    return new Profile(label, flameGraph, assembly, hottest, missing, samples, id);
  }

  /**
   * A method.
   *
   * @param method its name
   * @param share of all samples, 0 to 1
   */
  public record Hot(String method, double share) {}
}
