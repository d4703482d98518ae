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
import org.scorebound.network.GradientPass;
import org.scorebound.network.Precision;

/**
 * The forward pass after every kernel and shape has been compiled in the same JVM. Where a kernel
 * goes beyond what the compiler inlines, it does so only now: vectors are then boxed, and this is
 * ten times slower than {@link MlpBenchmark#forward} and allocates.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class WarmShapesBenchmark {

  private static final int ROUNDS = 20_000;

  /** Network and batch that are measured. */
  @Param({"PUBLISHED_128", "PUBLISHED_1024"})
  public NetworkShape shape = NetworkShape.PUBLISHED_1024;

  private NetworkFixture net =
      new NetworkFixture(Kernels.of(BackEnd.SCALAR), NetworkShape.PUBLISHED_128);

  /** Every activation, product shape and pass, in turn and often enough to be compiled. */
  @Setup
  public void setUp() {
    Kernels kernels = Kernels.of(BackEnd.VECTOR);
    double[] a = new double[97 * 97];
    double[] b = a.clone();
    double[] c = a.clone();
    int[] sizes = {1, 2, 3, 8, 31, 64, 97};
    for (int i = 0; i < ROUNDS; i++) {
      int m = sizes[i % 7];
      int n = sizes[(i / 7) % 7];
      int k = sizes[(i / 49) % 7];
      boolean ta = (i & 1) != 0;
      boolean tb = (i & 2) != 0;
      kernels.gemm(ta, tb, m, n, k, 1, a, 0, ta ? k : m, b, 0, tb ? n : k, i & 1, c, 0, m);
      for (Activation f : Activation.values()) {
        kernels.activate(f, m * n, a, 0, c, 0);
        kernels.activateWithSlope(f, m * n, a, 0, c, 0, b, 0);
      }
      kernels.exp(m * n, a, 0, c, 0);
    }
    net = new NetworkFixture(kernels, NetworkShape.PUBLISHED_128);
    GradientPass pass = Precision.DOUBLE.pass(net.mlp, net.n);
    for (int i = 0; i < ROUNDS / 10; i++) {
      net.train(pass);
    }
    net = new NetworkFixture(kernels, shape);
  }

  /** As {@link MlpBenchmark#forward}. */
  @Benchmark
  public double[] forward() {
    net.forward();
    return net.workspace.output();
  }

  /** Against the reference. */
  @TearDown
  public void check() {
    net.check(shape, true);
  }
}
