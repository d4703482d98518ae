package org.scorebound.regress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scorebound.random.RandomStream;

/**
 * Series made from a model: {@code log score = drift + bad state + fork + iteration}, times 1 +
 * effect on the candidate.
 *
 * @param effect ratio - 1 of the candidate's cost
 * @param forkDeviation of the logarithm of a fork's level
 * @param iterationDeviation within a fork
 * @param drift of the logarithm per fork
 * @param slowShare share of forks that are 30 % slower: another compilation
 */
record Synthetic(
    double effect,
    double forkDeviation,
    double iterationDeviation,
    double drift,
    double slowShare) {

  private static final int ITERATIONS = 5;
  static final BenchmarkId ID =
      new BenchmarkId("org.example.Bench.run", "avgt", new LinkedHashMap<>(Map.of()));
  static final Metric METRIC = Metric.of("avgt", "ns/op");

  static Synthetic quiet(double effect) {
    return new Synthetic(effect, 0.02, 0.01, 0, 0);
  }

  Series series(long seed, int index, int blocks) {
    return series(seed, index, blocks, METRIC);
  }

  Series series(long seed, int index, int blocks, Metric metric) {
    List<Block> made = new ArrayList<>();
    RandomStream random = RandomStream.root(seed).child("noise").child(index);
    for (int b = 0; b < blocks; b++) {
      Order order = Order.drawn(seed, index, b);
      List<Fork> forks = new ArrayList<>();
      for (int i = 0; i < Order.FORKS; i++) {
        double level =
            drift * (4 * b + i)
                + forkDeviation * random.nextGaussian()
                + (random.nextDouble() < slowShare ? Math.log(1.3) : 0)
                + (order.sides().get(i) == Side.CANDIDATE ? Math.log1p(effect) : 0);
        forks.add(fork(random, level, metric));
      }
      made.add(new Block(order, forks));
    }
    return new Series(ID, metric, made, Optional.empty());
  }

  private Fork fork(RandomStream random, double level, Metric metric) {
    double[] scores = new double[ITERATIONS];
    double[] bytes = new double[ITERATIONS];
    for (int i = 0; i < ITERATIONS; i++) {
      double cost = level + iterationDeviation * random.nextGaussian();
      scores[i] = 1000 * Math.exp(metric.sign() * cost);
      bytes[i] = 48 + 0.01 * random.nextDouble();
    }
    double register = 0.01 * Math.exp(0.005 * random.nextGaussian());
    double memory = 0.02 * Math.exp(0.02 * random.nextGaussian());
    return new Fork(scores, bytes, register, memory, 0.5);
  }
}
