package org.scorebound.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebound.diffusion.Diffusion;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.LinearSchedule;
import org.scorebound.diffusion.OrnsteinUhlenbeck;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.score.ExactScore;
import org.scorebound.score.LinearErrorScore;
import org.scorebound.score.ScoreModel;
import org.scorebound.score.TimeProfile;

/**
 * Orders of the schemes. Strong: root mean square distance to a finer solution along the same
 * Brownian paths. Weak: the scheme's own mean and variance, which for an affine score follow
 * exactly from three particles, against the moment equations; no sampling error. The limits are
 * asserted apart from the slopes.
 */
class SchemeTest {

  private static final Kernels KERNELS = Kernels.of(BackEnd.SCALAR);

  /** Slopes over a finite range of steps are off by the next order. */
  private static final double SLOPE = 0.15;

  private static ForwardProcess gauss(Diffusion diffusion, double[] mean, double[][] cov) {
    return new ForwardProcess(GaussianMixture.gaussian(mean, cov), diffusion);
  }

  private static Diffusion vp() {
    return new VariancePreserving(new LinearSchedule(0.5, 3, 1), 1);
  }

  private static Sampler line(double churn) {
    ForwardProcess process = gauss(vp(), new double[] {0.7}, new double[][] {{0.6}});
    ScoreModel score =
        new LinearErrorScore(
            process, 0.8, 0.05, new double[] {0.3}, new TimeProfile.Exponential(-1));
    return new Sampler(
        score,
        new ReverseFamily(churn),
        new StartLaw.Gaussian(new double[] {0.1}, new double[][] {{1.1}}));
  }

  /** Two clusters on the line: a score that is not affine. */
  private static Sampler clusters(double churn) {
    GaussianMixture data =
        GaussianMixture.of(
            new double[] {0.4, 0.6},
            new double[][] {{-1}, {1}},
            new double[][][] {{{0.3}}, {{0.3}}});
    ForwardProcess process = new ForwardProcess(data, vp());
    return new Sampler(
        new ExactScore(process),
        new ReverseFamily(churn),
        new StartLaw.Gaussian(new double[1], new double[][] {{1}}));
  }

  static Stream<Scheme> noisy() {
    return Scheme.all().stream().filter(s -> !s.isForOde());
  }

  static Stream<Scheme> all() {
    return Scheme.all().stream();
  }

  private static double noiseScale(Sampler sampler, double from, double to) {
    double variance =
        (from - to)
            / 6
            * (sampler.sigmaSquared(from)
                + 4 * sampler.sigmaSquared(0.5 * (from + to))
                + sampler.sigmaSquared(to));
    return Math.sqrt(variance);
  }

  /** Ends after equal steps, with noise summed up from increments on a finer grid. */
  private static double[] run(
      Scheme scheme, Sampler sampler, double[] start, int steps, double[][] increments) {
    int n = start.length;
    double[] y = start.clone();
    ReverseDrift drift = new ReverseDrift(sampler, KERNELS);
    Scheme.Work work = new Scheme.Work(1, n);
    int per = increments.length / steps;
    for (int j = 0; j < steps; j++) {
      double[] noise = new double[n];
      for (int k = j * per; k < (j + 1) * per; k++) {
        for (int i = 0; i < n; i++) {
          noise[i] += increments[k][i];
        }
      }
      double from = 1 - (double) j / steps;
      double to = 1 - (j + 1.0) / steps;
      boolean ode = sampler.family().isOde();
      scheme.step(drift, from, to, y, n, ode ? null : noise, work);
    }
    return y;
  }

  private static double slope(double[] h, double[] error) {
    int n = h.length;
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    for (int i = 0; i < n; i++) {
      double x = Math.log(h[i]);
      double y = Math.log(error[i]);
      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
    }
    return (n * sxy - sx * sy) / (n * sxx - sx * sx);
  }

  @ParameterizedTest
  @MethodSource("noisy")
  void strongOrderOnTheSameBrownianPaths(Scheme scheme) {
    int n = 200;
    int finest = 1024;
    Sampler sampler = clusters(1);
    RandomStream random = RandomStream.root(21);
    double[] start = new double[n];
    random.fillGaussian(start, 0, n);
    double[][] increments = new double[finest][n];
    for (int j = 0; j < finest; j++) {
      random.fillGaussian(increments[j], 0, n);
      double s = noiseScale(sampler, 1 - (double) j / finest, 1 - (j + 1.0) / finest);
      KERNELS.scal(n, s, increments[j], 0);
    }
    double[] reference = run(new StochasticHeun(), sampler, start, finest, increments);
    int[] steps = {16, 32, 64, 128};
    double[] h = new double[steps.length];
    double[] error = new double[steps.length];
    for (int l = 0; l < steps.length; l++) {
      double[] y = run(scheme, sampler, start, steps[l], increments);
      h[l] = 1.0 / steps[l];
      for (int i = 0; i < n; i++) {
        error[l] += (y[i] - reference[i]) * (y[i] - reference[i]) / n;
      }
      error[l] = Math.sqrt(error[l]);
    }
    assertThat(slope(h, error)).isCloseTo(scheme.strongOrder(), within(SLOPE));
    // The limit: positions are of order 1.
    assertThat(error[steps.length - 1]).isLessThan(0.03);
  }

  /** Mean and variance of the scheme at t = 0, exactly: its steps are affine maps. */
  private static double[] moments(Scheme scheme, Sampler sampler, int steps) {
    StartLaw.Gaussian law = (StartLaw.Gaussian) sampler.start();
    double mean = law.mean()[0];
    double variance = law.cov()[0][0];
    ReverseDrift drift = new ReverseDrift(sampler, KERNELS);
    Scheme.Work work = new Scheme.Work(1, 3);
    for (int j = 0; j < steps; j++) {
      double from = 1 - (double) j / steps;
      double to = 1 - (j + 1.0) / steps;
      double[] y = {0, 1, 0};
      double[] noise = {0, 0, noiseScale(sampler, from, to)};
      boolean ode = sampler.family().isOde();
      scheme.step(drift, from, to, y, 3, ode ? null : noise, work);
      double factor = y[1] - y[0];
      mean = factor * mean + y[0];
      variance = factor * factor * variance + (y[2] - y[0]) * (y[2] - y[0]);
    }
    return new double[] {mean, variance};
  }

  @ParameterizedTest
  @MethodSource("all")
  void weakOrderAgainstTheMomentEquations(Scheme scheme) {
    for (double churn : scheme.isForOde() ? new double[] {0} : new double[] {0, 1}) {
      Sampler sampler = line(churn);
      MomentFlow exact = new MomentFlow(sampler);
      double mean = sampler.score().process().mean(0)[0] + exact.at(0).meanDifference()[0];
      double variance = exact.covariance(0)[0][0];
      int[] steps = {16, 32, 64, 128};
      double[] h = new double[steps.length];
      double[] first = new double[steps.length];
      double[] second = new double[steps.length];
      for (int l = 0; l < steps.length; l++) {
        double[] m = moments(scheme, sampler, steps[l]);
        h[l] = 1.0 / steps[l];
        first[l] = Math.abs(m[0] - mean);
        second[l] = Math.abs(m[1] - variance);
      }
      int order =
          sampler.family().isOde() && scheme instanceof StochasticHeun ? 2 : scheme.weakOrder();
      assertThat(slope(h, first)).as("mean, churn %s", churn).isCloseTo(order, within(SLOPE));
      assertThat(slope(h, second)).as("variance, churn %s", churn).isCloseTo(order, within(SLOPE));
      assertThat(second[steps.length - 1]).isLessThan(order >= 2 ? 1e-3 : 3e-2);
    }
  }

  /** A rotation, and no score: the exponential scheme is exact in one step. */
  @Test
  void linearPartIsExactForTheExponentialScheme() {
    Diffusion rotation = new OrnsteinUhlenbeck(new double[][] {{-0.5, 2}, {-2, -0.5}}, 1, 1);
    ForwardProcess process = gauss(rotation, new double[2], new double[][] {{1, 0}, {0, 1}});
    ScoreModel none = new LinearErrorScore(process, 0, 0, new double[2], TimeProfile.one());
    Sampler sampler = new Sampler(none, new ReverseFamily(0), new StartLaw.Marginal());
    double[] y = {1, 0.5};
    new ExponentialEuler()
        .step(new ReverseDrift(sampler, KERNELS), 1, 0, y, 1, null, new Scheme.Work(2, 1));
    // exp(0.5 I - 2 J), J the quarter turn (0 1; -1 0).
    double grow = Math.exp(0.5);
    double c = Math.cos(2);
    double s = Math.sin(2);
    assertThat(y[0]).isCloseTo(grow * (c - 0.5 * s), within(1e-14));
    assertThat(y[1]).isCloseTo(grow * (s + 0.5 * c), within(1e-14));
  }

  @Test
  void rungeKuttaTakesNoNoise() {
    Sampler sampler = line(1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new RungeKutta4()
                    .step(
                        new ReverseDrift(sampler, KERNELS),
                        1,
                        0.9,
                        new double[1],
                        1,
                        new double[1],
                        new Scheme.Work(1, 1)))
        .withMessageContaining("noise must be null");
  }

  /** The fused step is Euler–Maruyama with the noise of the same stream, on every back end. */
  @ParameterizedTest
  @EnumSource
  void fusedStepIsEulerMaruyama(BackEnd backEnd) {
    assumeTrue(backEnd.isAvailable());
    Kernels kernels = Kernels.of(backEnd);
    for (int d : new int[] {1, 2, 3}) {
      double[][] cov = new double[d][d];
      double[] mean = new double[d];
      double[] offset = new double[d];
      for (int i = 0; i < d; i++) {
        cov[i][i] = 0.5 + i;
        mean[i] = i - 0.4;
        offset[i] = 0.1;
        if (i > 0) {
          cov[i][i - 1] = 0.2;
          cov[i - 1][i] = 0.2;
        }
      }
      ForwardProcess process = gauss(vp(), mean, cov);
      Sampler sampler =
          new Sampler(
              new LinearErrorScore(process, 0.9, 0, offset, TimeProfile.one()),
              new ReverseFamily(1),
              new StartLaw.Marginal());
      for (int n : new int[] {0, 1, 5, 1100}) {
        double[] start = new double[d * n];
        RandomStream.root(3).fillGaussian(start, 0, start.length);
        double[] noise = new double[d * n];
        RandomStream.root(4).fillGaussian(noise, 0, noise.length);
        KERNELS.scal(noise.length, Math.sqrt(0.01 * sampler.sigmaSquared(0.5)), noise, 0);
        double[] want = start.clone();
        new EulerMaruyama()
            .step(
                new ReverseDrift(sampler, KERNELS),
                0.5,
                0.49,
                want,
                n,
                noise,
                new Scheme.Work(d, n));
        double[] got = start.clone();
        new LinearStep(sampler, 0.5, 0.49, kernels).apply(got, n, RandomStream.root(4));
        for (int i = 0; i < got.length; i++) {
          // A dozen roundings of numbers below 10.
          assertThat(got[i]).isCloseTo(want[i], within(120 * 0x1p-53));
        }
      }
    }
  }

  @Test
  void fusedStepRejectsOtherScores() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinearStep(clusters(1), 0.5, 0.4, KERNELS))
        .withMessageContaining("affine at t = 0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinearStep(line(1), 0.4, 0.5, KERNELS))
        .withMessageContaining("0.4 and 0.5");
  }
}
