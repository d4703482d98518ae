package org.scorebound.regress;

import java.util.List;
import java.util.Map;

/**
 * What a JMH score means: its mode, its unit, and whether more is better. Scores of the same kind
 * in different units of time become comparable in nanoseconds.
 *
 * @param mode JMH's short name: {@code thrpt}, {@code avgt}, {@code sample} or {@code ss}
 * @param unit {@code ns/op} or {@code ops/ns}
 * @param higherIsBetter whether it is a throughput
 */
public record Metric(String mode, String unit, boolean higherIsBetter) {

  /** JMH's names of the units of time, in nanoseconds. */
  private static final Map<String, Double> NANOS =
      Map.of(
          "ns", 1.0, "us", 1e3, "μs", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9, "hr", 3600e9, "day",
          86400e9);

  private static final List<String> TIMES = List.of("avgt", "sample", "ss");

  /**
   * The metric of a mode and a unit.
   *
   * @throws IllegalArgumentException if the two contradict each other or are not JMH's
   */
  public static Metric of(String mode, String unit) {
    boolean rate = unit.startsWith("ops/");
    if (!rate && !unit.endsWith("/op")) {
      throw new IllegalArgumentException("unit must be ops/TIME or TIME/op, got " + unit);
    }
    boolean known = rate ? mode.equals("thrpt") : TIMES.contains(mode);
    if (!known) {
      throw new IllegalArgumentException(
          "mode must be thrpt with ops/TIME, or avgt, sample or ss with TIME/op, got "
              + mode
              + " with "
              + unit);
    }
    return new Metric(mode, rate ? "ops/ns" : "ns/op", rate);
  }

  /** What scores in JMH's unit are multiplied by to be in this metric's. */
  public static double factor(String unit) {
    boolean rate = unit.startsWith("ops/");
    String time = rate ? unit.substring(4) : unit.substring(0, Math.max(0, unit.length() - 3));
    Double nanos = NANOS.get(time);
    if (nanos == null) {
      throw new IllegalArgumentException("unit must have a known unit of time, got " + unit);
    }
    return rate ? 1 / nanos : nanos;
  }

  /** +1 where a larger score is slower, -1 where it is faster. */
  public int sign() {
    return higherIsBetter ? -1 : 1;
  }
}
