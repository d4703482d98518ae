package org.scorebound.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.io.JsonInput;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.lipschitz.ShippedNetworks;
import org.scorebound.network.AdamW;
import org.scorebound.network.Architecture;
import org.scorebound.random.RandomStream;
import org.scorebound.score.DenoisingTraining;
import org.scorebound.score.DenoisingTraining.DivergedException;
import org.scorebound.score.NetworkFile;
import org.scorebound.score.NetworkScore;

/**
 * Reads a network score: {@code {"type": "network", "seed": 1, "hidden": [8, 8], "activation":
 * "softplus", "steps": 4, "output": "noise", "epochs": 0}}. With {@code epochs > 0} it is trained
 * on {@value #POINTS} samples of the data law in batches of {@value #BATCH}, by AdamW at rate 1e-2;
 * always on the default back end, so that a document means one network. {@code {"type": "network",
 * "file": "net.json"}} is one that {@link NetworkFile} describes instead, {@code {"type":
 * "network", "shipped": "gauss-2d"}} one of {@link ShippedNetworks}.
 */
final class NetworkReader {

  private static final int POINTS = 512;
  private static final int BATCH = 64;
  private static final int MAX_WIDTH = 1024;
  private static final int MAX_STEPS = 1000;
  private static final int MAX_EPOCHS = 10_000;
  private static final AdamW.Options OPTIONS =
      new AdamW.Options(1e-2, 0.9, 0.999, 1e-8, 0.01, 1, 0.9);

  private NetworkReader() {}

  static NetworkScore read(JsonInput in, ForwardProcess process) {
    if (in.has("file")) {
      Path file = Path.of(in.string("file"));
      NetworkFile network = NetworkFile.read(file);
      return ConfigurationReader.checked(in, () -> network.score(process));
    }
    if (in.has("shipped")) {
      String name = in.oneOf("shipped", ShippedNetworks.names());
      return ConfigurationReader.checked(
          in, () -> NetworkScore.shipped(name, ShippedNetworks.file(name), process));
    }
    int d = process.dimension();
    long seed = in.longInteger("seed", 1);
    List<Integer> widths = new ArrayList<>();
    widths.add(d);
    for (double width : in.vector("hidden")) {
      if (width != Math.rint(width) || width < 1 || width > MAX_WIDTH) {
        throw in.error("hidden", "must hold whole numbers in 1.." + MAX_WIDTH + ", got " + width);
      }
      widths.add((int) width);
    }
    widths.add(d);
    List<String> activations = Arrays.stream(Activation.values()).map(Activation::label).toList();
    String name = in.oneOf("activation", activations, Activation.SOFTPLUS.label());
    Activation activation = Activation.valueOf(name.toUpperCase(Locale.ROOT));
    int steps = range(in, "steps", in.integer("steps", 10), 1, MAX_STEPS);
    int epochs = range(in, "epochs", in.integer("epochs", 0), 0, MAX_EPOCHS);
    List<String> outputs =
        Arrays.stream(NetworkScore.Output.values()).map(NetworkScore.Output::label).toList();
    NetworkScore.Output output =
        NetworkScore.Output.valueOf(in.oneOf("output", outputs, "noise").toUpperCase(Locale.ROOT));
    Architecture architecture = new Architecture(widths, activation, steps);
    return ConfigurationReader.checked(
        in, () -> trained(process, architecture, output, seed, epochs, in));
  }

  private static NetworkScore trained(
      ForwardProcess process,
      Architecture architecture,
      NetworkScore.Output output,
      long seed,
      int epochs,
      JsonInput in) {
    RandomStream random = RandomStream.root(seed).child("network");
    // The weights are part of the configuration, the same whatever back end checks it.
    Kernels kernels = Kernels.of(BackEnd.VECTOR);
    double[] points = process.data().sample(POINTS, random.child("points"));
    DenoisingTraining training =
        new DenoisingTraining(
            process, architecture, output, points, BATCH, OPTIONS, random, kernels);
    try {
      for (int e = 0; e < epochs; e++) {
        training.epoch(false);
      }
      return training.model();
    } catch (DivergedException e) {
      throw in.error("training diverged: " + e.getMessage());
    }
  }

  private static int range(JsonInput in, String name, int value, int from, int to) {
    if (value < from || value > to) {
      throw in.error(name, "must be in " + from + ".." + to + ", got " + value);
    }
    return value;
  }
}
