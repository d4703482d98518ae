package org.scorebound.regress.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.regress.BenchmarkId;
import org.scorebound.regress.statistics.Potts;

/**
 * One benchmark on one machine over time, with its changes by {@link Potts} on the logarithms of
 * cost.
 *
 * @param id which benchmark
 * @param machine id of the fingerprint
 * @param points in the order of time
 * @param changes where the level changed
 * @param levels of the steps between the changes, as scores
 */
public record Trend(
    BenchmarkId id,
    String machine,
    List<HistoryPoint> points,
    List<Change> changes,
    List<Level> levels) {

  /** Noise below a tenth of a percent is not believed: steps must cost several times as much. */
  private static final double FLOOR = 1e-3;

  /** Copies the lists. */
  public Trend {
    points = List.copyOf(points);
    changes = List.copyOf(changes);
    levels = List.copyOf(levels);
  }

  /**
   * A change.
   *
   * @param index of the first point after it
   * @param at that point's time
   * @param build that point's build
   * @param source that point's commit or tree
   * @param ratio cost after over cost before; above 1 is slower
   */
  public record Change(int index, String at, String build, String source, double ratio) {}

  /**
   * A stretch without a change.
   *
   * @param from index of its first point
   * @param to index after its last
   * @param score its median score
   */
  public record Level(int from, int to, double score) {}

  /** The trends of a history, in the order of their first points. */
  public static List<Trend> of(List<HistoryPoint> points) {
    Map<List<Object>, List<HistoryPoint>> groups = new LinkedHashMap<>();
    for (HistoryPoint p : points) {
      groups.computeIfAbsent(List.of(p.id(), p.machine()), key -> new ArrayList<>()).add(p);
    }
    return groups.values().stream().map(Trend::trend).toList();
  }

  private static Trend trend(List<HistoryPoint> points) {
    double[] costs = points.stream().mapToDouble(HistoryPoint::logCost).toArray();
    List<Potts.Step> steps = Potts.steps(costs, FLOOR);
    List<Change> changes = new ArrayList<>();
    List<Level> levels = new ArrayList<>();
    HistoryPoint first = points.getFirst();
    for (int i = 0; i < steps.size(); i++) {
      Potts.Step step = steps.get(i);
      double sign = first.higherIsBetter() ? -1 : 1;
      levels.add(new Level(step.from(), step.to(), Math.exp(sign * step.level())));
      if (i > 0) {
        HistoryPoint p = points.get(step.from());
        double ratio = Math.exp(step.level() - steps.get(i - 1).level());
        changes.add(new Change(step.from(), p.at(), p.build(), p.source(), ratio));
      }
    }
    return new Trend(first.id(), first.machine(), points, changes, levels);
  }
}
