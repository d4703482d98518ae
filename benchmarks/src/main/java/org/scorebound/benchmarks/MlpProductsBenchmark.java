package org.scorebound.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;

/** The matrix products of {@link MlpBenchmark}'s passes, without what is between them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class MlpProductsBenchmark {

  /** Products in a chain: the reference's rounding grows with the width of each of four layers. */
  private static final double ROUNDING = 1e-9;

  /** Who computes it. */
  @Param public Provider provider = Provider.VECTOR;

  /** Network and batch. */
  @Param({"PUBLISHED_1024", "WIDE_8192"})
  public NetworkShape shape = NetworkShape.PUBLISHED_1024;

  private NetworkProducts products =
      new NetworkProducts(Kernels.of(BackEnd.SCALAR), NetworkShape.PUBLISHED_128);

  /** Random weights and activations. */
  @Setup
  public void setUp() {
    products = new NetworkProducts(provider.kernels(), shape);
  }

  /** Those of a forward pass. */
  @Benchmark
  public double[] forward() {
    return products.forward();
  }

  /** Those of a backward pass. */
  @Benchmark
  public double[] backward() {
    return products.backward();
  }

  /** One forward pass against the reference, from the same seed. */
  @TearDown
  public void check() {
    double[] want = new NetworkProducts(Kernels.of(BackEnd.SCALAR), shape).forward();
    Checks.close("products", products.forward(), want, ROUNDING);
  }
}
