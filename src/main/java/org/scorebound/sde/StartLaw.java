package org.scorebound.sde;

import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.transport.GaussianW2;
import org.scorebound.transport.LowerBounds;
import org.scorebound.transport.QuantileW2;

/** The law {@code q_T} the sampler starts from. Adding a kind is one record here. */
public sealed interface StartLaw {

  /** {@code q_T}, for the end marginal {@code p_T}. */
  GaussianMixture law(GaussianMixture end);

  /** {@code W2(p_T, q_T)}. */
  Estimate distance(GaussianMixture end);

  /**
   * Draws n coupled pairs {@code x ~ p_T}, {@code y ~ q_T}, whose {@code E|x - y|^2} is the square
   * of {@link #distance}'s upper end: optimal wherever that distance is exact.
   */
  Pairs draw(GaussianMixture end, int n, RandomStream random);

  /**
   * Coupled points.
   *
   * @param x d x n
   * @param y d x n
   */
  record Pairs(double[] x, double[] y) {}

  /** {@code q_T = p_T}: distance 0. */
  record Marginal() implements StartLaw {
    @Override
    public GaussianMixture law(GaussianMixture end) {
      return end;
    }

    @Override
    public Estimate distance(GaussianMixture end) {
      return Estimate.exact(0, 0);
    }

    @Override
    public Pairs draw(GaussianMixture end, int n, RandomStream random) {
      double[] x = end.sample(n, random);
      return new Pairs(x, x.clone());
    }
  }

  /**
   * {@code p_T} moved by a vector; translation is optimal, so the distance is its length.
   *
   * @param by the vector, length d
   */
  record Translated(double[] by) implements StartLaw {
    @Override
    public GaussianMixture law(GaussianMixture end) {
      return end.translated(by);
    }

    @Override
    public Estimate distance(GaussianMixture end) {
      return Estimate.exact(Matrices.norm(by), 0);
    }

    @Override
    public Pairs draw(GaussianMixture end, int n, RandomStream random) {
      double[] x = end.sample(n, random);
      double[] y = x.clone();
      for (int i = 0; i < y.length; i++) {
        y[i] += by[i % by.length];
      }
      return new Pairs(x, y);
    }
  }

  /**
   * A Gaussian of its own.
   *
   * <p>Distance: Bures for Gaussian {@code p_T} (exact), quantiles in one dimension (exact to the
   * quadrature's error); else certified between Gelbrich's bound and the coupling of every
   * component with the whole of {@code q_T} by its own optimal map, {@code sum_i w_i W2(N_i,
   * q_T)^2}.
   *
   * @param mean length d
   * @param cov d x d, symmetric positive definite
   */
  record Gaussian(double[] mean, double[][] cov) implements StartLaw {

    /** Relative rounding of the closed form, some ulps for each of a few hundred operations. */
    private static final double ROUNDING = 1e-13;

    @Override
    public GaussianMixture law(GaussianMixture end) {
      return GaussianMixture.gaussian(mean, cov);
    }

    @Override
    public Estimate distance(GaussianMixture end) {
      if (end.isGaussian()) {
        double value =
            GaussianW2.between(end.componentMean(0), end.componentCovariance(0), mean, cov).value();
        double scale = Math.sqrt(Matrices.trace(cov)) + Matrices.norm(mean);
        return Estimate.exact(value, Math.min(value, 1e-15 * scale + ROUNDING * value));
      }
      if (end.dimension() == 1) {
        return QuantileW2.between(Quantiles.of(end), Quantiles.of(law(end))).w2();
      }
      double squared = 0;
      for (int i = 0; i < end.size(); i++) {
        squared +=
            end.weight(i)
                * GaussianW2.between(end.componentMean(i), end.componentCovariance(i), mean, cov)
                    .squared();
      }
      double upper = Math.sqrt(squared);
      double lower = Math.min(upper, LowerBounds.gelbrich(end.mean(), end.covariance(), mean, cov));
      return Estimate.of(upper, lower, upper, Evidence.CERTIFIED);
    }

    @Override
    public Pairs draw(GaussianMixture end, int n, RandomStream random) {
      int d = mean.length;
      double[] x = new double[d * n];
      double[] y = new double[d * n];
      if (d == 1) {
        double sd = Math.sqrt(cov[0][0]);
        random.fillGaussian(y, 0, n);
        System.arraycopy(Quantiles.of(end).at(y), 0, x, 0, n);
        for (int j = 0; j < n; j++) {
          y[j] = mean[0] + sd * y[j];
        }
        return new Pairs(x, y);
      }
      double[][][] maps = new double[end.size()][][];
      for (int j = 0; j < n; j++) {
        int i = end.componentAt(random.nextDouble());
        if (maps[i] == null) {
          maps[i] = optimalMap(end.componentCovariance(i), cov);
        }
        random.fillGaussian(x, j * d, (j + 1) * d);
        end.place(i, x, j * d, x, j * d);
        double[] m = end.componentMean(i);
        for (int r = 0; r < d; r++) {
          double s = mean[r];
          for (int c = 0; c < d; c++) {
            s += maps[i][r][c] * (x[j * d + c] - m[c]);
          }
          y[j * d + r] = s;
        }
      }
      return new Pairs(x, y);
    }

    /** {@code V^{-1/2} (V^{1/2} W V^{1/2})^{1/2} V^{-1/2}}, which carries N(0,V) to N(0,W). */
    static double[][] optimalMap(double[][] v, double[][] w) {
      double[][] root = new SymmetricEigen(v).sqrt();
      double[][] inner = new SymmetricEigen(Matrices.congruence(root, w)).sqrt();
      return Matrices.congruence(Matrices.inverseSpd(root), inner);
    }
  }
}
