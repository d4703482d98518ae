package org.scorebound.distribution;

import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;
import org.scorebound.random.RandomStream;

/**
 * A finite mixture of Gaussians {@code p = sum_i w_i N(m_i, C_i)} on R^d; every data law of the
 * project is one (a Gaussian is the mixture of one component, a smoothed point cloud the mixture of
 * one component a point).
 *
 * <p>With the responsibilities {@code r_i(x)} and the component scores {@code g_i = -C_i^{-1}(x -
 * m_i)}: {@code grad log p = sum r_i g_i} and {@code Hess log p = sum r_i (g_i g_i^T - C_i^{-1}) -
 * (grad log p)(grad log p)^T}. Exact to rounding. Immutable and thread-safe; evaluators are not.
 */
public final class GaussianMixture {

  private final int dimension;
  private final double[] weights;
  private final double[][] means;
  private final double[][][] covariances;
  private final boolean common;

  /** Covariances' inverses, each computed once; a common covariance is stored once. */
  private final double[][][] precisions;

  private final double[] logDeterminants;
  private final double[][][] choleskyFactors;

  private GaussianMixture(
      double[] weights, double[][] means, double[][][] covariances, boolean common) {
    this.dimension = means[0].length;
    this.weights = weights;
    this.means = means;
    this.covariances = covariances;
    this.common = common;
    int m = covariances.length;
    precisions = new double[m][][];
    choleskyFactors = new double[m][][];
    logDeterminants = new double[m];
    for (int i = 0; i < m; i++) {
      if (Matrices.isScaledIdentity(covariances[i])) {
        double c = covariances[i][0][0];
        if (!(c > 0)) {
          throw new IllegalArgumentException("covariance must be positive definite, got " + c);
        }
        choleskyFactors[i] = Matrices.scaledIdentity(dimension, Math.sqrt(c));
        precisions[i] = Matrices.scaledIdentity(dimension, 1 / c);
        logDeterminants[i] = dimension * Math.log(c);
      } else {
        choleskyFactors[i] = Matrices.cholesky(covariances[i]);
        precisions[i] = Matrices.inverseSpd(covariances[i]);
        logDeterminants[i] = Matrices.logDetFromCholesky(choleskyFactors[i]);
      }
    }
  }

  /** The Gaussian {@code N(mean, cov)}; {@code cov} symmetric positive definite. */
  public static GaussianMixture gaussian(double[] mean, double[][] cov) {
    return withCommonCovariance(new double[] {1}, new double[][] {mean}, cov);
  }

  /**
   * A mixture whose components share one covariance.
   *
   * @param weights k positive weights, summing to 1 within rounding (they are normalised)
   * @param means k points of R^d
   * @param cov the d x n covariance of every component, symmetric positive definite
   */
  public static GaussianMixture withCommonCovariance(
      double[] weights, double[][] means, double[][] cov) {
    check(weights, means);
    return new GaussianMixture(
        normalised(weights), copy(means), new double[][][] {Matrices.copy(cov)}, true);
  }

  /** A mixture with a covariance for each component; equal ones are recognised as common. */
  public static GaussianMixture of(double[] weights, double[][] means, double[][][] covs) {
    check(weights, means);
    if (covs.length != weights.length) {
      throw new IllegalArgumentException(
          "a mixture of "
              + weights.length
              + " weights needs as many covariances, got "
              + covs.length);
    }
    boolean same = true;
    for (double[][] c : covs) {
      same &= java.util.Arrays.deepEquals(c, covs[0]);
    }
    if (same) {
      return withCommonCovariance(weights, means, covs[0]);
    }
    double[][][] copies = new double[covs.length][][];
    for (int i = 0; i < covs.length; i++) {
      copies[i] = Matrices.copy(covs[i]);
    }
    return new GaussianMixture(normalised(weights), copy(means), copies, false);
  }

  private static void check(double[] weights, double[][] means) {
    if (weights.length == 0 || weights.length != means.length) {
      throw new IllegalArgumentException(
          "a mixture needs as many means as weights and at least one, got "
              + means.length
              + " means and "
              + weights.length
              + " weights");
    }
    for (double w : weights) {
      if (!(w > 0)) {
        throw new IllegalArgumentException("mixture weights must be > 0, got " + w);
      }
    }
  }

  private static double[] normalised(double[] weights) {
    double sum = 0;
    for (double w : weights) {
      sum += w;
    }
    double[] n = new double[weights.length];
    for (int i = 0; i < n.length; i++) {
      n[i] = weights[i] / sum;
    }
    return n;
  }

  private static double[][] copy(double[][] a) {
    return Matrices.copy(a);
  }

  /**
   * The law of {@code M x + xi} with x from this law and xi from N(0, Q) independent of it.
   *
   * @param map M, d x d
   * @param noise Q, d x d, symmetric positive semidefinite
   */
  public GaussianMixture pushForward(double[][] map, double[][] noise) {
    boolean isotropic = Matrices.isScaledIdentity(map) && Matrices.isScaledIdentity(noise);
    double[][] movedMeans = new double[means.length][];
    for (int i = 0; i < means.length; i++) {
      movedMeans[i] = isotropic ? scaled(means[i], map[0][0]) : Matrices.multiply(map, means[i]);
    }
    double[][][] movedCovs = new double[covariances.length][][];
    for (int i = 0; i < covariances.length; i++) {
      double[][] spread =
          isotropic
              ? Matrices.scale(map[0][0] * map[0][0], covariances[i])
              : Matrices.congruence(map, covariances[i]);
      movedCovs[i] = Matrices.addScaled(spread, 1, noise);
    }
    return new GaussianMixture(weights, movedMeans, movedCovs, common);
  }

  private static double[] scaled(double[] v, double s) {
    double[] r = v.clone();
    for (int i = 0; i < r.length; i++) {
      r[i] *= s;
    }
    return r;
  }

  /** This law moved by a vector. */
  public GaussianMixture translated(double[] by) {
    double[][] moved = copy(means);
    for (double[] m : moved) {
      for (int j = 0; j < by.length; j++) {
        m[j] += by[j];
      }
    }
    return new GaussianMixture(weights, moved, covariances, common);
  }

  /** The dimension d. */
  public int dimension() {
    return dimension;
  }

  /** The number of components k. */
  public int size() {
    return weights.length;
  }

  /** Whether this is a single Gaussian. */
  public boolean isGaussian() {
    return weights.length == 1;
  }

  /** Whether all components share one covariance. */
  public boolean hasCommonCovariance() {
    return common;
  }

  /** The weight of component i. */
  public double weight(int i) {
    return weights[i];
  }

  /** The mean of component i; the array is this object's own and must not be changed. */
  public double[] componentMean(int i) {
    return means[i];
  }

  /** The covariance of component i; the array is this object's own and must not be changed. */
  public double[][] componentCovariance(int i) {
    return covariances[common ? 0 : i];
  }

  /** The inverse covariance of component i; not to be changed. */
  public double[][] componentPrecision(int i) {
    return precisions[common ? 0 : i];
  }

  double[][] componentCholesky(int i) {
    return choleskyFactors[common ? 0 : i];
  }

  double componentLogDeterminant(int i) {
    return logDeterminants[common ? 0 : i];
  }

  /** The mean {@code sum w_i m_i}. */
  public double[] mean() {
    double[] m = new double[dimension];
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < dimension; j++) {
        m[j] += weights[i] * means[i][j];
      }
    }
    return m;
  }

  /** The covariance {@code sum w_i (C_i + (m_i - m)(m_i - m)^T)}. */
  public double[][] covariance() {
    double[] m = mean();
    double[][] c = new double[dimension][dimension];
    for (int i = 0; i < weights.length; i++) {
      double[][] ci = componentCovariance(i);
      for (int p = 0; p < dimension; p++) {
        double dp = means[i][p] - m[p];
        for (int q = 0; q < dimension; q++) {
          c[p][q] += weights[i] * (ci[p][q] + dp * (means[i][q] - m[q]));
        }
      }
    }
    return c;
  }

  /** The smallest eigenvalue over all component covariances: the scale on which p varies. */
  public double smallestComponentVariance() {
    double min = Double.POSITIVE_INFINITY;
    for (double[][] c : covariances) {
      min = Math.min(min, Matrices.isScaledIdentity(c) ? c[0][0] : new SymmetricEigen(c).min());
    }
    return min;
  }

  /** The component of uniform u in [0,1): the first i with {@code w_0 + .. + w_i > u}. */
  public int componentAt(double u) {
    double s = 0;
    for (int i = 0; i < weights.length - 1; i++) {
      s += weights[i];
      if (u < s) {
        return i;
      }
    }
    return weights.length - 1;
  }

  /**
   * Writes {@code m_i + L_i z} with the Cholesky factor of component i.
   *
   * @param i the component
   * @param z d standard normals, read from {@code zOffset}
   * @param out receives the d coordinates at {@code outOffset}; may be z itself
   */
  public void place(int i, double[] z, int zOffset, double[] out, int outOffset) {
    double[][] l = componentCholesky(i);
    for (int p = dimension - 1; p >= 0; p--) {
      double s = means[i][p];
      for (int q = 0; q <= p; q++) {
        s += l[p][q] * z[zOffset + q];
      }
      out[outOffset + p] = s;
    }
  }

  /** n independent samples, d x n column-major. */
  public double[] sample(int n, RandomStream random) {
    double[] x = new double[dimension * n];
    for (int j = 0; j < n; j++) {
      int i = componentAt(random.nextDouble());
      random.fillGaussian(x, j * dimension, (j + 1) * dimension);
      place(i, x, j * dimension, x, j * dimension);
    }
    return x;
  }

  /** An evaluator of this law's density, score and Hessian, with workspace of its own. */
  public MixtureEvaluator evaluator() {
    return evaluator(Kernels.of(BackEnd.VECTOR));
  }

  /** The same, with batches on the given kernels. */
  public MixtureEvaluator evaluator(Kernels kernels) {
    return new MixtureEvaluator(this, kernels);
  }
}
