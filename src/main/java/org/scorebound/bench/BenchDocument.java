package org.scorebound.bench;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The results of one or several runs of benchmarks.
 *
 * @param runs by id
 * @param rows one per benchmark with a result, groups together
 * @param failures forks without one
 * @param unavailable why benchmarks cannot run on this machine, by label
 * @param profiles where benchmarks spend their time
 */
public record BenchDocument(
    List<MeasuredRun> runs,
    List<Row> rows,
    List<BenchRun.Failure> failures,
    SequencedMap<String, String> unavailable,
    List<Profile> profiles) {

  /** Copies the collections; there is at least one run. */
  public BenchDocument {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("runs must not be empty");
    }
    rows = List.copyOf(rows);
    failures = List.copyOf(failures);
    SequencedMap<String, String> copy = new LinkedHashMap<>();
    unavailable.forEach(copy::put);
    unavailable = copy;
    profiles = List.copyOf(profiles);
  }

  /** The run that was last. */
  public MeasuredRun newest() {
    return runs.getLast();
  }

  /** Whether numbers of more than one run are here. */
  public boolean isMerged() {
    return runs.size() > 1;
  }

  /** Failures of the newest run. */
  public List<BenchRun.Failure> newestFailures() {
    return failures.stream().filter(f -> f.run() == newest().id()).toList();
  }

  /**
   * What the rows say about the figures that were asked for.
   *
   * @param cases the benchmarks of this build
   * @param selected those that were asked for now; those with a row or a failure were once
   */
  public List<Figure.Measured> figures(List<BenchmarkCase> cases, List<BenchmarkCase> selected) {
    Set<BenchmarkCase.Key> asked = new HashSet<>();
    rows.forEach(row -> asked.add(row.key()));
    selected.forEach(one -> asked.add(one.key()));
    Set<String> failed = failures.stream().map(BenchRun.Failure::label).collect(Collectors.toSet());
    List<BenchmarkCase> known =
        cases.stream()
            .filter(one -> asked.contains(one.key()) || failed.contains(one.label()))
            .toList();
    return Figure.ALL.stream()
        .filter(f -> known.stream().anyMatch(f::needs))
        .map(f -> f.in(rows))
        .toList();
  }

  /**
   * What is wrong with the rows, if anything: a row of no run or there twice, a group of two runs,
   * or a ratio to a variant that is not in the group. Then a quotient could be of two runs.
   *
   * @return the index of a row and what it does
   */
  Optional<Map.Entry<Integer, String>> incoherence() {
    Set<Integer> ids = runs.stream().map(MeasuredRun::id).collect(Collectors.toSet());
    Set<BenchmarkCase.Key> seen = new HashSet<>();
    Map<String, Row> firsts = new HashMap<>();
    Map<String, Set<String>> variants = new HashMap<>();
    rows.forEach(r -> variants.computeIfAbsent(r.group(), key -> new HashSet<>()).add(r.variant()));
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Row first = firsts.computeIfAbsent(row.group(), key -> row);
      if (!ids.contains(row.run())) {
        return Optional.of(Map.entry(i, "is of run " + row.run() + ", which is not in runs"));
      }
      if (!seen.add(row.key())) {
        return Optional.of(Map.entry(i, "is there twice: " + row.label()));
      }
      if (first.run() != row.run()) {
        return Optional.of(
            Map.entry(
                i,
                "is of run "
                    + row.run()
                    + ", but '"
                    + first.label()
                    + "' of its group of run "
                    + first.run()
                    + ": a group must be of one run"));
      }
      for (Row.Ratio ratio : row.ratios()) {
        if (!variants.getOrDefault(row.group(), Set.of()).contains(ratio.to())) {
          return Optional.of(
              Map.entry(i, "has a ratio to '" + ratio.to() + "', which is not in its group"));
        }
      }
    }
    return Optional.empty();
  }
}
