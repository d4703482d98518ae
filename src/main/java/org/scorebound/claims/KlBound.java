package org.scorebound.claims;

import org.scorebound.bound.KlFormula;
import org.scorebound.bound.ModelProfile;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.result.Estimate;
import org.scorebound.sde.MomentFlow;
import org.scorebound.transport.GaussianW2;
import org.scorebound.verify.Configuration;

/** Row 14: Girsanov's bound on KL, and from KL to W2 with the log-Sobolev constant of q_0. */
record KlBound() implements Claim {

  private static final double ROUNDING = 1e-9;

  @Override
  public int row() {
    return 14;
  }

  @Override
  public String name() {
    return "kl-bound";
  }

  @Override
  public String statement() {
    return "for sigma > 0, KL(p_0||q_0) <= 1/2 int (k^2/sigma^2) m dt + KL(p_T||q_T); and W2(p_0,q_0)"
        + " <= sqrt(2 C KL(p_0||q_0)) with the log-Sobolev constant C of q_0";
  }

  @Override
  public String source() {
    return "slides, 'the loss minimises an upper bound of KL'; Song et al. 2021, arXiv 2101.09258";
  }

  @Override
  public Wording wording() {
    return Wording.IMPRECISE;
  }

  @Override
  public String onTheSource() {
    return "true for the SDE (sigma > 0) with the weight g^2 and the term at T; there is no such"
        + " bound for the ODE";
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    var evidence = new Examination.Builder();
    for (double churn : new double[] {0.3, 1, 1.5}) {
      Configuration c = configuration(churn);
      double kl = kl(c, 0);
      evidence.finding(
          "KL(p_0||q_0), churn " + churn,
          kl,
          "moment equations and the Gaussian formula",
          Relation.AT_MOST,
          path(c, 1),
          "1/2 int (k^2/sigma^2) m dt + KL(p_T||q_T)",
          ROUNDING * kl);
      evidence.finding(
          "W2(p_0, q_0), churn " + churn,
          new MomentFlow(c.sampler()).distance(0).value(),
          "moment equations",
          Relation.AT_MOST,
          KlFormula.talagrand(q0Variance(c), kl),
          "sqrt(2 C KL) with C of q_0",
          ROUNDING);
      evidence.finding(
          "KL(p_0||q_0) once more, churn " + churn,
          kl,
          "Gaussian formula",
          Relation.EQUAL,
          klByQuadrature(c).value(),
          "quadrature of the log ratio",
          1e-8);
    }
    evidence.finding(
        "W2 squared of N(0,.1) and N(0,1)",
        square(narrow()),
        "Bures' formula",
        Relation.EQUAL,
        0.468,
        "the number quoted",
        5e-4);
    evidence.finding(
        "2 C KL with C = .1 of the first law",
        square(KlFormula.talagrand(0.1, narrowKl())),
        "Gaussian formula",
        Relation.EQUAL,
        0.140,
        "the number quoted",
        5e-4);
    Configuration drift = configuration(1);
    return evidence
        .control(
            "log-Sobolev constant of p_0 for that of q_0",
            "W2/bound - 1",
            "N(0,.1) and N(0,1)",
            ROUNDING,
            () -> narrow() / KlFormula.talagrand(1, narrowKl()) - 1,
            () -> narrow() / KlFormula.talagrand(0.1, narrowKl()) - 1)
        .control(
            "the path integral without the term at T",
            "KL/bound - 1",
            "exact score, N(.6,.5) from N(0,1)",
            ROUNDING,
            () -> kl(started(), 0) / path(started(), 1) - 1,
            () -> kl(started(), 0) / Math.max(1e-300, path(started(), 0)) - 1)
        .control(
            "a tenth of the path integral",
            "KL/bound - 1",
            "constant error, churn 1",
            ROUNDING,
            () -> kl(drift, 0) / path(drift, 1) - 1,
            () -> kl(drift, 0) / (0.1 * path(drift, 1)) - 1)
        .build();
  }

  private static double square(double x) {
    return x * x;
  }

  private static double narrow() {
    return GaussianW2.between(
            new double[1], new double[][] {{0.1}}, new double[1], new double[][] {{1}})
        .value();
  }

  private static double narrowKl() {
    return KlFormula.gaussian(new double[1], new double[][] {{0.1}}, new double[][] {{1}});
  }

  private static double q0Variance(Configuration c) {
    return new MomentFlow(c.sampler()).covariance(0)[0][0];
  }

  /** KL between the exact and the model's law at time t, both Gaussian. */
  private static double kl(Configuration c, double t) {
    MomentFlow flow = new MomentFlow(c.sampler());
    return KlFormula.gaussian(
        flow.at(t).meanDifference(), c.score().process().covariance(t), flow.covariance(t));
  }

  private static double path(Configuration c, double startShare) {
    double start = kl(c, c.sampler().horizon());
    return Math.exp(
        KlFormula.pathBound(
                new ModelProfile(c.score(), c.family()).at(ModelProfile.End.VALUE),
                startShare * start)
            .logValue());
  }

  private static Estimate klByQuadrature(Configuration c) {
    MomentFlow flow = new MomentFlow(c.sampler());
    double v = c.score().process().covariance(0)[0][0];
    double w = flow.covariance(0)[0][0];
    double shift = flow.at(0).meanDifference()[0];
    return LineIntegral.normal(
        z -> {
          double x = Math.sqrt(v) * z;
          double y = x - shift;
          return 0.5 * (Math.log(w / v) - z * z + y * y / w);
        },
        24);
  }

  private static Configuration configuration(double churn) {
    return Documents.configuration(
        "Gaussian, constant error",
        Documents.gaussian(new double[] {0.6}, new double[][] {{0.5}}),
        Documents.linear("vp", 0.1, 6),
        churn,
        Documents.exactPlus(0.3),
        Documents.standardNormal());
  }

  private static Configuration started() {
    return Documents.configuration(
        "Gaussian, exact score",
        Documents.gaussian(new double[] {0.6}, new double[][] {{0.5}}),
        Documents.linear("vp", 0.1, 2),
        1,
        Documents.exact(),
        Documents.standardNormal());
  }
}
