package org.scorebound.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;

/**
 * Fits a {@link ConvexPotential} to two clouds: the better, on points that none was fitted to, of a
 * translation, the quadratic of the optimal map between the Gaussians of the clouds' moments, and
 * that quadratic flattened, with affine pieces from the exact solver's dual between the clouds. The
 * pieces are means of the dual's tangents over cells, for single tangents follow the sample's
 * noise.
 *
 * <p>Nothing of the fit enters the bound's validity, which rests on the points it is evaluated on
 * being others than these. Deterministic. Cost: one exact assignment of {@link #FITTED} points.
 */
public final class PotentialFit {

  /** Points that potentials are fitted to, at most. */
  private static final int FITTED = 192;

  /** Share of the quadratic's curvature that stays beneath the pieces. */
  private static final double[] FLATTENED = {0.5, 0.8};

  private static final int[] CELLS = {8, 24};

  private static final int LLOYD_ROUNDS = 4;

  /** Moments of fewer than so many points per dimension are not trusted with a full map. */
  private static final int POINTS_PER_DIMENSION = 5;

  private PotentialFit() {}

  /**
   * A fit.
   *
   * @param potential the chosen potential
   * @param description what it is, in words
   * @param plugIn exact W2 between the points that were fitted: an estimate that is biased upwards;
   *     NaN where it could not be certified
   * @param points how many points that was on each side
   */
  public record Fitted(ConvexPotential potential, String description, double plugIn, int points) {}

  /** A candidate. */
  private record Candidate(ConvexPotential potential, String description) {}

  /**
   * Fits and chooses.
   *
   * @param x d x n, at least 4 points
   * @param y d x n
   * @param paired whether point j of x belongs to point j of y, so that the choice is by their
   *     common gap
   */
  public static Fitted fit(double[] x, double[] y, int d, boolean paired) {
    int n = Math.min(x.length, y.length) / d;
    if (n < 4) {
      throw new IllegalArgumentException("a fit needs at least 4 points, got " + n);
    }
    int fitted = Math.min(FITTED, 2 * n / 3);
    double[] fx = Arrays.copyOfRange(x, 0, fitted * d);
    double[] fy = Arrays.copyOfRange(y, 0, fitted * d);
    double[] vx = Arrays.copyOfRange(x, fitted * d, n * d);
    double[] vy = Arrays.copyOfRange(y, fitted * d, n * d);
    double[] mx = mean(fx, d);
    double[] my = mean(fy, d);
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(new Candidate(quadratic(mx, my, Matrices.identity(d)), "translation"));
    @Nullable EmpiricalDistance matched = matched(fx, fy, d);
    double[][] map = map(fx, mx, fy, my, d, fitted);
    if (map.length > 0) {
      candidates.add(new Candidate(quadratic(mx, my, map), "quadratic of fitted moments"));
    } else {
      map = Matrices.identity(d);
    }
    if (matched != null && matched.plan().isMatching()) {
      for (int cells : CELLS) {
        int[] cell = cells(fx, mx, d, Math.min(cells, fitted));
        for (double share : FLATTENED) {
          candidates.add(
              new Candidate(
                  withPieces(fx, fy, mx, my, Matrices.scale(share, map), matched, cell),
                  "quadratic with " + cells + " affine pieces"));
        }
      }
    }
    Candidate best = candidates.getFirst();
    double top = Double.NEGATIVE_INFINITY;
    for (Candidate c : candidates) {
      double value = value(c.potential(), vx, vy, paired);
      if (value > top) {
        top = value;
        best = c;
      }
    }
    double plugIn = matched == null ? Double.NaN : matched.value();
    return new Fitted(best.potential(), best.description(), plugIn, fitted);
  }

  /** Null where the certificate does not close, as at scales too far apart. */
  private static @Nullable EmpiricalDistance matched(double[] x, double[] y, int d) {
    try {
      return EmpiricalW2.between(x, y, d);
    } catch (UntrustedException e) {
      return null;
    }
  }

  private static double value(ConvexPotential u, double[] x, double[] y, boolean paired) {
    return paired ? mean(u.dualValues(x, y)) : mean(u.first(x)) + mean(u.second(y)) + u.offset();
  }

  private static double mean(double[] values) {
    return mean(values, 1)[0];
  }

  private static double[] mean(double[] x, int d) {
    double[] m = new double[d];
    int n = x.length / d;
    for (int i = 0; i < x.length; i++) {
      m[i % d] += x[i] / n;
    }
    return m;
  }

  private static double[][] covariance(double[] x, double[] m, int d) {
    double[][] c = new double[d][d];
    int n = x.length / d;
    for (int j = 0; j < n; j++) {
      for (int p = 0; p < d; p++) {
        double e = (x[j * d + p] - m[p]) / n;
        for (int q = 0; q <= p; q++) {
          c[p][q] += e * (x[j * d + q] - m[q]);
          c[q][p] = c[p][q];
        }
      }
    }
    return c;
  }

  private static ConvexPotential quadratic(double[] mx, double[] my, double[][] map) {
    return new ConvexPotential(mx, my, map, new double[0][], new double[0]);
  }

  /**
   * {@code V^{-1/2} (V^{1/2} W V^{1/2})^{1/2} V^{-1/2}}; empty where the moments do not tell it.
   */
  private static double[][] map(double[] x, double[] mx, double[] y, double[] my, int d, int n) {
    if (n < POINTS_PER_DIMENSION * d) {
      return new double[0][];
    }
    double[][] v = covariance(x, mx, d);
    double[][] root = new SymmetricEigen(v).sqrt();
    try {
      double[][] inverse = Matrices.inverseSpd(root);
      double[][] inner = new SymmetricEigen(Matrices.congruence(root, covariance(y, my, d))).sqrt();
      double[][] map = Matrices.symmetricPart(Matrices.congruence(inverse, inner));
      SymmetricEigen eigen = new SymmetricEigen(map);
      return eigen.min() > 1e-6 * eigen.max() ? map : new double[0][];
    } catch (IllegalArgumentException singular) {
      return new double[0][];
    }
  }

  /**
   * Brenier's potential of the matching has value {@code (|x_i|^2 - u_i)/2} and slope {@code
   * y_sigma(i)} at {@code x_i}; what the flattened quadratic leaves of both makes the pieces.
   * Formed about the centres, up to a constant, so that it does not cancel far from the origin.
   */
  private static ConvexPotential withPieces(
      double[] x,
      double[] y,
      double[] mx,
      double[] my,
      double[][] curvature,
      EmpiricalDistance matched,
      int[] cell) {
    int d = mx.length;
    int n = x.length / d;
    int cells = Arrays.stream(cell).max().orElse(0) + 1;
    double[][] slopes = new double[cells][d];
    double[] heights = new double[cells];
    int[] sizes = new int[cells];
    int[] partner = matched.matching();
    double[] dual = matched.u();
    double[] w = new double[d];
    for (int j = 0; j < n; j++) {
      double squared = 0;
      double along = 0;
      for (int i = 0; i < d; i++) {
        w[i] = x[j * d + i] - mx[i];
        squared += w[i] * w[i];
        along += (my[i] - mx[i]) * w[i];
      }
      double[] bent = Matrices.multiply(curvature, w);
      double value = 0.5 * (squared - dual[j]) - along - 0.5 * Matrices.dot(w, bent);
      int c = cell[j];
      sizes[c]++;
      for (int i = 0; i < d; i++) {
        double g = y[partner[j] * d + i] - my[i] - bent[i];
        slopes[c][i] += g;
        heights[c] += g * w[i];
      }
      heights[c] -= value;
    }
    List<double[]> kept = new ArrayList<>();
    double[] heightsKept = new double[cells];
    for (int c = 0; c < cells; c++) {
      if (sizes[c] > 0) {
        for (int i = 0; i < d; i++) {
          slopes[c][i] /= sizes[c];
        }
        heightsKept[kept.size()] = heights[c] / sizes[c];
        kept.add(slopes[c]);
      }
    }
    return new ConvexPotential(
        mx, my, curvature, kept.toArray(new double[0][]), Arrays.copyOf(heightsKept, kept.size()));
  }

  /** Lloyd's cells from evenly spread first centres; every point's cell. */
  private static int[] cells(double[] x, double[] mx, int d, int cells) {
    int n = x.length / d;
    double[] centres = new double[cells * d];
    for (int c = 0; c < cells; c++) {
      System.arraycopy(x, (int) ((long) c * n / cells) * d, centres, c * d, d);
    }
    int[] cell = new int[n];
    for (int round = 0; round < LLOYD_ROUNDS; round++) {
      for (int j = 0; j < n; j++) {
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < cells; c++) {
          double s = Clouds.squaredDistance(x, j, centres, c, d);
          if (s < least) {
            least = s;
            cell[j] = c;
          }
        }
      }
      double[] sums = new double[cells * d];
      int[] sizes = new int[cells];
      for (int j = 0; j < n; j++) {
        sizes[cell[j]]++;
        for (int i = 0; i < d; i++) {
          sums[cell[j] * d + i] += x[j * d + i] - mx[i];
        }
      }
      for (int c = 0; c < cells; c++) {
        for (int i = 0; sizes[c] > 0 && i < d; i++) {
          centres[c * d + i] = mx[i] + sums[c * d + i] / sizes[c];
        }
      }
    }
    return cell;
  }
}
