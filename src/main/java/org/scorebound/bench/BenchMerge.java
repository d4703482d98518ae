package org.scorebound.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts a new run into a document of earlier ones, by whole groups: a group is what the document
 * compares, every variant with every other, so that each ratio stays a quotient of two times of one
 * run. What the new run measured replaces all that the document had of these groups; all other
 * groups are kept, number by number.
 *
 * <ul>
 *   <li>A group of which the new run measured nothing is kept as it was.
 *   <li>A variant of a replaced group without a new result loses its old one.
 *   <li>What this build does not have any more is dropped, with the ratios to it.
 *   <li>Runs of which nothing is left are dropped; the newest is always there.
 * </ul>
 */
public final class BenchMerge {

  private static final String PROFILED = " (profiled)";

  private final BenchDocument old;
  private final List<BenchmarkCase> cases;
  private final List<String> notes = new ArrayList<>();

  /**
   * A merge.
   *
   * @param old the document so far
   * @param cases every benchmark of this build, in the order of the document
   */
  public BenchMerge(BenchDocument old, List<BenchmarkCase> cases) {
    this.old = old;
    this.cases = List.copyOf(cases);
  }

  /** The id of the run to come. */
  public int nextId() {
    return old.newest().id() + 1;
  }

  /** The selected cases with all others of their groups, as this build or the document has them. */
  public List<BenchmarkCase> widened(List<BenchmarkCase> selected) {
    Set<BenchmarkCase.Key> keys = new HashSet<>();
    selected.forEach(one -> keys.add(one.key()));
    int before;
    do {
      before = keys.size();
      Set<String> groups = new HashSet<>();
      cases.stream().filter(one -> keys.contains(one.key())).forEach(c -> groups.add(c.group()));
      Set<String> earlier = earlierGroups(keys);
      earlier.addAll(groups);
      old.rows().stream().filter(r -> earlier.contains(r.group())).forEach(r -> keys.add(r.key()));
      cases.stream().filter(one -> groups.contains(one.group())).forEach(c -> keys.add(c.key()));
    } while (keys.size() > before);
    return cases.stream().filter(one -> keys.contains(one.key())).toList();
  }

  private Set<String> earlierGroups(Set<BenchmarkCase.Key> keys) {
    return old.rows().stream()
        .filter(row -> keys.contains(row.key()))
        .map(Row::group)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /**
   * The document with the new run in it. {@link #notes} then says what was dropped.
   *
   * @param run the new one, with {@link #nextId}
   * @param asked whole groups, with those that cannot run here
   * @param now what was measured, as of a run that stands alone
   */
  public BenchDocument with(MeasuredRun run, List<BenchmarkCase> asked, BenchDocument now) {
    notes.clear();
    Set<String> measured = now.rows().stream().map(Row::group).collect(Collectors.toSet());
    Set<BenchmarkCase.Key> replaced = new HashSet<>();
    Set<String> labels = new HashSet<>();
    for (BenchmarkCase one : asked) {
      if (measured.contains(one.group())) {
        replaced.add(one.key());
        labels.add(one.label());
      }
    }
    List<Row> rows = rows(run, replaced, now);
    Set<String> known = cases.stream().map(BenchmarkCase::label).collect(Collectors.toSet());
    List<BenchRun.Failure> failures = new ArrayList<>();
    for (BenchRun.Failure failure : old.failures()) {
      String label = failure.label().replace(PROFILED, "");
      if (known.contains(label) && !labels.contains(label)) {
        failures.add(failure);
      }
    }
    now.failures().forEach(f -> failures.add(f.inRun(run.id())));
    SequencedMap<String, String> unavailable = new LinkedHashMap<>(old.unavailable());
    unavailable.keySet().removeIf(label -> !known.contains(label));
    asked.forEach(one -> unavailable.remove(one.label()));
    unavailable.putAll(now.unavailable());
    List<Profile> profiles = new ArrayList<>();
    for (Profile profile : old.profiles()) {
      if (known.contains(profile.label()) && !labels.contains(profile.label())) {
        profiles.add(profile);
      }
    }
    now.profiles().forEach(p -> profiles.add(p.inRun(run.id())));
    Set<Integer> alive = new HashSet<>();
    rows.forEach(r -> alive.add(r.run()));
    failures.forEach(f -> alive.add(f.run()));
    profiles.forEach(p -> alive.add(p.run()));
    List<MeasuredRun> runs = new ArrayList<>();
    for (MeasuredRun earlier : old.runs()) {
      if (alive.contains(earlier.id())) {
        runs.add(earlier);
      } else {
        notes.add("run " + earlier.id() + ": nothing of it is left");
      }
    }
    runs.add(run);
    BenchDocument merged = new BenchDocument(runs, rows, failures, unavailable, profiles);
    merged
        .incoherence()
        .ifPresent(
            wrong -> {
              throw new IllegalStateException(
                  "merged row " + wrong.getKey() + " " + wrong.getValue());
            });
    return merged;
  }

  private List<Row> rows(MeasuredRun run, Set<BenchmarkCase.Key> replaced, BenchDocument now) {
    Map<BenchmarkCase.Key, Integer> order = new HashMap<>();
    cases.forEach(one -> order.put(one.key(), order.size()));
    Set<String> gone = earlierGroups(replaced);
    Set<BenchmarkCase.Key> measured = new HashSet<>();
    for (Row row : now.rows()) {
      gone.add(row.group());
      measured.add(row.key());
    }
    List<Row> rows = new ArrayList<>();
    Map<String, SequencedSet<String>> kept = new HashMap<>();
    for (Row row : old.rows()) {
      String was = row.label() + " of run " + row.run() + ": ";
      if (!order.containsKey(row.key())) {
        notes.add(was + "this build has no such benchmark");
      } else if (!gone.contains(row.group())) {
        rows.add(row);
        kept.computeIfAbsent(row.group(), key -> new LinkedHashSet<>()).add(row.variant());
      } else if (!measured.contains(row.key())) {
        notes.add(
            was
                + now.unavailable()
                    .getOrDefault(row.label(), "others of its group are measured anew, it failed"));
      }
    }
    rows.replaceAll(row -> row.withRatiosTo(kept.getOrDefault(row.group(), new LinkedHashSet<>())));
    now.rows().forEach(row -> rows.add(row.inRun(run.id())));
    rows.sort(Comparator.comparing(row -> order.getOrDefault(row.key(), Integer.MAX_VALUE)));
    return rows;
  }

  /** What the last merge dropped, and why, a line each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
