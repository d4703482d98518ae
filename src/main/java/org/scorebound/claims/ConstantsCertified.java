package org.scorebound.claims;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.Profile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.bound.TimePoint;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.linalg.Matrices;
import org.scorebound.lipschitz.OneSidedConstant;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.lipschitz.ScoreSpectrum;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.score.AffineScore;
import org.scorebound.sde.MomentFlow;
import org.scorebound.verify.Configuration;

/**
 * Row 15: exact constants are hard, certified upper bounds are not; the two-sided one is looser.
 */
record ConstantsCertified() implements Claim {

  private static final double ROUNDING = 1e-9;
  private static final int DIRECTIONS = 8;

  @Override
  public int row() {
    return 15;
  }

  @Override
  public String name() {
    return "constants-certified";
  }

  @Override
  public String statement() {
    return "exact Lipschitz constants of networks are NP-hard, one-sided and two-sided; certified"
        + " upper bounds are cheap and can be tight in low dimension; the two-sided constant gives"
        + " a valid, looser bound";
  }

  @Override
  public String source() {
    return "slides, 'Discussion', second bullet";
  }

  @Override
  public Wording wording() {
    return Wording.WRONG;
  }

  @Override
  public String onTheSource() {
    return "that one-sided constants are NP-hard in general is right, and cited here, not measured;"
        + " 'the two-sided constant can be found' is not: it is NP-hard too (Virmaux and Scaman 2018,"
        + " arXiv 1805.10965). Upper bounds of either can be had, which is all the theorem needs";
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    var evidence = new Examination.Builder();
    Configuration line = line();
    OneSidedConstant searched = new ScoreLipschitz(line.score()).at(0.3);
    evidence.finding(
        "certified minus sampled L_s(.3), four-component mixture in 1-D",
        searched.certified() - searched.sampled(),
        "branch and bound over the whole line",
        Relation.AT_MOST,
        1e-10,
        "tight",
        0);
    evidence.finding(
        "certified L_s(.3) of the same",
        searched.certified(),
        "branch and bound over the whole line",
        Relation.AT_LEAST,
        grid(line),
        "largest second derivative on a grid of 40,001 points",
        ROUNDING);
    Configuration network = network();
    for (double t : new double[] {0.1, 0.6}) {
      OneSidedConstant bracket = new ScoreLipschitz(network.score()).at(t);
      evidence.finding(
          "sampled L_s of a trained 2-16-16-2 network, t = " + t,
          Estimate.exact(bracket.sampled(), 0),
          "largest eigenvalue at samples and on rays to radius 10,000",
          Relation.AT_MOST,
          Estimate.of(
              bracket.certified(), bracket.certified(), bracket.certified(), Evidence.CERTIFIED),
          bracket.method(),
          0);
    }
    Configuration gauss = anisotropic();
    double w2 = w2(gauss);
    double one = bound(gauss, p -> p);
    double two = bound(gauss, p -> p.withLs(ScoreSpectrum.of(gauss.score(), p.t()).norm()));
    evidence.finding(
        "W2 on an equality case",
        w2,
        "moment equations",
        Relation.EQUAL,
        one,
        "the bound with the one-sided constant",
        ROUNDING * w2);
    evidence.finding(
        "the bound with the two-sided constant",
        two,
        "quadrature",
        Relation.AT_LEAST,
        2 * one,
        "twice that with the one-sided constant",
        0);
    RandomStream random = inquiry.stream(this);
    double[][] directions = new double[DIRECTIONS][2];
    for (double[] u : directions) {
      double angle = random.nextDouble(0, Math.PI);
      u[0] = Math.cos(angle);
      u[1] = Math.sin(angle);
    }
    return evidence
        .control(
            "largest of " + DIRECTIONS + " pair quotients for the constant",
            "W2/bound - 1",
            "equality case, error along the top eigenvector",
            ROUNDING,
            () -> w2 / one - 1,
            () -> w2 / bound(gauss, p -> p.withLs(quotient(gauss, p.t(), directions))) - 1)
        .build();
  }

  private static double bound(Configuration c, UnaryOperator<TimePoint> swap) {
    Profile profile = new ModelProfile(c.score(), c.family()).at(ModelProfile.End.VALUE);
    return Math.exp(TheoremFormula.theorem().evaluate(profile.swapped(swap), 0).logBound());
  }

  private static double quotient(Configuration c, double t, double[][] directions) {
    AffineScore affine = Objects.requireNonNull(AffineScore.of(c.score(), t));
    double best = Double.NEGATIVE_INFINITY;
    for (double[] u : directions) {
      best = Math.max(best, Matrices.dot(u, Matrices.multiply(affine.slope(), u)));
    }
    return best;
  }

  private static double w2(Configuration c) {
    return new MomentFlow(c.sampler()).distance(0).value();
  }

  private static double grid(Configuration c) {
    var law = c.score().process().marginal(0.3).evaluator();
    double best = Double.NEGATIVE_INFINITY;
    for (int i = -20_000; i <= 20_000; i++) {
      best = Math.max(best, law.hessian(new double[] {2e-3 * i})[0][0]);
    }
    return best;
  }

  private static Configuration line() {
    return Documents.configuration(
        "line",
        Documents.of(
            "type",
            "mixture",
            "weights",
            new double[] {0.2, 0.3, 0.4, 0.1},
            "means",
            new double[][] {{-1.2}, {-0.3}, {0.5}, {1.4}},
            "covs",
            new double[][][] {{{0.1}}, {{0.05}}, {{0.2}}, {{0.3}}}),
        Documents.linear("vp", 0.1, 6),
        1,
        Documents.exact(),
        Documents.marginal());
  }

  private static Configuration network() {
    return Documents.configuration(
        "network",
        Documents.of("type", "clusters", "dimension", 2, "count", 4, "variance", 0.05),
        Documents.linear("vp", 0.1, 8),
        1,
        Documents.of(
            "type", "network", "seed", 3, "hidden", new int[] {16, 16}, "steps", 4, "epochs", 20),
        Documents.marginal());
  }

  /** Eigenvalues 1.2 along (3, 4)/5 and .4 across; the error is along the first. */
  private static Configuration anisotropic() {
    double[][] cov = {{0.36 * 1.2 + 0.64 * 0.4, 0.48 * 0.8}, {0.48 * 0.8, 0.64 * 1.2 + 0.36 * 0.4}};
    return Documents.configuration(
        "anisotropic",
        Documents.gaussian(new double[] {0.4, 0.1}, cov),
        Documents.linear("vp", 0.1, 6),
        1,
        Documents.exactPlus(0.3, 0.4),
        Documents.marginal());
  }
}
