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

/** Clipping, AdamW and averaging over the parameters of the published network. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class AdamWBenchmark {

  /** Who computes it. */
  @Param({"VECTOR", "JBLAS", "SCALAR"})
  public Provider provider = Provider.VECTOR;

  private NetworkFixture net =
      new NetworkFixture(Kernels.of(BackEnd.SCALAR), NetworkShape.PUBLISHED_128);

  /** A gradient to follow. */
  @Setup
  public void setUp() {
    net = new NetworkFixture(provider.kernels(), NetworkShape.PUBLISHED_128);
    net.forward();
    net.backward();
  }

  /** One step. */
  @Benchmark
  public double step() {
    return net.optimiser.step(net.theta, net.gradient);
  }

  /** Every parameter has moved, and is finite. */
  @TearDown
  public void check() {
    net.mlp.layout().requireFinite(net.theta);
    if (net.optimiser.steps() == 0) {
      throw new IllegalStateException("no step was taken");
    }
  }
}
