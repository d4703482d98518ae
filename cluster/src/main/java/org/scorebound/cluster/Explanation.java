package org.scorebound.cluster;

import org.scorebound.io.InputException;

/** Spark's failures in one line. */
final class Explanation {

  private Explanation() {}

  /**
   * What to throw for what Spark threw.
   *
   * @param thrown a failure of the job or of its start
   * @param master the master URL in use
   */
  static RuntimeException of(Throwable thrown, String master) {
    StringBuilder said = new StringBuilder();
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof InputException input) {
        return input;
      }
      said.append(e).append('\n');
    }
    String text = said.toString();
    if (text.contains("UnsupportedClassVersionError")) {
      return new InputException(
          "the executors of "
              + master
              + " run an older Java than "
              + Runtime.version().feature()
              + "; start the workers with JAVA_HOME at a JDK 25 or newer, or set"
              + " spark.executorEnv.JAVA_HOME",
          thrown);
    }
    if (text.contains(SliceTask.OTHER_WIDTH)) {
      int at = text.indexOf(SliceTask.OTHER_WIDTH);
      return new InputException(
          text.substring(at, text.indexOf('\n', at)).strip()
              + ": numbers would differ by rounding; set -XX:MaxVectorSize to the narrower width in"
              + " bytes on both (docs/campaigns.md)",
          thrown);
    }
    if (text.contains("Could not parse Master URL") || text.contains("Invalid master URL")) {
      return new InputException(
          "--master "
              + master
              + " is no master URL of Spark; one is local[*], local[4], spark://HOST:7077, yarn or"
              + " k8s://HOST:PORT",
          thrown);
    }
    if (text.contains("All masters are unresponsive") || text.contains("stopped SparkContext")) {
      return new InputException("--master " + master + " does not answer", thrown);
    }
    return thrown instanceof RuntimeException r
        ? r
        : new IllegalStateException("Spark: " + thrown.getMessage(), thrown);
  }
}
