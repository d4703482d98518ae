package org.scorebound.verify;

import java.util.ArrayList;
import java.util.List;
import org.scorebound.diffusion.ConstantSchedule;
import org.scorebound.diffusion.CosineSchedule;
import org.scorebound.diffusion.Diffusion;
import org.scorebound.diffusion.DiscreteSchedule;
import org.scorebound.diffusion.LinearSchedule;
import org.scorebound.diffusion.OrnsteinUhlenbeck;
import org.scorebound.diffusion.QuadraticSchedule;
import org.scorebound.diffusion.Schedule;
import org.scorebound.diffusion.SigmoidSchedule;
import org.scorebound.diffusion.SubVariancePreserving;
import org.scorebound.diffusion.VarianceExploding;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.io.JsonInput;

/** Reads the {@code diffusion} object of a configuration. */
final class DiffusionReader {

  private DiffusionReader() {}

  static Diffusion read(JsonInput in, int dimension) {
    String type = in.oneOf("type", List.of("vp", "ve", "sub-vp", "ou"));
    double horizon = in.number("horizon", 1);
    if (!(horizon > 0)) {
      throw in.error("horizon", "must be > 0, got " + horizon);
    }
    Diffusion diffusion =
        switch (type) {
          case "vp" -> new VariancePreserving(schedule(in.object("schedule"), horizon), horizon);
          case "sub-vp" ->
              new SubVariancePreserving(schedule(in.object("schedule"), horizon), horizon);
          case "ve" -> new VarianceExploding(noise(in, horizon), horizon);
          default -> {
            double[][] drift = in.matrix("drift");
            ConfigurationReader.square(in, "drift", drift, dimension);
            double g = in.number("g", 1);
            if (!(g > 0)) {
              throw in.error("g", "must be > 0, got " + g);
            }
            yield new OrnsteinUhlenbeck(drift, g, horizon);
          }
        };
    in.finish();
    return diffusion;
  }

  private static VarianceExploding.Noise noise(JsonInput in, double horizon) {
    if (in.has("schedule")) {
      return new VarianceExploding.Scheduled(schedule(in.object("schedule"), horizon));
    }
    double min = in.number("sigmaMin");
    double max = in.number("sigmaMax");
    return ConfigurationReader.checked(
        in, () -> new VarianceExploding.Geometric(min, max, horizon));
  }

  private static Schedule schedule(JsonInput in, double horizon) {
    String type =
        in.oneOf(
            "type", List.of("linear", "cosine", "sigmoid", "quadratic", "constant", "discrete"));
    Schedule schedule =
        ConfigurationReader.checked(
            in,
            () ->
                switch (type) {
                  case "linear" ->
                      new LinearSchedule(in.number("betaMin"), in.number("betaMax"), horizon);
                  case "quadratic" ->
                      new QuadraticSchedule(in.number("betaMin"), in.number("betaMax"), horizon);
                  case "sigmoid" ->
                      new SigmoidSchedule(
                          in.number("betaMin", 1e-5),
                          in.number("betaMax", 1e-2),
                          in.number("from", -6),
                          in.number("to", 6),
                          horizon);
                  case "cosine" ->
                      new CosineSchedule(
                          in.number("offset", 0.008), in.number("betaClip", 20 / horizon), horizon);
                  case "constant" -> new ConstantSchedule(in.number("beta"));
                  default -> {
                    List<Double> betas = new ArrayList<>();
                    for (double b : in.vector("betas")) {
                      betas.add(b);
                    }
                    yield new DiscreteSchedule(betas, horizon);
                  }
                });
    in.finish();
    return schedule;
  }
}
