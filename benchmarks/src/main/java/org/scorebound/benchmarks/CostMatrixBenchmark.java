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

/** The cost matrix of {@value #N} points of the plane and the Hungarian algorithm's reductions. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class CostMatrixBenchmark {

  static final int N = 1000;
  private static final int D = 2;

  /** Squares of coordinates below 6, by differences or by products. */
  private static final double ROUNDING = 300 * 0x1p-52;

  /** Who computes it. */
  @Param({"VECTOR", "JBLAS", "JBLAS_HASWELL", "SCALAR"})
  public Provider provider = Provider.VECTOR;

  private Kernels kernels = Kernels.of(BackEnd.SCALAR);
  private final double[] x = new double[D * N];
  private final double[] y = new double[D * N];
  private final double[] c = new double[N * N];
  private final double[] u = new double[N];

  /** Two clouds and their costs. */
  @Setup
  public void setUp() {
    kernels = provider.kernels();
    RandomStream random = RandomStream.root(10);
    random.fillGaussian(x, 0, x.length);
    random.fillGaussian(y, 0, y.length);
    kernels.squaredDistances(D, N, x, N, y, c);
  }

  /** All costs. */
  @Benchmark
  public double[] distances() {
    kernels.squaredDistances(D, N, x, N, y, c);
    return c;
  }

  /** Least cost of every row, subtracted. */
  @Benchmark
  public double[] rows() {
    kernels.reduceRows(N, N, c, u);
    return u;
  }

  /** Least cost of every column, subtracted. */
  @Benchmark
  public double[] columns() {
    kernels.reduceColumns(N, N, c, u);
    return u;
  }

  /** Costs against the reference, and zeros after reduction. */
  @TearDown
  public void check() {
    double[] want = new double[N * N];
    Kernels.of(BackEnd.SCALAR).squaredDistances(D, N, x, N, y, want);
    Checks.close("costs", distances(), want, ROUNDING);
    columns();
    Checks.close("reduced", columns(), new double[N], 0);
  }
}
