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
import org.scorebound.network.GradientPass;
import org.scorebound.network.Precision;

/** A training step's passes of the published network in floats, batch 128. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class SinglePassBenchmark {

  /** Of 64 terms a layer, against outputs and gradients of order 100. */
  private static final double ROUNDING = 1e-3;

  /** Who computes it; jblas has no layers in floats. */
  @Param({"VECTOR", "SCALAR"})
  public Provider provider = Provider.VECTOR;

  private NetworkFixture net =
      new NetworkFixture(Kernels.of(BackEnd.SCALAR), NetworkShape.PUBLISHED_128);
  private GradientPass pass = Precision.SINGLE.pass(net.mlp, net.n);

  /** A forward pass, which backward needs. */
  @Setup
  public void setUp() {
    net = new NetworkFixture(provider.kernels(), NetworkShape.PUBLISHED_128);
    pass = Precision.SINGLE.pass(net.mlp, net.n);
    forward();
  }

  /** Outputs, with what backward needs; the parameters are rounded and laid out first. */
  @Benchmark
  public double[] forward() {
    return pass.forward(net.theta, net.x, net.n, net.step);
  }

  /** Gradient of the parameters. */
  @Benchmark
  public double[] backward() {
    pass.backward(net.theta, net.dOut, net.gradient);
    return net.gradient;
  }

  /** Against double precision. */
  @TearDown
  public void check() {
    double[] y = forward().clone();
    double[] gradient = backward().clone();
    net.forward();
    net.backward();
    Checks.close("output", y, net.workspace.output(), ROUNDING);
    Checks.close("gradient", gradient, net.gradient, ROUNDING * net.n);
  }
}
