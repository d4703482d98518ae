package org.scorebound.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One benchmark with one value for each of its parameters.
 *
 * @param benchmark full name, {@code package.Class.method}
 * @param parameters values by name
 * @param group what is computed: cases of one group compute the same, and are compared
 * @param variant who computes it, or how
 * @param backEnd back end of the linear algebra; empty where it has none of its own
 * @param work of one operation, where known
 * @param inOneShot whether one long operation is timed from a cold start
 */
public record BenchmarkCase(
    String benchmark,
    SequencedMap<String, String> parameters,
    String group,
    String variant,
    String backEnd,
    Optional<Work> work,
    boolean inOneShot) {

  /**
   * What makes two cases, perhaps of two builds, the same benchmark.
   *
   * @param benchmark full name
   * @param parameters values by name, in any order
   */
  record Key(String benchmark, Map<String, String> parameters) {}

  /** Copies the parameters. */
  public BenchmarkCase {
    SequencedMap<String, String> copy = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : parameters.entrySet()) {
      copy.put(entry.getKey(), entry.getValue());
    }
    parameters = copy;
  }

  /** Which benchmark this is, whatever its name for the user. */
  Key key() {
    return new Key(benchmark, parameters);
  }

  /** Group and variant: the name that the user sees and that patterns are matched against. */
  public String label() {
    return variant.isEmpty() ? group : group + " " + variant;
  }
}
