package org.scorebound.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;

/** Density against the textbook formula, score and Hessian against its differences, samples. */
class GaussianMixtureTest {

  private static final double[][] COV = {{0.5, 0.2}, {0.2, 0.3}};

  static Stream<GaussianMixture> laws() {
    double[][] means = {{-1, 0.2}, {0.7, 0.5}, {0.1, -1}};
    double[] w = {0.2, 0.5, 0.3};
    return Stream.of(
        GaussianMixture.gaussian(new double[] {0.3, -2}, COV),
        GaussianMixture.withCommonCovariance(w, means, COV),
        GaussianMixture.withCommonCovariance(w, means, Matrices.scaledIdentity(2, 0.2)),
        GaussianMixture.of(
            w, means, new double[][][] {COV, {{0.1, 0}, {0, 0.1}}, {{1, -0.6}, {-0.6, 0.5}}}),
        GaussianMixture.of(
            new double[] {0.4, 0.6},
            new double[][] {{-1}, {0.5}},
            new double[][][] {{{0.3}}, {{2}}}));
  }

  /** Written out for d = 1 and 2, without logarithms. */
  private static double density(GaussianMixture law, double[] x) {
    double p = 0;
    for (int i = 0; i < law.size(); i++) {
      double[][] c = law.componentCovariance(i);
      double[] m = law.componentMean(i);
      if (x.length == 1) {
        double z = x[0] - m[0];
        p += law.weight(i) * Math.exp(-z * z / (2 * c[0][0])) / Math.sqrt(2 * Math.PI * c[0][0]);
      } else {
        double det = c[0][0] * c[1][1] - c[0][1] * c[1][0];
        double a = x[0] - m[0];
        double b = x[1] - m[1];
        double q = (c[1][1] * a * a - 2 * c[0][1] * a * b + c[0][0] * b * b) / det;
        p += law.weight(i) * Math.exp(-0.5 * q) / (2 * Math.PI * Math.sqrt(det));
      }
    }
    return p;
  }

  private static double[][] points(int d) {
    double[][] points = {{0, 0}, {0.4, -0.3}, {-1.2, 0.9}, {2, 1.5}};
    double[][] cut = new double[points.length][];
    for (int i = 0; i < points.length; i++) {
      cut[i] = java.util.Arrays.copyOf(points[i], d);
    }
    return cut;
  }

  /** Sixth-order central difference. */
  private static double difference(java.util.function.DoubleUnaryOperator f) {
    double h = 2e-3;
    return (45 * (f.applyAsDouble(h) - f.applyAsDouble(-h))
            - 9 * (f.applyAsDouble(2 * h) - f.applyAsDouble(-2 * h))
            + (f.applyAsDouble(3 * h) - f.applyAsDouble(-3 * h)))
        / (60 * h);
  }

  @ParameterizedTest
  @MethodSource("laws")
  void scoreAndHessianAreDerivativesOfTheDensity(GaussianMixture law) {
    int d = law.dimension();
    MixtureEvaluator e = law.evaluator();
    for (double[] x : points(d)) {
      assertThat(e.logDensity(x)).isCloseTo(Math.log(density(law, x)), within(1e-13));
      double[] score = new double[d];
      e.score(x, 0, score, 0);
      double[][] hessian = e.hessian(x);
      for (int i = 0; i < d; i++) {
        int axis = i;
        double slope =
            difference(
                h -> {
                  double[] y = x.clone();
                  y[axis] += h;
                  return Math.log(density(law, y));
                });
        // Rounding 1e-16 |log p|/h, and h^6 times the seventh derivative.
        assertThat(score[i]).isCloseTo(slope, within(1e-9));
        for (int j = 0; j < d; j++) {
          int row = j;
          double curve =
              difference(
                  h -> {
                    double[] y = x.clone();
                    y[axis] += h;
                    double[] s = new double[d];
                    e.score(y, 0, s, 0);
                    return s[row];
                  });
          assertThat(hessian[i][j]).isCloseTo(curve, within(1e-8));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void samplesHaveTheLawsMoments(GaussianMixture law) {
    int n = 200_000;
    int d = law.dimension();
    double[] x = law.sample(n, RandomStream.root(7));
    double[] mean = law.mean();
    double[][] cov = law.covariance();
    for (int i = 0; i < d; i++) {
      double m = 0;
      for (int s = 0; s < n; s++) {
        m += x[s * d + i] / n;
      }
      // Six standard errors.
      assertThat(m).isCloseTo(mean[i], within(6 * Math.sqrt(cov[i][i] / n)));
      for (int j = 0; j < d; j++) {
        double c = 0;
        for (int s = 0; s < n; s++) {
          c += (x[s * d + i] - mean[i]) * (x[s * d + j] - mean[j]) / n;
        }
        double scale = Math.sqrt(cov[i][i] * cov[j][j]);
        assertThat(c).isCloseTo(cov[i][j], within(6 * Math.sqrt(3.0 / n) * scale));
      }
    }
    double[] average = new double[d];
    double[] scores = new double[d * n];
    law.evaluator().scores(x, n, scores);
    for (int s = 0; s < n; s++) {
      for (int i = 0; i < d; i++) {
        average[i] += scores[s * d + i] / n;
      }
    }
    // E grad log p = 0; the score's variance is below 1/smallest variance.
    double sd = Math.sqrt(1 / law.smallestComponentVariance());
    assertThat(Matrices.norm(average)).isLessThan(8 * sd / Math.sqrt(n));
  }

  @ParameterizedTest
  @MethodSource("laws")
  void pushForwardMovesMomentsAndComponents(GaussianMixture law) {
    int d = law.dimension();
    double[][] map = d == 1 ? new double[][] {{-0.7}} : new double[][] {{0.3, -0.8}, {0.5, 0.1}};
    double[][] noise = d == 1 ? new double[][] {{0.2}} : new double[][] {{0.2, 0.05}, {0.05, 0.1}};
    for (double[][] q : new double[][][] {noise, Matrices.scaledIdentity(d, 0.3)}) {
      for (double[][] m : new double[][][] {map, Matrices.scaledIdentity(d, 0.6)}) {
        GaussianMixture moved = law.pushForward(m, q);
        assertThat(moved.mean()).containsExactly(Matrices.multiply(m, law.mean()), within(1e-15));
        double[][] expected = Matrices.addScaled(Matrices.congruence(m, law.covariance()), 1, q);
        for (int i = 0; i < d; i++) {
          assertThat(moved.covariance()[i]).containsExactly(expected[i], within(1e-14));
        }
        assertThat(moved.hasCommonCovariance()).isEqualTo(law.hasCommonCovariance());
      }
    }
  }

  /** Two narrow components far from the origin: responsibilities must not lose their digits. */
  @Test
  void farFromTheOrigin() {
    double far = 1000;
    double v = 1e-4;
    for (double[][] cov : new double[][][] {{{v, 0}, {0, v}}, {{v, 0.3 * v}, {0.3 * v, v}}}) {
      GaussianMixture near =
          GaussianMixture.withCommonCovariance(
              new double[] {0.3, 0.7}, new double[][] {{0, 0}, {0.03125, 0.015625}}, cov);
      GaussianMixture moved = near.translated(new double[] {far, -far});
      double[] x = {0.0078125, 0.015625};
      double[] y = {x[0] + far, x[1] - far};
      double[] a = new double[2];
      double[] b = new double[2];
      near.evaluator().score(x, 0, a, 0);
      moved.evaluator().score(y, 0, b, 0);
      double[] batch = new double[2];
      moved.evaluator().scores(y, 1, batch);
      assertThat(batch).containsExactly(a, within(1e-9 * Matrices.norm(a)));
      // Every coordinate above is a short binary fraction, so the translation is exact.
      assertThat(b).containsExactly(a, within(1e-9 * Matrices.norm(a)));
      assertThat(moved.evaluator().logDensity(y))
          .isCloseTo(near.evaluator().logDensity(x), within(1e-9));
      assertThat(moved.evaluator().hessian(y)[0])
          .containsExactly(near.evaluator().hessian(x)[0], within(1e-9 / v));
    }
    GaussianMixture single = GaussianMixture.gaussian(new double[] {far}, new double[][] {{v}});
    assertThat(single.evaluator().logDensity(new double[] {far}))
        .isCloseTo(-0.5 * Math.log(2 * Math.PI * v), within(1e-12));
  }

  @Test
  void namedLaws() {
    GaussianMixture moons = DataLaws.twoMoons(40, 0.1);
    assertThat(moons.size()).isEqualTo(40);
    assertThat(moons.mean()).containsExactly(new double[] {0.5, 0.25}, within(1e-14));
    GaussianMixture clusters = DataLaws.clusters(2, 4, 0.01);
    assertThat(clusters.covariance()[0]).containsExactly(new double[] {0.26, 0}, within(1e-15));
    assertThat(DataLaws.clusters(1, 2, 0.01).covariance()[0][0]).isCloseTo(0.26, within(1e-15));
    GaussianMixture points = DataLaws.smoothedPoints(new double[][] {{0}, {1}, {5}}, 0.5);
    assertThat(points.mean()[0]).isCloseTo(2, within(1e-15));
    assertThat(points.covariance()[0][0]).isCloseTo(14.0 / 3 + 0.25, within(1e-14));
  }
}
