package org.scorebound.score;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.Safetensors;
import org.scorebound.linalg.Activation;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.network.TimeConditioning;
import org.scorebound.network.TimedMlp;

/**
 * A network in two files: a JSON description and a safetensors file beside it with the weights in
 * PyTorch's layout, out x in; {@code docs/networks.md} has the fields.
 *
 * @param network the network
 * @param output what its output stands for
 * @param scale alpha and sigma at the network's own times; null where the diffusion has to give
 *     them
 * @param diffusion the description's own diffusion document; null if it has none
 */
public record NetworkFile(
    TimedMlp network,
    NetworkScore.Output output,
    @Nullable OutputScale scale,
    @Nullable JsonInput diffusion) {

  /** Of a sinusoidal embedding, as in common implementations of the transformer's. */
  private static final double MAX_PERIOD = 10_000;

  private static final int MAX_STEPS = 1_000_000;

  /** Reads a description and its weights. */
  public static NetworkFile read(Path description) {
    Path folder = description.toAbsolutePath().getParent();
    JsonInput in = JsonInput.read(description);
    String weights = in.string("weights");
    Path tensors = folder == null ? Path.of(weights) : folder.resolve(weights);
    return parse(in, Safetensors.read(tensors));
  }

  /** Reads a description whose weights have been read already. */
  public static NetworkFile parse(JsonInput in, Safetensors tensors) {
    in.string("weights");
    in.oneOf("type", List.of("mlp"));
    Activation activation =
        Activation.valueOf(
            in.oneOf(
                    "activation",
                    Arrays.stream(Activation.values()).map(Activation::label).toList())
                .toUpperCase(Locale.ROOT));
    TimeConditioning time = time(in.optionalObject("time"));
    int steps = time instanceof TimeConditioning.PerStepGain g ? g.steps() : 0;
    TimedMlp network = new NetworkLayers(in, tensors, activation, time).network();
    JsonInput out = in.object("output");
    NetworkScore.Output output =
        NetworkScore.Output.valueOf(
            out.oneOf(
                    "type",
                    Arrays.stream(NetworkScore.Output.values())
                        .map(NetworkScore.Output::label)
                        .toList())
                .toUpperCase(Locale.ROOT));
    OutputScale scale = scale(out, output, steps);
    out.finish();
    JsonInput diffusion = in.optionalObject("diffusion").orElse(null);
    in.finish();
    return new NetworkFile(network, output, scale, diffusion);
  }

  private static TimeConditioning time(Optional<JsonInput> given) {
    if (given.isEmpty()) {
      return new TimeConditioning.None();
    }
    JsonInput in = given.get();
    TimeConditioning time =
        switch (in.oneOf("type", List.of("none", "concatenated", "sinusoidal", "per-step-gain"))) {
          case "concatenated" -> new TimeConditioning.Concatenated(in.number("scale", 1));
          case "sinusoidal" -> new TimeConditioning.Sinusoidal(frequencies(in));
          case "per-step-gain" -> {
            int steps = in.integer("steps");
            if (steps < 1 || steps > MAX_STEPS) {
              throw in.error("steps", "must be in 1.." + MAX_STEPS + ", got " + steps);
            }
            yield new TimeConditioning.PerStepGain(steps);
          }
          default -> new TimeConditioning.None();
        };
    in.finish();
    return time;
  }

  private static double[] frequencies(JsonInput in) {
    Optional<double[]> given = in.optionalVector("frequencies");
    if (given.isPresent()) {
      if (given.get().length == 0) {
        throw in.error("frequencies", "must have at least one element");
      }
      return given.get();
    }
    int features = in.integer("features");
    double period = in.number("maxPeriod", MAX_PERIOD);
    double scale = in.number("scale", 1);
    if (features < 2 || features % 2 != 0) {
      throw in.error("features", "must be even and >= 2, got " + features);
    }
    if (!(period > 0)) {
      throw in.error("maxPeriod", "must be > 0, got " + period);
    }
    int half = features / 2;
    double[] f = new double[half];
    for (int i = 0; i < half; i++) {
      f[i] = scale * Math.exp(-Math.log(period) * i / half);
    }
    return f;
  }

  private static @Nullable OutputScale scale(JsonInput in, NetworkScore.Output output, int steps) {
    double[] sigma = scales(in, "sigma", steps);
    double[] alpha = scales(in, "alpha", steps);
    if (output == NetworkScore.Output.SCORE) {
      if (sigma != null || alpha != null) {
        throw in.error(
            sigma != null ? "sigma" : "alpha", "has no meaning where the output is the score");
      }
      return OutputScale.none();
    }
    if (sigma == null) {
      if (alpha != null) {
        throw in.error("alpha", "needs sigma beside it");
      }
      return null;
    }
    if (alpha == null) {
      alpha = new double[sigma.length];
      for (int k = 0; k < alpha.length; k++) {
        if (output != NetworkScore.Output.NOISE && !(sigma[k] < 1)) {
          throw in.error(
              "sigma", "must be < 1 where alpha = sqrt(1 - sigma^2) is not given, got " + sigma[k]);
        }
        alpha[k] = Math.sqrt(Math.max(0, (1 - sigma[k]) * (1 + sigma[k])));
      }
    }
    if (alpha.length != sigma.length) {
      throw in.error(
          "alpha", "must have length " + sigma.length + ", as sigma, got " + alpha.length);
    }
    return OutputScale.table(alpha, sigma);
  }

  /** A number, or an array with one number per step; null if absent. */
  private static double @Nullable [] scales(JsonInput in, String name, int steps) {
    if (!in.has(name)) {
      return null;
    }
    double[] v =
        in.plain() instanceof Map<?, ?> map && map.get(name) instanceof List<?>
            ? in.vector(name)
            : new double[] {in.number(name)};
    if (v.length != 1 && v.length != steps) {
      throw in.error(
          name,
          steps == 0
              ? "must be one number, since the network has no steps, got " + v.length
              : "must have one number for each of " + steps + " steps, got " + v.length);
    }
    for (int k = 0; k < v.length; k++) {
      if (!(v[k] > 0)) {
        throw in.error(name, "must be > 0, got " + v[k] + " at " + k);
      }
    }
    return v;
  }

  /** Whether a scale is known without asking a diffusion. */
  public boolean hasScale() {
    return scale != null;
  }

  /** As a score of a process, which gives the scale where the file does not. */
  public NetworkScore score(ForwardProcess process) {
    return new NetworkScore(process, network, output, scale);
  }

  /**
   * The score frozen at the network's own time: the index of a step, or t.
   *
   * @param otherwise the scale where the file gives none
   */
  public FrozenNetwork frozen(double t, OutputScale otherwise) {
    OutputScale s = scale == null ? otherwise : scale;
    double alpha = output == NetworkScore.Output.SCORE ? 1 : s.alpha(t);
    double sigma = output == NetworkScore.Output.SCORE ? 1 : s.sigma(t);
    return new FrozenNetwork(
        network.plainArchitecture(),
        network.plainAt(t),
        output.linear(alpha, sigma),
        output.factor(alpha, sigma));
  }

  /**
   * Writes a network with a gain per step, or a plain one, and its scales: the description to
   * {@code description}, the weights beside it under the same name with {@code .safetensors}.
   */
  public static void write(Path description, NetworkScore score) {
    String name = String.valueOf(description.getFileName()).replaceFirst("\\.json$", "");
    String weights = name + ".safetensors";
    TimedMlp network = score.network();
    List<Safetensors.Tensor> tensors = new ArrayList<>();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "mlp");
    json.put("weights", weights);
    json.put("activation", network.architecture().activation().label());
    json.put("time", time(network.time()));
    json.put("layers", NetworkLayers.write(network, tensors));
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("type", score.output().label());
    if (score.isStepped() && score.output() != NetworkScore.Output.SCORE) {
      double[] alpha = new double[score.steps()];
      double[] sigma = new double[score.steps()];
      for (int k = 0; k < alpha.length; k++) {
        double[] s = score.scales(k);
        alpha[k] = s[0];
        sigma[k] = s[1];
      }
      output.put("sigma", sigma);
      if (score.output() != NetworkScore.Output.NOISE) {
        output.put("alpha", alpha);
      }
    }
    json.put("output", output);
    Safetensors.write(description.resolveSibling(weights), tensors);
    JsonOutput.write(description, json);
  }

  private static Map<String, Object> time(TimeConditioning time) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (time) {
      case TimeConditioning.None n -> json.put("type", "none");
      case TimeConditioning.Concatenated c -> {
        json.put("type", "concatenated");
        json.put("scale", c.scale());
      }
      case TimeConditioning.Sinusoidal s -> {
        json.put("type", "sinusoidal");
        json.put("frequencies", s.frequencies());
      }
      case TimeConditioning.PerStepGain g -> {
        json.put("type", "per-step-gain");
        json.put("steps", g.steps());
      }
    }
    return json;
  }
}
