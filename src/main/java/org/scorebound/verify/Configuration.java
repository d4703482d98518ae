package org.scorebound.verify;

import java.util.Map;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.io.JsonInput;
import org.scorebound.score.ScoreModel;
import org.scorebound.sde.Sampler;
import org.scorebound.sde.StartLaw;

/**
 * One configuration to check the theorem on.
 *
 * @param name a name of the user's, or of the sampler's family and index
 * @param document the JSON document it was read from, as plain maps and lists
 * @param score the score model with its forward process
 * @param family the member of the reverse family
 * @param start q_T
 */
public record Configuration(
    String name, Map<String, ?> document, ScoreModel score, ReverseFamily family, StartLaw start) {

  /** Reads a configuration; every defect is one line with file, line and path. */
  public static Configuration read(JsonInput input) {
    return new ConfigurationReader(input).read();
  }

  /** The sampler. */
  public Sampler sampler() {
    return new Sampler(score, family, start);
  }

  /** The dimension d. */
  public int dimension() {
    return score.dimension();
  }
}
