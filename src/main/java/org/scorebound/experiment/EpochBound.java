package org.scorebound.experiment;

import org.scorebound.bound.Profile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.bound.TimePoint;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.score.NetworkScore;
import org.scorebound.sde.StartLaw;

/**
 * The theorem's bound for the reverse SDE with a network score, cheap enough for every epoch.
 *
 * <p>L_s is constant in each step. m(t) is a mean over one fixed batch at the left end, middle and
 * right end of each step, and its logarithm is the parabola through them in between; so the
 * integral is an estimate, while log I with certified L_s is an upper bound. The same formula as in
 * {@code verify} reads them.
 */
final class EpochBound {

  private static final int NODES = 3;

  /** Far below the Monte Carlo error of m. */
  private static final double TOLERANCE = 1e-7;

  private final ForwardProcess process;
  private final ReverseFamily family = new ReverseFamily(1);
  private final int steps;
  private final int n;
  private final double[][][] x;
  private final double[][][] exact;
  private final Estimate start;

  /**
   * Draws the batch.
   *
   * @param n samples of m at one time
   */
  EpochBound(ForwardProcess process, int steps, int n, RandomStream random, Kernels kernels) {
    this.process = process;
    this.steps = steps;
    this.n = n;
    x = new double[steps][NODES][];
    exact = new double[steps][NODES][];
    double horizon = process.diffusion().horizon();
    for (int k = 0; k < steps; k++) {
      for (int j = 0; j < NODES; j++) {
        GaussianMixture law = process.marginal(horizon * (k + 0.5 * j) / steps);
        x[k][j] = law.sample(n, random.child("batch"));
        exact[k][j] = new double[x[k][j].length];
        law.evaluator(kernels).scores(x[k][j], n, exact[k][j]);
      }
    }
    int d = process.dimension();
    start =
        new StartLaw.Gaussian(new double[d], Matrices.identity(d))
            .distance(process.marginal(horizon));
  }

  /** {@code W2(p_T, N(0, I))}. */
  Estimate start() {
    return start;
  }

  /** {@code m} at the nodes of every step. */
  double[][] errors(NetworkScore score, Kernels kernels) {
    double[][] m = new double[steps][NODES];
    double[] s = new double[process.dimension() * n];
    for (int k = 0; k < steps; k++) {
      var field = score.atStep(k, kernels);
      for (int j = 0; j < NODES; j++) {
        field.scores(x[k][j], n, s);
        double sum = 0;
        for (int i = 0; i < s.length; i++) {
          double r = exact[k][j][i] - s[i];
          sum += r * r;
        }
        m[k][j] = sum / n;
      }
    }
    return m;
  }

  /** {@code J_SM = 1/2 int g^2 m dt}, by Simpson's rule on every step. */
  double scoreMatching(double[][] m) {
    double h = process.diffusion().horizon() / steps;
    double sum = 0;
    for (int k = 0; k < steps; k++) {
      double g2 = process.diffusion().gSquared(h * (k + 0.5));
      sum += 0.5 * g2 * h / 6 * (m[k][0] + 4 * m[k][1] + m[k][2]);
    }
    return sum;
  }

  /**
   * The bound.
   *
   * @param m as {@link #errors} gives it
   * @param ls L_s of every step
   */
  TheoremFormula.Evaluated evaluate(double[][] m, double[] ls) {
    return TheoremFormula.theorem().evaluate(new Trained(m, ls), start.upper());
  }

  /** The functions of time of one network. */
  private final class Trained implements Profile {
    private final double[][] logM;
    private final double[] ls;

    Trained(double[][] m, double[] ls) {
      this.ls = ls;
      logM = new double[m.length][NODES];
      for (int k = 0; k < m.length; k++) {
        for (int j = 0; j < NODES; j++) {
          logM[k][j] = Math.log(Math.max(m[k][j], Double.MIN_NORMAL));
        }
      }
    }

    @Override
    public TimePoint at(double t) {
      double position = t / horizon() * steps;
      int k = Math.clamp((int) position, 0, steps - 1);
      double u = position - k;
      double[] f = logM[k];
      double log = f[0] * (1 - u) * (1 - 2 * u) + f[1] * 4 * u * (1 - u) + f[2] * u * (2 * u - 1);
      double g2 = process.diffusion().gSquared(t);
      return new TimePoint(
          t,
          g2,
          family.sigmaSquared(g2),
          family.k(g2),
          process.diffusion().driftOneSided(t),
          process.diffusion().driftLipschitz(t),
          ls[k],
          Math.exp(log));
    }

    @Override
    public double denoisingGap(double t) {
      throw new UnsupportedOperationException("only the theorem is evaluated for each epoch");
    }

    @Override
    public double tolerance() {
      return TOLERANCE;
    }

    @Override
    public double horizon() {
      return process.diffusion().horizon();
    }

    @Override
    public double[] breakpoints() {
      double[] b = new double[steps - 1];
      for (int k = 1; k < steps; k++) {
        b[k - 1] = horizon() * k / steps;
      }
      return b;
    }
  }
}
