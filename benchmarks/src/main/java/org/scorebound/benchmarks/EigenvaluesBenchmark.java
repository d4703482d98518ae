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

/** The eigenvalues of {@value #N} symmetric matrices, 2 x 2 and 3 x 3. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class EigenvaluesBenchmark {

  static final int N = 8192;

  /** A few roundings of numbers below 10. */
  private static final double ROUNDING = 64 * 0x1p-52;

  /** Who computes it. */
  @Param({"VECTOR", "SCALAR"})
  public Provider provider = Provider.VECTOR;

  private Kernels kernels = Kernels.of(BackEnd.SCALAR);
  private final double[] a11 = new double[N];
  private final double[] a21 = new double[N];
  private final double[] a22 = new double[N];
  private final double[] low = new double[N];
  private final double[] high = new double[N];
  private final double[] triangles = new double[6 * N];
  private final double[] values = new double[3 * N];

  /** Normal entries. */
  @Setup
  public void setUp() {
    kernels = provider.kernels();
    RandomStream random = RandomStream.root(11);
    random.fillGaussian(a11, 0, N);
    random.fillGaussian(a21, 0, N);
    random.fillGaussian(a22, 0, N);
    random.fillGaussian(triangles, 0, triangles.length);
  }

  /** All three of as many 3 x 3 matrices. */
  @Benchmark
  public double[] triples() {
    kernels.eigenvalues(3, N, triangles, values);
    return values;
  }

  /** Both of each pair. */
  @Benchmark
  public double[] pairs() {
    kernels.eigenvalues2(N, a11, a21, a22, low, high);
    return high;
  }

  /** Against the reference. */
  @TearDown
  public void check() {
    double[] want = new double[N];
    double[] other = new double[N];
    Kernels.of(BackEnd.SCALAR).eigenvalues2(N, a11, a21, a22, other, want);
    Checks.close("high", pairs(), want, ROUNDING);
    Checks.close("low", low, other, ROUNDING);
    double[] three = new double[3 * N];
    Kernels.of(BackEnd.SCALAR).eigenvalues(3, N, triangles, three);
    Checks.close("values", triples(), three, ROUNDING);
  }
}
