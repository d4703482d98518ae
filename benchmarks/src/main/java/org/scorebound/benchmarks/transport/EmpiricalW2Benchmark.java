package org.scorebound.benchmarks.transport;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.scorebound.benchmarks.ComparedMethods;
import org.scorebound.result.Progress;
import org.scorebound.transport.EmpiricalW2;
import org.scorebound.transport.Method;

/** The exact distance of two clouds, certificate included, against the dense solver. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@ComparedMethods({"scorebound", "baselineDense"})
public class EmpiricalW2Benchmark {

  /** Which problem. */
  @Param({"CLUSTERS", "NORMAL_CLUSTERS", "SHIFTED16"})
  Instances kind = Instances.CLUSTERS;

  /** Points in each cloud. */
  @Param({"1000"})
  int n;

  private double[][] clouds = {};
  private long seed;

  /** A fresh instance for each iteration. */
  @Setup(Level.Iteration)
  public void sample() {
    clouds = kind.clouds(n, ++seed);
  }

  /** The method that suits. */
  @Benchmark
  public double scorebound() {
    return EmpiricalW2.between(clouds[0], clouds[1], kind.dimension()).value();
  }

  /** Jonker–Volgenant on the n^2 costs, plain loops. */
  @Benchmark
  public double baselineDense() {
    return EmpiricalW2.between(
            clouds[0], null, clouds[1], null, kind.dimension(), Method.DENSE, Progress.NONE)
        .value();
  }
}
