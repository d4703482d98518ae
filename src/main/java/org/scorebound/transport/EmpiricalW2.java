package org.scorebound.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.result.Progress;

/**
 * The exact Wasserstein-2 distance between two clouds,
 *
 * <pre>
 *   W2^2 = min over couplings f of sum_ij f_ij |x_i - y_j|^2,
 * </pre>
 *
 * with the proof of its optimality (see {@link Certificate}). For clouds of one size and equal
 * weights some coupling is a matching. Costs are direct differences, never expanded through {@code
 * x . y}, which loses everything when the clouds sit far from the origin.
 *
 * <p>The solver is chosen by regime, see {@link Method}: sorting in one dimension; merging of equal
 * points where they are many; the multiscale solver for equal sizes, with a tree up to dimension 4
 * and with a scan of all distances above; for other sizes and weights transportation, multiscale
 * too unless the clouds are small.
 *
 * <p>As an estimate of the W2 between the laws that the points were drawn from, it is biased
 * upwards; it is never a lower bound for that. Not thread-safe objects are local to each call.
 */
public final class EmpiricalW2 {

  /** Below it the dense solver is as fast as any. */
  private static final int SMALL = 200;

  /** Equal points are merged where at most this share of the points is distinct. */
  private static final double MERGE_SHARE = 0.8;

  /**
   * Above so many costs transportation is sparse; at 500 x 500 weighted points the dense solver
   * took ten times as long.
   */
  private static final long DENSE_COSTS = 10_000;

  private EmpiricalW2() {}

  /** W2 between two clouds with equal weights within each, by the method that suits. */
  public static EmpiricalDistance between(double[] x, double[] y, int d) {
    return between(x, null, y, null, d, Method.AUTO, Progress.NONE);
  }

  /**
   * W2 between two weighted clouds.
   *
   * @param x first cloud, d x m, one point a column
   * @param wx weights of its points, {@code >= 0}, taken over their sum; null for equal weights
   * @param y second cloud, d x n
   * @param wy weights of its points, or null
   * @param d dimension
   * @param method the solver
   * @param progress told of the levels of long runs
   * @throws IllegalArgumentException if sizes do not suit the method, a coordinate is not finite,
   *     weights are negative or sum to zero, or the method needs more memory than there is
   * @throws UntrustedException if the certificate does not close
   */
  public static EmpiricalDistance between(
      double[] x,
      double @Nullable [] wx,
      double[] y,
      double @Nullable [] wy,
      int d,
      Method method,
      Progress progress) {
    return between(x, wx, y, wy, d, method, progress, Kernels.of(BackEnd.VECTOR));
  }

  /**
   * The same, the dense solver's cost matrix made by the given kernels. On jblas that is one
   * product of the batches, less accurate than differences; where the certificate, which is always
   * by differences, does not close on it, the matrix is made anew by differences and the note says
   * so.
   */
  public static EmpiricalDistance between(
      double[] x,
      double @Nullable [] wx,
      double[] y,
      double @Nullable [] wy,
      int d,
      Method method,
      Progress progress,
      Kernels kernels) {
    int m = Clouds.check(x, d, "x");
    int n = Clouds.check(y, d, "y");
    boolean uniform = wx == null && wy == null && m == n;
    Clouds.Normalised z = Clouds.normalise(x, y, d);
    Cloud a = cloud(z.x(), d, wx, wx == null && wy == null ? n : 0, "weights of x");
    Cloud b = cloud(z.y(), d, wy, wx == null && wy == null ? m : 0, "weights of y");
    if (uniform) {
      Arrays.fill(a.mass, 1);
      Arrays.fill(b.mass, 1);
    }
    Method chosen = method == Method.AUTO ? choose(a, b, uniform) : method;
    if (!uniform && (chosen == Method.TREE || chosen == Method.SCAN || chosen == Method.DENSE)) {
      throw new IllegalArgumentException(
          "method "
              + chosen.label()
              + " needs clouds of one size and equal weights, got sizes "
              + m
              + " and "
              + n
              + "; use "
              + Method.TRANSPORT.label()
              + " or "
              + Method.FLOW.label());
    }
    Solution s =
        switch (chosen) {
          case SORTING -> Sorting.solve(a, b);
          case TRANSPORT, FLOW -> Merging.solve(a, b, chosen == Method.TRANSPORT, progress);
          case DENSE -> {
            Memory.require((long) n * n, "dense", "tree or scan");
            yield dense(a, b, kernels);
          }
          default -> multiscale(a, b, chosen == Method.TREE, progress);
        };
    double moved = weightError(a, b);
    Certificate unit = s.certificate();
    var certificate =
        new Certificate(
            unit.primal(), unit.primalError() + moved, unit.dual(), unit.dualError() + moved);
    int k = z.exponent();
    return new EmpiricalDistance(
        certificate.w2Times(k),
        certificate.times(2 * k),
        s.plan(),
        Clouds.scale(s.u(), 2 * k),
        Clouds.scale(s.v(), 2 * k),
        chosen,
        s.note());
  }

  private static Cloud cloud(double[] x, int d, double @Nullable [] w, long each, String name) {
    if (w != null) {
      return Cloud.weighted(x, d, w, name);
    }
    if (each > 0) {
      return Cloud.uniform(x, d, each);
    }
    double[] ones = new double[x.length / d];
    Arrays.fill(ones, 1);
    return Cloud.weighted(x, d, ones, name);
  }

  private static Method choose(Cloud a, Cloud b, boolean uniform) {
    if (a.d == 1) {
      return Method.SORTING;
    }
    if (!uniform) {
      return (long) a.n * b.n <= DENSE_COSTS ? Method.TRANSPORT : Method.FLOW;
    }
    if (a.n <= SMALL) {
      return Method.DENSE;
    }
    int m = a.distinct();
    int n = b.distinct();
    if (Math.min(m, n) <= MERGE_SHARE * a.n) {
      return (long) m * n <= DENSE_COSTS ? Method.TRANSPORT : Method.FLOW;
    }
    return Oracles.treeServes(a.d, a.n) ? Method.TREE : Method.SCAN;
  }

  private static Solution dense(Cloud a, Cloud b, Kernels kernels) {
    int n = a.n;
    if (kernels.backEnd() == BackEnd.VECTOR) {
      return Solution.of(a, b, DenseAssignment.solve(Clouds.costs(a.points, b.points, a.d), n));
    }
    double[] c = new double[Math.multiplyExact(n, n)];
    // Column i of the n x n matrix of the clouds in turn is row i of the costs.
    kernels.squaredDistances(a.d, n, b.points, n, a.points, c);
    try {
      return Solution.of(a, b, DenseAssignment.solve(c, n));
    } catch (UntrustedException e) {
      return Solution.of(a, b, DenseAssignment.solve(Clouds.costs(a.points, b.points, a.d), n))
          .withNote("dense by differences after the certificate did not close on the product");
    }
  }

  private static Solution multiscale(Cloud a, Cloud b, boolean tree, Progress progress) {
    Assignment assignment = MultiscaleAssignment.solve(a.points, b.points, a.d, tree, progress);
    try {
      return Solution.of(a, b, assignment);
    } catch (UntrustedException e) {
      // Roundings piled up, as massive ties can make them: the dense solver makes fewer updates.
      if (!Memory.allows((long) a.n * a.n)) {
        throw e;
      }
      return Solution.of(a, b, DenseAssignment.solve(Clouds.costs(a.points, b.points, a.d), a.n))
          .withNote("dense after the first certificate did not close");
    }
  }

  /** Rounding the weights moves the optimum by at most the moved mass times the largest cost. */
  private static double weightError(Cloud a, Cloud b) {
    double moved = a.weightError + b.weightError;
    if (moved == 0) {
      return 0;
    }
    double top = 0;
    for (int axis = 0; axis < a.d; axis++) {
      double lo = Double.POSITIVE_INFINITY;
      double hi = Double.NEGATIVE_INFINITY;
      for (Cloud cloud : new Cloud[] {a, b}) {
        for (int i = axis; i < cloud.points.length; i += a.d) {
          lo = Math.min(lo, cloud.points[i]);
          hi = Math.max(hi, cloud.points[i]);
        }
      }
      top += (hi - lo) * (hi - lo);
    }
    return moved * top;
  }
}
