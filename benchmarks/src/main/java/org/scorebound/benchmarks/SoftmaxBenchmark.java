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

/**
 * Responsibilities of a mixture: softmax and log-sum-exp of the columns of components x {@value
 * #COLS}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class SoftmaxBenchmark {

  static final int COLS = 2048;

  /** Who computes it. */
  @Param({"VECTOR", "JBLAS", "SCALAR"})
  public Provider provider = Provider.VECTOR;

  /** Components of the mixture. */
  @Param({"4", "64"})
  public int components = 4;

  private Kernels kernels = Kernels.of(BackEnd.SCALAR);
  private double[] x = {};
  private double[] p = {};
  private final double[] lse = new double[COLS];

  /** Random logits. */
  @Setup
  public void setUp() {
    kernels = provider.kernels();
    x = new double[components * COLS];
    p = new double[x.length];
    RandomStream.root(5).fillGaussian(x, 0, x.length);
  }

  /** A copy and the softmax of its columns. */
  @Benchmark
  public double[] softmax() {
    System.arraycopy(x, 0, p, 0, x.length);
    kernels.softmaxColumns(components, COLS, p, 0, lse, 0);
    return p;
  }

  /** Against the reference: probabilities to a few roundings for each component. */
  @TearDown
  public void check() {
    double[] want = x.clone();
    softmax();
    Kernels.of(BackEnd.SCALAR).softmaxColumns(components, COLS, want, 0, lse.clone(), 0);
    Checks.close("softmax", p, want, (components + 8) * 0x1p-52);
  }
}
