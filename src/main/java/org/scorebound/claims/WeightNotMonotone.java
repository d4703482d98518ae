package org.scorebound.claims;

import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.diffusion.LinearSchedule;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.verify.Configuration;

/**
 * Row 11: the weight {@code g^2 I} of the loss. For VP with constant beta, Gaussian data of
 * variance V_t and the exact slope, {@code d/dt log(g^2 I) = beta (1/2 - 1/V_t)}: decreasing
 * wherever {@code V_t < 2}.
 */
record WeightNotMonotone() implements Claim {

  /** The quadrature's tolerance on log I. */
  private static final double QUADRATURE = 1e-8;

  private static final double BETA = 4;

  @Override
  public int row() {
    return 11;
  }

  @Override
  public String name() {
    return "weight-not-monotone";
  }

  @Override
  public String statement() {
    return "g(t)^2 I(t) need not increase with t: with constant beta and Gaussian data it decreases"
        + " wherever Var_t < 2; the noise variance beta-bar_t^2 does increase";
  }

  @Override
  public String source() {
    return "article, 'Conclusions', the remark on the factor in front of the norm";
  }

  @Override
  public Wording wording() {
    return Wording.WRONG;
  }

  @Override
  public String onTheSource() {
    return "'g_t^2 I_t is a monotonically increasing function of t' is false: for unit variance it"
        + " falls by exp(-B/2); it increases for data of variance above 2, or where beta grows fast"
        + " enough";
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    var evidence = new Examination.Builder();
    for (double v : new double[] {0.2, 1, 3}) {
      double measured = change(v);
      evidence.finding(
          "log g^2 I at T minus at 0, constant beta = 4, variance " + v,
          measured,
          "the bound's own I",
          Relation.EQUAL,
          closed(v),
          "B/2 - log(1 + (e^B - 1)/V_0)",
          QUADRATURE * Math.max(1, Math.abs(closed(v))));
    }
    evidence.finding(
        "largest rise of g^2 I between neighbouring times, variance 1",
        largestRise(1),
        "the bound's own I",
        Relation.AT_MOST,
        0,
        "Var_t < 2",
        QUADRATURE);
    evidence.finding(
        "largest fall of g^2 I between neighbouring times, variance 3",
        largestFall(3),
        "the bound's own I",
        Relation.AT_MOST,
        0,
        "Var_t > 2 while e^-B(t) > 1/2",
        QUADRATURE);
    evidence.finding(
        "largest fall of the noise variance, beta from .1 to 20",
        noiseFall(),
        "closed form",
        Relation.AT_MOST,
        0,
        "it increases",
        0);
    return evidence
        .control(
            "g^2 I increases",
            "largest fall of log g^2 I between neighbouring times",
            "constant beta: variance 3 on a short horizon, and 1",
            QUADRATURE,
            () -> largestFall(3),
            () -> largestFall(1))
        .build();
  }

  /** The horizon keeps a variance of 3 above 2: {@code 1 + 2 e^{-B} > 2} for {@code B < log 2}. */
  private static double horizon(double v) {
    return v > 2 ? 0.9 * Math.log(2) / BETA : 1;
  }

  private static TheoremFormula.Evaluated evaluated(double v) {
    Configuration c = configuration(v);
    return TheoremFormula.theorem()
        .evaluate(new ModelProfile(c.score(), c.family()).at(ModelProfile.End.VALUE), 1);
  }

  private static double change(double v) {
    return evaluated(v).logI();
  }

  /**
   * {@code int beta(1/2 - 1/V)}, {@code V = 1 + (V_0 - 1)e^-B}: {@code B/2 - log((e^B + V_0 -
   * 1)/V_0)}.
   */
  private static double closed(double v) {
    double b = BETA * horizon(v);
    return 0.5 * b - Math.log1p(Math.expm1(b) / v);
  }

  private static double largestRise(double v) {
    double[] logs = evaluated(v).logIs();
    double worst = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < logs.length; i++) {
      worst = Math.max(worst, logs[i] - logs[i - 1]);
    }
    return worst;
  }

  private static double largestFall(double v) {
    double[] logs = evaluated(v).logIs();
    double worst = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < logs.length; i++) {
      worst = Math.max(worst, logs[i - 1] - logs[i]);
    }
    return worst;
  }

  private static double noiseFall() {
    VariancePreserving vp = new VariancePreserving(new LinearSchedule(0.1, 20, 1), 1);
    double worst = Double.NEGATIVE_INFINITY;
    for (int i = 1; i <= 100; i++) {
      worst =
          Math.max(
              worst,
              vp.noiseCovariance(0.01 * (i - 1), 1)[0][0] - vp.noiseCovariance(0.01 * i, 1)[0][0]);
    }
    return worst;
  }

  private static Configuration configuration(double v) {
    return Documents.configuration(
        "variance " + v,
        Documents.gaussian(new double[] {0.3}, new double[][] {{v}}),
        Documents.constant(BETA, horizon(v)),
        1,
        Documents.exact(),
        Documents.standardNormal());
  }
}
