package org.scorebound.claims;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.sde.MomentFlow;
import org.scorebound.verify.BoundCheck;
import org.scorebound.verify.Campaign;
import org.scorebound.verify.Configuration;
import org.scorebound.verify.EqualityCases;
import org.scorebound.verify.Verdict;

/** Row 8: the theorem and its corollaries, for the whole reverse family and different starts. */
record BoundsHold() implements Claim {

  private static final int PATHS = 400;

  @Override
  public int row() {
    return 8;
  }

  @Override
  public String name() {
    return "bounds-hold";
  }

  @Override
  public String statement() {
    return "W2(p_0,q_0) <= int k I sqrt(m) dt + I(T) W2(p_T,q_T) for every sigma, any q_T, with"
        + " k = (g^2 + sigma^2)/2; and both corollaries";
  }

  @Override
  public String source() {
    return "paper, Theorem 1 and its corollaries; article, eq. (1); slides, 'Main theorem'";
  }

  @Override
  public Wording wording() {
    return Wording.WRONG;
  }

  @Override
  public String onTheSource() {
    return "the theorem is right; the article says that sigma = 0 'gives' eq. (1) with g^2: it gives"
        + " k = g^2/2, for the ODE sampler's own q_0, which the g^2 formula does not bound; the slides' denoising bound drops the time"
        + " integral and the weight";
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    var evidence = new Examination.Builder();
    double equal = 0;
    double slack = Double.NEGATIVE_INFINITY;
    List<EqualityCases.Case> cases = EqualityCases.all();
    for (EqualityCases.Case c : cases) {
      EqualityCases.Result result = EqualityCases.check(c);
      if (c.equal()) {
        equal = Math.max(equal, Math.abs(result.deviation()));
      } else {
        slack = Math.max(slack, result.deviation());
      }
    }
    long equalities = cases.stream().filter(EqualityCases.Case::equal).count();
    evidence.finding(
        "largest |W2/bound - 1| over " + equalities + " configurations with equality",
        equal,
        "moment equations over quadrature",
        Relation.EQUAL,
        0,
        "THEORY.md section 3",
        EqualityCases.TOLERANCE);
    evidence.finding(
        "largest W2/bound - 1 over " + (cases.size() - equalities) + " neighbours without",
        slack,
        "moment equations over quadrature",
        Relation.AT_MOST,
        -EqualityCases.SLACK,
        "the inequality is strict",
        0);
    Map<String, int[]> tally = new TreeMap<>();
    for (Campaign.Entry e :
        Campaign.sampled(
            inquiry.seed(),
            inquiry.configurations(),
            PATHS,
            inquiry.threads(),
            inquiry.kernels(),
            inquiry.progress())) {
      for (BoundCheck check : e.outcome().checks()) {
        int[] counts = tally.computeIfAbsent(check.name(), x -> new int[2]);
        counts[0] += check.verdict() == Verdict.VIOLATED ? 1 : 0;
        counts[1] += check.verdict() == Verdict.NOT_APPLICABLE ? 0 : 1;
      }
    }
    tally.forEach(
        (bound, counts) ->
            evidence.finding(
                "violations of bound '" + bound + "' on " + counts[1] + " sampled configurations",
                counts[0],
                "verify",
                Relation.EQUAL,
                0,
                "none",
                0));
    Configuration ode = ode();
    evidence.finding(
        "W2 of the ODE sampler, equality case",
        w2(ode),
        "moment equations",
        Relation.EQUAL,
        bound(ode, 1),
        "the theorem with k = g^2/2",
        EqualityCases.TOLERANCE * w2(ode));
    evidence.finding(
        "the formula with k = g^2 on the same: no bound of the ODE's W2",
        bound(ode, 2),
        "quadrature",
        Relation.AT_MOST,
        0.9 * w2(ode),
        "nine tenths of W2",
        0);
    return evidence
        .control(
            "k = g^2 for the ODE",
            "W2/bound - 1",
            "N(m, .5 I), constant error, ODE",
            EqualityCases.TOLERANCE,
            () -> w2(ode) / bound(ode, 1) - 1,
            () -> w2(ode) / bound(ode, 2) - 1)
        .control(
            "half of the integrand",
            "W2/bound - 1",
            "N(m, .5 I), constant error, ODE",
            EqualityCases.TOLERANCE,
            () -> w2(ode) / bound(ode, 1) - 1,
            () -> w2(ode) / (0.5 * bound(ode, 1)) - 1)
        .build();
  }

  private static double w2(Configuration c) {
    return new MomentFlow(c.sampler()).distance(0).value();
  }

  /** The theorem with k times a factor; q_T = p_T. */
  private static double bound(Configuration c, double factor) {
    var profile = new ModelProfile(c.score(), c.family()).at(ModelProfile.End.VALUE);
    return Math.exp(
        TheoremFormula.theorem()
            .evaluate(profile.swapped(p -> p.withK(factor * p.k())), 0)
            .logBound());
  }

  private static Configuration ode() {
    return Documents.configuration(
        "constant error, ODE",
        Documents.gaussian(new double[] {1, -0.5}, new double[][] {{0.5, 0}, {0, 0.5}}),
        Documents.linear("vp", 0.1, 6),
        0,
        Documents.exactPlus(0.2, -0.1),
        Documents.marginal());
  }
}
