package org.scorebound.verify;

import java.util.List;
import java.util.Locale;
import org.scorebound.diffusion.SubVariancePreserving;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.result.Labelled;
import org.scorebound.score.AffineScore;
import org.scorebound.score.NetworkScore;
import org.scorebound.score.ScoreModel;

/**
 * One assumption of the theorem (Kwon, Fan, Lee 2022, section 3.1; THEORY.md row 18) on one
 * configuration.
 *
 * @param name the assumption
 * @param status whether it is proved here
 * @param needed whether the inequality fails without it; the lower bound on g is used by the
 *     published proof but not by the synchronous coupling
 * @param why the argument
 */
public record Assumption(String name, Status status, boolean needed, String why) {

  /** How an assumption stands. */
  public enum Status implements Labelled {
    /** It follows from the configuration's form. */
    PROVED,
    /** It is taken for granted. */
    ASSUMED,
    /** It does not hold, or its failure cannot be excluded. */
    FAILS;

    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The assumptions of one configuration. */
  static List<Assumption> of(Configuration configuration) {
    ScoreModel score = configuration.score();
    boolean affine = AffineScore.of(score, score.process().diffusion().horizon()) != null;
    boolean network = score instanceof NetworkScore;
    boolean finite = new ScoreLipschitz(score).isFinite();
    boolean vanishing =
        score.process().diffusion() instanceof SubVariancePreserving
            || score.process().diffusion().gSquared(0) == 0;
    return List.of(
        new Assumption("f Lipschitz in x", Status.PROVED, true, "the drift is linear"),
        new Assumption(
            "s one-sided Lipschitz in x",
            finite ? Status.PROVED : Status.FAILS,
            true,
            network
                ? "Lipschitz, proved by the product of the layers' spectral norms"
                : finite
                    ? "see the constant's method"
                    : "mixture with different covariances in dimension "
                        + score.dimension()
                        + ": lambda_max of the Hessian grows without bound in general"),
        new Assumption(
            "g bounded above and below",
            vanishing ? Status.FAILS : Status.PROVED,
            false,
            vanishing ? "g vanishes at t = 0" : "continuous and positive on [0, T]"),
        new Assumption(
            "finite second moments", Status.PROVED, true, "mixtures of Gaussians at both ends"),
        new Assumption(
            "linear growth of the drift",
            Status.PROVED,
            true,
            network
                ? "the drift is linear; the network is Lipschitz in x, with finitely many steps"
                : "the drift is linear; the score is affine, or a mixture's plus a bounded field"),
        new Assumption(
            "square-integrable score error",
            Status.PROVED,
            true,
            network
                ? "a mixture's score and a Lipschitz network both grow linearly at most"
                : "the error is affine or bounded, or a mixture's score minus an affine map"),
        new Assumption(
            "smooth, fast-decaying densities",
            affine ? Status.PROVED : Status.ASSUMED,
            false,
            affine
                ? "both laws are Gaussian at all times"
                : "p_t is a Gaussian mixture; of q_t it is assumed, and not used by the synchronous"
                    + " coupling"));
  }
}
