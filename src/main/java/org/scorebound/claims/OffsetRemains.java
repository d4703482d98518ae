package org.scorebound.claims;

import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.result.Estimate;
import org.scorebound.score.ScoreError;
import org.scorebound.sde.MomentFlow;
import org.scorebound.verify.Configuration;

/**
 * Row 13: with the exact score and {@code q_T = N(0, I)} the loss is 0, yet {@code W2(p_0,q_0) =
 * exp(-(1 + churn^2) B/2) |m|} for data {@code N(m, I)}: the theorem's offset, with equality.
 */
record OffsetRemains() implements Claim {

  /** Both sides to 1e-12 of their size. */
  private static final double RELATIVE = 1e-9;

  private static final double[] MEAN = {1, -0.5};

  @Override
  public int row() {
    return 13;
  }

  @Override
  public String name() {
    return "offset-remains";
  }

  @Override
  public String statement() {
    return "loss to 0 does not bring W2 to 0: the offset I(T) W2(p_T, q_T) remains";
  }

  @Override
  public String source() {
    return "slides, 'Discussion', first bullet; article, below eq. (1)";
  }

  @Override
  public Wording wording() {
    return Wording.RIGHT;
  }

  @Override
  public String onTheSource() {
    return "the slides are right; the article's 'in practice q_T = p_T, so W2(p_T, q_T) = 0' is not:"
        + " p_T is the noised data law, N(0, I) only in the limit";
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    var evidence = new Examination.Builder();
    double size = Math.sqrt(MEAN[0] * MEAN[0] + MEAN[1] * MEAN[1]);
    double b = 0.5 * (0.1 + 6);
    for (double churn : new double[] {0, 0.5, 1, 1.5}) {
      Configuration c = configuration(churn);
      double closed = Math.exp(-0.5 * (1 + churn * churn) * b) * size;
      evidence.finding(
          "loss m(t), t = .5, churn " + churn,
          ScoreError.secondMoment(c.score(), 0.5),
          "the exact score's error",
          Relation.EQUAL,
          Estimate.exact(0, 0),
          "none",
          0);
      evidence.finding(
          "W2(p_0, q_0), churn " + churn,
          w2(c),
          "moment equations",
          Relation.EQUAL,
          closed,
          "exp(-(1 + churn^2) B/2) |m|",
          RELATIVE * closed);
      evidence.finding(
          "the bound, all of it offset, churn " + churn,
          bound(c, TheoremFormula.theorem()),
          "the theorem",
          Relation.EQUAL,
          closed,
          "equality",
          RELATIVE * closed);
    }
    return evidence
        .control(
            "loss 0 gives W2 0: the offset dropped",
            "W2 - bound",
            "N(m, I), churn 1",
            RELATIVE,
            () -> w2(configuration(1)) - bound(configuration(1), TheoremFormula.theorem()),
            () ->
                w2(configuration(1))
                    - bound(configuration(1), TheoremFormula.theorem().withStartFactor(0)))
        .build();
  }

  private static double w2(Configuration c) {
    return new MomentFlow(c.sampler()).distance(0).value();
  }

  private static double bound(Configuration c, TheoremFormula formula) {
    double start = c.start().distance(c.score().process().marginal(1)).value();
    return Math.exp(
        formula
            .evaluate(new ModelProfile(c.score(), c.family()).at(ModelProfile.End.VALUE), start)
            .logBound());
  }

  private static Configuration configuration(double churn) {
    return Documents.configuration(
        "exact score from N(0, I)",
        Documents.gaussian(MEAN, new double[][] {{1, 0}, {0, 1}}),
        Documents.linear("vp", 0.1, 6),
        churn,
        Documents.exact(),
        Documents.standardNormal());
  }
}
