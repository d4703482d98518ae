package org.scorebound.lipschitz;

import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SpectralNorm;
import org.scorebound.linalg.SymmetricEigen;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.network.Mlp;

/**
 * Upper bounds of {@code sup_x lambda_max(sym J_s(x))} over all of R^d from the layers' matrices
 * alone, for any dimension, in a few matrix products.
 *
 * <p>{@link #product}: the two-sided constant {@code |linear| + |factor| prod |W_l|_2 M^depth}, M
 * the largest slope.
 *
 * <p>{@link #measure}: the slopes lie in an interval {@code [m - h, m + h]}. With every slope at m
 * the Jacobian is a fixed matrix {@code J_m}, and by the expansion of {@link CellBatch}
 *
 * <pre>
 *   lambda_max(sym J) <= lambda_max(sym J_m) + sum_l |Lambda_l|_2 h |T_l|_2,
 *   Lambda_l = factor m^(depth-1-l) W_depth .. W_(l+1),   |T_l|_2 <= M^l |W_l .. W_0|'
 * </pre>
 *
 * where the last factor is the smaller of the product of norms and the same expansion applied to
 * {@code T_l} itself, {@code |T_l| <= m^l |W_l .. W_0| + sum_(i<l) m^(l-1-i) |W_l .. W_(i+1)| h
 * |T_i|}. It uses the logarithmic norm of the middle (Söderlind 2006,
 * doi:10.1007/s10543-006-0069-9) and the norms of products instead of products of norms, and so is
 * never above the product for slopes in [0, 1].
 *
 * <p>Norms are certified by {@link SpectralNorm}; {@link #MARGIN} covers the rounding of the
 * products of at most a few thousand terms in them.
 */
public final class LayerBounds {

  /** Relative to products of norms, which bound every intermediate matrix. */
  private static final double MARGIN = 0x1p-36;

  private LayerBounds() {}

  /** The product of norms: two-sided, usually loose. */
  public static double product(FrozenNetwork network) {
    double[][] w = weights(network);
    double p = Math.abs(network.factor());
    double slope = network.architecture().activation().largestSlope();
    for (int l = 0; l < w.length; l++) {
      p *= norm(w[l], network.architecture().fanOut(l), network.architecture().fanIn(l));
      p *= l + 1 < w.length ? slope : 1;
    }
    return (p + Math.abs(network.linear())) * (1 + MARGIN);
  }

  /** The bound by the logarithmic norm at the middle slopes and norms of products. */
  public static double measure(FrozenNetwork network) {
    double[][] w = weights(network);
    int depth = w.length - 1;
    int d = network.dimension();
    Activation f = network.architecture().activation();
    SlopeEnclosure slopes = SlopeEnclosure.of(f, Kernels.of(BackEnd.SCALAR));
    double low = slopes.leastSlope(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    double high = slopes.largestSlope(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    double middle = 0.5 * (low + high);
    double half = 0.5 * (high - low);
    double[] tangent = new double[depth];
    double scale = product(network);
    for (int l = 0; l < depth; l++) {
      double expanded = Math.pow(middle, l) * productNorm(network, w, l, 0);
      double crude = norm(w[0], rows(network, 0), columns(network, 0));
      for (int i = 1; i <= l; i++) {
        crude *= high * norm(w[i], rows(network, i), columns(network, i));
      }
      for (int i = 0; i < l; i++) {
        expanded +=
            Math.pow(middle, l - 1 - i) * productNorm(network, w, l, i + 1) * half * tangent[i];
      }
      tangent[l] = Math.min(crude, expanded);
    }
    double[] centre = multiplied(network, w, depth, 0);
    double[][] symmetric = new double[d][d];
    double factor = network.factor() * Math.pow(middle, depth);
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        symmetric[i][j] =
            0.5 * factor * (centre[i + j * d] + centre[j + i * d])
                + (i == j ? network.linear() : 0);
      }
    }
    double bound = new SymmetricEigen(Matrices.symmetricPart(symmetric)).max();
    for (int l = 0; l < depth; l++) {
      bound +=
          Math.abs(network.factor())
              * Math.pow(middle, depth - 1 - l)
              * productNorm(network, w, depth, l + 1)
              * half
              * tangent[l];
    }
    return bound + MARGIN * scale;
  }

  private static double[][] weights(FrozenNetwork network) {
    Mlp mlp = new Mlp(network.architecture(), Kernels.of(BackEnd.SCALAR));
    double[] theta = network.theta();
    double[][] w = new double[network.architecture().layers()][];
    for (int l = 0; l < w.length; l++) {
      w[l] = new double[rows(network, l) * columns(network, l)];
      System.arraycopy(theta, mlp.weightOffset(l), w[l], 0, w[l].length);
    }
    return w;
  }

  private static int rows(FrozenNetwork network, int l) {
    return network.architecture().fanOut(l);
  }

  private static int columns(FrozenNetwork network, int l) {
    return network.architecture().fanIn(l);
  }

  /** {@code W_to .. W_from}. */
  private static double[] multiplied(FrozenNetwork network, double[][] w, int to, int from) {
    double[] product = w[from];
    int n = columns(network, from);
    for (int l = from + 1; l <= to; l++) {
      double[] next = new double[rows(network, l) * n];
      Kernels.of(BackEnd.VECTOR)
          .gemm(rows(network, l), n, columns(network, l), 1, w[l], product, 0, next);
      product = next;
    }
    return product;
  }

  private static double productNorm(FrozenNetwork network, double[][] w, int to, int from) {
    return norm(multiplied(network, w, to, from), rows(network, to), columns(network, from));
  }

  private static double norm(double[] w, int rows, int columns) {
    return SpectralNorm.upper(w, 0, rows, columns);
  }
}
