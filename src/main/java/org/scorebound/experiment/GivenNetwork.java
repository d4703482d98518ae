package org.scorebound.experiment;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scorebound.diffusion.Diffusion;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.io.InputException;
import org.scorebound.linalg.Matrices;
import org.scorebound.score.NetworkFile;
import org.scorebound.score.NetworkScore;
import org.scorebound.sde.StartLaw;
import org.scorebound.verify.Configuration;
import org.scorebound.verify.Diffusions;

/**
 * A network of the user's, read from its description, with the data law that it is judged against.
 * Its samplers start from {@code N(0, I)}.
 *
 * @param file the description
 * @param data {@code p_0}
 * @param score the network as a score of the process from {@code p_0}
 */
record GivenNetwork(Path file, DataLaw data, NetworkScore score) {

  /**
   * Reads it. The diffusion is the description's own, or else the one given.
   *
   * @throws InputException in one line
   */
  static GivenNetwork read(Path file, DataLaw data, Diffusion otherwise) {
    NetworkFile network = NetworkFile.read(file);
    int d = network.network().dimension();
    if (d != data.dimension()) {
      throw new InputException(
          file
              + ": the network has dimension "
              + d
              + ", the data "
              + data.label()
              + " "
              + data.dimension()
              + "; --data names others");
    }
    Diffusion diffusion =
        network.diffusion() == null ? otherwise : Diffusions.read(network.diffusion(), d);
    try {
      return new GivenNetwork(file, data, network.score(new ForwardProcess(data.law(), diffusion)));
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + e.getMessage());
    }
  }

  /** The member of the family with {@code sigma = churn g}. */
  Configuration at(double churn) {
    int d = data.dimension();
    return new Configuration(
        "network",
        document(),
        score,
        new ReverseFamily(churn),
        new StartLaw.Gaussian(new double[d], Matrices.identity(d)));
  }

  /** For the result document; tells one network's weights from another's. */
  Map<String, Object> document() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file.toString());
    json.put("widths", score.architecture().widths());
    json.put("weightsHash", Arrays.hashCode(score.theta()));
    json.put("data", data.document());
    json.put("horizon", score.process().diffusion().horizon());
    json.put("start", "standard-normal");
    return json;
  }
}
