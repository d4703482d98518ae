package org.scorebound.benchmarks;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one thread of the machine can do: fused multiply-adds without memory, and the traffic of a
 * triad {@code a = b + s c} over arrays in the first-level cache, in the second and in memory.
 * Every other benchmark is a share of these.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class RoofBenchmark {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private static final int CHAINS = 12;
  private static final int LENGTH = 2000;
  static final int IN_L1 = 1000;
  static final int IN_L2 = 24_000;
  static final int IN_MEMORY = 8_000_000;

  private double s = 0.999;
  private int length = LENGTH;
  private double[] a = {};
  private double[] b = {};
  private double[] c = {};

  /** Arithmetic of one operation of {@link #fma()} in flops. */
  public static double flops() {
    return 2.0 * CHAINS * LENGTH * L;
  }

  /** Arrays of 64 MB. */
  @Setup
  public void setUp() {
    a = new double[IN_MEMORY];
    b = new double[IN_MEMORY];
    c = new double[IN_MEMORY];
  }

  /** {@value #CHAINS} independent chains of {@value #LENGTH} vector multiply-adds. */
  @Benchmark
  public double fma() {
    return chains(length, s);
  }

  /** The same operation without an instance, for a roof measured beside another benchmark. */
  public static double multiplyAdds(double s) {
    return chains(LENGTH, s);
  }

  /**
   * {@code v += f g} in each chain: the sum is the one operand that the instruction overwrites, so
   * that chains stay in their registers. With {@code v = v f + g} the compiler copied g before each
   * of them and spilled the chains, for 27 in place of 44 GF/s. A method of its own, whose loop has
   * no constant length.
   */
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static double chains(int length, double s) {
    DoubleVector f = DoubleVector.broadcast(S, s);
    DoubleVector g = DoubleVector.broadcast(S, 1e-3);
    DoubleVector v0 = g;
    DoubleVector v1 = g;
    DoubleVector v2 = g;
    DoubleVector v3 = g;
    DoubleVector v4 = g;
    DoubleVector v5 = g;
    DoubleVector v6 = g;
    DoubleVector v7 = g;
    DoubleVector v8 = g;
    DoubleVector v9 = g;
    DoubleVector v10 = g;
    DoubleVector v11 = g;
    for (int i = 0; i < length; i++) {
      v0 = f.fma(g, v0);
      v1 = f.fma(g, v1);
      v2 = f.fma(g, v2);
      v3 = f.fma(g, v3);
      v4 = f.fma(g, v4);
      v5 = f.fma(g, v5);
      v6 = f.fma(g, v6);
      v7 = f.fma(g, v7);
      v8 = f.fma(g, v8);
      v9 = f.fma(g, v9);
      v10 = f.fma(g, v10);
      v11 = f.fma(g, v11);
    }
    DoubleVector low = v0.add(v1).add(v2.add(v3)).add(v4.add(v5));
    DoubleVector high = v6.add(v7).add(v8.add(v9)).add(v10.add(v11));
    return low.add(high).reduceLanes(VectorOperators.ADD);
  }

  /** Triad over {@value #IN_L1} elements. */
  @Benchmark
  public double[] triadL1() {
    triad(IN_L1, s, a, b, c);
    return a;
  }

  /** Triad over {@value #IN_L2} elements. */
  @Benchmark
  public double[] triadL2() {
    triad(IN_L2, s, a, b, c);
    return a;
  }

  /** Triad over {@value #IN_MEMORY} elements. */
  @Benchmark
  public double[] triadMemory() {
    triad(IN_MEMORY, s, a, b, c);
    return a;
  }

  private static void triad(int n, double s, double[] a, double[] b, double[] c) {
    DoubleVector f = DoubleVector.broadcast(S, s);
    for (int i = 0; i < n; i += L) {
      DoubleVector.fromArray(S, c, i).fma(f, DoubleVector.fromArray(S, b, i)).intoArray(a, i);
    }
  }
}
