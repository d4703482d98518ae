package org.scorebound.sde;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.score.AffineScore;

/**
 * One Euler–Maruyama step of a sampler whose score is affine, fused: {@code y = R y + c + s xi}
 * with {@code R = I + h (k S - A)}, {@code c = h k (e - S m)}, {@code s^2 = h sigma^2},
 * coefficients at the start of the step, and standard normals {@code xi} drawn while the columns
 * are in the first-level cache. The same map as {@link EulerMaruyama}, to rounding, in one pass
 * over the particles: it costs little more than its normals.
 *
 * <p>The normals are drawn in the order of the columns, so neither blocks nor back ends change
 * them. Not thread-safe.
 */
public final class LinearStep {

  /** Normals per block: with as many positions 16 KiB. */
  private static final int BLOCK = 1024;

  /**
   * {@link RandomStream#fillGaussian}, out of reach of the compiler's inlining: drawn into the same
   * method as the step, a normal takes 1.7 times as long (measured). A handle in an instance field
   * is no constant to the compiler, so this stays a call, one for each block.
   */
  private final MethodHandle draw = fillGaussian();

  private final Kernels kernels;
  private final int d;
  private final double[] r;
  private final double[] c;
  private final double s;
  private double[] noise = {};

  /**
   * The step from time {@code from} down to {@code to}.
   *
   * @throws IllegalArgumentException if the score is not affine there
   */
  public LinearStep(Sampler sampler, double from, double to, Kernels kernels) {
    AffineScore score = AffineScore.of(sampler.score(), from);
    if (score == null) {
      throw new IllegalArgumentException("score must be affine at t = " + from);
    }
    if (!(from > to)) {
      throw new IllegalArgumentException("from must be > to, got " + from + " and " + to);
    }
    this.kernels = kernels;
    this.d = sampler.score().dimension();
    double h = from - to;
    double k = sampler.k(from);
    double[][] a = sampler.score().process().diffusion().drift(from, d);
    r = new double[d * d];
    c = new double[d];
    for (int i = 0; i < d; i++) {
      c[i] = h * k * score.valueAtMean()[i];
      for (int j = 0; j < d; j++) {
        double slope = score.slope()[i][j];
        r[i + j * d] = (i == j ? 1 : 0) + h * (k * slope - a[i][j]);
        c[i] -= h * k * slope * score.mean()[j];
      }
    }
    s = Math.sqrt(h * sampler.sigmaSquared(from));
  }

  /**
   * Advances a batch.
   *
   * @param y d x n, in place
   * @param random the noise
   */
  public void apply(double[] y, int n, RandomStream random) {
    int columns = Math.min(n, kernels.columnBlock(1) == Integer.MAX_VALUE ? n : BLOCK / d + 1);
    if (noise.length < d * columns) {
      noise = new double[d * columns];
    }
    for (int j = 0; j < n; j += columns) {
      int m = Math.min(columns, n - j);
      draw(random, d * m);
      kernels.affineNoise(d, m, r, c, s, noise, 0, y, d * j);
    }
  }

  private static MethodHandle fillGaussian() {
    try {
      return MethodHandles.lookup()
          .findVirtual(
              RandomStream.class,
              "fillGaussian",
              MethodType.methodType(void.class, double[].class, int.class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("RandomStream has no fillGaussian", e);
    }
  }

  private void draw(RandomStream random, int n) {
    try {
      draw.invokeExact(random, noise, 0, n);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("drawing throws no checked exception", e);
    }
  }
}
