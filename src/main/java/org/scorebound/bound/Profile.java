package org.scorebound.bound;

import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;

/** The functions of time that a bound is made of. */
public interface Profile {

  /** The values at t in [0, T]. */
  TimePoint at(double t);

  /**
   * The coefficients of the diffusion and of the sampler alone, ls and m being unspecified: for
   * integrals that read neither, where both are costly.
   */
  default TimePoint coefficients(double t) {
    return at(t);
  }

  /**
   * {@code C_t = E tr Cov(grad log p_t(x_t|x_0) | x_t) = tr Q(t)^{-1} - J(p_t)}, what the denoising
   * loss exceeds the score-matching loss by; infinite at t = 0.
   */
  double denoisingGap(double t);

  /**
   * The relative accuracy to which integrals over this profile are taken: above the rounding noise
   * of its functions. It is met by the difference of two rules; the better of them is far closer
   * where the functions are smooth.
   */
  double tolerance();

  /** The horizon T. */
  double horizon();

  /** Times inside (0, T) where a function is not smooth, increasing. */
  double[] breakpoints();

  /**
   * The number of equal parts of [0, T] below which a quadrature must not start, so that no feature
   * falls between its nodes.
   */
  default int resolution() {
    return 1;
  }

  /** The same with every point changed alike. */
  default Profile swapped(UnaryOperator<TimePoint> change) {
    return withPoints(t -> change.apply(at(t)), resolution());
  }

  /**
   * The same functions with other points.
   *
   * @param points in place of {@link #at}
   * @param resolution in place of {@link #resolution}
   */
  default Profile withPoints(DoubleFunction<TimePoint> points, int resolution) {
    Profile whole = this;
    return new Profile() {
      @Override
      public TimePoint at(double t) {
        return points.apply(t);
      }

      @Override
      public double denoisingGap(double t) {
        return whole.denoisingGap(t);
      }

      @Override
      public double tolerance() {
        return whole.tolerance();
      }

      @Override
      public double horizon() {
        return whole.horizon();
      }

      @Override
      public double[] breakpoints() {
        return whole.breakpoints();
      }

      @Override
      public int resolution() {
        return resolution;
      }
    };
  }
}
