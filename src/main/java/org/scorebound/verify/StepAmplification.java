package org.scorebound.verify;

import org.scorebound.diffusion.Diffusion;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.lipschitz.ScoreSpectrum;
import org.scorebound.score.AffineScore;
import org.scorebound.score.ExactScore;
import org.scorebound.score.ScoreModel;
import org.scorebound.sde.DiscreteTheorem;

/**
 * {@code G >= sup_x |I + h(k J_s(x) - A)|_2}, certified, for a step of an Euler–Maruyama chain.
 *
 * <p>Affine scores: exact. Drift {@code a I} and a symmetric Jacobian with its spectrum in [lo,
 * hi]: {@code max |1 - h a + h k lambda|} over both ends. Otherwise with {@code B = I - h A}:
 * {@code |B|_2 + h k |J|_2}, and for a scalar {@code c = 1 - h a >= 0} also {@code sqrt(c^2 + 2 c h
 * k hi + (h k |J|)^2)}, from {@code |(c + h k J)v|^2}. Infinite where L_s is.
 */
final class StepAmplification implements DiscreteTheorem.Amplifications {

  /** Eigenvalues are exact to some ulps; suprema are certified before this. */
  private static final double ROUNDING = 1e-12;

  /** Searches on the line stop at this relative gap: the upper end is certified all the same. */
  private static final double GAP = 1e-4;

  private final ScoreModel model;
  private final ReverseFamily family;
  private final ScoreLipschitz lipschitz;

  StepAmplification(ScoreModel model, ReverseFamily family) {
    this.model = model;
    this.family = family;
    this.lipschitz = new ScoreLipschitz(model, GAP, Kernels.of(BackEnd.VECTOR));
  }

  @Override
  public DiscreteTheorem.Amplification at(double t, double h) {
    if (!lipschitz.isFinite()) {
      return new DiscreteTheorem.Amplification(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    Diffusion diffusion = model.process().diffusion();
    int d = model.dimension();
    double k = family.k(diffusion.gSquared(t));
    double[][] a = diffusion.drift(t, d);
    ScoreSpectrum spectrum = ScoreSpectrum.of(model, t, lipschitz);
    double gain = gain(t, h, k, a, spectrum);
    return new DiscreteTheorem.Amplification(gain * (1 + ROUNDING), spectrum.norm());
  }

  private double gain(double t, double h, double k, double[][] a, ScoreSpectrum spectrum) {
    double[][] free = Matrices.addScaled(Matrices.identity(a.length), -h, a);
    AffineScore affine = AffineScore.of(model, t);
    if (affine != null) {
      return Matrices.spectralNorm(Matrices.addScaled(free, h * k, affine.slope()));
    }
    double loose = Matrices.spectralNorm(free) + h * k * spectrum.norm();
    if (!Matrices.isScaledIdentity(a)) {
      return loose;
    }
    double c = free[0][0];
    if (a.length == 1 || model instanceof ExactScore) {
      return Math.max(
          Math.abs(c + h * k * spectrum.lowest()), Math.abs(c + h * k * spectrum.highest()));
    }
    if (c < 0) {
      return loose;
    }
    double turn = h * k * spectrum.norm();
    return Math.min(
        loose, Math.sqrt(Math.max(0, c * c + 2 * c * h * k * spectrum.highest() + turn * turn)));
  }
}
