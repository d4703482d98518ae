package org.scorebound.benchmarks.transport;

import com.google.ortools.Loader;
import com.google.ortools.graph.LinearSumAssignment;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jblas.DoubleMatrix;
import org.jgrapht.alg.matching.KuhnMunkresMinimalWeightBipartitePerfectMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.scorebound.transport.EmpiricalW2;

/**
 * The exact distance against what a Java programmer would take otherwise, each from the points to
 * the value: a plain Hungarian method on a jblas matrix, JGraphT, OR-tools. The two libraries are
 * not in the jar; {@code benchmarks/scripts/w2-competitors.sh} puts them on the class path.
 *
 * <p>OR-tools takes whole costs; they are rounded to multiples of {@link #QUANTUM}, so its value is
 * not exact. Values are checked against each other after each iteration, outside of the timing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5)
@Measurement(iterations = 7)
public class CompetitorsBenchmark {

  /** OR-tools multiplies the costs by about n + 1; at 2^-40 it refuses n = 1,000 as an overflow. */
  private static final double QUANTUM = 0x1p-32;

  /** Which problem. */
  @Param({"CLUSTERS"})
  Instances kind = Instances.CLUSTERS;

  /** Points in each cloud. */
  @Param({"200"})
  int n;

  private double[][] clouds = {};
  private long seed = 1000;
  private double result;

  /** A fresh instance for each iteration. */
  @Setup(Level.Iteration)
  public void sample() {
    clouds = kind.clouds(n, ++seed);
  }

  /** The value that was timed must be that of the certified solver. */
  @TearDown(Level.Iteration)
  public void check() {
    double exact = EmpiricalW2.between(clouds[0], clouds[1], kind.dimension()).squared();
    if (!(Math.abs(result - exact) <= QUANTUM + 1e-12 * exact)) {
      throw new IllegalStateException("value must be " + exact + ", got " + result);
    }
  }

  /** The method that suits, certificate included. */
  @Benchmark
  public double scorebound() {
    result = EmpiricalW2.between(clouds[0], clouds[1], kind.dimension()).squared();
    return result;
  }

  /** The textbook method on a jblas matrix. */
  @Benchmark
  public double baselineHungarianJblas() {
    var c = new DoubleMatrix(n, n);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        c.put(i, j, cost(i, j));
      }
    }
    result = Hungarian.meanCost(c);
    return result;
  }

  /** JGraphT's Kuhn–Munkres. */
  @Benchmark
  public double baselineJgrapht() {
    var graph = new SimpleWeightedGraph<Integer, DefaultWeightedEdge>(DefaultWeightedEdge.class);
    Set<Integer> rows = new HashSet<>();
    Set<Integer> columns = new HashSet<>();
    for (int i = 0; i < n; i++) {
      rows.add(i);
      columns.add(n + i);
      graph.addVertex(i);
      graph.addVertex(n + i);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        graph.setEdgeWeight(graph.addEdge(i, n + j), cost(i, j));
      }
    }
    var matching = new KuhnMunkresMinimalWeightBipartitePerfectMatching<>(graph, rows, columns);
    result = matching.getMatching().getWeight() / n;
    return result;
  }

  /** OR-tools' cost-scaling push-relabel method on rounded costs. */
  @Benchmark
  public double baselineOrTools() {
    Loader.loadNativeLibraries();
    var assignment = new LinearSumAssignment();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assignment.addArcWithCost(i, j, Math.round(cost(i, j) / QUANTUM));
      }
    }
    if (assignment.solve() != LinearSumAssignment.Status.OPTIMAL) {
      throw new IllegalStateException("OR-tools found no assignment");
    }
    result = assignment.getOptimalCost() * QUANTUM / n;
    return result;
  }

  private double cost(int i, int j) {
    int d = kind.dimension();
    double sum = 0;
    for (int a = 0; a < d; a++) {
      double diff = clouds[0][i * d + a] - clouds[1][j * d + a];
      sum += diff * diff;
    }
    return sum;
  }
}
