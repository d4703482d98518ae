package org.scorebound.transport;

import org.scorebound.result.Progress;

/**
 * The assignment of one cloud to another of the same size by squared distance, from coarse to fine,
 * in O(n) memory.
 *
 * <p>Both clouds are centred (which changes the duals by known affine functions) and put in kd
 * order. Every second point of each is solved first, recursively down to a dense base. Then, at
 * each level:
 *
 * <ol>
 *   <li>the duals of the coarser level are extended, {@code v(y) = min_i c(x_i, y) - u_i};
 *   <li>each row lists its best columns under these prices, and each column adds itself to its best
 *       rows ({@link CandidateLists});
 *   <li>an auction with epsilon-scaling matches nearly all rows ({@link Auction});
 *   <li>shortest augmenting paths finish exactly ({@link PathSolver}).
 * </ol>
 *
 * <p>The scale of epsilon is {@code S n^(-2/d)}, {@code S = 2 sqrt(Var x Var y)}: the size of the
 * part {@code -2 x . y} of the cost on which the matching depends, so for clouds of one spread the
 * square of the typical spacing.
 */
final class MultiscaleAssignment {

  /** Below this the dense solver is faster. */
  private static final int BASE = 128;

  private static final int LIST = 16;
  private static final int LIST_BY_COLUMN = 6;

  /** In high dimension more columns are within reach of a row. */
  private static final int LIST_SCAN = 24;

  /**
   * Epsilons in units of the squared spacing: .5, .125, .03. Exact coarse duals allow a low start.
   */
  private static final double EPSILON_FIRST = 0.5;

  private static final double EPSILON_LAST = 0.02;
  private static final double EPSILON_FACTOR = 4;

  /**
   * How far, in squared spacings, a row's best value may exceed its threshold before its list is
   * queried anew. Bids on a slightly stale list are nearly right, and queries cost more than bids;
   * 0 takes a quarter longer, 4 and 8 no less.
   */
  private static final double SLOP = 2;

  /** Sizes that differ by less than this power of two leave costs enough digits for both. */
  private static final int ALIKE = 24;

  private final int d;
  private final boolean tree;
  private final double scale;
  private final Progress progress;

  private MultiscaleAssignment(int d, boolean tree, double scale, Progress progress) {
    this.d = d;
    this.tree = tree;
    this.scale = scale;
    this.progress = progress;
  }

  /**
   * Solves the problem.
   *
   * @param tree whether queries go through a tree; otherwise they compute all distances
   */
  static Assignment solve(double[] x, double[] y, int d, boolean tree, Progress progress) {
    double[] meanX = mean(x, d);
    double[] meanY = mean(y, d);
    double[] xc = centred(x, meanX, d);
    double[] yc = centred(y, meanY, d);
    int sizeX = size(xc, d);
    int sizeY = size(yc, d);
    Assignment centred =
        Math.abs(sizeX - sizeY) > ALIKE
            ? alike(xc, sizeX, yc, sizeY, d, tree, progress)
            : inOrder(xc, yc, d, tree, progress);
    double[] v = centred.v();
    for (int j = 0; j < v.length; j++) {
      for (int a = 0; a < d; a++) {
        v[j] -= 2 * (meanX[a] - meanY[a]) * yc[j * d + a];
      }
    }
    return centred;
  }

  /**
   * Of clouds whose sizes differ by so much that the costs no longer tell the points of the smaller
   * one apart. The matching depends on {@code x . y} alone, so both are brought to size 1 without
   * rounding, {@code x' = 2^-p x}, {@code y' = 2^-q y}, and
   *
   * <pre>
   *   v_j = |y_j|^2 + 2^(p+q) (v'_j - |y'_j|^2)
   * </pre>
   */
  private static Assignment alike(
      double[] xc, int p, double[] yc, int q, int d, boolean tree, Progress progress) {
    double[] y = Clouds.scale(yc, -q);
    Assignment scaled = inOrder(Clouds.scale(xc, -p), y, d, tree, progress);
    double[] v = scaled.v();
    for (int j = 0; j < v.length; j++) {
      double square = 0;
      double scaledSquare = 0;
      for (int a = j * d; a < (j + 1) * d; a++) {
        square += yc[a] * yc[a];
        scaledSquare += y[a] * y[a];
      }
      v[j] = square + Math.scalb(v[j] - scaledSquare, p + q);
    }
    return scaled;
  }

  /** Of centred clouds, in kd order. */
  private static Assignment inOrder(
      double[] xc, double[] yc, int d, boolean tree, Progress progress) {
    int n = xc.length / d;
    int[] px = TreeOrder.of(xc, d);
    int[] py = TreeOrder.of(yc, d);
    double scale = 2 * Math.sqrt(meanSquare(xc, d) * meanSquare(yc, d));
    var solver = new MultiscaleAssignment(d, tree, scale, progress);
    Assignment sorted = solver.level(gather(xc, px, d), gather(yc, py, d), n);
    int[] columnOf = new int[n];
    double[] v = new double[n];
    for (int i = 0; i < n; i++) {
      columnOf[px[i]] = py[sorted.columnOf()[i]];
      v[py[i]] = sorted.v()[i];
    }
    return new Assignment(columnOf, v);
  }

  /** The exponent of the root mean square; 0 for a cloud in one point. */
  private static int size(double[] xc, int d) {
    double square = meanSquare(xc, d);
    return square == 0 ? 0 : Math.getExponent(Math.sqrt(square));
  }

  private Assignment level(double[] x, double[] y, int total) {
    int n = x.length / d;
    if (n <= BASE) {
      return DenseAssignment.solve(Clouds.costs(x, y, d), n);
    }
    double[] xc = everySecond(x);
    double[] yc = everySecond(y);
    Assignment coarse = level(xc, yc, total);
    progress.report(n, total, "matching " + n + " points");

    double[] v = new double[n];
    double[] near = new double[n * d];
    int[] rowOf = new int[coarse.v().length];
    for (int i = 0; i < rowOf.length; i++) {
      rowOf[coarse.columnOf()[i]] = i;
    }
    var oracles = new Oracles(d, tree);
    CoarseDuals.extend(xc, yc, coarse.v(), rowOf, y, oracles, v, near);
    PriceOracle columns = oracles.of(y, v);
    columns.refresh(near);
    int k = tree ? LIST : LIST_SCAN;
    CandidateLists lists = CoarseDuals.candidates(x, y, v, columns, oracles, n, k, LIST_BY_COLUMN);

    double unit = scale * Math.pow(n, -2.0 / d);
    var auction = new Auction(lists, v);
    for (double e = EPSILON_FIRST; e >= EPSILON_LAST; e /= EPSILON_FACTOR) {
      auction.phase(e * unit, SLOP * unit);
      // The prices have fallen; models that follow them prune better.
      for (int j = 0; j < n; j++) {
        int i = auction.rowOf()[j];
        if (i >= 0) {
          System.arraycopy(x, i * d, near, j * d, d);
        }
      }
      columns.refresh(near);
    }
    new PathSolver(x, columns, lists, v, auction.columnOf(), auction.rowOf(), near, unit).solve();
    return new Assignment(auction.columnOf(), v);
  }

  private double[] everySecond(double[] x) {
    int m = (x.length / d + 1) / 2;
    double[] out = new double[m * d];
    for (int i = 0; i < m; i++) {
      System.arraycopy(x, 2 * i * d, out, i * d, d);
    }
    return out;
  }

  static double[] gather(double[] x, int[] order, int d) {
    double[] out = new double[order.length * d];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(x, order[i] * d, out, i * d, d);
    }
    return out;
  }

  static double[] mean(double[] x, int d) {
    double[] mean = new double[d];
    for (int i = 0; i < x.length; i++) {
      mean[i % d] += x[i] * d / x.length;
    }
    return mean;
  }

  static double[] centred(double[] x, double[] mean, int d) {
    double[] z = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      z[i] = x[i] - mean[i % d];
    }
    return z;
  }

  /** Mean of {@code |x|^2}. */
  static double meanSquare(double[] x, int d) {
    double sum = 0;
    for (double a : x) {
      sum += a * a;
    }
    return sum * d / x.length;
  }
}
