package org.scorebound.benchmarks;

import java.util.Map;
import java.util.Optional;

/**
 * The arithmetic and the memory traffic of one operation of each benchmark, to turn times into
 * rates and shares of the roof.
 *
 * @param flops floating-point operations, a multiply-add counting 2; 0 where they are not the
 *     measure
 * @param bytes that must be read and written at least, each array once; 0 likewise
 * @param elements elements handled, for rates per element
 */
public record KernelWork(double flops, double bytes, double elements) {

  /**
   * The work of a benchmark.
   *
   * @param benchmark JMH's name, {@code package.Class.method}
   * @param parameters JMH's parameters by name
   * @return empty where none is stated
   */
  public static Optional<KernelWork> of(String benchmark, Map<String, String> parameters) {
    int dot = benchmark.lastIndexOf('.');
    String method = benchmark.substring(dot + 1);
    String owner = benchmark.substring(0, Math.max(0, dot));
    String type = owner.substring(owner.lastIndexOf('.') + 1);
    return Optional.ofNullable(
        switch (type) {
          case "GemmBenchmark" ->
              gemm(GemmBenchmark.Shape.valueOf(parameters.getOrDefault("shape", "FORWARD_64")));
          case "ActivationBenchmark" ->
              elements(ActivationBenchmark.N, method.equals("value") ? 2 : 3);
          case "MlpBenchmark", "WarmShapesBenchmark" ->
              network(
                  method, NetworkShape.valueOf(parameters.getOrDefault("shape", "PUBLISHED_1024")));
          case "TrainingBenchmark" -> training();
          case "AdamWBenchmark" -> elements(parametersOfPublished(), 9);
          case "VectorOpsBenchmark" ->
              vectorOp(method, Integer.parseInt(parameters.getOrDefault("n", "1000")));
          case "SoftmaxBenchmark" ->
              elements(
                  (double) SoftmaxBenchmark.COLS
                      * Integer.parseInt(parameters.getOrDefault("components", "4")),
                  2);
          case "RoofBenchmark" -> roof(method);
          default -> null;
        });
  }

  private static KernelWork gemm(GemmBenchmark.Shape s) {
    double elements = (double) s.m * s.n;
    return new KernelWork(
        2 * elements * s.k,
        8 * ((double) s.m * s.k + (double) s.k * s.n + elements * (s.add ? 2 : 1)),
        elements);
  }

  /** n elements of which {@code arrays} are read or written. */
  private static KernelWork elements(double n, int arrays) {
    return new KernelWork(0, 8 * n * arrays, n);
  }

  private static KernelWork network(String method, NetworkShape s) {
    return switch (method) {
      case "backward" -> new KernelWork(s.backwardFlops(), 0, s.batch);
      case "jacobian" ->
          new KernelWork(2 * (s.forwardFlops() - 2.0 * s.batch * 2 * s.width), 0, s.batch);
      default -> new KernelWork(s.forwardFlops(), 0, s.batch);
    };
  }

  private static KernelWork training() {
    NetworkShape s = NetworkShape.PUBLISHED_128;
    double steps = TrainingBenchmark.STEPS;
    return new KernelWork(steps * (s.forwardFlops() + s.backwardFlops()), 0, steps);
  }

  private static double parametersOfPublished() {
    int w = NetworkShape.PUBLISHED_128.width;
    return 2.0 * w * w + 4 * w + 3 * w + 2 + 3.0 * w * NetworkFixture.STEPS;
  }

  private static KernelWork vectorOp(String method, int n) {
    return new KernelWork(2.0 * n, 8.0 * n * (method.equals("axpy") ? 3 : 2), n);
  }

  private static KernelWork roof(String method) {
    return switch (method) {
      case "fma" -> {
        double n = (double) RoofBenchmark.CHAINS * RoofBenchmark.LENGTH * RoofBenchmark.lanes();
        yield new KernelWork(2 * n, 0, n);
      }
      case "triadL1" -> triad(RoofBenchmark.IN_L1);
      case "triadL2" -> triad(RoofBenchmark.IN_L2);
      default -> triad(RoofBenchmark.IN_MEMORY);
    };
  }

  private static KernelWork triad(double n) {
    return new KernelWork(2 * n, 24 * n, n);
  }
}
