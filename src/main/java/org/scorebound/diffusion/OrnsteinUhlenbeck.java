package org.scorebound.diffusion;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.scorebound.linalg.Matrices;

/**
 * The general Ornstein–Uhlenbeck process {@code dx = A x dt + g dw} with a constant d x d matrix A
 * and constant g: {@code M(t) = e^{At}}, {@code Q(t) = g^2 int_0^t e^{As} e^{A^T s} ds}.
 *
 * <p>Both by Taylor series on {@code tau = t/2^s} with {@code |A| tau <= 1/4}, then doubled: {@code
 * M(2 tau) = M M}, {@code Q(2 tau) = Q + M Q M^T}, a sum of positive semidefinite terms without
 * cancellation. Relative error about {@code 2^s} ulps at worst.
 */
public final class OrnsteinUhlenbeck implements Diffusion {

  /** Terms of the series: the first one left out is below 0.25^16 / 16! of the first, 1e-23. */
  private static final int TERMS = 16;

  private final double[][] drift;
  private final double g;
  private final double horizon;
  private final double oneSided;
  private final double lipschitz;

  /**
   * A process.
   *
   * @param drift A, d x d, finite
   * @param g noise level, > 0
   * @param horizon T > 0
   */
  public OrnsteinUhlenbeck(double[][] drift, double g, double horizon) {
    for (double[] row : drift) {
      if (row.length != drift.length) {
        throw new IllegalArgumentException(
            "drift must be square, got " + drift.length + " x " + row.length);
      }
    }
    if (!(g > 0) || Double.isInfinite(g)) {
      throw new IllegalArgumentException("g must be > 0 and finite, got " + g);
    }
    if (!(horizon > 0) || Double.isInfinite(horizon)) {
      throw new IllegalArgumentException("horizon must be > 0 and finite, got " + horizon);
    }
    this.drift = Matrices.copy(drift);
    this.g = g;
    this.horizon = horizon;
    this.oneSided = Matrices.largestEigenvalue(Matrices.scale(-1, drift));
    this.lipschitz = Matrices.spectralNorm(drift);
  }

  /** Both matrices at a time; the last one is kept, since they are always asked for together. */
  private record Transition(double t, double[][] m, double[][] q) {}

  private volatile @Nullable Transition last;

  private Transition transition(double t) {
    Transition known = last;
    if (known != null && known.t() == t) {
      return known;
    }
    Transition fresh = compute(t);
    last = fresh;
    return fresh;
  }

  private Transition compute(double t) {
    int d = drift.length;
    int doublings = Math.max(0, (int) Math.ceil(Math.log(4 * lipschitz * t + 1) / Math.log(2)));
    double tau = t / Math.pow(2, doublings);
    double[][] m = Matrices.identity(d);
    double[][] mTerm = Matrices.identity(d);
    double[][] qTerm = Matrices.scaledIdentity(d, g * g * tau);
    double[][] q = Matrices.copy(qTerm);
    double[][] at = Matrices.transpose(drift);
    for (int n = 1; n <= TERMS; n++) {
      mTerm = Matrices.scale(tau / n, Matrices.multiply(drift, mTerm));
      m = Matrices.addScaled(m, 1, mTerm);
      double[][] next =
          Matrices.addScaled(Matrices.multiply(drift, qTerm), 1, Matrices.multiply(qTerm, at));
      qTerm = Matrices.scale(tau / (n + 1), next);
      q = Matrices.addScaled(q, 1, qTerm);
    }
    for (int s = 0; s < doublings; s++) {
      q = Matrices.addScaled(q, 1, Matrices.congruence(m, q));
      m = Matrices.multiply(m, m);
    }
    return new Transition(t, m, Matrices.symmetricPart(q));
  }

  @Override
  public double horizon() {
    return horizon;
  }

  @Override
  public double gSquared(double t) {
    return g * g;
  }

  @Override
  public double[][] drift(double t, int dimension) {
    return Matrices.copy(drift);
  }

  @Override
  public double[][] propagator(double t, int dimension) {
    return transition(t).m();
  }

  @Override
  public double[][] noiseCovariance(double t, int dimension) {
    return transition(t).q();
  }

  @Override
  public double driftOneSided(double t) {
    return oneSided;
  }

  @Override
  public double driftLipschitz(double t) {
    return lipschitz;
  }

  @Override
  public double[] breakpoints() {
    return new double[0];
  }

  @Override
  public int fixedDimension() {
    return drift.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OrnsteinUhlenbeck o
        && g == o.g
        && horizon == o.horizon
        && Arrays.deepEquals(drift, o.drift);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(drift) * 31 + Double.hashCode(g + horizon);
  }
}
