package org.scorebound.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.lipschitz.ShippedNetworks;
import org.scorebound.random.RandomStream;

/**
 * The seeded sampler of configurations. Configuration i belongs to family {@code i mod F} and churn
 * cell {@code (i / F) mod 4}, and is drawn from the stream {@code seed / "configuration" / i}, so
 * it does not depend on how many are drawn or by how many threads.
 *
 * <p>Each is drawn as the JSON document that {@code --config} reads, and read back from it.
 */
public final class Families {

  /** What a family draws. */
  private interface Draw {
    Map<String, Object> document(Pick pick);
  }

  /**
   * A family.
   *
   * @param name its name
   * @param what it holds, in a few words
   */
  private record Family(String name, String what, Draw draw) {}

  private static final List<Family> ALL =
      List.of(
          new Family(
              "gaussian-linear", "Gaussian data, linear score with error", pick -> linear(pick)),
          new Family("gaussian-drift", "Gaussian data, constant error c(t) u", pick -> drift(pick)),
          new Family("gaussian-sine", "Gaussian data, bounded smooth error", pick -> sine(pick)),
          new Family("mixture-line", "mixtures on the line, any variances", pick -> line(pick)),
          new Family(
              "mixture-common", "mixtures with one covariance", pick -> commonCovariance(pick)),
          new Family("clusters", "published clusters, two moons, points", pick -> clusters(pick)),
          new Family("matrix-drift", "Ornstein–Uhlenbeck with a matrix", pick -> matrixDrift(pick)),
          new Family(
              "network", "networks: shipped, untrained, trained a little", pick -> network(pick)),
          new Family("unbounded", "L_s infinite, to be detected", pick -> unbounded(pick)));

  private Families() {}

  /** The names of the families, in the order in which configurations cycle through them. */
  public static List<String> names() {
    return ALL.stream().map(Family::name).toList();
  }

  /** The churn cells: the ODE, weak noise, the reverse SDE, strong noise. */
  public static List<String> churnCells() {
    return List.of("0", "(0,1)", "1", "(1,2]");
  }

  /** The family of configuration i. */
  public static String family(int i) {
    return ALL.get(i % ALL.size()).name();
  }

  /** The churn cell of configuration i. */
  public static String churnCell(int i) {
    return churnCells().get(cell(i));
  }

  private static int cell(int i) {
    return i / ALL.size() % 4;
  }

  /** Configuration i of a seed. */
  public static Configuration draw(long seed, int i) {
    Family family = ALL.get(i % ALL.size());
    Pick pick = new Pick(RandomStream.root(seed).child("configuration").child(i));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", family.name() + "-" + i);
    document.putAll(family.draw().document(pick));
    document.put("sampler", doc("churn", churn(pick, cell(i))));
    return read(document);
  }

  /** Reads a document given as plain maps and lists. */
  public static Configuration read(Map<String, ?> document) {
    return Configuration.read(
        JsonInput.parse(JsonOutput.toString(document), String.valueOf(document.get("name"))));
  }

  private static double churn(Pick pick, int cell) {
    return switch (cell) {
      case 0 -> 0.0;
      case 1 -> pick.real(0.1, 0.9);
      case 2 -> 1.0;
      default -> pick.real(1.1, 2);
    };
  }

  static Map<String, Object> doc(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  private static Map<String, Object> of(
      Map<String, Object> data,
      Map<String, Object> diffusion,
      Map<String, Object> score,
      Map<String, Object> start) {
    return doc("data", data, "diffusion", diffusion, "score", score, "start", start);
  }

  private static Map<String, Object> linear(Pick pick) {
    int d = pick.dimension(16);
    double horizon = pick.real(0.5, 2);
    return of(pick.gaussian(d), pick.diffusion(horizon), pick.linearError(d), pick.start(d, true));
  }

  private static Map<String, Object> drift(Pick pick) {
    int d = pick.dimension(8);
    double horizon = pick.real(0.5, 2);
    Map<String, Object> perturbation =
        doc("type", "constant", "vector", pick.vector(d, 0.4 / Math.sqrt(d)));
    Map<String, Object> score = doc("type", "exact-plus", "perturbation", perturbation);
    pick.profile(score);
    return of(pick.gaussian(d), pick.diffusion(horizon), score, pick.start(d, true));
  }

  private static Map<String, Object> sine(Pick pick) {
    int d = pick.dimension(4);
    return of(
        pick.gaussian(d), pick.diffusion(pick.real(0.5, 1.5)), pick.sine(d), pick.start(d, true));
  }

  private static Map<String, Object> line(Pick pick) {
    int k = 2 + pick.whole(3);
    List<Object> means = new ArrayList<>();
    List<Object> covs = new ArrayList<>();
    boolean common = pick.whole(2) == 0;
    double variance = pick.real(0.05, 0.5);
    for (int i = 0; i < k; i++) {
      means.add(new double[] {pick.real(-1.5, 1.5)});
      covs.add(new double[][] {{common ? variance : pick.real(0.05, 0.5)}});
    }
    Map<String, Object> data =
        doc("type", "mixture", "weights", pick.weights(k), "means", means, "covs", covs);
    Map<String, Object> score =
        switch (pick.whole(4)) {
          case 0 -> pick.linearError(1);
          case 1 -> pick.constant(1);
          default -> pick.sine(1);
        };
    return of(data, pick.diffusion(pick.real(0.5, 1.5)), score, pick.start(1, false));
  }

  private static Map<String, Object> commonCovariance(Pick pick) {
    int d = 2 + pick.whole(3);
    int k = 2 + pick.whole(3);
    List<Object> means = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      means.add(pick.vector(d, 0.7));
    }
    Map<String, Object> data =
        doc(
            "type",
            "mixture",
            "weights",
            pick.weights(k),
            "means",
            means,
            "cov",
            pick.covariance(d, 0.2, 1));
    Map<String, Object> score = pick.whole(3) == 0 ? pick.constant(d) : pick.sine(d);
    return of(data, pick.diffusion(pick.real(0.5, 1.5)), score, pick.start(d, false));
  }

  private static Map<String, Object> clusters(Pick pick) {
    Map<String, Object> data =
        switch (pick.whole(5)) {
          case 0 -> doc("type", "clusters", "dimension", 1, "count", 1, "variance", 0.1);
          case 1 -> doc("type", "clusters", "dimension", 1, "count", 2, "variance", 0.04);
          case 2 ->
              doc("type", "clusters", "dimension", 2, "count", 4, "variance", pick.real(0.01, 0.2));
          case 3 ->
              doc(
                  "type",
                  "two-moons",
                  "points",
                  2 * (4 + pick.whole(8)),
                  "noise",
                  pick.real(0.2, 0.5));
          default -> {
            int n = 5 + pick.whole(12);
            List<Object> points = new ArrayList<>();
            for (int i = 0; i < n; i++) {
              points.add(pick.vector(2, 1));
            }
            yield doc("type", "points", "points", points, "bandwidth", pick.real(0.3, 0.7));
          }
        };
    int d = data.get("dimension") instanceof Integer given ? given : 2;
    Map<String, Object> score = pick.whole(3) == 0 ? pick.constant(d) : pick.sine(d);
    return of(data, pick.variancePreserving(pick.real(0.5, 1.5)), score, pick.start(d, false));
  }

  private static Map<String, Object> matrixDrift(Pick pick) {
    int d = 2 + pick.whole(3);
    double[][] drift = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        drift[i][j] = i == j ? -pick.real(0.2, 1.5) : pick.real(-0.8, 0.8);
      }
    }
    Map<String, Object> diffusion =
        doc("type", "ou", "drift", drift, "g", pick.real(0.6, 1.4), "horizon", pick.real(0.5, 2));
    boolean gaussian = pick.whole(3) > 0;
    Map<String, Object> data =
        gaussian
            ? pick.gaussian(d)
            : doc(
                "type",
                "mixture",
                "weights",
                pick.weights(2),
                "means",
                List.of(pick.vector(d, 0.7), pick.vector(d, 0.7)),
                "cov",
                pick.covariance(d, 0.3, 1));
    Map<String, Object> score =
        gaussian ? pick.linearError(d) : pick.whole(2) == 0 ? pick.constant(d) : pick.sine(d);
    return of(data, diffusion, score, pick.start(d, gaussian));
  }

  private static Map<String, Object> network(Pick pick) {
    return pick.whole(2) == 0 ? shipped(pick) : smallNetwork(pick);
  }

  /** A shipped network on data and a diffusion near those that it was trained on. */
  private static Map<String, Object> shipped(Pick pick) {
    List<String> names = ShippedNetworks.names();
    String name = names.get(pick.whole(names.size()));
    int d = name.endsWith("1d") ? 1 : 2;
    int count = name.startsWith("gauss") ? 1 : 1 << d;
    Map<String, Object> data =
        doc("type", "clusters", "dimension", d, "count", count, "variance", pick.real(0.08, 0.12));
    Map<String, Object> schedule =
        doc("type", "linear", "betaMin", 0.1, "betaMax", pick.real(7, 9));
    Map<String, Object> start = doc("type", pick.whole(2) == 0 ? "standard-normal" : "marginal");
    return of(
        data,
        doc("type", "vp", "schedule", schedule),
        doc("type", "network", "shipped", name),
        start);
  }

  private static Map<String, Object> smallNetwork(Pick pick) {
    int d = 1 + pick.whole(2);
    Map<String, Object> data =
        pick.whole(2) == 0
            ? pick.gaussian(d)
            : doc(
                "type",
                "clusters",
                "dimension",
                d,
                "count",
                1 << d,
                "variance",
                pick.real(0.05, 0.2));
    Map<String, Object> diffusion = pick.variancePreserving(pick.real(0.5, 1.5));
    Map<String, Object> start = doc("type", pick.whole(2) == 0 ? "standard-normal" : "marginal");
    return of(data, diffusion, pick.network(), start);
  }

  private static Map<String, Object> unbounded(Pick pick) {
    int d = 2 + pick.whole(2);
    Map<String, Object> data =
        doc(
            "type",
            "mixture",
            "weights",
            pick.weights(2),
            "means",
            List.of(pick.vector(d, 0.5), pick.vector(d, 0.5)),
            "covs",
            List.of(pick.covariance(d, 0.3, 1), pick.covariance(d, 0.3, 1)));
    return of(
        data, pick.variancePreserving(pick.real(0.5, 1.5)), pick.sine(d), pick.start(d, false));
  }
}
