package org.scorebound.bound;

import java.util.Arrays;
import java.util.TreeSet;
import org.scorebound.bound.ModelProfile.End;
import org.scorebound.diffusion.Diffusion;
import org.scorebound.diffusion.ReverseFamily;

/**
 * The functions of time where m and L_s are numbers at some times, handed in by somebody else.
 *
 * <p>Between two times the value is linear; the lower end of the brackets is the smaller and the
 * upper end the larger of both, which encloses whatever is monotone between them. Before the first
 * and after the last time the nearest value stays.
 *
 * @param diffusion the forward process, for k and the drift
 * @param family the member of the reverse family
 * @param times increasing, in [0, T], at least two
 * @param m {@code E_{p_t}|grad log p_t - s|^2} at the times, {@code >= 0}
 * @param ls {@code L_s} at the times
 */
@SuppressWarnings("ArrayRecordComponent")
public record SuppliedProfile(
    Diffusion diffusion, ReverseFamily family, double[] times, double[] m, double[] ls) {

  /** Checks lengths. */
  public SuppliedProfile {
    if (times.length < 2 || m.length != times.length || ls.length != times.length) {
      throw new IllegalArgumentException(
          "times, m and ls must have one length of at least 2, got "
              + times.length
              + ", "
              + m.length
              + " and "
              + ls.length);
    }
  }

  /** The functions of time read at one end of the brackets. */
  public Profile at(End end) {
    return new Profile() {
      @Override
      public TimePoint at(double t) {
        return TimePoint.coefficients(diffusion, family, t)
            .withLs(between(ls, t, end))
            .withM(between(m, t, end));
      }

      @Override
      public double denoisingGap(double t) {
        return Double.NaN;
      }

      @Override
      public double tolerance() {
        return ModelProfile.QUICK;
      }

      @Override
      public double horizon() {
        return diffusion.horizon();
      }

      @Override
      public double[] breakpoints() {
        TreeSet<Double> cuts = new TreeSet<>();
        for (double t : times) {
          if (t > 0 && t < diffusion.horizon()) {
            cuts.add(t);
          }
        }
        for (double b : diffusion.breakpoints()) {
          cuts.add(b);
        }
        return cuts.stream().mapToDouble(Double::doubleValue).toArray();
      }
    };
  }

  private double between(double[] values, double t, End end) {
    int found = Arrays.binarySearch(times, t);
    if (found >= 0) {
      return values[found];
    }
    int next = -found - 1;
    if (next == 0) {
      return values[0];
    }
    if (next == times.length) {
      return values[next - 1];
    }
    double a = values[next - 1];
    double b = values[next];
    double share = (t - times[next - 1]) / (times[next] - times[next - 1]);
    return switch (end) {
      case LOWER -> Math.min(a, b);
      case VALUE -> a + share * (b - a);
      case UPPER -> Math.max(a, b);
    };
  }
}
