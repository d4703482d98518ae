package org.scorebound.claims;

import java.util.List;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.sde.MomentFlow;
import org.scorebound.verify.Assumption;
import org.scorebound.verify.Configuration;
import org.scorebound.verify.Evaluation;
import org.scorebound.verify.Outcome;
import org.scorebound.verify.Verdict;

/** Row 18: which of the theorem's assumptions each result rests on, and how each stands. */
record TheoremAssumptions() implements Claim {

  private static final double EQUALITY = 1e-9;
  private static final int PATHS = 200;

  @Override
  public int row() {
    return 18;
  }

  @Override
  public String name() {
    return "theorem-assumptions";
  }

  @Override
  public String statement() {
    return "the theorem needs f Lipschitz, s one-sided Lipschitz, finite moments, linear growth of the"
        + " drift and a square-integrable error; a lower bound on g is not needed";
  }

  @Override
  public String source() {
    return "paper, section 3.1; slides, 'Preparation' (two of the eight are shown)";
  }

  @Override
  public Wording wording() {
    return Wording.IMPRECISE;
  }

  @Override
  public String onTheSource() {
    return "sufficient; smooth, fast-decaying densities and g bounded below are used by the published"
        + " proof but not by the synchronous coupling: sub-VP has g(0) = 0 and equality";
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    var evidence = new Examination.Builder();
    Configuration subVp = gaussian("sub-vp");
    record Expected(Configuration configuration, int proved, int assumed, int fails) {}
    List<Expected> all =
        List.of(
            new Expected(gaussian("vp"), 7, 0, 0),
            new Expected(subVp, 6, 0, 1),
            new Expected(mixture(false), 6, 1, 0),
            new Expected(mixture(true), 5, 1, 1));
    for (Expected e : all) {
      Outcome outcome = new Evaluation(e.configuration(), PATHS, inquiry.stream(this)).run();
      count(evidence, outcome, Assumption.Status.PROVED, e.proved());
      count(evidence, outcome, Assumption.Status.ASSUMED, e.assumed());
      count(evidence, outcome, Assumption.Status.FAILS, e.fails());
      boolean needed =
          outcome.assumptions().stream()
              .anyMatch(a -> a.needed() && a.status() == Assumption.Status.FAILS);
      evidence.finding(
          "1 if the verdict is NOT_APPLICABLE, " + e.configuration().name(),
          outcome.theorem().verdict() == Verdict.NOT_APPLICABLE ? 1 : 0,
          "verify",
          Relation.EQUAL,
          needed ? 1 : 0,
          "1 if a needed assumption fails",
          0);
    }
    evidence.finding(
        "g(0)^2 of sub-VP",
        subVp.score().process().diffusion().gSquared(0),
        "closed form",
        Relation.EQUAL,
        0,
        "g is not bounded below",
        0);
    evidence.finding(
        "W2 under sub-VP, constant error",
        w2(subVp),
        "moment equations",
        Relation.EQUAL,
        bound(subVp, TheoremFormula.theorem()),
        "the bound, with equality",
        EQUALITY * w2(subVp));
    TheoremFormula without = TheoremFormula.theorem().withRate(p -> p.k() * p.ls());
    return evidence
        .control(
            "f taken as Lipschitz with constant 0",
            "W2/bound - 1",
            subVp.name(),
            EQUALITY,
            () -> w2(subVp) / bound(subVp, TheoremFormula.theorem()) - 1,
            () -> w2(subVp) / bound(subVp, without) - 1)
        .build();
  }

  private static void count(
      Examination.Builder evidence, Outcome outcome, Assumption.Status status, int expected) {
    evidence.finding(
        "assumptions " + status.label() + ", " + outcome.configuration().name(),
        (double) outcome.assumptions().stream().filter(a -> a.status() == status).count(),
        "verify",
        Relation.EQUAL,
        expected,
        "by hand",
        0);
  }

  private static double w2(Configuration c) {
    return new MomentFlow(c.sampler()).distance(0).value();
  }

  private static double bound(Configuration c, TheoremFormula formula) {
    return Math.exp(
        formula
            .evaluate(new ModelProfile(c.score(), c.family()).at(ModelProfile.End.VALUE), 0)
            .logBound());
  }

  private static Configuration gaussian(String diffusion) {
    return Documents.configuration(
        "Gaussian data, " + diffusion,
        Documents.gaussian(new double[] {1, -0.5}, new double[][] {{0.5, 0}, {0, 0.5}}),
        Documents.linear(diffusion, 0.1, 6),
        1,
        Documents.exactPlus(0.2, -0.1),
        Documents.marginal());
  }

  private static Configuration mixture(boolean crossed) {
    double[][] one = {{0.5, 0}, {0, 0.2}};
    double[][] other = {{0.2, 0}, {0, 0.5}};
    return Documents.configuration(
        crossed ? "mixture of two covariances" : "mixture of one covariance",
        Documents.of(
            "type",
            "mixture",
            "weights",
            new double[] {0.5, 0.5},
            "means",
            new double[][] {{-0.5, 0}, {0.5, 0}},
            "covs",
            new Object[] {one, crossed ? other : one}),
        Documents.linear("vp", 0.1, 6),
        1,
        Documents.exactPlus(0.2, -0.1),
        Documents.marginal());
  }
}
