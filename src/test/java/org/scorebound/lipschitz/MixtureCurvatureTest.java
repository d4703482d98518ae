package org.scorebound.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.scorebound.diffusion.ConstantSchedule;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.OrnsteinUhlenbeck;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.DataLaws;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.distribution.MixtureEvaluator;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;
import org.scorebound.score.ExactScore;
import org.scorebound.score.Perturbation;
import org.scorebound.score.PerturbedScore;
import org.scorebound.score.ScoreField;
import org.scorebound.score.TimeProfile;

/** Constants in the plane and in space against dense sampling of the Hessian. */
class MixtureCurvatureTest {

  private static OneSidedConstant constant(GaussianMixture law) {
    return new MixtureCurvature(ScoreLipschitz.FINE_GAP)
        .supremum(law, () -> MixtureCurvature.squaredDiameter(law));
  }

  /** The largest lambda_max at affine combinations of the means, then climbed at random. */
  private static double search(GaussianMixture law, int tries, RandomStream r) {
    MixtureEvaluator e = law.evaluator();
    int d = law.dimension();
    double best = Double.NEGATIVE_INFINITY;
    double[] at = new double[d];
    for (int t = 0; t < tries; t++) {
      double[] x = new double[d];
      double[] a = law.componentMean(r.nextInt(law.size()));
      double[] b = law.componentMean(r.nextInt(law.size()));
      double s = r.nextDouble(-0.5, 1.5);
      for (int i = 0; i < d; i++) {
        x[i] = a[i] + s * (b[i] - a[i]) + 0.1 * r.nextGaussian();
      }
      double l = Matrices.largestEigenvalue(e.hessian(x));
      if (l > best) {
        best = l;
        at = x;
      }
    }
    double width = 0.1;
    for (int t = 0; t < tries; t++) {
      double[] x = at.clone();
      for (int i = 0; i < d; i++) {
        x[i] += width * r.nextGaussian();
      }
      double l = Matrices.largestEigenvalue(e.hessian(x));
      if (l > best) {
        best = l;
        at = x;
      } else {
        width = Math.max(1e-7, width * 0.99);
      }
    }
    return best;
  }

  private static double[][] randomCovariance(int d, RandomStream r) {
    double[][] a = new double[d][d];
    for (double[] row : a) {
      for (int j = 0; j < d; j++) {
        row[j] = 0.5 * r.nextGaussian();
      }
    }
    return Matrices.addScaled(Matrices.multiplyTransposed(a, a), 0.1, Matrices.identity(d));
  }

  @Test
  void certifiedIsNeverBelowASearch() {
    RandomStream r = RandomStream.root(17);
    for (int trial = 0; trial < 16; trial++) {
      int d = 2 + trial % 2;
      int k = 2 + r.nextInt(4);
      double[] w = new double[k];
      double[][] m = new double[k][d];
      for (int i = 0; i < k; i++) {
        w[i] = 0.1 + r.nextDouble();
        for (int j = 0; j < d; j++) {
          m[i][j] = 1.5 * r.nextGaussian();
        }
      }
      double[][] cov = trial % 4 < 2 ? randomCovariance(d, r) : Matrices.scaledIdentity(d, 0.4);
      GaussianMixture law = GaussianMixture.withCommonCovariance(w, m, cov);
      OneSidedConstant c = constant(law);
      double found = search(law, 3000, r.child(trial));
      double scale = 1e-10 * (1 + Math.abs(found));
      assertThat(c.certified()).as("trial %d", trial).isGreaterThan(found - scale);
      if (k == 2) {
        assertThat(c.isExact()).isTrue();
        assertThat(found)
            .as("trial %d", trial)
            .isCloseTo(c.certified(), within(1e-4 * (1 + found)));
      }
    }
  }

  /** Three means on a slanted line in space, unequal weights, anisotropic covariance. */
  @Test
  void meansOnALine() {
    RandomStream r = RandomStream.root(2);
    double[] e = {0.6, -0.3, 0.8};
    double[][] m = new double[3][3];
    double[] s = {0, 1.5, 4};
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        m[i][j] = 0.2 + s[i] * e[j];
      }
    }
    GaussianMixture law =
        GaussianMixture.withCommonCovariance(
            new double[] {0.2, 0.5, 0.3}, m, randomCovariance(3, r));
    OneSidedConstant c = constant(law);
    assertThat(c.method()).contains("line");
    assertThat(c.certified() - c.sampled()).isLessThan(1e-8);
    assertThat(search(law, 4000, r)).isCloseTo(c.certified(), within(1e-4 * c.certified()));
  }

  /**
   * A forward process' rounding must not take the means off their line, far from the origin too.
   */
  @Test
  void meansStayOnALineUnderAFlow() {
    double[][] m = {{100, -70}, {100.1, -69.8}, {100.3, -69.4}};
    GaussianMixture law =
        GaussianMixture.withCommonCovariance(
            new double[] {0.3, 0.3, 0.4}, m, Matrices.scaledIdentity(2, 0.01));
    OrnsteinUhlenbeck ou = new OrnsteinUhlenbeck(new double[][] {{-0.5, 2}, {-2, -0.5}}, 0.1, 1);
    ForwardProcess process = new ForwardProcess(law, ou);
    for (double t : new double[] {0, 0.1, 0.37, 0.9}) {
      assertThat(constant(process.marginal(t)).method()).as("t = %s", t).contains("line");
    }
  }

  @Test
  void productOfAxes() {
    double[][] m = new double[6][];
    double[] w = new double[6];
    double[] first = {0.2, 0.5, 0.3};
    double[] second = {0.4, 0.6};
    for (int i = 0; i < 6; i++) {
      m[i] = new double[] {new double[] {-1, 0.3, 2}[i / 2], new double[] {-0.5, 0.9}[i % 2]};
      w[i] = first[i / 2] * second[i % 2];
    }
    GaussianMixture law =
        GaussianMixture.withCommonCovariance(w, m, new double[][] {{0.3, 0}, {0, 0.1}});
    OneSidedConstant c = constant(law);
    assertThat(c.method()).contains("product");
    assertThat(search(law, 4000, RandomStream.root(4))).isCloseTo(c.certified(), within(1e-3));
    assertThat(c.certified())
        .isGreaterThanOrEqualTo(search(law, 4000, RandomStream.root(5)) - 1e-9);
    // The published clusters, variance .01: -100 + 2500.
    assertThat(constant(DataLaws.clusters(2, 4, 0.01)).certified()).isCloseTo(2400, within(1e-8));
  }

  @Test
  void degenerateMixtures() {
    double[][] cov = {{0.5, 0.2}, {0.2, 0.3}};
    GaussianMixture same =
        GaussianMixture.withCommonCovariance(
            new double[] {0.5, 0.5}, new double[][] {{1, 2}, {1, 2}}, cov);
    double expected = Matrices.largestEigenvalue(Matrices.scale(-1, Matrices.inverseSpd(cov)));
    assertThat(constant(same).certified()).isCloseTo(expected, within(1e-12));
    GaussianMixture different =
        GaussianMixture.of(
            new double[] {0.5, 0.5},
            new double[2][2],
            new double[][][] {{{2, 0}, {0, 1}}, {{1, 0}, {0, 2}}});
    assertThat(MixtureCurvature.isFinite(different)).isFalse();
    // THEORY row 12 at t = 1, where the covariances are diag(2,1) and diag(1,2).
    assertThat(Matrices.largestEigenvalue(different.evaluator().hessian(new double[] {1000, 1000})))
        .isGreaterThan(1e4);
  }

  private static double largest(ScoreField field, int d, RandomStream r) {
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 60_000; i++) {
      double[] x = new double[d];
      for (int j = 0; j < d; j++) {
        x[j] = r.nextDouble(-30, 30);
      }
      best = Math.max(best, Matrices.largestEigenvalue(field.jacobian(x)));
    }
    return best;
  }

  /** Gaussian data and a sine field: the corners are approached for invertible F, else above. */
  @Test
  void sineOnGaussianData() {
    ForwardProcess process =
        new ForwardProcess(
            GaussianMixture.gaussian(new double[2], new double[][] {{0.5, 0.2}, {0.2, 0.3}}),
            new VariancePreserving(new ConstantSchedule(2), 1));
    double[] a = {0.4, -0.3};
    double[] phase = {0.2, 1};
    for (double[][] f : new double[][][] {{{1, 0.5}, {-0.4, 2}}, {{1, 2}, {0.5, 1}}}) {
      PerturbedScore score =
          new PerturbedScore(process, new Perturbation.Sine(a, f, phase), TimeProfile.one());
      OneSidedConstant c = new ScoreLipschitz(score).at(0.4);
      double found = largest(score.at(0.4, Kernels.of(BackEnd.SCALAR)), 2, RandomStream.root(1));
      assertThat(c.certified()).isGreaterThanOrEqualTo(found);
      boolean invertible = f[1][1] == 2;
      assertThat(c.isExact()).isEqualTo(invertible);
      if (invertible) {
        assertThat(c.certified()).isCloseTo(found, within(1e-3));
      }
    }
  }

  @Test
  void sineOnMixturesIsBracketed() {
    GaussianMixture data =
        GaussianMixture.withCommonCovariance(
            new double[] {0.3, 0.3, 0.4},
            new double[][] {{-1, 0}, {1, 0.5}, {0, 1}},
            new double[][] {{0.3, 0.1}, {0.1, 0.2}});
    ForwardProcess process =
        new ForwardProcess(data, new VariancePreserving(new ConstantSchedule(2), 1));
    PerturbedScore score =
        new PerturbedScore(
            process,
            new Perturbation.Sine(
                new double[] {0.4, -0.3}, new double[][] {{1, 0.5}, {-0.4, 2}}, new double[2]),
            new TimeProfile.Exponential(-1));
    for (double t : new double[] {0.05, 0.5, 1}) {
      OneSidedConstant c = new ScoreLipschitz(score).at(t);
      double found = largest(score.at(t, Kernels.of(BackEnd.SCALAR)), 2, RandomStream.root(1));
      assertThat(c.certified()).isGreaterThanOrEqualTo(found);
      assertThat(c.sampled()).isLessThanOrEqualTo(c.certified());
    }
    assertThat(new ScoreLipschitz(new ExactScore(process)).isFinite()).isTrue();
  }
}
