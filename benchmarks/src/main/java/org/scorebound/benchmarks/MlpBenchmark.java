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
import org.openjdk.jmh.infra.BenchmarkParams;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;

/** Forward and backward pass of the score network; baselines are the three settings of jblas. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class MlpBenchmark {

  /** Who computes it. */
  @Param public Provider provider = Provider.VECTOR;

  /** Network and batch. */
  @Param public NetworkShape shape = NetworkShape.PUBLISHED_1024;

  private NetworkFixture net = new NetworkFixture(Kernels.of(BackEnd.SCALAR), shape);
  private double[] jacobian = {};

  /** One forward pass, so that a backward pass has what it needs. */
  @Setup
  public void setUp() {
    net = new NetworkFixture(provider.kernels(), shape);
    jacobian = new double[4 * net.n];
    net.forward();
  }

  /** Outputs alone. */
  @Benchmark
  public double[] evaluate() {
    net.mlp.evaluate(net.theta, net.x, net.n, net.step, net.workspace);
    return net.workspace.output();
  }

  /** Outputs and slopes. */
  @Benchmark
  public double[] forward() {
    net.forward();
    return net.workspace.output();
  }

  /** Gradient in the parameters. */
  @Benchmark
  public double[] backward() {
    net.backward();
    return net.gradient;
  }

  /** Jacobian in the input. */
  @Benchmark
  public double[] jacobian() {
    net.mlp.jacobian(net.theta, net.workspace, jacobian);
    return jacobian;
  }

  /** Against the reference: the gradient where it is what was measured. */
  @TearDown
  public void check(BenchmarkParams params) {
    net.check(shape, params.getBenchmark().endsWith(".backward"));
  }
}
