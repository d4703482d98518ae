package org.scorebound.regress;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.scorebound.regress.fork.ForkException;
import org.scorebound.regress.fork.Forker;
import org.scorebound.regress.fork.JmhJar;
import org.scorebound.regress.fork.JmhResults;
import org.scorebound.regress.fork.Sentinels;
import org.scorebound.result.Progress;

/**
 * One fork of every benchmark on both sides, which counts for nothing: it tells the parameters, the
 * units, how long a fork takes, and which benchmarks do not run.
 *
 * @param cases on both sides
 * @param unpaired the others
 */
public record Survey(List<Plan.Case> cases, List<Plan.Unpaired> unpaired) {

  /** Copies the lists. */
  public Survey {
    cases = List.copyOf(cases);
    unpaired = List.copyOf(unpaired);
  }

  /** The benchmarks of both sides whose names have the pattern, sorted. */
  public static List<JmhJar.Entry> matching(Forker baseline, Forker candidate, Pattern pattern) {
    Set<JmhJar.Entry> all = new TreeSet<>(baseline.benchmarks());
    all.addAll(candidate.benchmarks());
    return all.stream().filter(e -> pattern.matcher(e.benchmark()).find()).toList();
  }

  /** Runs the forks. */
  public static Survey of(
      List<JmhJar.Entry> entries,
      Forker baseline,
      Forker candidate,
      Sentinels sentinels,
      Progress progress)
      throws InterruptedException {
    List<Plan.Case> cases = new ArrayList<>();
    List<Plan.Unpaired> unpaired = new ArrayList<>();
    Set<JmhJar.Entry> old = new HashSet<>(baseline.benchmarks());
    Set<JmhJar.Entry> young = new HashSet<>(candidate.benchmarks());
    double sentinel = seconds(sentinels);
    int done = 0;
    for (JmhJar.Entry entry : entries) {
      progress.report(done++, entries.size(), "first forks");
      if (!young.contains(entry)) {
        unpaired.add(
            new Plan.Unpaired(entry.benchmark(), "only in the baseline: it is gone", true, false));
        continue;
      }
      if (!old.contains(entry)) {
        unpaired.add(
            new Plan.Unpaired(entry.benchmark(), "only in the candidate: it is new", false, false));
        continue;
      }
      pair(entry, first(baseline, entry), first(candidate, entry), sentinel, cases, unpaired);
    }
    progress.report(entries.size(), entries.size(), "first forks");
    return new Survey(cases, unpaired);
  }

  private static double seconds(Sentinels sentinels) {
    long start = System.nanoTime();
    sentinels.register();
    sentinels.memory();
    return 1e-9 * (System.nanoTime() - start);
  }

  private static Forker.Pilot first(Forker forker, JmhJar.Entry entry) throws InterruptedException {
    try {
      return forker.pilot(entry);
    } catch (ForkException e) {
      return new Forker.Pilot(List.of(), String.valueOf(e.getMessage()), 0);
    }
  }

  private static void pair(
      JmhJar.Entry entry,
      Forker.Pilot old,
      Forker.Pilot young,
      double sentinel,
      List<Plan.Case> cases,
      List<Plan.Unpaired> unpaired) {
    Map<BenchmarkId, JmhResults.Result> left = byId(old);
    Map<BenchmarkId, JmhResults.Result> right = byId(young);
    if (left.isEmpty() && right.isEmpty()) {
      unpaired.add(
          new Plan.Unpaired(entry.benchmark(), "fails on both sides: " + said(old), true, true));
      return;
    }
    int count = Math.max(left.size(), right.size());
    double seconds = Math.max(old.seconds(), young.seconds()) / count + sentinel;
    Set<BenchmarkId> all = new java.util.LinkedHashSet<>(left.keySet());
    all.addAll(right.keySet());
    for (BenchmarkId id : all) {
      JmhResults.Result a = left.get(id);
      JmhResults.Result b = right.get(id);
      if (a == null || b == null) {
        unpaired.add(oneSided(id, a == null ? Side.BASELINE : Side.CANDIDATE, old, young));
      } else if (!a.metric().equals(b.metric())) {
        String units = a.metric().unit() + " and " + b.metric().unit();
        unpaired.add(new Plan.Unpaired(id.label(), "measures " + units, true, false));
      } else {
        cases.add(new Plan.Case(id, a.metric(), seconds));
      }
    }
  }

  /** Missing where JMH said nothing of a failure: a value of a parameter that one side lacks. */
  private static Plan.Unpaired oneSided(
      BenchmarkId id, Side missing, Forker.Pilot old, Forker.Pilot young) {
    Forker.Pilot silent = missing == Side.BASELINE ? old : young;
    if (!silent.said().isEmpty()) {
      return new Plan.Unpaired(
          id.label(), "fails on the " + missing.label() + "'s side: " + silent.said(), true, true);
    }
    return missing == Side.CANDIDATE
        ? new Plan.Unpaired(id.label(), "only in the baseline: it is gone", true, false)
        : new Plan.Unpaired(id.label(), "only in the candidate: it is new", false, false);
  }

  private static String said(Forker.Pilot pilot) {
    return pilot.said().isEmpty() ? "no result" : pilot.said();
  }

  private static Map<BenchmarkId, JmhResults.Result> byId(Forker.Pilot pilot) {
    Map<BenchmarkId, JmhResults.Result> map = new LinkedHashMap<>();
    pilot.results().forEach(r -> map.put(r.id(), r));
    return map;
  }
}
