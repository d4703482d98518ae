package org.scorebound.verify;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;
import org.scorebound.score.ExactScore;
import org.scorebound.score.LinearErrorScore;
import org.scorebound.score.Perturbation;
import org.scorebound.score.PerturbedScore;
import org.scorebound.score.ScoreModel;
import org.scorebound.score.TimeProfile;
import org.scorebound.sde.StartLaw;

/** Reads one configuration document; {@code docs/formats.md} describes it for users. */
final class ConfigurationReader {

  private final JsonInput input;

  ConfigurationReader(JsonInput input) {
    this.input = input;
  }

  /** Reads a document whose data law has been made already, so that a table is read only once. */
  static Configuration read(Map<String, ?> document, GaussianMixture data) {
    JsonInput input = JsonInput.parse(JsonOutput.toString(document), "configuration");
    input.object("data");
    return new ConfigurationReader(input).read(data);
  }

  Configuration read() {
    return read(DataReader.read(input.object("data")));
  }

  @SuppressWarnings("unchecked")
  private Configuration read(GaussianMixture data) {
    String name = input.string("name", "configuration");
    ForwardProcess process =
        checked(
            input,
            () ->
                new ForwardProcess(
                    data, DiffusionReader.read(input.object("diffusion"), data.dimension())));
    JsonInput sampler = input.object("sampler");
    double churn = sampler.number("churn", 1);
    if (churn < 0) {
      throw sampler.error("churn", "must be >= 0, got " + churn);
    }
    sampler.finish();
    ScoreModel score = score(input.object("score"), process);
    StartLaw start = start(input.object("start"), data.dimension());
    input.finish();
    return new Configuration(
        name,
        (Map<String, ?>) Objects.requireNonNull(input.plain()),
        score,
        new ReverseFamily(churn),
        start);
  }

  /** Runs a constructor and turns its complaint into an error at the given place. */
  static <T> T checked(JsonInput where, Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (InputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw where.error(String.valueOf(e.getMessage()));
    }
  }

  private ScoreModel score(JsonInput in, ForwardProcess process) {
    int d = process.dimension();
    String type = in.oneOf("type", List.of("exact", "linear-error", "exact-plus", "network"));
    ScoreModel model =
        switch (type) {
          case "exact" -> new ExactScore(process);
          case "network" -> NetworkReader.read(in, process);
          case "linear-error" -> {
            double[] offset = in.optionalVector("offset").orElse(new double[d]);
            length(in, "offset", offset, d);
            yield new LinearErrorScore(
                process,
                in.number("scale", 1),
                in.number("shift", 0),
                offset,
                profile(in, process.diffusion().horizon()));
          }
          default -> {
            Perturbation perturbation = perturbation(in.object("perturbation"), d);
            yield new PerturbedScore(
                process, perturbation, profile(in, process.diffusion().horizon()));
          }
        };
    in.finish();
    return model;
  }

  private static Perturbation perturbation(JsonInput in, int d) {
    String type = in.oneOf("type", List.of("constant", "sine"));
    Perturbation perturbation;
    if (type.equals("constant")) {
      double[] vector = in.vector("vector");
      length(in, "vector", vector, d);
      perturbation = new Perturbation.Constant(vector);
    } else {
      double[] amplitude = in.vector("amplitude");
      length(in, "amplitude", amplitude, d);
      double[][] frequency = in.matrix("frequency");
      square(in, "frequency", frequency, d);
      double[] phase = in.optionalVector("phase").orElse(new double[d]);
      length(in, "phase", phase, d);
      perturbation = new Perturbation.Sine(amplitude, frequency, phase);
    }
    in.finish();
    return perturbation;
  }

  private static TimeProfile profile(JsonInput score, double horizon) {
    if (!score.has("profile")) {
      return TimeProfile.one();
    }
    JsonInput in = score.object("profile");
    String type = in.oneOf("type", List.of("linear", "exponential", "power", "wave"));
    TimeProfile profile =
        switch (type) {
          case "linear" -> new TimeProfile.Linear(in.number("from"), in.number("to"), horizon);
          case "exponential" -> new TimeProfile.Exponential(in.number("rate"));
          case "power" -> {
            double rate = in.number("rate");
            if (1 + rate * horizon <= 0) {
              throw in.error("rate", "must exceed -1/horizon, got " + rate);
            }
            yield new TimeProfile.Power(rate, in.number("exponent"));
          }
          default -> {
            double depth = in.number("depth");
            if (!(Math.abs(depth) < 1)) {
              throw in.error("depth", "must be in (-1, 1), got " + depth);
            }
            yield new TimeProfile.Wave(depth, in.number("cycles"), horizon);
          }
        };
    in.finish();
    return profile;
  }

  private static StartLaw start(JsonInput in, int d) {
    String type =
        in.oneOf("type", List.of("gaussian", "standard-normal", "marginal", "translated"));
    StartLaw start =
        switch (type) {
          case "gaussian" -> {
            double[] mean = in.vector("mean");
            length(in, "mean", mean, d);
            yield new StartLaw.Gaussian(mean, covariance(in, "cov", d));
          }
          case "standard-normal" -> new StartLaw.Gaussian(new double[d], Matrices.identity(d));
          case "marginal" -> new StartLaw.Marginal();
          default -> {
            double[] by = in.vector("by");
            length(in, "by", by, d);
            yield new StartLaw.Translated(by);
          }
        };
    in.finish();
    return start;
  }

  /** A field that must be a symmetric positive definite d x d matrix. */
  static double[][] covariance(JsonInput in, String name, int d) {
    double[][] cov = in.matrix(name);
    checkCovariance(in, name, cov, d);
    return Matrices.symmetricPart(cov);
  }

  static void checkCovariance(JsonInput in, String name, double[][] cov, int d) {
    square(in, name, cov, d);
    double scale = 0;
    for (double[] row : cov) {
      for (double x : row) {
        scale = Math.max(scale, Math.abs(x));
      }
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        // Ends of one decimal that was rounded twice may differ by an ulp or two.
        if (Math.abs(cov[i][j] - cov[j][i]) > 1e-14 * scale) {
          throw in.error(
              name,
              "must be symmetric, got "
                  + cov[i][j]
                  + " at ("
                  + i
                  + ","
                  + j
                  + ") and "
                  + cov[j][i]
                  + " at ("
                  + j
                  + ","
                  + i
                  + ")");
        }
      }
    }
    try {
      Matrices.cholesky(cov);
    } catch (IllegalArgumentException e) {
      double smallest = new SymmetricEigen(cov).min();
      throw in.error(name, "must be positive definite, its smallest eigenvalue is " + smallest);
    }
  }

  static void length(JsonInput in, String name, double[] v, int d) {
    if (v.length != d) {
      throw in.error(
          name, "must have length " + d + ", the dimension of the data, got " + v.length);
    }
  }

  static void square(JsonInput in, String name, double[][] m, int d) {
    if (m.length != d || m[0].length != d) {
      throw in.error(
          name,
          "must be "
              + d
              + " x "
              + d
              + ", the dimension of the data, got "
              + m.length
              + " x "
              + m[0].length);
    }
  }
}
