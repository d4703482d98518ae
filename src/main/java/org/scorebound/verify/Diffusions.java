package org.scorebound.verify;

import org.scorebound.diffusion.Diffusion;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.score.OutputScale;

/** The {@code diffusion} of a description, in the same form as a configuration's. */
public final class Diffusions {

  private Diffusions() {}

  /** The diffusion in d dimensions. */
  public static Diffusion read(JsonInput in, int d) {
    return DiffusionReader.read(in, d);
  }

  /** Its horizon T. */
  public static double horizon(JsonInput in) {
    return in.number("horizon", 1);
  }

  /**
   * Its alpha and sigma.
   *
   * @throws InputException from the scale, where sigma vanishes
   */
  public static OutputScale scale(JsonInput in, int d) {
    Diffusion diffusion = DiffusionReader.read(in, d);
    OutputScale scale = OutputScale.of(diffusion, d);
    return new OutputScale() {
      @Override
      public double alpha(double t) {
        return scale.alpha(inside(t));
      }

      @Override
      public double sigma(double t) {
        double sigma = scale.sigma(inside(t));
        if (!(sigma > 0)) {
          throw new InputException(
              in.source() + ": sigma is 0 at t = " + t + ", where this output has no score");
        }
        return sigma;
      }

      private double inside(double t) {
        if (!(t >= 0 && t <= diffusion.horizon())) {
          throw new InputException(
              in.source()
                  + ": t must be in the diffusion's [0, "
                  + diffusion.horizon()
                  + "], got "
                  + t);
        }
        return t;
      }
    };
  }
}
