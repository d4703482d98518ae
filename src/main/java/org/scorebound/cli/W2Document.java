package org.scorebound.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Estimate;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.RunTiming;
import org.scorebound.result.Series;
import org.scorebound.transport.Certificate;
import org.scorebound.transport.EmpiricalDistance;
import org.scorebound.transport.OptimalCost;
import org.scorebound.transport.Plan;

/** The result documents of {@code w2}; see docs/formats.md. */
final class W2Document {

  /** Points of the curve of distances moved. */
  private static final int QUANTILES = 200;

  /** Points of each cloud that are drawn; the distance is of all. */
  private static final int SHOWN = 2000;

  private W2Document() {}

  /**
   * How a run went.
   *
   * @param commandLine the arguments as typed
   * @param begun its start, as {@link CommonOptions#timestamp} spells it
   * @param solve seconds of the solver, certificate and verification included
   * @param seed of the directions of the sliced distance
   * @param backEnd back end of the linear algebra
   */
  record Run(List<String> commandLine, String begun, double solve, long seed, String backEnd) {}

  /** Of two clouds. */
  static Map<String, @Nullable Object> clouds(
      Run run,
      String first,
      W2Points a,
      String second,
      W2Points b,
      EmpiricalDistance w2,
      boolean verified,
      List<W2Companions.Companion> also) {
    Map<String, @Nullable Object> document = head(run);
    document.put("first", first);
    document.put("second", second);
    document.put("sizeFirst", a.n());
    document.put("sizeSecond", b.n());
    document.put("dimension", a.d());
    document.put("w2", w2.w2());
    document.put("squared", w2.squared());
    certificate(document, w2.certificate());
    document.put("method", w2.method().label());
    document.put("description", w2.description());
    document.put("verified", verified);
    document.put("also", also);
    document.put(
        "figures",
        a.d() < 2
            ? List.of(moved(a, b, w2))
            : List.of(scatter(first, a, second, b), moved(a, b, w2)));
    document.put("tables", List.of());
    return document;
  }

  /** Of a matrix of costs. */
  static Map<String, @Nullable Object> costs(Run run, String file, W2Points c, OptimalCost least) {
    Map<String, @Nullable Object> document = head(run);
    document.put("costs", file);
    document.put("rows", c.n());
    document.put("columns", c.d());
    Estimate estimate = least.estimate();
    document.put("cost", estimate);
    certificate(document, least.certificate());
    document.put("method", least.method().label());
    return document;
  }

  private static Map<String, @Nullable Object> head(Run run) {
    SequencedMap<String, Double> stages = new LinkedHashMap<>();
    stages.put("solve", run.solve());
    var timing = new RunTiming(run.commandLine(), 1, run.begun(), run.solve(), stages);
    return ResultDocument.head("w2", run.seed(), run.backEnd(), timing);
  }

  private static void certificate(Map<String, @Nullable Object> document, Certificate z) {
    document.put("primal", z.primal());
    document.put("dual", z.dual());
    document.put("roundingBound", z.primalError() + z.dualError());
  }

  /** Both clouds in their first two coordinates. */
  private static Figure scatter(String first, W2Points a, String second, W2Points b) {
    String thinned =
        Math.max(a.n(), b.n()) <= SHOWN
            ? ""
            : " Of a cloud of more than " + SHOWN + " points, that many, evenly taken.";
    return Figure.xy(
        "clouds",
        "The two clouds",
        (a.d() == 2 ? "All coordinates." : "The first two of " + a.d() + " coordinates.") + thinned,
        Quantity.linear("x1", "units of the data"),
        Quantity.linear("x2", "units of the data"),
        List.of(points(first, a), points(first.equals(second) ? second + ", second" : second, b)));
  }

  private static Series points(String name, W2Points cloud) {
    int n = Math.min(SHOWN, cloud.n());
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      int row = (int) ((long) i * cloud.n() / n);
      x[i] = cloud.data()[row * cloud.d()];
      y[i] = cloud.data()[row * cloud.d() + 1];
    }
    return Series.points(name, x, y);
  }

  /** How far the mass is moved: the quantile function of |x - y| under the plan. */
  private static Figure moved(W2Points a, W2Points b, EmpiricalDistance w2) {
    Plan plan = w2.plan();
    int d = a.d();
    double[] length = new double[plan.size()];
    for (int k = 0; k < length.length; k++) {
      double sum = 0;
      for (int axis = 0; axis < d; axis++) {
        double diff = a.data()[plan.from()[k] * d + axis] - b.data()[plan.to()[k] * d + axis];
        sum = Math.hypot(sum, diff);
      }
      length[k] = sum;
    }
    int[] order =
        IntStream.range(0, length.length)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> length[k]))
            .mapToInt(k -> k)
            .toArray();
    int points = Math.min(QUANTILES, length.length);
    double[] share = new double[points];
    double[] distance = new double[points];
    double mass = 0;
    int at = 0;
    for (int k = 0; k < order.length; k++) {
      mass += plan.mass()[order[k]];
      if (at < points && (long) (at + 1) * order.length <= (long) (k + 1) * points) {
        share[at] = Math.min(1, mass);
        distance[at++] = length[order[k]];
      }
    }
    share = Arrays.copyOf(share, at);
    distance = Arrays.copyOf(distance, at);
    Figure curve =
        Figure.xy(
            "distance-moved",
            "How far the mass moves",
            "Quantiles of |x - y| under the optimal plan; their root mean square is W2 (exact).",
            Quantity.linear("share of the mass", ""),
            Quantity.linear("distance", ""),
            List.of(Series.of("optimal plan", Series.Style.STEP, share, distance)));
    return curve.with(List.of(new Figure.Reference("W2", Figure.Across.Y, w2.value())));
  }
}
