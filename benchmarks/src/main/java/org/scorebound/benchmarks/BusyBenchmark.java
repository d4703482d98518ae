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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Work of a known amount: dependent multiply-adds, {@value #STEPS} of them and a percentage more.
 * The gate is calibrated with it: a slowdown that is injected is one that is known.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class BusyBenchmark {

  static final int STEPS = 10_000;

  /** How many percent more. */
  @Param("0.0")
  public double percent = 0;

  private int steps = STEPS;
  private double s = 0.999;

  /** The number of steps, rounded to a hundredth of a percent. */
  @Setup
  public void setUp() {
    steps = (int) Math.rint(STEPS * (1 + percent / 100));
  }

  /** A chain of dependent multiply-adds, bound by their latency. */
  @Benchmark
  public double busy() {
    double x = s;
    for (int i = 0; i < steps; i++) {
      x = Math.fma(x, s, 1e-3);
    }
    return x;
  }
}
