package org.scorebound.claims;

import java.util.function.IntFunction;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.distribution.MixtureEvaluator;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.sde.Quantiles;
import org.scorebound.transport.MixtureQuantile;

/**
 * Row 9: {@code E[(x - y).(grad log p(x) - grad log q(y))] >= 0} under the optimal coupling (the
 * entropy is convex along displacements: McCann 1997, doi:10.1006/aima.1997.1634), not under
 * others.
 *
 * <p>By parts, with the optimal map T and its Jacobian {@code T'}, the value is {@code E tr(T' +
 * T'^-1) - 2d}, which is never negative. Under the independent coupling it is {@code -2d}.
 */
record SignLemma() implements Claim {

  private static final int PAIRS = 20;
  private static final int PANELS = 400;

  /** Closed forms of 3 x 3 matrices with condition numbers up to 1e4. */
  private static final double ROUNDING = 1e-9;

  /** Smooth maps on 400 panels: 1e-13 of terms up to 10, and the quantiles' own 1e-13. */
  private static final double QUADRATURE = 1e-10;

  @Override
  public int row() {
    return 9;
  }

  @Override
  public String name() {
    return "sign-lemma";
  }

  @Override
  public String statement() {
    return "E[(x - y).(grad log p(x) - grad log q(y))] >= 0 under the optimal coupling of p and q;"
        + " false under others";
  }

  @Override
  public String source() {
    return "article, last section: 'counterexamples show that in general it does not hold', and the"
        + " paper's lemma under the optimal coupling";
  }

  @Override
  public Wording wording() {
    return Wording.RIGHT;
  }

  @Override
  public String onTheSource() {
    return "it holds under the optimal coupling, and fails under the coupling"
        + " of the article (row 10) and under the independent one";
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    var evidence = new Examination.Builder();
    pairs(
        evidence,
        i -> line(inquiry.stream(this).child("line").child(i)),
        "mixtures in 1-D",
        "quadrature under the quantile coupling",
        "E(T' + 1/T') - 2",
        "densities along the map",
        QUADRATURE);
    pairs(
        evidence,
        i -> gaussian(inquiry.stream(this).child("gaussian").child(i)),
        "Gaussians in 3-D",
        "cross-covariance of the optimal coupling",
        "tr(A + A^-1) - 2d",
        "eigenvalues of the optimal map",
        ROUNDING);
    double independent = independent(inquiry.stream(this).child("line").child(0));
    evidence.finding(
        "value under the independent coupling, mixtures in 1-D",
        independent,
        "product of quadratures",
        Relation.EQUAL,
        -2,
        "-2d",
        QUADRATURE);
    return evidence
        .control(
            "independent for optimal coupling",
            "minus the value",
            "the first pair of mixtures",
            QUADRATURE,
            () -> -line(inquiry.stream(this).child("line").child(0))[0],
            () -> -independent)
        .build();
  }

  /**
   * Pairs of laws under the optimal coupling: the value is not negative, and is what the map says.
   *
   * @param both the value for a pair, and the same by the map
   */
  private static void pairs(
      Examination.Builder evidence,
      IntFunction<double[]> both,
      String laws,
      String how,
      String formula,
      String byMap,
      double tolerance) {
    double smallest = Double.POSITIVE_INFINITY;
    double worst = 0;
    for (int i = 0; i < PAIRS; i++) {
      double[] pair = both.apply(i);
      smallest = Math.min(smallest, pair[0]);
      worst = Math.max(worst, Math.abs(pair[0] - pair[1]) / (1 + Math.abs(pair[1])));
    }
    evidence.finding(
        "smallest value over " + PAIRS + " pairs of " + laws,
        smallest,
        how,
        Relation.AT_LEAST,
        0,
        "displacement convexity",
        tolerance);
    evidence.finding(
        "largest relative difference to " + formula + " over the same",
        worst,
        how,
        Relation.EQUAL,
        0,
        byMap,
        tolerance);
  }

  private static GaussianMixture mixture(RandomStream random) {
    double w = random.nextDouble(0.3, 0.7);
    return GaussianMixture.of(
        new double[] {w, 1 - w},
        new double[][] {{random.nextDouble(-1, 0)}, {random.nextDouble(0, 1)}},
        new double[][][] {{{random.nextDouble(0.1, 0.5)}}, {{random.nextDouble(0.1, 0.5)}}});
  }

  /** The value, and the same by the map's derivative {@code T' = p(x)/q(T x)}. */
  private static double[] line(RandomStream random) {
    GaussianMixture p = mixture(random);
    GaussianMixture q = mixture(random);
    MixtureQuantile tp = Quantiles.of(p);
    MixtureQuantile tq = Quantiles.of(q);
    MixtureEvaluator ep = p.evaluator();
    MixtureEvaluator eq = q.evaluator();
    double[] x = new double[1];
    double[] s = new double[1];
    double[] r = new double[1];
    Estimate value =
        LineIntegral.normal(
            z -> {
              x[0] = tp.at(z);
              double gap = x[0];
              ep.score(x, 0, s, 0);
              x[0] = tq.at(z);
              gap -= x[0];
              eq.score(x, 0, r, 0);
              return gap * (s[0] - r[0]);
            },
            PANELS);
    Estimate byMap =
        LineIntegral.normal(
            z -> {
              x[0] = tp.at(z);
              double log = ep.logDensity(x);
              x[0] = tq.at(z);
              double slope = Math.exp(log - eq.logDensity(x));
              return slope + 1 / slope - 2;
            },
            PANELS);
    return new double[] {value.value(), byMap.value()};
  }

  /** {@code E(x - y)(s_p(x) - s_q(y))} for independent x, y, from six one-dimensional means. */
  private static double independent(RandomStream random) {
    GaussianMixture p = mixture(random);
    GaussianMixture q = mixture(random);
    double[] a = means(p);
    double[] b = means(q);
    return a[0] - a[1] * b[2] - b[1] * a[2] + b[0];
  }

  /** {@code E x s(x)}, {@code E x} and {@code E s(x)}. */
  private static double[] means(GaussianMixture law) {
    MixtureQuantile map = Quantiles.of(law);
    MixtureEvaluator evaluator = law.evaluator();
    double[] x = new double[1];
    double[] s = new double[1];
    double[] means = new double[3];
    for (int which = 0; which < 3; which++) {
      int w = which;
      means[which] =
          LineIntegral.normal(
                  z -> {
                    x[0] = map.at(z);
                    evaluator.score(x, 0, s, 0);
                    return w == 0 ? x[0] * s[0] : w == 1 ? x[0] : s[0];
                  },
                  PANELS)
              .value();
    }
    return means;
  }

  /** {@code tr(V^-1 C) + tr(W^-1 C^T) - 2d} with {@code C = V A}, and by the eigenvalues of A. */
  private static double[] gaussian(RandomStream random) {
    double[][] v = covariance(random);
    double[][] w = covariance(random);
    double[][] root = new SymmetricEigen(v).sqrt();
    double[][] inner = new SymmetricEigen(Matrices.congruence(root, w)).sqrt();
    double[][] map = Matrices.congruence(Matrices.inverseSpd(root), inner);
    double[][] cross = Matrices.multiply(v, map);
    int d = v.length;
    double value =
        Matrices.frobenius(Matrices.inverseSpd(v), cross)
            + Matrices.frobenius(Matrices.inverseSpd(w), cross)
            - 2 * d;
    double byEigenvalues = 0;
    for (double l : new SymmetricEigen(map).values()) {
      byEigenvalues += l + 1 / l - 2;
    }
    return new double[] {value, byEigenvalues};
  }

  private static double[][] covariance(RandomStream random) {
    double[][] a = new double[3][3];
    for (double[] row : a) {
      random.fillGaussian(row, 0, 3);
    }
    return Matrices.addScaled(
        Matrices.symmetricPart(Matrices.multiplyTransposed(a, a)), 0.1, Matrices.identity(3));
  }
}
