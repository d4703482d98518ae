package org.scorebound.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.io.Safetensors;
import org.scorebound.linalg.Activation;
import org.scorebound.network.Architecture;
import org.scorebound.network.ParameterLayout;
import org.scorebound.network.TimeConditioning;
import org.scorebound.network.TimedMlp;

/**
 * The layers of a {@link NetworkFile}'s description and their tensors, in PyTorch's layout out x
 * in.
 */
final class NetworkLayers {
  private final JsonInput in;
  private final Safetensors file;
  private final Activation activation;
  private final TimeConditioning time;
  private final int steps;
  private final Set<String> used = new LinkedHashSet<>();

  NetworkLayers(JsonInput in, Safetensors file, Activation activation, TimeConditioning time) {
    this.in = in;
    this.file = file;
    this.activation = activation;
    this.time = time;
    this.steps = time instanceof TimeConditioning.PerStepGain g ? g.steps() : 0;
  }

  private Safetensors.Tensor tensor(String name) {
    used.add(name);
    return file.tensor(name);
  }

  private Safetensors.Tensor shaped(String name, String wanted, int... shape) {
    Safetensors.Tensor t = tensor(name);
    if (!t.shape().equals(Arrays.stream(shape).boxed().toList())) {
      throw new InputException(
          file.source()
              + ": tensor '"
              + name
              + "': must be "
              + String.join(" x ", Arrays.stream(shape).mapToObj(String::valueOf).toList())
              + " ("
              + wanted
              + "), got "
              + t.sizes());
    }
    return t;
  }

  TimedMlp network() {
    List<JsonInput> layers = in.array("layers");
    if (layers.isEmpty()) {
      throw in.error("layers", "must have at least one layer");
    }
    List<Integer> widths = new ArrayList<>();
    List<Safetensors.Tensor> weights = new ArrayList<>();
    for (JsonInput layer : layers) {
      Safetensors.Tensor w = tensor(layer.string("weight"));
      if (w.shape().size() != 2 || w.data().length == 0) {
        throw new InputException(
            file.source()
                + ": tensor '"
                + w.name()
                + "': must be a matrix, out x in, got "
                + w.sizes());
      }
      if (widths.isEmpty()) {
        widths.add(w.shape().get(1));
      } else if (!w.shape().get(1).equals(widths.getLast())) {
        shaped(w.name(), "out x the width of the layer before", w.shape().get(0), widths.getLast());
      }
      widths.add(w.shape().get(0));
      weights.add(w);
    }
    int d = widths.getLast();
    int inputs = d + time.extraInputs();
    shaped(
        weights.getFirst().name(),
        "as many outputs as the last layer has, plus " + time.extraInputs() + " for the time",
        widths.get(1),
        inputs);
    Architecture architecture = new Architecture(widths, activation, steps);
    ParameterLayout layout = new ParameterLayout(architecture);
    double[] theta = new double[layout.size()];
    for (int l = 0; l < layers.size(); l++) {
      read(layers.get(l), l, l == layers.size() - 1, weights.get(l), layout, theta);
    }
    for (String name : file.names()) {
      if (!used.contains(name)) {
        throw new InputException(
            file.source() + ": tensor '" + name + "': is named by no layer of " + in.source());
      }
    }
    return new TimedMlp(architecture, time, theta);
  }

  private void read(
      JsonInput layer,
      int l,
      boolean last,
      Safetensors.Tensor w,
      ParameterLayout layout,
      double[] theta) {
    int rows = w.shape().get(0);
    int columns = w.shape().get(1);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        theta[layout.weightOffset(l) + i + j * rows] = w.data()[i * columns + j];
      }
    }
    if (layer.has("bias") && !layer.isNull("bias")) {
      double[] b = shaped(layer.string("bias"), "one number per unit", rows).data();
      System.arraycopy(b, 0, theta, layout.biasOffset(l), rows);
    }
    if (steps > 0 && !last) {
      Safetensors.Tensor g = shaped(layer.string("gain"), "steps x width", steps, rows);
      System.arraycopy(g.data(), 0, theta, layout.gainOffset(l), steps * rows);
    } else if (layer.has("gain")) {
      throw layer.error(
          "gain",
          last && steps > 0
              ? "has no place in the last layer, which is linear"
              : "needs time of type 'per-step-gain'");
    }
    layer.finish();
  }

  static List<Map<String, Object>> write(TimedMlp network, List<Safetensors.Tensor> tensors) {
    Architecture a = network.architecture();
    ParameterLayout layout = new ParameterLayout(a);
    double[] theta = network.theta();
    List<Map<String, Object>> json = new ArrayList<>();
    for (int l = 0; l < a.layers(); l++) {
      int rows = a.fanOut(l);
      int columns = a.fanIn(l);
      double[] w = new double[rows * columns];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          w[i * columns + j] = theta[layout.weightOffset(l) + i + j * rows];
        }
      }
      Map<String, Object> layer = new LinkedHashMap<>();
      add(layer, tensors, "weight", l, List.of(rows, columns), w);
      int b = layout.biasOffset(l);
      add(layer, tensors, "bias", l, List.of(rows), Arrays.copyOfRange(theta, b, b + rows));
      if (a.steps() > 0 && l < a.layers() - 1) {
        int g = layout.gainOffset(l);
        add(
            layer,
            tensors,
            "gain",
            l,
            List.of(a.steps(), rows),
            Arrays.copyOfRange(theta, g, g + rows * a.steps()));
      }
      json.add(layer);
    }
    return json;
  }

  private static void add(
      Map<String, Object> layer,
      List<Safetensors.Tensor> tensors,
      String what,
      int l,
      List<Integer> shape,
      double[] data) {
    String name = "layer" + (l + 1) + "." + what;
    layer.put(what, name);
    tensors.add(new Safetensors.Tensor(name, shape, data));
  }
}
