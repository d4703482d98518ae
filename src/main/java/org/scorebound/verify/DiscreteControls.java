package org.scorebound.verify;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;
import org.scorebound.score.AffineScore;
import org.scorebound.sde.DiscreteTheorem;
import org.scorebound.sde.DiscreteTheorem.Amplification;
import org.scorebound.sde.DiscreteTheorem.Amplifications;
import org.scorebound.sde.DiscreteTheorem.Noise;

/**
 * Wrong forms of the discrete theorem, on steps so long that the lower end of the spectrum is the
 * one that amplifies: {@code p_0 = N(0, diag(1, .05))}, exact score, q_T moved along both axes.
 */
final class DiscreteControls {

  /** Relative excess; the rounding bound of the check itself is some 1e-14. */
  private static final double TOLERANCE = 1e-12;

  private static final int PAIRS = 32;
  private static final int STEPS = 6;

  private DiscreteControls() {}

  static List<Control> all() {
    Map<String, Object> document =
        Families.doc(
            "name",
            "long steps, N(0, diag(1, .05))",
            "data",
            Families.doc(
                "type",
                "gaussian",
                "mean",
                new double[] {0, 0},
                "cov",
                new double[][] {{1, 0}, {0, 0.05}}),
            "diffusion",
            Families.doc(
                "type",
                "vp",
                "schedule",
                Families.doc("type", "constant", "beta", 2.0),
                "horizon",
                1.0),
            "sampler",
            Families.doc("churn", 2.0),
            "score",
            Families.doc("type", "exact"),
            "start",
            Families.doc("type", "translated", "by", new double[] {0.1, 0.2}));
    Configuration c = Families.read(document);
    Amplifications right = new StepAmplification(c.score(), c.family());
    return List.of(
        control(
            "discrete theorem: upper end of the spectrum alone",
            c,
            right,
            true,
            (t, h) -> upperEnd(c, t, h),
            Noise.SHARED),
        control("discrete theorem: noise of its own", c, right, true, right, Noise.OWN),
        control(
            "discrete theorem: nothing swapped",
            c,
            right,
            false,
            (t, h) -> right.at(t, h),
            Noise.SHARED));
  }

  private static Control control(
      String name,
      Configuration c,
      Amplifications right,
      boolean mustBeCaught,
      Amplifications wrong,
      Noise noise) {
    return new Control(
        name,
        "largest RMS_j over its bound, minus 1",
        c.name(),
        TOLERANCE,
        mustBeCaught,
        () -> relative(c, right, Noise.SHARED),
        () -> relative(c, wrong, noise));
  }

  private static double relative(Configuration c, Amplifications gains, Noise noise) {
    double[] times = new double[STEPS + 1];
    for (int j = 0; j <= STEPS; j++) {
      times[j] = c.sampler().horizon() * (STEPS - j) / STEPS;
    }
    return new DiscreteTheorem(c.sampler(), Kernels.of(BackEnd.VECTOR), gains)
        .check(PAIRS, RandomStream.root(13), times, times, noise)
        .relative();
  }

  /** {@code |1 + h(k lambda_max - a)|}: as if only L_s counted. */
  private static Amplification upperEnd(Configuration c, double t, double h) {
    var diffusion = c.score().process().diffusion();
    AffineScore affine = Objects.requireNonNull(AffineScore.of(c.score(), t));
    double k = c.family().k(diffusion.gSquared(t));
    double top = Matrices.largestEigenvalue(affine.slope());
    double a = diffusion.drift(t, c.dimension())[0][0];
    return new Amplification(
        Math.abs(1 + h * (k * top - a)), Matrices.spectralNorm(affine.slope()));
  }
}
