package org.scorebound.lipschitz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.result.Progress;

/**
 * The one-sided Lipschitz constant {@code L_s = sup_x lambda_max(sym J_s(x))} of a network score at
 * one time, or the supremum of another {@link JacobianFunction}, over all of R^d, d at most 3, by
 * branch and bound: best first, cells in batches of {@value #BATCH} so that matrix kernels do the
 * work, each cell bounded by {@link CellBatch}.
 *
 * <p>R^d is the cube {@code |x|_inf <= R} and the 2d faces of its outside, {@code x = r (+-e_a +
 * v)}, r from R to infinity. Finite cells are halved, in radius geometrically; cells that reach to
 * infinity are cut at four times their radius.
 *
 * <p>For Lipschitz s that supremum, over the points where s is differentiable, is the one-sided
 * Lipschitz constant: along almost every segment {@code (s(x) - s(y)).(x - y)} is the integral of
 * the Jacobian's quadratic form. That covers ReLU, whose kinks the enclosures treat by Clarke's
 * generalised derivative.
 *
 * <p>The search stops where no cell's bound exceeds the largest sampled value by more than {@code
 * gap} times its magnitude (times a thousandth of the largest magnitude seen, if that is more: a
 * supremum near 0 has no relative gap), or with its current bracket where the budget of cells is
 * used up. Deterministic. Rounding is included, see {@link FrozenLayers}. Cost of a cell: {@code 2
 * (3 d + 2)} products of every hidden matrix with a column, in two dimensions.
 */
public final class NetworkBranchAndBound {

  /** The largest dimension served. */
  public static final int MAX_DIMENSION = SmallSymmetric.MAX_ORDER;

  private static final int BATCH = 32;

  /** Radius of the cube that parts inside and outside where none is given. */
  private static final double RADIUS = 4;

  private static final double FLOOR = 1e-3;
  private static final String METHOD = "branch and bound over all of R^d (certified)";
  private static final String OUT_OF_CELLS =
      "branch and bound over all of R^d, stopped by its budget of cells (certified)";

  /**
   * What is asked for.
   *
   * @param gap relative gap of every bracket
   * @param cells budget of cells
   * @param box half edge R of a cube to bracket the supremum over as well; empty for none
   */
  public record Options(double gap, long cells, OptionalDouble box) {

    /** Cells enough for minutes. */
    public static final long CELLS = 4_000_000;

    /** Checks ranges. */
    public Options {
      if (!(gap > 0)) {
        throw new IllegalArgumentException("gap must be > 0, got " + gap);
      }
      if (cells < 1) {
        throw new IllegalArgumentException("cells must be >= 1, got " + cells);
      }
      if (box.isPresent() && !(box.getAsDouble() > 0 && Double.isFinite(box.getAsDouble()))) {
        throw new IllegalArgumentException("box must be > 0 and finite, got " + box.getAsDouble());
      }
    }

    /** All of R^d to a relative gap. */
    public static Options global(double gap) {
      return new Options(gap, CELLS, OptionalDouble.empty());
    }
  }

  private final FrozenLayers net;
  private final JacobianFunction goal;
  private final Options options;
  private final Progress progress;
  private final BoxCells near;
  private final FarCells far;
  private final Cell[] nearBatch = new Cell[BATCH];
  private final Cell[] farBatch = new Cell[BATCH];
  private final JacobianPoints points;
  private final double[] candidates;
  private final double[] values;
  private long cells;
  private PointSearch best;
  private double closed;
  private boolean reached = true;

  private NetworkBranchAndBound(
      FrozenLayers net, JacobianFunction goal, Options options, Progress progress) {
    this.net = net;
    this.goal = goal;
    this.options = options;
    this.progress = progress;
    near = new BoxCells(net, goal, BATCH);
    far = new FarCells(net, goal, BATCH);
    points = new JacobianPoints(net, goal);
    candidates = new double[net.d * FarPoints.CANDIDATES * BATCH];
    values = new double[FarPoints.CANDIDATES * BATCH];
    best = new PointSearch(net, goal, Double.POSITIVE_INFINITY);
  }

  /** The bracket over all of R^d to a relative gap. */
  public static NetworkCertificate of(FrozenNetwork network, double gap, Kernels kernels) {
    return of(network, Options.global(gap), kernels, Progress.NONE);
  }

  /**
   * The bracket.
   *
   * @throws IllegalArgumentException if d is more than {@value #MAX_DIMENSION}
   */
  public static NetworkCertificate of(
      FrozenNetwork network, Options options, Kernels kernels, Progress progress) {
    return of(network, JacobianFunction.ONE_SIDED, options, kernels, progress);
  }

  /** The supremum of another function of the Jacobian. */
  static NetworkCertificate of(
      FrozenNetwork network,
      JacobianFunction goal,
      Options options,
      Kernels kernels,
      Progress progress) {
    return of(new FrozenLayers(network, kernels), goal, options, progress);
  }

  /** The same for all networks that the layers stand for; {@code sampled} is the middle one's. */
  static NetworkCertificate of(
      FrozenLayers net, JacobianFunction goal, Options options, Progress progress) {
    int d = net.d;
    if (d > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "branch and bound needs dimension <= "
              + MAX_DIMENSION
              + ", since the number of cells grows exponentially with it, got "
              + d);
    }
    return net.depth == 0
        ? linear(net, goal)
        : new NetworkBranchAndBound(net, goal, options, progress).run();
  }

  /** A network without hidden layers has one Jacobian. */
  private static NetworkCertificate linear(FrozenLayers net, JacobianFunction goal) {
    long start = System.nanoTime();
    CellForm form = new CellForm(goal, net);
    form.clear();
    goal.read(net.d, net.last, net.network.linear(), form.base);
    double low = form.lower();
    double high = form.upper(1, false);
    return new NetworkCertificate(
        low,
        high,
        new double[net.d],
        OptionalDouble.of(low),
        OptionalDouble.of(high),
        0,
        0,
        true,
        (System.nanoTime() - start) * 1e-9,
        0,
        "closed form (affine network)");
  }

  private NetworkCertificate run() {
    long start = System.nanoTime();
    double radius = options.box().orElse(RADIUS);
    OptionalDouble sampledBox = OptionalDouble.empty();
    OptionalDouble certifiedBox = OptionalDouble.empty();
    List<Cell> outside = new ArrayList<>();
    for (int face = 0; face < 2 * net.d; face++) {
      outside.add(Cell.beyond(net.d, radius, face));
    }
    long boxCells = 0;
    double boxSeconds = 0;
    double upper = Double.NEGATIVE_INFINITY;
    if (options.box().isPresent()) {
      PointSearch global = best;
      best = new PointSearch(net, goal, radius);
      best.run();
      upper = search(List.of(Cell.cube(net.d, radius)));
      sampledBox = OptionalDouble.of(best.value);
      certifiedBox = OptionalDouble.of(upper);
      boxCells = cells;
      boxSeconds = (System.nanoTime() - start) * 1e-9;
      global.offer(best.best, 0, best.value, net.d);
      best = global;
    } else {
      outside.add(Cell.cube(net.d, radius));
    }
    best.run();
    upper = Math.max(upper, search(outside));
    return new NetworkCertificate(
        best.value,
        upper,
        best.best,
        sampledBox,
        certifiedBox,
        cells,
        boxCells,
        reached,
        (System.nanoTime() - start) * 1e-9,
        boxSeconds,
        reached ? METHOD : OUT_OF_CELLS);
  }

  private double tolerance() {
    return options.gap() * Math.max(Math.abs(best.value), FLOOR * best.scale);
  }

  /** An upper bound over the union of some cells. */
  private double search(List<Cell> roots) {
    closed = Double.NEGATIVE_INFINITY;
    PriorityQueue<Cell> queue =
        new PriorityQueue<>(Comparator.comparingDouble((Cell c) -> c.upper).reversed());
    List<Cell> children = new ArrayList<>(roots);
    while (true) {
      bound(children);
      double tolerance = tolerance();
      for (Cell c : children) {
        if (c.upper > best.value + tolerance) {
          queue.add(c);
        } else {
          closed = Math.max(closed, c.upper);
        }
      }
      children.clear();
      Cell top = queue.peek();
      if (top == null || top.upper <= best.value + tolerance) {
        break;
      }
      if (cells >= options.cells()) {
        reached = false;
        break;
      }
      progress.report(cells, -1, "cells");
      for (int i = 0; i < BATCH / 2; i++) {
        Cell c = queue.peek();
        if (c == null || c.upper <= best.value + tolerance) {
          break;
        }
        queue.remove();
        List<Cell> parts = c.parts();
        if (parts.isEmpty()) {
          // Too narrow for doubles: it stays as it is.
          closed = Math.max(closed, c.upper);
          reached = false;
          continue;
        }
        for (Cell part : parts) {
          part.upper = c.upper;
          children.add(part);
        }
      }
    }
    Cell top = queue.peek();
    return Math.max(best.value, Math.max(closed, top == null ? closed : top.upper));
  }

  private void bound(List<Cell> list) {
    int n = 0;
    int m = 0;
    for (Cell c : list) {
      if (c.isFar()) {
        farBatch[m++] = c;
      } else {
        nearBatch[n++] = c;
      }
      if (n == BATCH) {
        bound(near, nearBatch, n);
        n = 0;
      }
      if (m == BATCH) {
        bound(far, farBatch, m);
        m = 0;
      }
    }
    bound(near, nearBatch, n);
    bound(far, farBatch, m);
  }

  /** Samples the far cells of the last batch. */
  private void sample(int n) {
    int k = far.candidates(farBatch, n, best.value, candidates);
    points.largest(candidates, k, values);
    for (int i = 0; i < k; i++) {
      best.offer(candidates, i * net.d, values[i], net.d);
    }
  }

  private void bound(CellBatch batch, Cell[] some, int n) {
    if (n == 0) {
      return;
    }
    double[] inherited = new double[n];
    for (int c = 0; c < n; c++) {
      inherited[c] = some[c].upper;
    }
    batch.bound(some, n);
    cells += n;
    for (int c = 0; c < n; c++) {
      some[c].upper = Math.min(inherited[c], some[c].upper);
      best.offer(batch.point, c * net.d, batch.atCentre[c], net.d);
    }
    if (batch == far) {
      sample(n);
    }
  }
}
