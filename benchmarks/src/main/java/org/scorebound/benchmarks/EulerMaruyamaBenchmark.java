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
import org.scorebound.diffusion.ConstantSchedule;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.score.ExactScore;
import org.scorebound.sde.LinearStep;
import org.scorebound.sde.Sampler;
import org.scorebound.sde.StartLaw;

/**
 * One Euler–Maruyama step of {@value #PARTICLES} particles in the plane under an exact Gaussian
 * score, noise included; the baseline is the drawing of that noise and nothing else.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
@State(Scope.Benchmark)
@ComparedMethods({"step", "gaussians"})
public class EulerMaruyamaBenchmark {

  static final int PARTICLES = 100_000;

  /** Sums of four products of numbers below 10. */
  private static final double ROUNDING = 1e-14;

  /** Who computes the step. */
  @Param({"VECTOR", "JBLAS", "SCALAR"})
  public Provider provider = Provider.VECTOR;

  private final double[] y = new double[2 * PARTICLES];
  private final double[] noise = new double[2 * PARTICLES];
  private final RandomStream random = RandomStream.root(8);
  private LinearStep step = step(Kernels.of(BackEnd.SCALAR));

  private static LinearStep step(Kernels kernels) {
    ForwardProcess process =
        new ForwardProcess(
            GaussianMixture.gaussian(
                new double[] {0.5, -0.5}, new double[][] {{1, 0.3}, {0.3, 0.5}}),
            new VariancePreserving(new ConstantSchedule(2), 1));
    Sampler sampler =
        new Sampler(new ExactScore(process), new ReverseFamily(1), new StartLaw.Marginal());
    return new LinearStep(sampler, 0.5, 0.499, kernels);
  }

  /** Standard normal particles; the step keeps them near that. */
  @Setup
  public void setUp() {
    step = step(provider.kernels());
    random.fillGaussian(y, 0, y.length);
  }

  /** The fused step. */
  @Benchmark
  public double[] step() {
    step.apply(y, PARTICLES, random);
    return y;
  }

  /** Its noise. */
  @Benchmark
  public double[] gaussians() {
    random.fillGaussian(noise, 0, noise.length);
    return noise;
  }

  /** One step against the reference, with the same noise. */
  @TearDown
  public void check() {
    double[] got = y.clone();
    double[] want = y.clone();
    step.apply(got, PARTICLES, RandomStream.root(9));
    step(Kernels.of(BackEnd.SCALAR)).apply(want, PARTICLES, RandomStream.root(9));
    Checks.close("step", got, want, ROUNDING);
  }
}
