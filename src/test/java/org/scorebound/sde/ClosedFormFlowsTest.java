package org.scorebound.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebound.diffusion.ConstantSchedule;
import org.scorebound.diffusion.Diffusion;
import org.scorebound.diffusion.DiscreteSchedule;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.LinearSchedule;
import org.scorebound.diffusion.OrnsteinUhlenbeck;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.score.ExactScore;
import org.scorebound.score.LinearErrorScore;
import org.scorebound.score.Perturbation;
import org.scorebound.score.PerturbedScore;
import org.scorebound.score.ScoreModel;
import org.scorebound.score.TimeProfile;

/** The three flows against closed forms and against each other. */
class ClosedFormFlowsTest {

  private static final double[][] COV = {{0.5, 0.2}, {0.2, 0.3}};

  private static VariancePreserving vp() {
    return new VariancePreserving(new LinearSchedule(0.1, 8, 1), 1);
  }

  private static ForwardProcess gauss(Diffusion diffusion, double[] mean, double[][] cov) {
    return new ForwardProcess(GaussianMixture.gaussian(mean, cov), diffusion);
  }

  /** p0 = N(m, I), exact score, q_T = N(0, I): W2 = exp(-(1 + churn^2) B/2) |m| (section 3.5). */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1, 1.5})
  void unitVarianceDecaysInClosedForm(double churn) {
    double[] mean = {1, -2, 0.5};
    ForwardProcess process = gauss(vp(), mean, Matrices.identity(3));
    Sampler sampler =
        new Sampler(
            new ExactScore(process),
            new ReverseFamily(churn),
            new StartLaw.Gaussian(new double[3], Matrices.identity(3)));
    double b = 4.05;
    double expected = Math.exp(-0.5 * (1 + churn * churn) * b) * Matrices.norm(mean);
    Estimate w2 = new MomentFlow(sampler).distance(0);
    assertThat(w2.value()).isCloseTo(expected, within(1e-10 * expected + 1e-14));
  }

  /** The family keeps p_t: an exact score from p_T gives 0 and the covariance V_t. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.7, 1, 2})
  void exactScoreKeepsTheMarginals(double churn) {
    ForwardProcess process = gauss(vp(), new double[] {1, -0.5}, COV);
    Sampler sampler =
        new Sampler(new ExactScore(process), new ReverseFamily(churn), new StartLaw.Marginal());
    // g^2 + sigma^2 - 2k is 0 up to an ulp.
    assertThat(new MomentFlow(sampler).distance(0).value()).isLessThan(1e-14);
    assertThat(new MomentFlow(sampler).covariance(0.3)[0])
        .containsExactly(process.covariance(0.3)[0], within(1e-14));
  }

  /** A Gaussian on the line by quantile maps and by moments. */
  @ParameterizedTest
  @CsvSource({"0.9, 0.05, 0.2", "1.2, -0.02, -0.1", "1, 0, 0.3"})
  void quantilesAgreeWithMoments(double scale, double shift, double offset) {
    ForwardProcess process = gauss(vp(), new double[] {0.7}, new double[][] {{0.3}});
    Sampler sampler =
        new Sampler(
            new LinearErrorScore(
                process, scale, shift, new double[] {offset}, new TimeProfile.Exponential(-1)),
            new ReverseFamily(0),
            new StartLaw.Gaussian(new double[] {0.1}, new double[][] {{1.1}}));
    for (double t : new double[] {0, 0.2, 0.9}) {
      Estimate moments = new MomentFlow(sampler).distance(t);
      Estimate quantiles = new QuantileFlow(sampler).distance(t);
      assertThat(quantiles.value()).isCloseTo(moments.value(), within(2e-9));
      assertThat(quantiles.contains(moments.value())).isTrue();
    }
  }

  /**
   * The model's way from a time to 0 on the line, without noise: between two Gaussians, by quantile
   * maps, and by the paths, whose coupling is then monotone and so optimal.
   */
  @Test
  void waysAgree() {
    ForwardProcess process = gauss(vp(), new double[] {0.7}, new double[][] {{0.3}});
    Sampler sampler =
        new Sampler(
            error(process, new double[] {0.2}),
            new ReverseFamily(0),
            new StartLaw.Gaussian(new double[] {0.1}, new double[][] {{1.1}}));
    for (double t : new double[] {1e-3, 0.2}) {
      MomentFlow flow = new MomentFlow(sampler);
      double mean =
          process.mean(t)[0]
              + flow.at(t).meanDifference()[0]
              - process.mean(0)[0]
              - flow.at(0).meanDifference()[0];
      double sd = Math.sqrt(flow.covariance(t)[0][0]) - Math.sqrt(flow.covariance(0)[0][0]);
      double exact = Math.hypot(mean, sd);
      Estimate quantiles = new QuantileFlow(sampler).way(t, 0);
      assertThat(quantiles.contains(exact)).as("%s holds %s", quantiles, exact).isTrue();
      assertThat(quantiles.radius()).isLessThan(1e-3 * exact + 1e-7);
      CoupledDistance coupled = new CoupledDistance(sampler);
      Estimate paths = coupled.way(coupled.paths(4000, RandomStream.root(1), t));
      assertThat(paths.contains(exact)).as("%s holds %s", paths, exact).isTrue();
      assertThat(paths.upper() - paths.lower()).isLessThan(0.3 * exact);
    }
  }

  private static List<Sampler> affineSamplers() {
    ForwardProcess linear = gauss(vp(), new double[] {1, -0.5}, COV);
    ForwardProcess jumps =
        gauss(
            new VariancePreserving(new DiscreteSchedule(List.of(0.3, 6.0, 0.2, 5.0, 1.0), 1), 1),
            new double[] {1, -0.5},
            COV);
    ForwardProcess rotation =
        gauss(
            new OrnsteinUhlenbeck(new double[][] {{-0.5, 2}, {-2, -0.5}}, 1, 1.5),
            new double[] {1, -0.5},
            COV);
    StartLaw start = new StartLaw.Gaussian(new double[2], Matrices.identity(2));
    double[] offset = {0.2, 0.1};
    return List.of(
        new Sampler(error(linear, offset), new ReverseFamily(1), start),
        new Sampler(error(linear, offset), new ReverseFamily(0), start),
        new Sampler(error(jumps, offset), new ReverseFamily(1), start),
        new Sampler(error(rotation, offset), new ReverseFamily(1.5), start),
        new Sampler(
            new PerturbedScore(linear, new Perturbation.Constant(offset), TimeProfile.one()),
            new ReverseFamily(1),
            new StartLaw.Translated(new double[] {0.1, -0.2})));
  }

  private static ScoreModel error(ForwardProcess process, double[] offset) {
    return new LinearErrorScore(process, 0.8, 0.05, offset, TimeProfile.one());
  }

  /** The interval of the simulation holds the exact distance, for every seed: one miss in 1e5. */
  @Test
  void simulatedIntervalHoldsTheExactDistance() {
    for (Sampler sampler : affineSamplers()) {
      double exact = new MomentFlow(sampler).distance(0).value();
      for (int seed = 0; seed < 6; seed++) {
        Estimate e = new CoupledDistance(sampler).estimate(600, RandomStream.root(seed));
        assertThat(e.lower()).as("%s", sampler).isLessThanOrEqualTo(exact);
        assertThat(e.upper()).as("%s", sampler).isGreaterThanOrEqualTo(exact);
        assertThat(e.lower()).as("not empty").isGreaterThan(0.3 * exact);
      }
    }
  }

  /** A model that runs away by e^(10^6): nothing is claimed, and nothing is NaN. */
  @Test
  void runawayPathsAreUnresolved() {
    ForwardProcess process = gauss(vp(), new double[] {1, -0.5}, COV);
    Sampler sampler =
        new Sampler(
            new LinearErrorScore(process, -1e6, 0, new double[] {0.2, 0}, TimeProfile.one()),
            new ReverseFamily(1),
            new StartLaw.Marginal());
    CoupledDistance coupled = new CoupledDistance(sampler);
    SynchronousCoupling.Ends ends = coupled.paths(100, RandomStream.root(1), 1e-3);
    for (Estimate e : List.of(coupled.estimate(ends), coupled.way(ends))) {
      assertThat(e.lower()).isZero();
      assertThat(e.upper()).isInfinite();
      assertThat(e.kind()).isEqualTo(Evidence.ESTIMATED);
    }
  }

  /** x - y is free of noise for a constant error: the scheme's error has slope 2 in the step. */
  @Test
  void orderOfTheScheme() {
    ForwardProcess process = gauss(vp(), new double[] {1}, new double[][] {{0.5}});
    for (double churn : new double[] {0, 1}) {
      Sampler sampler =
          new Sampler(
              new PerturbedScore(
                  process,
                  new Perturbation.Constant(new double[] {0.4}),
                  new TimeProfile.Exponential(-1)),
              new ReverseFamily(churn),
              new StartLaw.Marginal());
      double exact = new MomentFlow(sampler).distance(0).value();
      double[] errors = new double[4];
      for (int i = 0; i < errors.length; i++) {
        TimeGrid grid = TimeGrid.graded(1, 32 << i, t -> 1);
        SynchronousCoupling.Ends ends =
            new SynchronousCoupling(sampler, grid).run(4, RandomStream.root(3));
        errors[i] = Math.abs(Math.abs(ends.x()[0] - ends.y()[0]) - exact);
      }
      for (int i = 1; i < errors.length; i++) {
        double order = Math.log(errors[i - 1] / errors[i]) / Math.log(2);
        assertThat(order).as("churn %s", churn).isBetween(1.8, 2.2);
      }
    }
  }

  /** The variance at the end with noise, on one Brownian path per level: fine minus coarse. */
  @Test
  void weakOrderWithNoise() {
    ForwardProcess process =
        gauss(
            new VariancePreserving(new ConstantSchedule(3), 1),
            new double[] {0.5},
            new double[][] {{0.4}});
    Sampler sampler =
        new Sampler(new ExactScore(process), new ReverseFamily(1), new StartLaw.Marginal());
    int n = 20_000;
    double[] gaps = new double[3];
    for (int i = 0; i < gaps.length; i++) {
      TimeGrid grid = TimeGrid.graded(1, 16 << i, t -> 1);
      SynchronousCoupling.Ends ends =
          new SynchronousCoupling(sampler, grid).run(n, RandomStream.root(8));
      for (int j = 0; j < n; j++) {
        double fine = ends.x()[j] - 0.5;
        double coarse = ends.xCoarse()[j] - 0.5;
        gaps[i] += (fine * fine - coarse * coarse) / n;
      }
    }
    for (int i = 1; i < gaps.length; i++) {
      assertThat(Math.log(gaps[i - 1] / gaps[i]) / Math.log(2)).isBetween(1.5, 2.7);
    }
  }

  /** E|x - y|^2 is the square of the stated distance, and both marginals are right. */
  @Test
  void startsAreCoupledAsStated() {
    GaussianMixture line =
        GaussianMixture.of(
            new double[] {0.3, 0.7},
            new double[][] {{-1}, {0.8}},
            new double[][][] {{{0.04}}, {{0.09}}});
    GaussianMixture plane =
        GaussianMixture.withCommonCovariance(
            new double[] {0.4, 0.6}, new double[][] {{-1, 0}, {1, 0.5}}, COV);
    GaussianMixture single = GaussianMixture.gaussian(new double[] {1, -0.5}, COV);
    int n = 40_000;
    for (GaussianMixture end : List.of(line, plane, single)) {
      int d = end.dimension();
      double[] by = new double[d];
      by[0] = 0.3;
      double[][] cov = d == 1 ? new double[][] {{1.2}} : new double[][] {{1.2, -0.3}, {-0.3, 0.7}};
      for (StartLaw start :
          List.of(
              new StartLaw.Marginal(),
              new StartLaw.Translated(by),
              new StartLaw.Gaussian(by, cov))) {
        StartLaw.Pairs pairs = start.draw(end, n, RandomStream.root(5));
        double mean = 0;
        double second = 0;
        for (int j = 0; j < n; j++) {
          double s = 0;
          for (int i = j * d; i < (j + 1) * d; i++) {
            s += (pairs.x()[i] - pairs.y()[i]) * (pairs.x()[i] - pairs.y()[i]);
          }
          mean += s / n;
          second += s * s / n;
        }
        double sixErrors = 6 * Math.sqrt(Math.max(0, second - mean * mean) / n) + 1e-12;
        double distance = start.distance(end).upper();
        assertThat(mean).isCloseTo(distance * distance, within(sixErrors));
        moments(pairs.x(), end);
        moments(pairs.y(), start.law(end));
      }
    }
  }

  private static void moments(double[] x, GaussianMixture law) {
    int d = law.dimension();
    int n = x.length / d;
    double[] mean = law.mean();
    double[][] cov = law.covariance();
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        double c = 0;
        double m = 0;
        for (int s = 0; s < n; s++) {
          m += (x[s * d + i] - mean[i]) / n;
          c += (x[s * d + i] - mean[i]) * (x[s * d + j] - mean[j]) / n;
        }
        double scale = Math.sqrt(cov[i][i] * cov[j][j]);
        assertThat(m).isCloseTo(0, within(6 * Math.sqrt(cov[i][i] / n)));
        assertThat(c).isCloseTo(cov[i][j], within(6 * Math.sqrt(3.0 / n) * scale));
      }
    }
  }

  @Test
  void gridIsDecreasingAndEven() {
    TimeGrid grid = TimeGrid.graded(2, 40, t -> 1 / (0.01 + t));
    double[] t = grid.times();
    assertThat(t[0]).isEqualTo(2);
    assertThat(t[40]).isZero();
    double share = Math.log(201) / 40;
    for (int i = 0; i < 40; i++) {
      assertThat(t[i]).isGreaterThan(t[i + 1]);
      // int rho over a step, to the accuracy of its own midpoint sums.
      assertThat(Math.log((0.01 + t[i]) / (0.01 + t[i + 1])))
          .isCloseTo(share, within(1e-3 * share));
    }
  }
}
