package org.scorebound.experiment;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.scorebound.bound.LossFormula;
import org.scorebound.bound.ModelProfile;
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
import org.scorebound.score.FisherInformation;
import org.scorebound.score.NetworkScore;
import org.scorebound.sde.StartLaw;

/**
 * The theorem's bound and its corollaries for a network score, cheap enough for every checkpoint.
 *
 * <p>L_s is constant in each step. m(t) is a mean over one fixed batch at the left end, middle and
 * right end of each step, and its logarithm is the parabola through them in between; so integrals
 * of m are estimates, whatever L_s is, while log I with certified L_s is an upper bound. The
 * formulas that read them are those of {@code verify}.
 *
 * <p>The denoising form holds on [t_min, T] and bounds {@code W2(p_tmin, q_tmin)}. {@code C_t} is
 * exact for a product of equal laws on the line, else from above.
 */
final class NetworkBound {

  private static final int NODES = 3;

  /** Far below the Monte Carlo error of m. */
  private static final double TOLERANCE = 1e-7;

  private final ForwardProcess process;
  private final Optional<GaussianMixture> axis;
  private final int steps;
  private final int n;
  private final double[][][] x;
  private final double[][][] exact;
  private final Estimate start;
  private final Map<Double, Double> gaps = new ConcurrentHashMap<>();

  /**
   * The bound in every form; logarithms throughout.
   *
   * @param logI {@code log I(T)}
   * @param logTheorem the theorem
   * @param logMatching the score-matching corollary with {@code lambda = g^2}
   * @param logMatchingTerm its first term alone
   * @param logJ {@code J_SM = 1/2 int g^2 m dt}
   * @param logDenoising the denoising corollary on [t_min, T], for W2 at t_min
   * @param logJDenoising its loss
   */
  record Forms(
      double logI,
      double logTheorem,
      double logMatching,
      double logMatchingTerm,
      double logJ,
      double logDenoising,
      double logJDenoising) {

    /** {@code log int k^2 I^2/g^2 dt}: what J is multiplied by, twice, under the root. */
    double logGain() {
      return 2 * logMatchingTerm - Math.log(2) - logJ;
    }
  }

  /**
   * Draws the batch.
   *
   * @param setting data, schedule and start
   * @param n samples of m at one time
   */
  NetworkBound(Setting setting, int n, RandomStream random, Kernels kernels) {
    this.process = setting.process();
    this.axis = setting.data().axis();
    this.steps = setting.noise().steps();
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
    StartLaw law =
        setting.start() == Setting.Start.NOISED_DATA
            ? new StartLaw.Marginal()
            : new StartLaw.Gaussian(new double[d], Matrices.identity(d));
    start = law.distance(process.marginal(horizon));
  }

  /** {@code W2(p_T, q_T)}. */
  Estimate start() {
    return start;
  }

  /** {@code t_min} of the denoising form. */
  double tMin() {
    return ModelProfile.T_MIN_SHARE * process.diffusion().horizon();
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

  /** All forms for the reverse SDE. */
  Forms forms(double[][] m, double[] ls) {
    return forms(m, ls, new ReverseFamily(1), LossFormula.scoreMatching());
  }

  /**
   * All forms.
   *
   * @param m as {@link #errors} gives it
   * @param ls L_s of every step
   * @param family the sampler
   * @param matching the score-matching corollary with its weight
   */
  Forms forms(double[][] m, double[] ls, ReverseFamily family, LossFormula matching) {
    Profile profile = new Trained(m, ls, family);
    TheoremFormula.Evaluated theorem = TheoremFormula.theorem().evaluate(profile, start.upper());
    LossFormula.Evaluated term = matching.evaluate(profile, 0, 0);
    LossFormula.Evaluated whole = matching.evaluate(profile, start.upper(), 0);
    LossFormula.Evaluated denoising =
        LossFormula.denoising().evaluate(profile, start.upper(), tMin());
    return new Forms(
        theorem.logI(),
        theorem.logBound(),
        whole.logBound(),
        term.logBound(),
        term.logLoss(),
        denoising.logBound(),
        denoising.logLoss());
  }

  /** The theorem alone, for a member of the family. */
  TheoremFormula.Evaluated theorem(double[][] m, double[] ls, ReverseFamily family) {
    return TheoremFormula.theorem().evaluate(new Trained(m, ls, family), start.upper());
  }

  /** The theorem for the reverse SDE on [from, T]. */
  TheoremFormula.Evaluated theoremFrom(double[][] m, double[] ls, double from) {
    return TheoremFormula.theorem()
        .evaluate(
            new Trained(m, ls, new ReverseFamily(1)),
            start.upper(),
            from,
            process.diffusion().horizon());
  }

  /**
   * A corollary with another weight on [from, T], and its offset.
   *
   * @param formula with its weight
   * @param from 0, or t_min where the weight lets the first factor diverge
   */
  LossFormula.Evaluated corollary(double[][] m, double[] ls, LossFormula formula, double from) {
    return formula.evaluate(new Trained(m, ls, new ReverseFamily(1)), start.upper(), from);
  }

  /**
   * {@code C_t = tr Q(t)^{-1} - J(p_t)}, from above where the Fisher information J is not exact.
   */
  private double gap(double t) {
    return gaps.computeIfAbsent(
        t,
        at -> {
          int d = process.dimension();
          double q = process.diffusion().noiseCovariance(at, d)[0][0];
          double fisher =
              axis.isPresent()
                  ? d
                      * FisherInformation.of(
                              new ForwardProcess(axis.get(), process.diffusion()).marginal(at))
                          .value()
                  : FisherInformation.of(process.marginal(at)).lower();
          return Math.max(0, d / q - fisher);
        });
  }

  /** The functions of time of one network. */
  private final class Trained implements Profile {
    private final double[][] logM;
    private final double[] ls;
    private final ReverseFamily family;

    Trained(double[][] m, double[] ls, ReverseFamily family) {
      this.ls = ls;
      this.family = family;
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
      return gap(t);
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
