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
import org.scorebound.linalg.Kernels;

/**
 * Training of the published network from a cold JVM, noise and data included: {@value #STEPS} AdamW
 * steps at batch 128, as many as 1,000 epochs of 4,000 points take.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(3)
@State(Scope.Benchmark)
public class TrainingBenchmark {

  static final int STEPS = 32_000;

  /** Of predicting noise by 0; training must get well below. */
  private static final double LOSS_OF_ZERO = 2;

  /** Who computes it. */
  @Param({"VECTOR", "JBLAS", "JBLAS_HASWELL"})
  public Provider provider = Provider.VECTOR;

  /** The whole training; fails if the loss has not come down. */
  @Benchmark
  public double train() {
    Kernels kernels = provider.kernels();
    NetworkFixture net = new NetworkFixture(kernels, NetworkShape.PUBLISHED_128);
    double average = LOSS_OF_ZERO;
    for (int i = 0; i < STEPS; i++) {
      average += 0.01 * (net.train() - average);
    }
    if (!(average < 0.8 * LOSS_OF_ZERO)) {
      throw new IllegalStateException("loss must come down, is " + average);
    }
    return average;
  }
}
