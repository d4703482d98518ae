package org.scorebound.campaign;

import java.util.Optional;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.verify.Failure;

/**
 * One evaluated configuration as a line of a shard file: {@code id}, {@code seedPath}, {@code
 * seconds} on its thread, {@code worker} where there are several, and {@code result} or {@code
 * failure}.
 *
 * @param id the configuration
 * @param seconds wall-clock time of its evaluation
 * @param worker who evaluated it; empty for the process that wrote the line
 * @param outcome the JSON object of the result; empty for a failure
 * @param failure what it threw; empty for a result
 */
record ShardLine(
    int id, double seconds, String worker, Optional<JsonInput> outcome, Optional<Failure> failure) {

  private static final String RESULT = "\"result\":";
  private static final String FAILURE = "\"failure\":";

  /** Reads a line that {@link Evaluated#of} made. */
  static ShardLine read(JsonInput line) {
    Optional<JsonInput> result = line.optionalObject("result");
    Optional<Failure> failure =
        line.optionalObject("failure")
            .map(
                f ->
                    new Failure(
                        f.integer("id"),
                        f.string("family"),
                        f.string("churnCell"),
                        f.string("error"),
                        f.string("message")));
    if (result.isPresent() == failure.isPresent()) {
      throw line.error("needs either a result or a failure");
    }
    int id = line.integer("id");
    int inner = result.map(r -> r.integer("id")).orElseGet(() -> failure.orElseThrow().id());
    if (id != inner) {
      throw line.error("has id " + id + " outside and " + inner + " inside");
    }
    return new ShardLine(id, line.number("seconds"), line.string("worker", ""), result, failure);
  }

  /**
   * The result or failure in the text of a line, which is its last field; equal for two evaluations
   * of one configuration, whoever made them.
   */
  static String content(String line) {
    int at = line.indexOf(RESULT);
    int start = at < 0 ? line.indexOf(FAILURE) : at;
    if (start < 0) {
      throw new InputException("a line has neither a result nor a failure");
    }
    return line.substring(start, line.length() - 1);
  }

  /** The result object in the text of a line that has one. */
  static String resultText(String line) {
    return line.substring(line.indexOf(RESULT) + RESULT.length(), line.length() - 1);
  }
}
