package org.scorebound.benchmarks.driver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.scorebound.bench.BenchmarkCase;
import org.scorebound.bench.BenchmarkSession;
import org.scorebound.bench.BenchmarkSuite;
import org.scorebound.benchmarks.ComparedMethods;
import org.scorebound.benchmarks.KernelWork;
import org.scorebound.benchmarks.transport.CompetitorsBenchmark;
import org.scorebound.linalg.BackEnd;

/** The JMH benchmarks on the class path. */
public final class JmhSuite implements BenchmarkSuite {

  private static final String PROVIDER = "provider";

  @Override
  public List<BenchmarkCase> cases() {
    List<BenchmarkCase> found = new ArrayList<>();
    for (BenchmarkListEntry entry : entries()) {
      List<String> compared = comparedMethods(entry.getUserClassQName());
      for (SequencedMap<String, String> parameters : combinations(entry)) {
        found.add(benchmarkCase(entry, parameters, compared));
      }
    }
    List<BenchmarkCase> ordered = new ArrayList<>();
    SequencedMap<String, List<BenchmarkCase>> groups = new LinkedHashMap<>();
    found.forEach(one -> groups.computeIfAbsent(one.group(), key -> new ArrayList<>()).add(one));
    groups.values().forEach(ordered::addAll);
    return ordered;
  }

  /** By name; compared methods in the order in which their class lists them. */
  private static List<BenchmarkListEntry> entries() {
    List<BenchmarkListEntry> entries =
        new ArrayList<>(BenchmarkList.defaultList().getAll(new Transcript(), List.of()));
    entries.sort(
        Comparator.comparing(BenchmarkListEntry::getUserClassQName)
            .thenComparingInt(
                e -> comparedMethods(e.getUserClassQName()).indexOf(methodOf(e.getUsername())))
            .thenComparing(BenchmarkListEntry::getUsername));
    return entries;
  }

  private static String methodOf(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static BenchmarkCase benchmarkCase(
      BenchmarkListEntry entry, SequencedMap<String, String> parameters, List<String> compared) {
    String name = entry.getUsername();
    String method = methodOf(name);
    String owner = entry.getUserClassQName();
    String kernel = owner.substring(owner.lastIndexOf('.') + 1).replaceFirst("Benchmark$", "");
    List<String> group = new ArrayList<>();
    List<String> variant = new ArrayList<>();
    if (compared.contains(method)) {
      group.add(kernel);
      variant.add(method);
    } else {
      group.add(kernel + "." + method);
    }
    parameters.forEach((key, value) -> (key.equals(PROVIDER) ? variant : group).add(value));
    String provider = parameters.getOrDefault(PROVIDER, "");
    return new BenchmarkCase(
        name,
        parameters,
        String.join(" ", group),
        String.join(" ", variant),
        provider.split("_", 2)[0].toLowerCase(Locale.ROOT),
        KernelWork.of(name, parameters),
        entry.getMode() == Mode.SingleShotTime);
  }

  private static List<String> comparedMethods(String className) {
    try {
      @Nullable ComparedMethods compared =
          Class.forName(className, false, JmhSuite.class.getClassLoader())
              .getAnnotation(ComparedMethods.class);
      return compared == null ? List.of() : Arrays.asList(compared.value());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("benchmark class " + className + " is missing", e);
    }
  }

  /** Every combination of the values, the provider varying fastest. */
  private static List<SequencedMap<String, String>> combinations(BenchmarkListEntry entry) {
    List<SequencedMap<String, String>> all = new ArrayList<>();
    all.add(new LinkedHashMap<>());
    if (!entry.getParams().hasValue()) {
      return all;
    }
    List<Map.Entry<String, String[]>> parameters =
        new ArrayList<>(entry.getParams().get().entrySet());
    parameters.sort(
        Comparator.comparing((Map.Entry<String, String[]> p) -> p.getKey().equals(PROVIDER))
            .thenComparing(Map.Entry::getKey));
    for (Map.Entry<String, String[]> parameter : parameters) {
      List<SequencedMap<String, String>> longer = new ArrayList<>();
      for (SequencedMap<String, String> prefix : all) {
        for (String value : parameter.getValue()) {
          SequencedMap<String, String> one = new LinkedHashMap<>(prefix);
          one.put(parameter.getKey(), value);
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }

  @Override
  public Optional<String> unavailable(BenchmarkCase benchmark) {
    if (benchmark.benchmark().startsWith(CompetitorsBenchmark.class.getName())
        && !hasCompetitors()) {
      return Optional.of(
          "JGraphT and OR-tools are not in the jar; benchmarks/scripts/w2-competitors.sh fetches them");
    }
    return benchmark.backEnd().equals(BackEnd.JBLAS.label())
        ? BackEnd.JBLAS.unavailableReason()
        : Optional.empty();
  }

  @Override
  public BenchmarkSession open(Optional<String> java) {
    return new JmhSession(java);
  }

  private static boolean hasCompetitors() {
    try {
      Class.forName("org.jgrapht.Graph", false, JmhSuite.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
