package org.scorebound.regress;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * One benchmark in one mode with one value for each of its parameters: what is compared.
 *
 * @param benchmark full name
 * @param mode JMH's short name
 * @param parameters values by name, sorted by name
 */
public record BenchmarkId(String benchmark, String mode, SequencedMap<String, String> parameters) {

  /** Sorts the parameters. */
  public BenchmarkId {
    parameters = new LinkedHashMap<>(new TreeMap<>(parameters));
  }

  /** Class and method, the mode if it is not a mean time, parameters. */
  public String label() {
    int method = benchmark.lastIndexOf('.');
    int owner = method < 0 ? -1 : benchmark.lastIndexOf('.', method - 1);
    StringBuilder text = new StringBuilder(benchmark.substring(owner + 1));
    if (!mode.equals("avgt")) {
      text.append(" [").append(mode).append(']');
    }
    parameters.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    return text.toString();
  }
}
