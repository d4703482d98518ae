package org.scorebound.claims;

import org.scorebound.claims.Finding.Relation;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.linalg.Matrices;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.verify.Configuration;
import org.scorebound.verify.Evaluation;
import org.scorebound.verify.Verdict;

/**
 * Row 12: laws whose score is not one-sided Lipschitz.
 *
 * <p>{@code p ~ exp(-sqrt|x|)}: {@code (log p)'' = |x|^{-3/2}/4}. Half {@code N(0, diag(2,1))},
 * half {@code N(0, diag(1,2))}, after VP with beta = 1 for t = 1, at (a, a): both components weigh
 * the same, and with {@code c = 1 + e^-1}, {@code lambda_max = a^2 (1 - 1/c)^2/2 - (1 + 1/c)/2}.
 */
record UnboundedCurvature() implements Claim {

  /** Relative, for the Hessian's sums of terms of size a^2. */
  private static final double ROUNDING = 1e-10;

  @Override
  public int row() {
    return 12;
  }

  @Override
  public String name() {
    return "unbounded-curvature";
  }

  @Override
  public String statement() {
    return "a score need not be one-sided Lipschitz: exp(-sqrt|x|) at 0, and mixtures with different"
        + " covariances in two or more dimensions far out, at every t; with one covariance, or in"
        + " 1-D, it is";
  }

  @Override
  public String source() {
    return "article, last paragraph before the summary";
  }

  @Override
  public Wording wording() {
    return Wording.RIGHT;
  }

  @Override
  public String onTheSource() {
    return "'it is easy to give such distributions'; it gives none, and finite Gaussian"
        + " mixtures are among them";
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    var evidence = new Examination.Builder();
    for (double h : new double[] {1e-2, 1e-4, 1e-6}) {
      evidence.finding(
          "h^1.5 times the one-sided quotient of (log p)' on [h, 2h], p = exp(-sqrt|x|), h = " + h,
          Math.pow(h, 1.5) * rootQuotient(h),
          "pair quotient",
          Relation.EQUAL,
          0.5 * (1 - Math.sqrt(0.5)),
          "(1 - 2^-1/2)/2, so it grows like h^-1.5",
          1e-9);
    }
    double[] quoted = {2.75, 361, 36_164};
    double[] half = {5e-3, 0.5, 0.5};
    double[] places = {10, 100, 1000};
    Configuration c = crossed(false);
    for (int i = 0; i < places.length; i++) {
      double a = places[i];
      double found = largest(c, a);
      evidence.finding(
          "lambda_max of the Hessian of log p_1 at (" + a + ", " + a + ")",
          found,
          "Hessian of the mixture, Jacobi eigenvalues",
          Relation.EQUAL,
          closed(a),
          "a^2 (1 - 1/c)^2/2 - (1 + 1/c)/2, c = 1 + 1/e",
          ROUNDING * a * a);
      evidence.finding(
          "the same, against the number quoted",
          found,
          "Hessian",
          Relation.EQUAL,
          quoted[i],
          "quoted",
          half[i]);
    }
    Evaluation evaluation = new Evaluation(c, 200, inquiry.stream(this));
    evidence.finding(
        "1 if the theorem's verdict on it is NOT_APPLICABLE",
        evaluation.run().theorem().verdict() == Verdict.NOT_APPLICABLE ? 1 : 0,
        "verify",
        Relation.EQUAL,
        1,
        "L_s is infinite",
        0);
    Configuration common = crossed(true);
    ScoreLipschitz lipschitz = new ScoreLipschitz(common.score());
    double certified = lipschitz.at(1).certified();
    for (double a : places) {
      evidence.finding(
          "lambda_max at (" + a + ", " + a + ") with one covariance",
          largest(common, a),
          "Hessian of the mixture",
          Relation.AT_MOST,
          certified,
          "certified L_s",
          ROUNDING * Math.max(1, Math.abs(certified)));
    }
    return evidence
        .control(
            "the largest value in a box for the supremum",
            "lambda_max at (1000, 1000) minus L_s",
            "one covariance; crossed covariances, box [-10, 10]^2",
            1e-6,
            () -> largest(common, 1000) - certified,
            () -> largest(c, 1000) - boxed(c))
        .build();
  }

  /** {@code ((log p)'(2h) - (log p)'(h))/h} for {@code (log p)' = -1/(2 sqrt x)}. */
  private static double rootQuotient(double h) {
    return (-0.5 / Math.sqrt(2 * h) + 0.5 / Math.sqrt(h)) / h;
  }

  private static double closed(double a) {
    double c = 1 + Math.exp(-1);
    return 0.5 * a * a * (1 - 1 / c) * (1 - 1 / c) - 0.5 * (1 + 1 / c);
  }

  private static double largest(Configuration c, double a) {
    ForwardProcess process = c.score().process();
    return Matrices.largestEigenvalue(process.marginal(1).evaluator().hessian(new double[] {a, a}));
  }

  private static double boxed(Configuration c) {
    double best = Double.NEGATIVE_INFINITY;
    var law = c.score().process().marginal(1).evaluator();
    for (int i = -20; i <= 20; i++) {
      for (int j = -20; j <= 20; j++) {
        double[][] h = law.hessian(new double[] {0.5 * i, 0.5 * j});
        best = Math.max(best, Matrices.largestEigenvalue(h));
      }
    }
    return best;
  }

  private static Configuration crossed(boolean common) {
    double[][] one = {{2, 0}, {0, 1}};
    double[][] other = common ? one : new double[][] {{1, 0}, {0, 2}};
    return Documents.configuration(
        common ? "one covariance" : "crossed covariances",
        Documents.of(
            "type",
            "mixture",
            "weights",
            new double[] {0.5, 0.5},
            "means",
            common ? new double[][] {{-1, 0}, {1, 0}} : new double[][] {{0, 0}, {0, 0}},
            "covs",
            new Object[] {one, other}),
        Documents.constant(1, 1),
        1,
        Documents.exactPlus(0.1, 0),
        Documents.marginal());
  }
}
