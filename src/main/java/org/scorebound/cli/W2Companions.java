package org.scorebound.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.InputException;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.transport.LowerBounds;
import org.scorebound.transport.SinkhornW2;
import org.scorebound.transport.SlicedW2;
import picocli.CommandLine.Option;

/** What is printed beside the exact distance on request, each labelled with what it is. */
final class W2Companions {

  @Option(
      names = "--also",
      split = ",",
      paramLabel = "NAME",
      description =
          "Print beside it: gelbrich (a lower bound), sliced (another distance), sinkhorn (an"
              + " approximation), w1 (dimension 1). Several with commas.")
  private List<String> names = List.of();

  @Option(
      names = "--directions",
      defaultValue = "500",
      paramLabel = "L",
      description = "Directions of the sliced distance (default: ${DEFAULT-VALUE}).")
  private int directions = 500;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of the directions (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      description =
          "Regularisation of sinkhorn in squared units of the data (default: W2 squared / 10).")
  private @Nullable Double epsilon;

  @Option(
      names = "--iterations",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Iterations of sinkhorn (default: ${DEFAULT-VALUE}).")
  private int iterations = 1000;

  /**
   * A number beside the distance.
   *
   * @param name its name on the command line
   * @param value with its interval
   * @param meaning what it is, in words
   */
  record Companion(String name, Estimate value, String meaning) {}

  /** Seed of the directions. */
  long seed() {
    return seed;
  }

  /** Refuses unknown names, and what does not suit the problem, before anything is computed. */
  void check(int d, int m, int n, boolean weighted) {
    for (String name : names) {
      switch (name) {
        case "gelbrich" -> {}
        case "sliced" -> {
          if (m != n || weighted) {
            throw new InputException("--also sliced needs clouds of one size without weights");
          }
        }
        case "sinkhorn" -> {
          if (weighted) {
            throw new InputException("--also sinkhorn needs clouds without weights");
          }
          SinkhornW2.checkMemory(m, n);
        }
        case "w1" -> {
          if (d != 1) {
            throw new InputException("--also w1 needs dimension 1, got " + d);
          }
        }
        default ->
            throw new InputException(
                "--also must be gelbrich, sliced, sinkhorn or w1, got '" + name + "'");
      }
    }
  }

  /** Computes what was asked for; wrong numbers of options are named. */
  List<Companion> compute(
      W2Points a, double @Nullable [] wa, W2Points b, double @Nullable [] wb, double squared) {
    List<Companion> all = new ArrayList<>();
    for (String name : names) {
      all.add(
          switch (name) {
            case "gelbrich" ->
                new Companion(
                    name,
                    point(LowerBounds.gelbrich(a.data(), wa, b.data(), wb, a.d())),
                    "lower bound of W2: the Gaussians with the clouds' means and covariances");
            case "sliced" ->
                new Companion(
                    name,
                    SlicedW2.between(
                        a.data(), b.data(), a.d(), directions, RandomStream.root(seed)),
                    "another distance, not W2: "
                        + directions
                        + " directions, seed "
                        + seed
                        + ", 95 % interval");
            case "sinkhorn" -> sinkhorn(a, b, squared);
            default ->
                new Companion(
                    name,
                    point(LowerBounds.w1OnTheLine(a.data(), wa, b.data(), wb)),
                    "W1, exact; a lower bound of W2");
          });
    }
    return all;
  }

  private Companion sinkhorn(W2Points a, W2Points b, double squared) {
    double e = epsilon == null ? Math.max(squared / 10, Double.MIN_NORMAL) : epsilon;
    return new Companion(
        "sinkhorn",
        SinkhornW2.between(a.data(), b.data(), a.d(), e, iterations),
        String.format(
            Locale.ROOT,
            "approximation of W2: epsilon %.6g, %d iterations, from its dual to its rounded plan",
            e,
            iterations));
  }

  private static Estimate point(double value) {
    return Estimate.of(value, value, value, Evidence.ESTIMATED);
  }
}
