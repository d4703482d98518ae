package org.scorebound.verify;

import org.scorebound.diffusion.Diffusion;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.lipschitz.ScoreSpectrum;
import org.scorebound.score.AffineScore;
import org.scorebound.score.ScoreModel;
import org.scorebound.sde.DiscreteTheorem;

/**
 * {@code G >= sup_x |I + h(k J_s(x) - A)|_2}, certified, for a step of an Euler–Maruyama chain.
 *
 * <p>Affine scores: exact. Otherwise, with {@code B = I - h A}, the least of
 *
 * <ul>
 *   <li>{@code r + sqrt(m^2 + q^2)}, where the spectrum of {@code sym B + h k sym J} lies in {@code
 *       [m - r, m + r]} and {@code |skew B| + h k |skew J| <= q} ({@link ScoreSpectrum}): for a
 *       symmetric J and drift {@code a I} that is {@code max |1 - h a + h k lambda|} over both ends
 *       of the spectrum, and it exceeds that by {@code O(h^2)} alone where J turns;
 *   <li>{@code |B|_2 + h k |J|_2};
 *   <li>for a scalar {@code c = 1 - h a >= 0} {@code sqrt(c^2 + 2 c h k hi + (h k |J|)^2)}, from
 *       {@code |(c + h k J)v|^2}.
 * </ul>
 *
 * <p>Infinite where L_s is.
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
    this(model, family, new ScoreLipschitz(model, GAP, Kernels.of(BackEnd.VECTOR)));
  }

  /** With the profile of L_s at hand. */
  StepAmplification(ScoreModel model, ReverseFamily family, ScoreLipschitz lipschitz) {
    this.model = model;
    this.family = family;
    this.lipschitz = lipschitz;
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
    double hk = h * k;
    double loose = Matrices.spectralNorm(free) + hk * spectrum.norm();
    if (!Matrices.isScaledIdentity(a)) {
      SymmetricEigen eigen = new SymmetricEigen(Matrices.symmetricPart(free));
      double turn = Matrices.spectralNorm(skewPart(free));
      return Math.min(loose, spectrum.amplification(eigen.min(), eigen.max(), turn, hk));
    }
    double c = free[0][0];
    double least = Math.min(loose, spectrum.amplification(c, c, 0, hk));
    if (c < 0) {
      return least;
    }
    double square = c * c + 2 * c * hk * spectrum.highest() + Math.pow(hk * spectrum.norm(), 2);
    return Math.min(least, Math.sqrt(Math.max(0, square)));
  }

  private static double[][] skewPart(double[][] m) {
    double[][] skew = new double[m.length][m.length];
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j < m.length; j++) {
        skew[i][j] = 0.5 * (m[i][j] - m[j][i]);
      }
    }
    return skew;
  }
}
