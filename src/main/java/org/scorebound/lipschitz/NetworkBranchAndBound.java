package org.scorebound.lipschitz;

import java.util.ArrayList;
import java.util.Arrays;
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

  static final int BATCH = 32;

  /** Radius of the cube that parts inside and outside where none is given. */
  private static final double RADIUS = 4;

  /** A cut has brought little if it leaves more than this share of what is to be gained. */
  private static final double STALLED = 0.9;

  /** After more such cuts in a row than this the next one is in time. */
  private static final int PATIENCE = 2;

  /** Relative: the product and the sum are each rounded once. */
  private static final double SCALING = 0x1p-50;

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
  private final Options options;
  private final Progress progress;
  private final TimeSpan span;

  /** The constant at time i is {@code shift[i] + scale[i] V}, V the supremum of the layers. */
  private final double[] shift;

  private final double[] scale;
  private final BoxCells near;
  private final FarCells far;
  private final Cell[] nearBatch = new Cell[BATCH];
  private final Cell[] farBatch = new Cell[BATCH];
  private final KnownPoints known;
  private final KnownPoints knownInBox;
  private final double[] closed;

  /** Cells bounded for each time: the running sum of this. */
  private final long[] changes;

  private final boolean[] reached;
  private KnownPoints best;
  private long cells;

  private NetworkBranchAndBound(
      FrozenLayers net,
      JacobianFunction goal,
      TimeSpan span,
      double[] shift,
      double[] scale,
      Options options,
      Progress progress) {
    this.net = net;
    this.options = options;
    this.progress = progress;
    this.span = span;
    this.shift = shift;
    this.scale = scale;
    near = new BoxCells(net, goal, BATCH, span.size() > 1);
    far = new FarCells(net, goal, BATCH);
    known = new KnownPoints(net, goal, span, shift, scale, options.gap(), Double.POSITIVE_INFINITY);
    knownInBox =
        new KnownPoints(net, goal, span, shift, scale, options.gap(), options.box().orElse(RADIUS));
    best = known;
    closed = new double[span.size()];
    changes = new long[span.size() + 1];
    reached = new boolean[span.size()];
    Arrays.fill(reached, true);
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
    checkDimension(net.d);
    return net.depth == 0
        ? linear(net, goal)
        : ofTimes(net, goal, TimeSpan.of(net), new double[1], new double[] {1}, options, progress)
            .getFirst();
  }

  /**
   * The brackets at all times of a span; the constant at time i is {@code shift[i] + scale[i] V}, V
   * the supremum of the layers.
   */
  static List<NetworkCertificate> ofTimes(
      FrozenLayers net,
      JacobianFunction goal,
      TimeSpan span,
      double[] shift,
      double[] scale,
      Options options,
      Progress progress) {
    return new NetworkBranchAndBound(net, goal, span, shift, scale, options, progress).run();
  }

  static void checkDimension(int d) {
    if (d > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "branch and bound needs dimension <= "
              + MAX_DIMENSION
              + ", since the number of cells grows exponentially with it, got "
              + d);
    }
  }

  /** A network without hidden layers has one Jacobian. */
  private static NetworkCertificate linear(FrozenLayers net, JacobianFunction goal) {
    long start = System.nanoTime();
    CellForm form = new CellForm(goal, net);
    form.clear();
    goal.read(net.d, net.last, net.network.linear(), form.base);
    double low = form.lower();
    double high = form.upper(1, false, false);
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

  private List<NetworkCertificate> run() {
    long start = System.nanoTime();
    int times = span.size();
    double radius = options.box().orElse(RADIUS);
    List<Cell> outside = new ArrayList<>();
    for (int face = 0; face < 2 * net.d; face++) {
      outside.add(Cell.beyond(net.d, radius, face, span));
    }
    double[] upper = new double[times];
    Arrays.fill(upper, Double.NEGATIVE_INFINITY);
    long[] boxCells = new long[times];
    double boxSeconds = 0;
    boolean boxed = options.box().isPresent();
    if (boxed) {
      best = knownInBox;
      best.climb();
      search(List.of(Cell.cube(net.d, radius, span)), upper);
      boxCells = counted();
      boxSeconds = (System.nanoTime() - start) * 1e-9;
      known.offer(knownInBox);
      best = known;
    } else {
      outside.add(Cell.cube(net.d, radius, span));
    }
    double[] inBox = upper.clone();
    best.climb();
    search(outside, upper);
    double seconds = (System.nanoTime() - start) * 1e-9;
    long[] all = counted();
    List<NetworkCertificate> list = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      list.add(
          new NetworkCertificate(
              constant(i, best.value(i), -1),
              constant(i, upper[i], 1),
              best.point(i),
              boxed
                  ? OptionalDouble.of(constant(i, knownInBox.value(i), -1))
                  : OptionalDouble.empty(),
              boxed ? OptionalDouble.of(constant(i, inBox[i], 1)) : OptionalDouble.empty(),
              all[i],
              boxCells[i],
              reached[i],
              seconds / times,
              boxSeconds / times,
              reached[i] ? METHOD : OUT_OF_CELLS));
    }
    return list;
  }

  /** What V means at time i, rounded in the given direction. */
  private double constant(int i, double v, int direction) {
    double moved = scale[i] * v;
    return times(i)
        ? shift[i] + moved + direction * SCALING * (Math.abs(shift[i]) + Math.abs(moved))
        : v;
  }

  private boolean times(int i) {
    return shift[i] != 0 || scale[i] != 1;
  }

  private long[] counted() {
    long[] sums = new long[span.size()];
    long sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += changes[i];
      sums[i] = sum;
    }
    return sums;
  }

  private void close(Cell c) {
    for (int i = c.span().from; i <= c.span().to; i++) {
      closed[i] = Math.max(closed[i], c.upper);
    }
  }

  /** A cell that stays as it is. */
  private void giveUp(Cell c) {
    close(c);
    for (int i = c.span().from; i <= c.span().to; i++) {
      reached[i] = false;
    }
  }

  /** Raises upper bounds at every time to those over the union of some cells. */
  private void search(List<Cell> roots, double[] upper) {
    Arrays.fill(closed, Double.NEGATIVE_INFINITY);
    PriorityQueue<Cell> queue =
        new PriorityQueue<>(Comparator.comparingDouble((Cell c) -> c.upper).reversed());
    List<Cell> children = new ArrayList<>(roots);
    long budget = options.cells() * span.size();
    while (true) {
      bound(children);
      for (Cell c : children) {
        if (c.upper <= best.enough(c.span())) {
          close(c);
        } else {
          queue.add(c);
        }
      }
      children.clear();
      if (cells >= budget) {
        break;
      }
      progress.report(cells, -1, "cells");
      int cut = 0;
      while (cut < BATCH / 2 && !queue.isEmpty()) {
        Cell c = queue.remove();
        if (c.upper <= best.enough(c.span())) {
          close(c);
          continue;
        }
        List<Cell> parts = c.parts();
        if (parts.isEmpty()) {
          // Too narrow for doubles.
          giveUp(c);
          continue;
        }
        for (Cell part : parts) {
          part.upper = c.upper;
          part.stalls = c.split == Cell.TIME ? 0 : c.stalls;
          children.add(part);
        }
        cut++;
      }
      if (children.isEmpty()) {
        break;
      }
    }
    for (Cell c : queue) {
      if (c.upper <= best.enough(c.span())) {
        close(c);
      } else {
        giveUp(c);
      }
    }
    for (int i = 0; i < upper.length; i++) {
      upper[i] = Math.max(upper[i], Math.max(best.value(i), closed[i]));
    }
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
      TimeSpan of = some[c].span();
      changes[of.from]++;
      changes[of.to + 1]--;
      some[c].upper = Math.min(inherited[c], some[c].upper);
      if (some[c].hasTimes()) {
        double enough = best.enough(of);
        boolean little = some[c].upper - enough > STALLED * (inherited[c] - enough);
        some[c].stalls = little ? some[c].stalls + 1 : 0;
        if (some[c].stalls > PATIENCE) {
          some[c].split = Cell.TIME;
        }
      }
    }
    if (batch == far) {
      best.sample(far, some, n);
    } else {
      best.sample(near, some, n);
    }
  }
}
