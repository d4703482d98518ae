package org.scorebound.diffusion;

/**
 * One member of the reverse family, {@code sigma(t) = churn g(t)}: {@code dx = (f - k s) dt + sigma
 * dw} from T down to 0 with {@code k = (g^2 + sigma^2)/2 = (1 + churn^2) g^2 / 2}. Churn 0 is the
 * probability-flow ODE, churn 1 the reverse SDE.
 *
 * @param churn >= 0, finite
 */
public record ReverseFamily(double churn) {

  /** Checks the churn. */
  public ReverseFamily {
    if (!(churn >= 0) || Double.isInfinite(churn)) {
      throw new IllegalArgumentException("churn must be >= 0 and finite, got " + churn);
    }
  }

  /** {@code k(t)}, from {@code g(t)^2}. */
  public double k(double gSquared) {
    return 0.5 * (1 + churn * churn) * gSquared;
  }

  /** {@code sigma(t)^2}, from {@code g(t)^2}. */
  public double sigmaSquared(double gSquared) {
    return churn * churn * gSquared;
  }

  /** Whether the sampler is an ODE. */
  public boolean isOde() {
    return churn == 0;
  }
}
