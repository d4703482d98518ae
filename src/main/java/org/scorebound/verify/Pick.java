package org.scorebound.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;

/**
 * Draws the parts of a configuration document. Numbers have four significant decimals, to be read.
 */
final class Pick {

  private final RandomStream random;

  Pick(RandomStream random) {
    this.random = random;
  }

  double real(double lo, double hi) {
    return rounded(random.nextDouble(lo, hi));
  }

  int whole(int n) {
    return random.nextInt(n);
  }

  /** A dimension in 1..max, small ones more often. */
  int dimension(int max) {
    double u = random.nextDouble();
    return 1 + (int) (u * u * max);
  }

  private static double rounded(double x) {
    return Math.rint(x * 1e4) / 1e4;
  }

  double[] vector(int d, double scale) {
    double[] v = new double[d];
    for (int i = 0; i < d; i++) {
      v[i] = rounded(scale * random.nextGaussian());
    }
    return v;
  }

  double[] weights(int k) {
    double[] w = new double[k];
    int left = 10_000;
    for (int i = 0; i < k - 1; i++) {
      int share = 500 + random.nextInt(Math.max(1, left - 500 * (k - i) - 499));
      w[i] = share / 1e4;
      left -= share;
    }
    w[k - 1] = left / 1e4;
    return w;
  }

  /** A rotation of a diagonal with entries in [lo, hi]; diagonal or a multiple of I at times. */
  double[][] covariance(int d, double lo, double hi) {
    double[] variances = new double[d];
    int shape = random.nextInt(3);
    for (int i = 0; i < d; i++) {
      variances[i] = shape == 0 && i > 0 ? variances[0] : real(lo, hi);
    }
    double[][] c = Matrices.diagonal(variances);
    if (shape == 2) {
      for (int p = 0; p < d - 1; p++) {
        double angle = random.nextDouble(0, Math.PI);
        double[][] r = Matrices.identity(d);
        r[p][p] = Math.cos(angle);
        r[p + 1][p + 1] = r[p][p];
        r[p][p + 1] = -Math.sin(angle);
        r[p + 1][p] = Math.sin(angle);
        c = Matrices.congruence(r, c);
      }
      for (int i = 0; i < d; i++) {
        for (int j = 0; j <= i; j++) {
          c[i][j] = rounded(c[i][j]);
          c[j][i] = c[i][j];
        }
      }
    }
    return c;
  }

  Map<String, Object> gaussian(int d) {
    return Families.doc("type", "gaussian", "mean", vector(d, 0.7), "cov", covariance(d, 0.2, 1.5));
  }

  Map<String, Object> diffusion(double horizon) {
    return switch (random.nextInt(4)) {
      case 0 ->
          random.nextInt(2) == 0
              ? Families.doc(
                  "type",
                  "ve",
                  "sigmaMin",
                  real(0.02, 0.1),
                  "sigmaMax",
                  real(1, 4),
                  "horizon",
                  horizon)
              : Families.doc("type", "ve", "schedule", schedule(horizon, 4), "horizon", horizon);
      case 1 ->
          Families.doc("type", "sub-vp", "schedule", schedule(horizon, 8), "horizon", horizon);
      default -> variancePreserving(horizon);
    };
  }

  Map<String, Object> variancePreserving(double horizon) {
    return Families.doc("type", "vp", "schedule", schedule(horizon, 10), "horizon", horizon);
  }

  /** A schedule with B(T) of some units at most. */
  private Map<String, Object> schedule(double horizon, double largest) {
    double top = rounded(random.nextDouble(0.4, 1) * largest / horizon);
    return switch (random.nextInt(6)) {
      case 0 -> Families.doc("type", "constant", "beta", rounded(0.6 * top));
      case 1 -> Families.doc("type", "cosine", "betaClip", rounded(10 / horizon));
      case 2 -> Families.doc("type", "sigmoid", "betaMin", 0.05, "betaMax", top);
      case 3 -> Families.doc("type", "quadratic", "betaMin", 0.1, "betaMax", rounded(1.5 * top));
      case 4 -> {
        List<Object> betas = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
          betas.add(rounded(top * i / 5));
        }
        yield Families.doc("type", "discrete", "betas", betas);
      }
      default ->
          Families.doc("type", "linear", "betaMin", 0.1, "betaMax", rounded(0.1 + 1.5 * top));
    };
  }

  Map<String, Object> linearError(int d) {
    Map<String, Object> score =
        Families.doc(
            "type",
            "linear-error",
            "scale",
            real(0.8, 1.2),
            "shift",
            real(-0.1, 0.1),
            "offset",
            vector(d, 0.2));
    profile(score);
    return score;
  }

  Map<String, Object> constant(int d) {
    Map<String, Object> score =
        Families.doc(
            "type",
            "exact-plus",
            "perturbation",
            Families.doc("type", "constant", "vector", vector(d, 0.3)));
    profile(score);
    return score;
  }

  /** A small network, untrained or trained for some milliseconds. */
  Map<String, Object> network() {
    List<Object> hidden = new ArrayList<>();
    for (int l = 1 + random.nextInt(2); l > 0; l--) {
      hidden.add(4 * (1 + random.nextInt(2)));
    }
    String activation =
        switch (random.nextInt(3)) {
          case 0 -> "tanh";
          case 1 -> "silu";
          default -> "softplus";
        };
    return Families.doc(
        "type",
        "network",
        "seed",
        random.nextInt(1_000_000),
        "hidden",
        hidden,
        "activation",
        activation,
        "steps",
        1 + random.nextInt(4),
        "output",
        random.nextInt(4) == 0 ? "score" : "noise",
        "epochs",
        random.nextInt(2) * (5 + random.nextInt(16)));
  }

  Map<String, Object> sine(int d) {
    double[][] frequency = new double[d][];
    for (int i = 0; i < d; i++) {
      frequency[i] = vector(d, 1);
    }
    Map<String, Object> score =
        Families.doc(
            "type",
            "exact-plus",
            "perturbation",
            Families.doc(
                "type",
                "sine",
                "amplitude",
                vector(d, 0.2),
                "frequency",
                frequency,
                "phase",
                vector(d, 2)));
    profile(score);
    return score;
  }

  /** Adds a time profile to two scores in three. */
  void profile(Map<String, Object> score) {
    switch (random.nextInt(6)) {
      case 0 ->
          score.put(
              "profile", Families.doc("type", "linear", "from", real(-0.5, 1), "to", real(0.2, 1)));
      case 1 -> score.put("profile", Families.doc("type", "exponential", "rate", real(-2, 0.5)));
      case 2 ->
          score.put(
              "profile",
              Families.doc("type", "wave", "depth", real(-0.9, 0.9), "cycles", real(0.5, 3)));
      case 3 ->
          score.put(
              "profile",
              Families.doc("type", "power", "rate", real(0, 2), "exponent", real(-2, 1)));
      default -> {}
    }
  }

  /** A start law; Gaussians of their own only where {@code W2(p_T, q_T)} is sharp. */
  Map<String, Object> start(int d, boolean gaussianEnd) {
    return switch (random.nextInt(gaussianEnd || d == 1 ? 4 : 2)) {
      case 0 -> Families.doc("type", "marginal");
      case 1 -> Families.doc("type", "translated", "by", vector(d, 0.2));
      case 2 -> Families.doc("type", "standard-normal");
      default ->
          Families.doc("type", "gaussian", "mean", vector(d, 0.2), "cov", covariance(d, 0.6, 1.4));
    };
  }
}
