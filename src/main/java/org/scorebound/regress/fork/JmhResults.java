package org.scorebound.regress.fork;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.regress.BenchmarkId;
import org.scorebound.regress.Metric;

/** Reads the JSON that JMH writes with {@code -rf json}. */
public final class JmhResults {

  private JmhResults() {}

  /**
   * One benchmark of one fork.
   *
   * @param scores of the iterations in the metric's unit
   * @param bytes per operation in the iterations; empty without the profiler of collections
   */
  public record Result(BenchmarkId id, Metric metric, double[] scores, double[] bytes) {}

  /**
   * All results of a document. Numbers that are not finite stand there as the strings {@code
   * "NaN"}, {@code "+INF"} and {@code "-INF"}: an iteration without a finite score is an error, a
   * statistic without one is none of ours.
   *
   * @throws InputException in one line if it is not JMH's
   */
  public static List<Result> read(JsonInput document) {
    List<Result> results = new ArrayList<>();
    for (JsonInput one : document.elements()) {
      results.add(result(one));
    }
    return results;
  }

  private static Result result(JsonInput one) {
    SequencedMap<String, String> parameters = new LinkedHashMap<>();
    if (one.has("params")) {
      JsonInput params = one.object("params");
      params.names().forEach(name -> parameters.put(name, params.string(name)));
    }
    BenchmarkId id = new BenchmarkId(one.string("benchmark"), one.string("mode"), parameters);
    JsonInput primary = one.object("primaryMetric");
    String unit = primary.string("scoreUnit");
    try {
      Metric metric = Metric.of(id.mode(), unit);
      double factor = Metric.factor(unit);
      double[] scores = iterations(primary);
      for (int i = 0; i < scores.length; i++) {
        scores[i] *= factor;
        if (!(scores[i] > 0 && scores[i] < Double.POSITIVE_INFINITY)) {
          throw one.error("iteration " + (i + 1) + " has the score " + scores[i]);
        }
      }
      if (scores.length == 0) {
        throw one.error("has no iteration");
      }
      return new Result(id, metric, scores, allocation(one));
    } catch (IllegalArgumentException e) {
      throw primary.error(String.valueOf(e.getMessage()));
    }
  }

  private static double[] allocation(JsonInput one) {
    if (!one.has("secondaryMetrics")) {
      return new double[0];
    }
    JsonInput secondary = one.object("secondaryMetrics");
    for (String name : secondary.names()) {
      // Before 1.37 the names of profilers' metrics began with a middle dot.
      if (name.endsWith("gc.alloc.rate.norm")) {
        double[] bytes = iterations(secondary.object(name));
        for (double b : bytes) {
          if (!Double.isFinite(b)) {
            return new double[0];
          }
        }
        return bytes;
      }
    }
    return new double[0];
  }

  /** The iterations of the only fork. In sample mode each is the mean of its histogram. */
  private static double[] iterations(JsonInput metric) {
    boolean histogram = metric.has("rawDataHistogram");
    List<JsonInput> forks = metric.array(histogram ? "rawDataHistogram" : "rawData");
    if (forks.isEmpty()) {
      return new double[0];
    }
    if (!(forks.getFirst().plain() instanceof List<?> iterations)) {
      throw metric.error("has no array of iterations");
    }
    return iterations.stream().mapToDouble(i -> histogram ? mean(i) : number(i)).toArray();
  }

  private static double mean(@Nullable Object pairs) {
    double sum = 0;
    double count = 0;
    if (pairs instanceof List<?> list) {
      for (Object pair : list) {
        if (pair instanceof List<?> two && two.size() == 2) {
          double times = number(two.get(1));
          sum += number(two.get(0)) * times;
          count += times;
        }
      }
    }
    return sum / count;
  }

  private static double number(@Nullable Object value) {
    return switch (value) {
      case Number n -> n.doubleValue();
      case String s -> NON_FINITE.getOrDefault(s, Double.NaN);
      case null -> Double.NaN;
      default -> Double.NaN;
    };
  }

  private static final Map<String, Double> NON_FINITE =
      Map.of("+INF", Double.POSITIVE_INFINITY, "-INF", Double.NEGATIVE_INFINITY);
}
