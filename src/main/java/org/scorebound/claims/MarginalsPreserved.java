package org.scorebound.claims;

import org.scorebound.claims.Finding.Relation;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.LinearSchedule;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.distribution.MixtureEvaluator;

/**
 * Row 4: every member of the reverse family has the marginals {@code p_t}.
 *
 * <p>In one dimension by the Fokker–Planck equation of the reverse process, {@code d/dt log p = -A
 * - A x s + (k - sigma^2/2)(h + s^2)} with {@code s = (log p)'}, {@code h = (log p)''}, against
 * differences in time of the closed form of p; for Gaussian data by the moments' own equations.
 */
record MarginalsPreserved() implements Claim {

  private static final double[] CHURNS = {0, 0.5, 1, 1.5};
  private static final int TIMES = 17;
  private static final int PLACES = 41;

  /**
   * Five-point differences at {@link #STEP}: {@code h^4 |fifth derivative|/30}, below 1e5 here, and
   * rounding 1e-15/h of logarithms below 30.
   */
  private static final double DIFFERENCE = 1e-8;

  private static final double STEP = 2e-4;

  /** Runge–Kutta of order 4 in steps of 1/2000 at rates below 40. */
  private static final double MOMENTS = 1e-8;

  private static final int STEPS = 2000;

  @Override
  public int row() {
    return 4;
  }

  @Override
  public String name() {
    return "marginals-preserved";
  }

  @Override
  public String statement() {
    return "dx = (f - k grad log p_t) dt + sigma dw with k = (g^2 + sigma^2)/2, run from p_T"
        + " backwards, has the marginals p_t for every sigma >= 0";
  }

  @Override
  public String source() {
    return "article, eqs. (2) and (24); slides, 'Background: diffusion models'";
  }

  @Override
  public Wording wording() {
    return Wording.RIGHT;
  }

  @Override
  public String onTheSource() {
    return "nothing to add";
  }

  private static VariancePreserving diffusion() {
    return new VariancePreserving(new LinearSchedule(0.1, 6, 1), 1);
  }

  private static ForwardProcess mixture() {
    return new ForwardProcess(
        GaussianMixture.of(
            new double[] {0.3, 0.7},
            new double[][] {{-1}, {0.8}},
            new double[][][] {{{0.09}}, {{0.25}}}),
        diffusion());
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    var evidence = new Examination.Builder();
    for (double churn : CHURNS) {
      ReverseFamily family = new ReverseFamily(churn);
      evidence.finding(
          "largest |d/dt log p - Fokker-Planck| over "
              + TIMES * PLACES
              + " points, mixture in 1-D, churn "
              + churn,
          residual(family::k, family::sigmaSquared),
          "differences in time of the closed form",
          Relation.EQUAL,
          0,
          "the reverse equation's right-hand side",
          DIFFERENCE);
      evidence.finding(
          "variance at t = 0 from that at T, N(.3, .2), churn " + churn,
          moments(family::k, family::sigmaSquared)[1],
          "Runge-Kutta on the sampler's variance",
          Relation.EQUAL,
          0.2,
          "variance of the data",
          MOMENTS);
      evidence.finding(
          "mean at t = 0 from that at T, churn " + churn,
          moments(family::k, family::sigmaSquared)[0],
          "Runge-Kutta on the sampler's mean",
          Relation.EQUAL,
          0.3,
          "mean of the data",
          MOMENTS);
    }
    return evidence
        .control(
            "drift of the SDE with sigma = 0",
            "Fokker-Planck residual",
            "mixture in 1-D",
            DIFFERENCE,
            () -> residual(g2 -> 0.5 * g2, g2 -> 0),
            () -> residual(g2 -> g2, g2 -> 0))
        .control(
            "drift of the ODE with sigma = g",
            "|variance at 0 - that of the data|",
            "N(.3, .2)",
            MOMENTS,
            () -> Math.abs(moments(g2 -> g2, g2 -> g2)[1] - 0.2),
            () -> Math.abs(moments(g2 -> 0.5 * g2, g2 -> g2)[1] - 0.2))
        .build();
  }

  /** A coefficient of the sampler as a function of {@code g^2}. */
  private interface Coefficient {
    double of(double gSquared);
  }

  private static double residual(Coefficient k, Coefficient sigmaSquared) {
    ForwardProcess process = mixture();
    double worst = 0;
    double[] x = new double[1];
    double[] s = new double[1];
    for (int i = 0; i < TIMES; i++) {
      double t = 0.1 + 0.8 * i / (TIMES - 1);
      double g2 = process.diffusion().gSquared(t);
      double a = process.diffusion().drift(t, 1)[0][0];
      double diffusing = k.of(g2) - 0.5 * sigmaSquared.of(g2);
      MixtureEvaluator law = process.marginal(t).evaluator();
      MixtureEvaluator[] around = new MixtureEvaluator[4];
      for (int j = 0; j < 4; j++) {
        around[j] = process.marginal(t + STEP * (j < 2 ? j - 2 : j - 1)).evaluator();
      }
      for (int j = 0; j < PLACES; j++) {
        x[0] = -3 + 6.0 * j / (PLACES - 1);
        law.score(x, 0, s, 0);
        double h = law.hessian(x)[0][0];
        double rate =
            (around[0].logDensity(x)
                    - 8 * around[1].logDensity(x)
                    + 8 * around[2].logDensity(x)
                    - around[3].logDensity(x))
                / (12 * STEP);
        double right = -a - a * x[0] * s[0] + diffusing * (h + s[0] * s[0]);
        worst = Math.max(worst, Math.abs(rate - right));
      }
    }
    return worst;
  }

  /** Mean and variance at t = 0, run from those of p_T. */
  private static double[] moments(Coefficient k, Coefficient sigmaSquared) {
    ForwardProcess process =
        new ForwardProcess(
            GaussianMixture.gaussian(new double[] {0.3}, new double[][] {{0.2}}), diffusion());
    double horizon = 1;
    double[] y = {process.mean(horizon)[0], process.covariance(horizon)[0][0]};
    double h = horizon / STEPS;
    for (int i = 0; i < STEPS; i++) {
      double t = horizon - i * h;
      double[] k1 = rate(process, t, y, k, sigmaSquared);
      double[] k2 = rate(process, t - 0.5 * h, moved(y, 0.5 * h, k1), k, sigmaSquared);
      double[] k3 = rate(process, t - 0.5 * h, moved(y, 0.5 * h, k2), k, sigmaSquared);
      double[] k4 = rate(process, Math.max(0, t - h), moved(y, h, k3), k, sigmaSquared);
      for (int j = 0; j < 2; j++) {
        y[j] += h / 6 * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]);
      }
    }
    return y;
  }

  private static double[] moved(double[] y, double h, double[] rate) {
    return new double[] {y[0] + h * rate[0], y[1] + h * rate[1]};
  }

  private static double[] rate(
      ForwardProcess process, double t, double[] y, Coefficient k, Coefficient sigmaSquared) {
    double g2 = process.diffusion().gSquared(t);
    double a = process.diffusion().drift(t, 1)[0][0];
    double slope = -1 / process.covariance(t)[0][0];
    return new double[] {
      k.of(g2) * slope * (y[0] - process.mean(t)[0]) - a * y[0],
      2 * (k.of(g2) * slope - a) * y[1] + sigmaSquared.of(g2)
    };
  }
}
