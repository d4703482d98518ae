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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.scorebound.network.Precision;

/** {@link TrainingBenchmark} with gradients in floats, as published. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(3)
@State(Scope.Benchmark)
public class SingleTrainingBenchmark {

  /** Who computes it; jblas has no layers in floats. */
  @Param({"VECTOR", "SCALAR"})
  public Provider provider = Provider.VECTOR;

  /** The whole training; fails if the loss has not come down. */
  @Benchmark
  public double train() {
    return NetworkFixture.loss(provider.kernels(), Precision.SINGLE, TrainingBenchmark.STEPS);
  }
}
