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
import org.scorebound.random.RandomStream;

/** Updates and sums that memory or cache bandwidth limits. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class VectorOpsBenchmark {

  /** Who computes it. */
  @Param({"VECTOR", "JBLAS", "SCALAR"})
  public Provider provider = Provider.VECTOR;

  /** Length: in the first-level cache, in the second, in memory. */
  @Param({"1000", "40000", "4000000"})
  public int n = 1000;

  private Kernels kernels = Kernels.of(BackEnd.SCALAR);
  private double[] x = {};
  private double[] y = {};

  /** Random vectors. */
  @Setup
  public void setUp() {
    kernels = provider.kernels();
    RandomStream random = RandomStream.root(4);
    x = new double[n];
    y = new double[n];
    random.fillGaussian(x, 0, n);
    random.fillGaussian(y, 0, n);
  }

  /** {@code y += 1e-9 x}. */
  @Benchmark
  public double[] axpy() {
    kernels.axpy(n, 1e-9, x, 0, y, 0);
    return y;
  }

  /** {@code x . y}. */
  @Benchmark
  public double dot() {
    return kernels.dot(n, x, 0, y, 0);
  }

  /** Against the reference, within the error of two sums of n products below 40. */
  @TearDown
  public void check() {
    double[] got = {kernels.dot(n, x, 0, y, 0)};
    double[] want = {Kernels.of(BackEnd.SCALAR).dot(n, x, 0, y, 0)};
    Checks.close("dot", got, want, 2.0 * n * 0x1p-53 * n * 40);
  }
}
