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

/** The matrix products of a network's forward and backward pass; the baseline is {@code SCALAR}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class GemmBenchmark {

  /** {@code C (m x n) = op(A) op(B)} with inner dimension k. */
  public enum Shape {
    /** {@code W h} of a 64-wide layer. */
    FORWARD_64(false, false, 64, 1024, 64, false),
    /** {@code W^T q}. */
    BACKWARD_64(true, false, 64, 1024, 64, false),
    /** {@code dW += q h^T}. */
    GRADIENT_64(false, true, 64, 64, 1024, true),
    /** The first layer, 2 inputs. */
    INPUT_2(false, false, 64, 1024, 2, false),
    /** The last layer, 2 outputs. */
    OUTPUT_2(false, false, 2, 1024, 64, false),
    /** {@code W h} of a 256-wide layer. */
    FORWARD_256(false, false, 256, 8192, 256, false);

    final boolean transA;
    final boolean transB;
    final int m;
    final int n;
    final int k;
    final boolean add;

    Shape(boolean transA, boolean transB, int m, int n, int k, boolean add) {
      this.transA = transA;
      this.transB = transB;
      this.m = m;
      this.n = n;
      this.k = k;
      this.add = add;
    }
  }

  /** Who multiplies. */
  @Param public Provider provider = Provider.VECTOR;

  /** What is multiplied. */
  @Param public Shape shape = Shape.FORWARD_64;

  private Kernels kernels = Kernels.of(BackEnd.SCALAR);
  private double[] a = {};
  private double[] b = {};
  private double[] c = {};

  /** Random factors. */
  @Setup
  public void setUp() {
    kernels = provider.kernels();
    RandomStream random = RandomStream.root(1);
    a = new double[shape.m * shape.k];
    b = new double[shape.k * shape.n];
    c = new double[shape.m * shape.n];
    random.fillGaussian(a, 0, a.length);
    random.fillGaussian(b, 0, b.length);
  }

  /** One product, added to C where a gradient is. */
  @Benchmark
  public double[] gemm() {
    multiply(kernels, shape.add ? 1 : 0, c);
    return c;
  }

  private void multiply(Kernels by, double beta, double[] to) {
    by.gemm(
        shape.transA,
        shape.transB,
        shape.m,
        shape.n,
        shape.k,
        1,
        a,
        0,
        shape.transA ? shape.k : shape.m,
        b,
        0,
        shape.transB ? shape.n : shape.k,
        beta,
        to,
        0,
        shape.m);
  }

  /** Against the reference, within the error of two sums of k products of normals below 6. */
  @TearDown
  public void check() {
    double[] got = new double[c.length];
    double[] want = new double[c.length];
    multiply(kernels, 0, got);
    multiply(Kernels.of(BackEnd.SCALAR), 0, want);
    Checks.close("product", got, want, 2.0 * shape.k * 0x1p-53 * shape.k * 36);
  }
}
