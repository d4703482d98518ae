package org.scorebound.sde;

import org.jspecify.annotations.Nullable;
import org.scorebound.diffusion.Diffusion;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.score.ScoreField;

/**
 * The drift of the model's sampler in reversed time {@code r = T - t}, {@code dy/dr = k(t) s(y,t) -
 * A(t) y}, for batches. Keeps the fields of the last two times, which a scheme asks for again. Not
 * thread-safe.
 */
public final class ReverseDrift {

  private final Sampler sampler;
  private final Diffusion diffusion;
  private final Kernels kernels;
  private final int d;
  private final double[] row;
  private @Nullable Frame last;
  private @Nullable Frame before;

  /** The drift of a sampler, with scores on the given kernels. */
  public ReverseDrift(Sampler sampler, Kernels kernels) {
    this.sampler = sampler;
    this.kernels = kernels;
    this.diffusion = sampler.score().process().diffusion();
    this.d = sampler.score().dimension();
    this.row = new double[d];
  }

  /** The dimension. */
  public int dimension() {
    return d;
  }

  /**
   * {@code out = k s(y,t) - A y}.
   *
   * @param y d x n
   * @param out d x n, not y
   */
  public void at(double t, double[] y, int n, double[] out) {
    guidance(t, y, n, out);
    addLinear(t, y, n, -1, out);
  }

  /** {@code out = k s(y,t)}, the part that is not linear in general. */
  void guidance(double t, double[] y, int n, double[] out) {
    Frame frame = frame(t);
    frame.field.scores(y, n, out);
    kernels.scal(d * n, frame.k, out, 0);
  }

  /** {@code out += factor A(t) y}. */
  private void addLinear(double t, double[] y, int n, double factor, double[] out) {
    double[][] a = frame(t).drift;
    if (Matrices.isScaledIdentity(a)) {
      kernels.axpy(d * n, factor * a[0][0], y, 0, out, 0);
      return;
    }
    for (int j = 0; j < n; j++) {
      System.arraycopy(y, j * d, row, 0, d);
      for (int i = 0; i < d; i++) {
        out[j * d + i] += factor * Matrices.dot(a[i], row);
      }
    }
  }

  /**
   * {@code exp(-int_to^from A dt)}, which carries the linear part of the drift from {@code from}
   * down to {@code to}: {@code M(to) M(from)^-1} with the propagator M of the forward process.
   */
  double[][] linearFlow(double from, double to) {
    double[][] m = diffusion.propagator(from, d);
    double[][] target = diffusion.propagator(to, d);
    // M(to) (M^T M)^-1 M^T: the propagators of stable processes are far from singular.
    double[][] gram = Matrices.multiply(Matrices.transpose(m), m);
    return Matrices.multiply(
        target, Matrices.multiply(Matrices.inverseSpd(gram), Matrices.transpose(m)));
  }

  /** {@code x = F x} for every column, F d x d. */
  void apply(double[][] f, double[] x, int n) {
    if (Matrices.isScaledIdentity(f)) {
      kernels.scal(d * n, f[0][0], x, 0);
      return;
    }
    for (int j = 0; j < n; j++) {
      System.arraycopy(x, j * d, row, 0, d);
      for (int i = 0; i < d; i++) {
        x[j * d + i] = Matrices.dot(f[i], row);
      }
    }
  }

  /** {@code y += alpha x}. */
  void add(int n, double alpha, double[] x, double[] y) {
    kernels.axpy(d * n, alpha, x, 0, y, 0);
  }

  private record Frame(double t, double k, double[][] drift, ScoreField field) {}

  private Frame frame(double t) {
    if (last != null && last.t == t) {
      return last;
    }
    if (before != null && before.t == t) {
      return before;
    }
    Frame made = new Frame(t, sampler.k(t), diffusion.drift(t, d), sampler.score().at(t, kernels));
    before = last;
    last = made;
    return made;
  }
}
