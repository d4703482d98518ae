package org.scorebound.claims;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.LinearSchedule;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.distribution.MixtureEvaluator;
import org.scorebound.result.Estimate;
import org.scorebound.score.FisherInformation;

/**
 * Row 5: {@code grad log p_t = E[grad log p_t(x_t|x_0) | x_t]}, so that {@code DSM = SM + C_t} with
 * {@code C_t = 1/sigma_t^2 - J(p_t) >= 0} (in one dimension; J the Fisher information), the same
 * for every s.
 */
record ConditionalScore() implements Claim {

  /** Quadratures of entire functions on [-12, 12] standard deviations in panels of 1.5. */
  private static final double QUADRATURE = 1e-10;

  private static final int PANELS = 16;

  @Override
  public int row() {
    return 5;
  }

  @Override
  public String name() {
    return "conditional-score";
  }

  @Override
  public String statement() {
    return "grad log p_t = E[grad log p_t(x_t|x_0) | x_t]; the denoising loss is the score-matching"
        + " loss plus C_t >= 0, which depends on t but not on s";
  }

  @Override
  public String source() {
    return "article, eq. (4); slides, 'Upper bound by another loss function'";
  }

  @Override
  public Wording wording() {
    return Wording.IMPRECISE;
  }

  @Override
  public String onTheSource() {
    return "the article is right; the slides write SM = DSM + Const.: the constant has a sign (it is"
        + " negative on that side) and depends on t, and their second bound drops the time integral"
        + " and the weight";
  }

  private static ForwardProcess process() {
    return new ForwardProcess(
        GaussianMixture.of(
            new double[] {0.4, 0.6},
            new double[][] {{-0.9}, {0.7}},
            new double[][][] {{{0.04}}, {{0.16}}}),
        new VariancePreserving(new LinearSchedule(0.1, 6, 1), 1));
  }

  private record Model(String name, DoubleUnaryOperator error) {}

  @Override
  public Examination examine(Inquiry inquiry) {
    var evidence = new Examination.Builder();
    // s = grad log p_t + error, or error alone where the name says so.
    List<Model> models =
        List.of(
            new Model("grad log p + sin(2x)/2", x -> 0.5 * Math.sin(2 * x)),
            new Model("grad log p + .3", x -> 0.3),
            new Model("grad log p - x/2", x -> -0.5 * x));
    for (double t : new double[] {0.3, 0.6}) {
      evidence.finding(
          "largest |E[grad log p_t(x|x_0)|x] - grad log p_t(x)|, t = " + t,
          identity(t),
          "quadrature over the posterior of x_0",
          Relation.EQUAL,
          0,
          "score of the mixture",
          QUADRATURE);
      double constant = constant(t).value();
      for (Model m : models) {
        evidence.finding(
            "DSM - SM, s = " + m.name() + ", t = " + t,
            denoising(t, m.error()).value() - matching(t, m.error()).value(),
            "two quadratures",
            Relation.EQUAL,
            constant,
            "1/sigma_t^2 - J(p_t)",
            QUADRATURE);
      }
      evidence.finding(
          "C_t, t = " + t,
          constant,
          "1/sigma_t^2 - J(p_t)",
          Relation.AT_LEAST,
          0,
          "Jensen's inequality",
          0);
    }
    DoubleUnaryOperator wave = models.getFirst().error();
    return evidence
        .control(
            "the constant on the other side",
            "|SM - (DSM - C)|",
            "t = .3",
            QUADRATURE,
            () -> gap(0.3, wave, -constant(0.3).value()),
            () -> gap(0.3, wave, constant(0.3).value()))
        .control(
            "one constant for all t",
            "|SM - (DSM - C)|",
            "t = .3 with C of t = .6",
            QUADRATURE,
            () -> gap(0.3, wave, -constant(0.3).value()),
            () -> gap(0.3, wave, -constant(0.6).value()))
        .build();
  }

  private static double gap(double t, DoubleUnaryOperator error, double constant) {
    return Math.abs(matching(t, error).value() - denoising(t, error).value() - constant);
  }

  private static double sigma(double t) {
    return Math.sqrt(process().diffusion().noiseCovariance(t, 1)[0][0]);
  }

  private static double alpha(double t) {
    return process().diffusion().propagator(t, 1)[0][0];
  }

  private static Estimate constant(double t) {
    double sigma = sigma(t);
    Estimate fisher = FisherInformation.of(process().marginal(t));
    return Estimate.exact(1 / (sigma * sigma) - fisher.value(), fisher.radius());
  }

  private static double identity(double t) {
    GaussianMixture data = process().data();
    MixtureEvaluator law = process().marginal(t).evaluator();
    double alpha = alpha(t);
    double sigma = sigma(t);
    double worst = 0;
    double[] s = new double[1];
    for (int i = 0; i <= 20; i++) {
      double x = -2 + 0.2 * i;
      DoubleUnaryOperator noise =
          x0 -> Math.exp(-0.5 * (x - alpha * x0) * (x - alpha * x0) / (sigma * sigma));
      double mass = 0;
      double moment = 0;
      for (int c = 0; c < data.size(); c++) {
        double m = data.componentMean(c)[0];
        double sd = Math.sqrt(data.componentCovariance(c)[0][0]);
        mass +=
            data.weight(c)
                * LineIntegral.normal(z -> noise.applyAsDouble(m + sd * z), 2 * PANELS).value();
        moment +=
            data.weight(c)
                * LineIntegral.normal(
                        z ->
                            noise.applyAsDouble(m + sd * z)
                                * -(x - alpha * (m + sd * z))
                                / (sigma * sigma),
                        2 * PANELS)
                    .value();
      }
      law.score(new double[] {x}, 0, s, 0);
      worst = Math.max(worst, Math.abs(moment / mass - s[0]));
    }
    return worst;
  }

  /** {@code E_{p_t} |error|^2}. */
  private static Estimate matching(double t, DoubleUnaryOperator error) {
    GaussianMixture law = process().marginal(t);
    Estimate sum = Estimate.exact(0, 0);
    for (int c = 0; c < law.size(); c++) {
      double m = law.componentMean(c)[0];
      double sd = Math.sqrt(law.componentCovariance(c)[0][0]);
      sum =
          sum.plus(
              LineIntegral.normal(
                      z -> {
                        double e = error.applyAsDouble(m + sd * z);
                        return e * e;
                      },
                      PANELS)
                  .times(law.weight(c)));
    }
    return sum;
  }

  /** {@code E |grad log p_t(x_t|x_0) - s(x_t)|^2} over x_0 and the noise. */
  private static Estimate denoising(double t, DoubleUnaryOperator error) {
    GaussianMixture data = process().data();
    MixtureEvaluator law = process().marginal(t).evaluator();
    double alpha = alpha(t);
    double sigma = sigma(t);
    double[] x = new double[1];
    double[] s = new double[1];
    Estimate sum = Estimate.exact(0, 0);
    for (int c = 0; c < data.size(); c++) {
      double m = data.componentMean(c)[0];
      double sd = Math.sqrt(data.componentCovariance(c)[0][0]);
      sum =
          sum.plus(
              LineIntegral.normal(
                      z ->
                          LineIntegral.normal(
                                  eps -> {
                                    x[0] = alpha * (m + sd * z) + sigma * eps;
                                    law.score(x, 0, s, 0);
                                    double e = -eps / sigma - s[0] - error.applyAsDouble(x[0]);
                                    return e * e;
                                  },
                                  PANELS)
                              .value(),
                      PANELS)
                  .times(data.weight(c)));
    }
    return sum;
  }
}
