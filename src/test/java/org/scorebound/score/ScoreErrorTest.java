package org.scorebound.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.LinearSchedule;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.distribution.MixtureEvaluator;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/** m(t) against the mean over samples of p_t; the Fisher information against quadrature. */
class ScoreErrorTest {

  private static final VariancePreserving VP =
      new VariancePreserving(new LinearSchedule(0.1, 8, 1), 1);

  private static ForwardProcess process(GaussianMixture data) {
    return new ForwardProcess(data, VP);
  }

  private static GaussianMixture planeMixture() {
    return GaussianMixture.of(
        new double[] {0.4, 0.6},
        new double[][] {{-1, 0.3}, {0.8, -0.2}},
        new double[][][] {{{0.3, 0.1}, {0.1, 0.2}}, {{0.1, 0}, {0, 0.4}}});
  }

  private static GaussianMixture lineMixture() {
    return GaussianMixture.of(
        new double[] {0.3, 0.7},
        new double[][] {{-1}, {0.8}},
        new double[][][] {{{0.04}}, {{0.09}}});
  }

  static Stream<ScoreModel> models() {
    GaussianMixture gauss =
        GaussianMixture.gaussian(new double[] {1, -0.5}, new double[][] {{0.5, 0.2}, {0.2, 0.3}});
    double[] offset = {0.2, 0.1};
    TimeProfile profile = new TimeProfile.Power(2, -1.5);
    Perturbation sine =
        new Perturbation.Sine(
            new double[] {0.4, -0.3}, new double[][] {{1, 0.5}, {-0.4, 2}}, new double[] {0.1, 2});
    return Stream.of(
        new LinearErrorScore(process(gauss), 0.7, 0.1, offset, profile),
        new LinearErrorScore(process(planeMixture()), 0.9, 0.05, offset, profile),
        new LinearErrorScore(process(lineMixture()), 1.1, -0.05, new double[] {0.3}, profile),
        new PerturbedScore(process(gauss), sine, profile),
        new PerturbedScore(process(planeMixture()), sine, profile),
        new PerturbedScore(
            process(planeMixture()), new Perturbation.Constant(offset), TimeProfile.one()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void isTheMeanOverSamples(ScoreModel model) {
    int n = 40_000;
    int d = model.dimension();
    for (double t : new double[] {0.05, 0.6}) {
      GaussianMixture law = model.process().marginal(t);
      double[] x = law.sample(n, RandomStream.root(9));
      double[] s = new double[d * n];
      double[] g = new double[d * n];
      model.at(t, Kernels.of(BackEnd.VECTOR)).scores(x, n, s);
      law.evaluator().scores(x, n, g);
      double sum = 0;
      double squares = 0;
      for (int j = 0; j < n; j++) {
        double e = 0;
        for (int i = j * d; i < (j + 1) * d; i++) {
          e += (s[i] - g[i]) * (s[i] - g[i]);
        }
        sum += e / n;
        squares += e * e / n;
      }
      double sixErrors = 6 * Math.sqrt(Math.max(0, squares - sum * sum) / n) + 1e-12 * sum;
      Estimate m = ScoreError.secondMoment(model, t);
      assertThat(sum).as("t = %s", t).isBetween(m.lower() - sixErrors, m.upper() + sixErrors);
      if (m.kind() == Evidence.EXACT) {
        assertThat(m.value()).isCloseTo(sum, within(sixErrors));
      }
    }
  }

  /** The Jacobian of every model against differences of its value. */
  @ParameterizedTest
  @MethodSource("models")
  void jacobianIsTheDerivative(ScoreModel model) {
    int d = model.dimension();
    ScoreField field = model.at(0.3, Kernels.of(BackEnd.SCALAR));
    double h = 1e-4;
    double[] x = d == 1 ? new double[] {0.3} : new double[] {0.3, -0.2};
    double[][] jacobian = field.jacobian(x);
    for (int j = 0; j < d; j++) {
      double[] up = x.clone();
      double[] down = x.clone();
      up[j] += h;
      down[j] -= h;
      double[] above = new double[d];
      double[] below = new double[d];
      field.scores(up, 1, above);
      field.scores(down, 1, below);
      for (int i = 0; i < d; i++) {
        // h^2 times a third derivative.
        assertThat(jacobian[i][j]).isCloseTo((above[i] - below[i]) / (2 * h), within(1e-5));
      }
    }
  }

  @Test
  void fisherInformationByMidpoints() {
    for (double t : new double[] {0.0, 0.1, 0.8}) {
      GaussianMixture law = process(lineMixture()).marginal(t);
      MixtureEvaluator e = law.evaluator();
      double sum = 0;
      int n = 40_000;
      double[] s = new double[1];
      for (int i = 0; i < n; i++) {
        double[] x = {-12 + 24 * (i + 0.5) / n};
        e.score(x, 0, s, 0);
        sum += Math.exp(e.logDensity(x)) * s[0] * s[0] * 24 / n;
      }
      Estimate j = FisherInformation.of(law);
      // The midpoint rule converges geometrically for a smooth function that decays.
      assertThat(j.value()).isCloseTo(sum, within(1e-11 * sum));
      assertThat(j.upper() - j.lower()).isLessThan(1e-9 * sum);
    }
  }

  @Test
  void fisherInformationIsBracketedInThePlane() {
    GaussianMixture law = planeMixture();
    int n = 100_000;
    double[] x = law.sample(n, RandomStream.root(1));
    double[] s = new double[2 * n];
    law.evaluator().scores(x, n, s);
    double sum = 0;
    for (double v : s) {
      sum += v * v / n;
    }
    Estimate j = FisherInformation.of(law);
    assertThat(j.lower()).isLessThan(sum);
    assertThat(j.upper()).isGreaterThan(sum);
    assertThat(j.kind()).isEqualTo(Evidence.CERTIFIED);
  }

  @Test
  void profilesChangeSignWhereTheySay() {
    TimeProfile flip = new TimeProfile.Linear(-1, 3, 2);
    assertThat(flip.signChanges()).containsExactly(0.5);
    assertThat(flip.at(0.5)).isZero();
    assertThat(new TimeProfile.Linear(1, 3, 2).signChanges()).isEmpty();
  }
}
