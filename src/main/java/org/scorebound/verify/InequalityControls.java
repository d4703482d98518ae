package org.scorebound.verify;

import java.util.Map;
import org.scorebound.bound.KlFormula;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.ModelProfile.End;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.distribution.MixtureEvaluator;
import org.scorebound.sde.QuantileFlow;
import org.scorebound.transport.GaussianW2;

/**
 * Wrong constants in an inequality that has room with the right ones: seen where they turn it
 * around.
 */
final class InequalityControls {

  private InequalityControls() {}

  /**
   * Two far clusters and a drift from one to the other: a box around one of them sees no danger.
   */
  static Control boxConstant() {
    Map<String, Object> document =
        Families.doc(
            "name",
            "two clusters, drift between them",
            "data",
            Families.doc(
                "type",
                "mixture",
                "weights",
                new double[] {0.5, 0.5},
                "means",
                new double[][] {{-1}, {1}},
                "cov",
                new double[][] {{0.04}}),
            "diffusion",
            Families.doc(
                "type",
                "vp",
                "schedule",
                Families.doc("type", "constant", "beta", 3.0),
                "horizon",
                1.0),
            "sampler",
            Families.doc("churn", 0.0),
            "score",
            Families.doc(
                "type",
                "exact-plus",
                "perturbation",
                Families.doc("type", "constant", "vector", new double[] {0.3})),
            "start",
            Families.doc("type", "marginal"));
    Configuration c = Families.read(document);
    ModelProfile profile = new ModelProfile(c.score(), c.family());
    TheoremFormula right = TheoremFormula.theorem();
    double lower = new QuantileFlow(c.sampler()).distance(0).lower();
    return new Control(
        "L_s of a box for the global one",
        "W2/bound - 1, an inequality",
        c.name(),
        Control.EXCESS,
        true,
        () -> lower / Math.exp(right.evaluate(profile.at(End.VALUE), 0).logBound()) - 1,
        () ->
            lower
                    / Math.exp(
                        right
                            .evaluate(
                                profile.at(End.VALUE).swapped(p -> p.withLs(boxed(c, p.t()))), 0)
                            .logBound())
                - 1);
  }

  /**
   * The largest second derivative of log p_t within two standard deviations of the right cluster.
   */
  private static double boxed(Configuration c, double t) {
    GaussianMixture law = c.score().process().marginal(t);
    MixtureEvaluator evaluator = law.evaluator();
    double centre = law.componentMean(1)[0];
    double radius = 2 * Math.sqrt(law.componentCovariance(1)[0][0]);
    double best = Double.NEGATIVE_INFINITY;
    int points = 41;
    for (int i = 0; i < points; i++) {
      double x = Math.max(0.8 * centre, centre + radius * (2.0 * i / (points - 1) - 1));
      best = Math.max(best, evaluator.hessian(new double[] {x})[0][0]);
    }
    return best;
  }

  /** {@code p0 = N(0,.1)}, {@code q0 = N(0,1)}: {@code .684 <= 1.18}, but not {@code <= .374}. */
  static Control logSobolev() {
    double[][] v0 = {{0.1}};
    double[][] v1 = {{1}};
    double kl = KlFormula.gaussian(new double[1], v0, v1);
    double w2 = GaussianW2.between(new double[1], v0, new double[1], v1).value();
    return new Control(
        "log-Sobolev constant of p0 for that of q0",
        "W2/bound - 1, an inequality",
        "N(0,.1) and N(0,1)",
        Control.EXCESS,
        true,
        () -> w2 / KlFormula.talagrand(1, kl) - 1,
        () -> w2 / KlFormula.talagrand(0.1, kl) - 1);
  }
}
