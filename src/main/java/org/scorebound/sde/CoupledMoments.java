package org.scorebound.sde;

import java.util.Objects;
import org.scorebound.diffusion.Diffusion;
import org.scorebound.linalg.Matrices;
import org.scorebound.score.AffineScore;
import org.scorebound.score.ScoreModel;

/**
 * What {@link SynchronousCoupling} estimates, in closed form where data are Gaussian and the score
 * is affine: the truth that intervals are held against.
 *
 * <p>With {@code xi = x - m_t}, {@code delta = y - x}, {@code s(x) = S (x - m_t) + e}, {@code D = S
 * + V^{-1}} and {@code F = k S - A}, in reversed time the noise cancels in delta, and
 *
 * <pre>
 *   d E delta / dr  = F E delta + k e
 *   d Cov(xi, delta) / dr = -(A + k V^{-1}) C + C F^T + k V D^T
 *   d Cov(delta) / dr = F Delta + Delta F^T + k (D C + C^T D^T)
 * </pre>
 *
 * Integrated by Dormand–Prince 8(5,3) to 1e-11. For one thread.
 */
public final class CoupledMoments {

  private static final double TOLERANCE = 1e-11;

  private final Sampler sampler;
  private final ScoreModel score;
  private final Diffusion diffusion;
  private final int d;

  /**
   * The moments of a coupling.
   *
   * @param sampler with Gaussian data, an affine score and a start other than a mixture
   */
  public CoupledMoments(Sampler sampler) {
    if (!MomentFlow.applies(sampler)) {
      throw new IllegalArgumentException("moment equations need Gaussian data and an affine score");
    }
    this.sampler = sampler;
    this.score = sampler.score();
    this.diffusion = score.process().diffusion();
    this.d = score.dimension();
  }

  /** {@code E|x_t - y_t|^2} of the synchronous coupling from the start's own pairs. */
  public double squaredDistance(double t) {
    double[] state =
        new ReverseTimeFlow(score).integrate(initial(), t, this::derivative, TOLERANCE, TOLERANCE);
    double sum = 0;
    for (int i = 0; i < d; i++) {
      sum += state[i] * state[i] + state[d + d * d + i * d + i];
    }
    return sum;
  }

  /** {@code E|y_s - y_0|^2} of the model's own path, {@code = |E y_s - E y_0|^2 + tr(..)}. */
  public double squaredWay(double s) {
    MomentFlow flow = new MomentFlow(sampler);
    double[] before = mean(flow, s);
    double[] after = mean(flow, 0);
    double[] gap = Matrices.subtract(before, after);
    double[][] start = flow.covariance(s);
    // Cov(y_0, y_s) = Phi(0) Phi(s)^{-1} Cov(y_s), Phi the linear part's own flow from T.
    double[][] late = propagator(0);
    double[][] early = propagator(s);
    double[][] gram = Matrices.multiply(Matrices.transpose(early), early);
    double[][] inverse = Matrices.multiply(Matrices.inverseSpd(gram), Matrices.transpose(early));
    double[][] cross = Matrices.multiply(Matrices.multiply(late, inverse), start);
    return Matrices.dot(gap, gap)
        + Matrices.trace(start)
        + Matrices.trace(flow.covariance(0))
        - 2 * Matrices.trace(cross);
  }

  private double[] mean(MomentFlow flow, double t) {
    double[] m = score.process().mean(t).clone();
    double[] shift = flow.at(t).meanDifference();
    for (int i = 0; i < d; i++) {
      m[i] += shift[i];
    }
    return m;
  }

  private double[][] propagator(double t) {
    double[] identity = new double[d * d];
    for (int i = 0; i < d; i++) {
      identity[i * d + i] = 1;
    }
    double[] flat =
        new ReverseTimeFlow(score)
            .integrate(
                identity,
                t,
                (r, y, dy) -> write(Matrices.multiply(closed(r), read(y, 0)), dy, 0),
                TOLERANCE,
                TOLERANCE);
    return read(flat, 0);
  }

  /** {@code k S - A}. */
  private double[][] closed(double t) {
    AffineScore affine = affine(t);
    return Matrices.addScaled(
        Matrices.scale(sampler.k(t), affine.slope()), -1, diffusion.drift(t, d));
  }

  private AffineScore affine(double t) {
    return Objects.requireNonNull(AffineScore.of(score, t));
  }

  private double[] initial() {
    double[] state = new double[d + 2 * d * d];
    var end = score.process().marginal(diffusion.horizon());
    var law = sampler.start().law(end);
    double[] shift = Matrices.subtract(law.componentMean(0), end.componentMean(0));
    System.arraycopy(shift, 0, state, 0, d);
    if (sampler.start() instanceof StartLaw.Gaussian g) {
      double[][] v = end.componentCovariance(0);
      double[][] map = StartLaw.Gaussian.optimalMap(v, g.cov());
      double[][] excess = Matrices.addScaled(map, -1, Matrices.identity(d));
      write(Matrices.multiplyTransposed(v, excess), state, d);
      write(Matrices.congruence(excess, v), state, d + d * d);
    }
    return state;
  }

  private void derivative(double t, double[] y, double[] dy) {
    AffineScore affine = affine(t);
    double k = sampler.k(t);
    double[][] f = closed(t);
    double[][] cross = read(y, d);
    double[][] spread = read(y, d + d * d);
    double[][] error = affine.slopeError();
    double[][] v = affine.covariance();
    double[][] exact =
        Matrices.addScaled(Matrices.scale(-k, Matrices.inverseSpd(v)), -1, diffusion.drift(t, d));
    for (int i = 0; i < d; i++) {
      double s = k * affine.valueAtMean()[i];
      for (int j = 0; j < d; j++) {
        s += f[i][j] * y[j];
      }
      dy[i] = s;
    }
    write(
        Matrices.addScaled(
            Matrices.addScaled(
                Matrices.multiply(exact, cross), 1, Matrices.multiplyTransposed(cross, f)),
            k,
            Matrices.multiplyTransposed(v, error)),
        dy,
        d);
    double[][] half =
        Matrices.addScaled(Matrices.multiply(f, spread), k, Matrices.multiply(error, cross));
    write(Matrices.addScaled(half, 1, Matrices.transpose(half)), dy, d + d * d);
  }

  private double[][] read(double[] state, int from) {
    double[][] m = new double[d][d];
    for (int i = 0; i < d; i++) {
      System.arraycopy(state, from + i * d, m[i], 0, d);
    }
    return m;
  }

  private void write(double[][] m, double[] state, int to) {
    for (int i = 0; i < d; i++) {
      System.arraycopy(m[i], 0, state, to + i * d, d);
    }
  }
}
