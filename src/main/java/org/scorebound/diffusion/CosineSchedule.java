package org.scorebound.diffusion;

/**
 * The cosine schedule (Nichol and Dhariwal 2021, arXiv 2102.09672): {@code exp(-B(t)) = cos^2(a(t))
 * / cos^2(a(0))} with {@code a(t) = (pi/2) (t/T + s)/(1 + s)}, so {@code beta(t) = (pi / (T (1 +
 * s))) tan a(t)}.
 *
 * <p>This beta is unbounded at T. It is clipped: {@code beta = min(beta, betaClip)}. From the time
 * {@link #clipTime} on, beta is the constant betaClip, and B continues linearly; the theorem is
 * then checked for the clipped schedule, whose B(T) is finite.
 *
 * @param offset s > 0, .008 as published
 * @param betaClip the largest rate allowed, above beta(0)
 * @param horizon T > 0
 */
public record CosineSchedule(double offset, double betaClip, double horizon) implements Schedule {

  /** Checks the arguments. */
  public CosineSchedule {
    if (!(horizon > 0) || Double.isInfinite(horizon)) {
      throw new IllegalArgumentException("horizon must be > 0 and finite, got " + horizon);
    }
    if (!(offset > 0) || Double.isInfinite(offset)) {
      throw new IllegalArgumentException("offset must be > 0 and finite, got " + offset);
    }
    double start = Math.PI / (horizon * (1 + offset)) * Math.tan(angle(0, offset, horizon));
    if (!(betaClip > start) || Double.isInfinite(betaClip)) {
      throw new IllegalArgumentException(
          "betaClip must be finite and above beta(0) = " + start + ", got " + betaClip);
    }
  }

  private static double angle(double t, double offset, double horizon) {
    return 0.5 * Math.PI * (t / horizon + offset) / (1 + offset);
  }

  /** The time from which on beta is clipped, in (0, T). */
  public double clipTime() {
    double angle = Math.atan(betaClip * horizon * (1 + offset) / Math.PI);
    return horizon * (angle * 2 / Math.PI * (1 + offset) - offset);
  }

  @Override
  public double beta(double t) {
    return t >= clipTime()
        ? betaClip
        : Math.PI / (horizon * (1 + offset)) * Math.tan(angle(t, offset, horizon));
  }

  @Override
  public double integral(double t) {
    double tc = Math.min(t, clipTime());
    double start = angle(0, offset, horizon);
    double end = angle(tc, offset, horizon);
    // cos end / cos start - 1, so that B keeps its digits for small t.
    double fall =
        2
            * Math.sin(0.5 * (start + end))
            * Math.sin(0.25 * Math.PI * (tc / horizon) / (1 + offset))
            / Math.cos(start);
    double smooth =
        fall < 0.5 ? -2 * Math.log1p(-fall) : -2 * Math.log(Math.cos(end) / Math.cos(start));
    return smooth + betaClip * (t - tc);
  }

  @Override
  public double[] breakpoints() {
    return new double[] {clipTime()};
  }
}
