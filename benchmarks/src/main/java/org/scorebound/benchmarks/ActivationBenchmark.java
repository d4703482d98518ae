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
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;

/**
 * Elementwise functions on {@value #N} standard normals; the baseline {@code SCALAR} is {@link
 * Math}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class ActivationBenchmark {

  static final int N = 8192;

  /** The function: an activation or the exponential. */
  public enum Function {
    /** {@code e^x}, which has no separate slope. */
    EXP,
    /** {@link Activation#SOFTPLUS}. */
    SOFTPLUS,
    /** {@link Activation#TANH}. */
    TANH,
    /** {@link Activation#SILU}. */
    SILU,
    /** {@link Activation#RELU}. */
    RELU
  }

  /** Who computes it. */
  @Param({"VECTOR", "JBLAS", "SCALAR"})
  public Provider provider = Provider.VECTOR;

  /** What is computed. */
  @Param public Function function = Function.SOFTPLUS;

  private Kernels kernels = Kernels.of(BackEnd.SCALAR);
  private final double[] x = new double[N];
  private final double[] y = new double[N];
  private final double[] d = new double[N];

  /** Random arguments. */
  @Setup
  public void setUp() {
    kernels = provider.kernels();
    RandomStream.root(2).fillGaussian(x, 0, N);
  }

  /** Values. */
  @Benchmark
  public double[] value() {
    value(kernels, y);
    return y;
  }

  /** Values and slopes, as a training pass needs them. */
  @Benchmark
  public double[] valueAndSlope() {
    if (function == Function.EXP) {
      kernels.exp(N, x, 0, y, 0);
    } else {
      kernels.activateWithSlope(Activation.valueOf(function.name()), N, x, 0, y, 0, d, 0);
    }
    return d;
  }

  private void value(Kernels by, double[] to) {
    if (function == Function.EXP) {
      by.exp(N, x, 0, to, 0);
    } else {
      by.activate(Activation.valueOf(function.name()), N, x, 0, to, 0);
    }
  }

  /** Within 6 ulp of {@link Math}, for values up to {@code e^5}. */
  @TearDown
  public void check() {
    double[] want = new double[N];
    value(kernels, y);
    value(Kernels.of(BackEnd.SCALAR), want);
    Checks.close(function.name(), y, want, 6 * Math.ulp(Math.exp(5)));
  }
}
