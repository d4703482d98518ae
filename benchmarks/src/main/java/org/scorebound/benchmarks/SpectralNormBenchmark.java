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
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SpectralNorm;
import org.scorebound.random.RandomStream;

/**
 * The certified norm of a weight matrix; the baseline is Jacobi's eigenvalues of its Gram matrix.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
@ComparedMethods({"upper", "follow", "jacobi"})
public class SpectralNormBenchmark {

  /** Order of the matrix. */
  @Param({"2", "64"})
  public int order = 64;

  private double[] w = {};
  private double[][] rows = {};
  private double[] u = {};
  private double[] v = {};

  /** A normal random matrix. */
  @Setup
  public void setUp() {
    w = new double[order * order];
    rows = new double[order][order];
    RandomStream.root(6).fillGaussian(w, 0, w.length);
    for (int i = 0; i < w.length; i++) {
      rows[i % order][i / order] = w[i];
    }
    u = new double[order];
    v = SpectralNorm.startVector(order);
  }

  /** With proof. */
  @Benchmark
  public double upper() {
    return SpectralNorm.upper(w, 0, order, order);
  }

  /** One power iteration, as spectral normalisation takes per step. */
  @Benchmark
  public double follow() {
    return SpectralNorm.follow(w, 0, order, order, u, v, 1);
  }

  /** Baseline. */
  @Benchmark
  public double jacobi() {
    return Matrices.spectralNorm(rows);
  }

  /** The bound is above the norm, and close. */
  @TearDown
  public void check() {
    double exact = jacobi();
    double ratio = upper() / exact;
    if (!(ratio >= 1 - 1e-14 && ratio <= 1 + 1e-8)) {
      throw new IllegalStateException("bound must be just above " + exact + ", ratio is " + ratio);
    }
  }
}
