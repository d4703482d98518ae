package org.scorebound.claims;

import java.util.LinkedHashMap;
import java.util.Map;
import org.scorebound.verify.Configuration;
import org.scorebound.verify.Families;

/** The parts of configuration documents that claims are examined on. */
final class Documents {

  private Documents() {}

  static Configuration configuration(
      String name,
      Map<String, ?> data,
      Map<String, ?> diffusion,
      double churn,
      Map<String, ?> score,
      Map<String, ?> start) {
    return Families.read(
        of(
            "name",
            name,
            "data",
            data,
            "diffusion",
            diffusion,
            "sampler",
            of("churn", churn),
            "score",
            score,
            "start",
            start));
  }

  static Map<String, Object> of(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  static Map<String, Object> gaussian(double[] mean, double[][] cov) {
    return of("type", "gaussian", "mean", mean, "cov", cov);
  }

  static Map<String, Object> constant(double beta, double horizon) {
    return of("type", "vp", "schedule", of("type", "constant", "beta", beta), "horizon", horizon);
  }

  static Map<String, Object> linear(String type, double from, double to) {
    return of(
        "type",
        type,
        "schedule",
        of("type", "linear", "betaMin", from, "betaMax", to),
        "horizon",
        1.0);
  }

  static Map<String, Object> exactPlus(double... vector) {
    return of("type", "exact-plus", "perturbation", of("type", "constant", "vector", vector));
  }

  static Map<String, Object> sine(double[] amplitude, double[][] frequency) {
    return of(
        "type",
        "exact-plus",
        "perturbation",
        of("type", "sine", "amplitude", amplitude, "frequency", frequency));
  }

  static Map<String, Object> marginal() {
    return of("type", "marginal");
  }

  static Map<String, Object> standardNormal() {
    return of("type", "standard-normal");
  }

  static Map<String, Object> exact() {
    return of("type", "exact");
  }
}
