package org.scorebound.benchmarks;

import java.util.Map;
import java.util.Optional;
import org.scorebound.bench.Work;

/** The arithmetic and the memory traffic of one operation of each benchmark. */
public final class KernelWork {

  private KernelWork() {}

  /**
   * The work of a benchmark.
   *
   * @param benchmark JMH's name, {@code package.Class.method}
   * @param parameters JMH's parameters by name
   * @return empty where none is stated
   */
  public static Optional<Work> of(String benchmark, Map<String, String> parameters) {
    int dot = benchmark.lastIndexOf('.');
    String method = benchmark.substring(dot + 1);
    String owner = benchmark.substring(0, Math.max(0, dot));
    String type = owner.substring(owner.lastIndexOf('.') + 1);
    return Optional.ofNullable(
        switch (type) {
          case "GemmBenchmark" ->
              gemm(GemmBenchmark.Shape.valueOf(parameters.getOrDefault("shape", "FORWARD_64")));
          case "ActivationBenchmark" ->
              activation(
                  ActivationBenchmark.Function.valueOf(
                      parameters.getOrDefault("function", "SOFTPLUS")),
                  method.equals("valueAndSlope"));
          case "MlpBenchmark", "MlpProductsBenchmark", "WarmShapesBenchmark" ->
              network(
                  method, NetworkShape.valueOf(parameters.getOrDefault("shape", "PUBLISHED_1024")));
          case "TrainingBenchmark" -> training();
          case "SingleTrainingBenchmark" -> inFloats(training());
          case "SinglePassBenchmark" -> inFloats(network(method, NetworkShape.PUBLISHED_128));
          case "AdamWBenchmark" -> elements(parametersOfPublished(), 9);
          case "VectorOpsBenchmark" ->
              vectorOp(method, Integer.parseInt(parameters.getOrDefault("n", "1000")));
          case "SoftmaxBenchmark" ->
              elements(
                  (double) SoftmaxBenchmark.COLS
                      * Integer.parseInt(parameters.getOrDefault("components", "4")),
                  2);
          case "EulerMaruyamaBenchmark" ->
              elements(2.0 * EulerMaruyamaBenchmark.PARTICLES, method.equals("step") ? 2 : 1);
          case "CostMatrixBenchmark" -> costs(method);
          case "EigenvaluesBenchmark" ->
              elements(EigenvaluesBenchmark.N, method.equals("triples") ? 9 : 5);
          case "RoofBenchmark" -> roof(method);
          default -> null;
        });
  }

  private static Work gemm(GemmBenchmark.Shape s) {
    double elements = (double) s.m * s.n;
    return new Work(
        2 * elements * s.k,
        8 * ((double) s.m * s.k + (double) s.k * s.n + elements * (s.add ? 2 : 1)),
        elements);
  }

  /** n elements of which {@code arrays} are read or written. */
  private static Work elements(double n, int arrays) {
    return new Work(0, 8 * n * arrays, n);
  }

  /**
   * The operations of the vector algorithm, a multiply-add counting 2, a division 1; those that
   * move or compare bits are not counted.
   */
  private static Work activation(ActivationBenchmark.Function f, boolean slope) {
    int flops =
        switch (f) {
          case EXP -> 29;
          case SOFTPLUS -> slope ? 58 : 56;
          case TANH -> slope ? 37 : 35;
          case SILU -> slope ? 35 : 31;
          case RELU -> 0;
        };
    double n = ActivationBenchmark.N;
    return new Work(n * flops, 8 * n * (slope && flops != 29 ? 3 : 2), n);
  }

  private static Work network(String method, NetworkShape s) {
    return switch (method) {
      case "backward" -> new Work(s.backwardFlops(), 0, s.batch);
      case "jacobian" -> new Work(2 * (s.forwardFlops() - 2.0 * s.batch * 2 * s.width), 0, s.batch);
      default -> new Work(s.forwardFlops(), 0, s.batch);
    };
  }

  private static Work training() {
    NetworkShape s = NetworkShape.PUBLISHED_128;
    double steps = TrainingBenchmark.STEPS;
    return new Work(steps * (s.forwardFlops() + s.backwardFlops()), 0, steps);
  }

  /** Two operations on floats count 1: vectors hold twice as many of them as of doubles. */
  private static Work inFloats(Work work) {
    return new Work(work.flops() / 2, work.bytes(), work.elements());
  }

  private static double parametersOfPublished() {
    int w = NetworkShape.PUBLISHED_128.width;
    return 2.0 * w * w + 4 * w + 3 * w + 2 + 3.0 * w * NetworkFixture.STEPS;
  }

  private static Work vectorOp(String method, int n) {
    return new Work(2.0 * n, 8.0 * n * (method.equals("axpy") ? 3 : 2), n);
  }

  /** Costs are written; reductions read the matrix, and read and write it again. */
  private static Work costs(String method) {
    double n = (double) CostMatrixBenchmark.N * CostMatrixBenchmark.N;
    return new Work(0, 8 * n * (method.equals("distances") ? 1 : 3), n);
  }

  private static Work roof(String method) {
    return switch (method) {
      case "fma" -> new Work(RoofBenchmark.flops(), 0, RoofBenchmark.flops() / 2);
      case "triadL1" -> triad(RoofBenchmark.IN_L1);
      case "triadL2" -> triad(RoofBenchmark.IN_L2);
      default -> triad(RoofBenchmark.IN_MEMORY);
    };
  }

  /** Its flops are no measure of anything. */
  private static Work triad(double n) {
    return new Work(0, 24 * n, n);
  }
}
