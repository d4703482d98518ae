package org.scorebound.lipschitz;

/**
 * The best points that a search knows, one for each of its times, and what they say about cells:
 * one whose bound is at most {@link #enough} need not be looked at again.
 */
final class KnownPoints {

  private static final double FLOOR = 1e-3;

  /** Centres of a batch at which the value is looked at. */
  private static final int CENTRES = 4;

  private final FrozenLayers net;
  private final TimeSpan span;
  private final double[] shift;
  private final double[] scale;
  private final double gap;
  private final PointSearch[] best;
  private final double[] enough;
  private final JacobianPoints points;
  private final double[] candidates;
  private final double[] values;
  private final double[][] biases;
  private final int[] timeOf;

  /**
   * None yet.
   *
   * @param shift with scale: the constant at time i is {@code shift[i] + scale[i] V}
   * @param gap relative gap of that constant to reach
   * @param limit largest coordinate, possibly infinite
   */
  KnownPoints(
      FrozenLayers net,
      JacobianFunction goal,
      TimeSpan span,
      double[] shift,
      double[] scale,
      double gap,
      double limit) {
    this.net = net;
    this.span = span;
    this.shift = shift;
    this.scale = scale;
    this.gap = gap;
    best = new PointSearch[span.size()];
    for (int i = 0; i < best.length; i++) {
      best[i] = new PointSearch(new JacobianPoints(net, goal, span.at(i)), net.d, limit);
    }
    enough = new double[span.size()];
    points = new JacobianPoints(net, goal);
    int most = FarPoints.CANDIDATES * NetworkBranchAndBound.BATCH;
    candidates = new double[net.d * most];
    values = new double[most];
    biases = new double[most][];
    timeOf = new int[most];
  }

  /** The largest value at time i. */
  double value(int i) {
    return best[i].value;
  }

  /** Where it is. */
  double[] point(int i) {
    return best[i].best;
  }

  /** Takes over what another search knows. */
  void offer(KnownPoints other) {
    for (int i = 0; i < best.length; i++) {
      best[i].offer(other.best[i].best, 0, other.best[i].value, net.d);
    }
  }

  /** Searches points: at the time in the middle with all starts, at the others from there. */
  void climb() {
    PointSearch middle = best[span.centre()];
    middle.run();
    for (PointSearch other : best) {
      if (other != middle) {
        other.runFrom(middle);
      }
    }
    for (int i = 0; i < best.length; i++) {
      improved(i);
    }
  }

  private void improved(int i) {
    double size = Math.abs(shift[i] + scale[i] * best[i].value);
    double floor = FLOOR * (Math.abs(shift[i]) + scale[i] * best[i].scale);
    enough[i] = best[i].value + gap * Math.max(size, floor) / scale[i];
  }

  /** The bound that closes a cell of some times. */
  double enough(TimeSpan some) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = some.from; i <= some.to; i++) {
      least = Math.min(least, enough[i]);
    }
    return least;
  }

  /** Looks at points of far cells that may hold more than is known. */
  void sample(FarCells far, Cell[] some, int n) {
    evaluate(far.candidates(some, n, this::mayHold, candidates, timeOf));
  }

  /** Looks at the centres of the cells with the largest bounds. */
  void sample(BoxCells near, Cell[] some, int n) {
    evaluate(centres(near, some, n));
  }

  private void evaluate(int k) {
    for (int i = 0; i < k; i++) {
      biases[i] = span.at(timeOf[i]);
    }
    points.largest(candidates, biases, k, values);
    for (int i = 0; i < k; i++) {
      int time = timeOf[i];
      if (values[i] > best[time].value) {
        best[time].offer(candidates, i * net.d, values[i], net.d);
        improved(time);
      }
    }
  }

  private boolean mayHold(Cell c) {
    return c.upper > enough[c.span().centre()];
  }

  /** The centres of the cells with the largest bounds. */
  private int centres(BoxCells near, Cell[] some, int n) {
    int k = 0;
    boolean[] taken = new boolean[n];
    while (k < CENTRES) {
      int top = -1;
      for (int c = 0; c < n; c++) {
        if (!taken[c] && mayHold(some[c]) && (top < 0 || some[c].upper > some[top].upper)) {
          top = c;
        }
      }
      if (top < 0) {
        break;
      }
      taken[top] = true;
      System.arraycopy(near.point, top * net.d, candidates, k * net.d, net.d);
      timeOf[k++] = some[top].span().centre();
    }
    return k;
  }
}
