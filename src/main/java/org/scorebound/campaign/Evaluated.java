package org.scorebound.campaign;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.JsonOutput;
import org.scorebound.verify.Failure;
import org.scorebound.verify.OutcomeDocument;

/**
 * A configuration that has been evaluated.
 *
 * @param id the configuration
 * @param failed whether it threw
 * @param seconds wall-clock time
 * @param line its line for the shard file
 */
public record Evaluated(int id, boolean failed, double seconds, String line)
    implements Serializable {

  /**
   * Evaluates a configuration; what it throws is recorded, not thrown, but for errors of the
   * virtual machine, such as too little memory, which say nothing of the configuration.
   *
   * @param seed of the campaign, for the seed path
   * @param id the configuration
   * @param worker who this is, where several processes write into one file; else empty
   * @param evaluator evaluates it
   */
  public static Evaluated of(long seed, int id, String worker, Evaluator evaluator) {
    long started = System.nanoTime();
    String name;
    Object value;
    try {
      value = OutcomeDocument.of(evaluator.evaluate(id));
      name = "result";
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      value = Failure.of(id, e);
      name = "failure";
    }
    double seconds = (System.nanoTime() - started) * 1e-9;
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("seedPath", seed + "/{configuration,evaluation}/" + id);
    json.put("seconds", seconds);
    if (!worker.isEmpty()) {
      json.put("worker", worker);
    }
    json.put(name, value);
    return new Evaluated(id, name.equals("failure"), seconds, JsonOutput.toLine(json));
  }
}
