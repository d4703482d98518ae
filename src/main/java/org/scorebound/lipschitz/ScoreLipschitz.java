package org.scorebound.lipschitz;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.score.ExactScore;
import org.scorebound.score.LinearErrorScore;
import org.scorebound.score.NetworkScore;
import org.scorebound.score.Perturbation;
import org.scorebound.score.PerturbedScore;
import org.scorebound.score.ScoreField;
import org.scorebound.score.ScoreModel;

/**
 * The profile {@code t -> L_s(t)} of a score model, as brackets.
 *
 * <p>Affine scores: the largest eigenvalue, exact. Exact scores: {@link MixtureCurvature}. With a
 * sine field of Jacobian {@code diag(a cos(.)) F} added: in one dimension the supremum of the sum,
 * exact; for Gaussian data and invertible F all signs of the cosines occur, and {@code lambda_max}
 * is convex in them, so the largest over the corners of the cube, exact; otherwise the sum of both
 * suprema, certified. Networks: {@link NetworkLipschitz}.
 */
public final class ScoreLipschitz {

  /** Corners are enumerated up to this dimension. */
  private static final int CORNER_DIMENSIONS = 6;

  /** Components whose midpoints with each other are tried for the sampled value, at most. */
  private static final int MIDPOINT_ROWS = 8;

  /** Operations of all Hessians at one time, unless there is but one. */
  private static final double OPERATIONS = 2e6;

  private final MixtureCurvature curvature;
  private final ScoreModel model;
  private final Kernels kernels;
  private final ForwardProcess process;
  private double dataSquaredDiameter = Double.NaN;
  private final Map<Integer, OneSidedConstant> networkSteps = new HashMap<>();
  private final Map<Integer, ScoreSpectrum> networkSpectra = new HashMap<>();
  private @Nullable NetworkTimeProfile networkTimes;

  /** Relative gap of searches on the line where nothing else is asked for: a few hundred ulps. */
  public static final double FINE_GAP = 1e-13;

  /** The profile of a model. */
  public ScoreLipschitz(ScoreModel model) {
    this(model, FINE_GAP, Kernels.of(BackEnd.VECTOR));
  }

  /** The same, with searches on the line to a relative gap and points on the given kernels. */
  public ScoreLipschitz(ScoreModel model, double gap, Kernels kernels) {
    this.kernels = kernels;
    this.curvature = new MixtureCurvature(gap);
    this.model = model;
    this.process = model.process();
  }

  /** Whether L_s is proved finite; if not, {@link #at} must not be called. */
  public boolean isFinite() {
    return model instanceof LinearErrorScore
        || model instanceof NetworkScore
        || MixtureCurvature.isFinite(process.data());
  }

  /**
   * The number of parts of [0, T] on which the profile must be looked at to miss none of its
   * features. A searched supremum has kinks where its place jumps; with a sine added they come by
   * the hundred, since components of different variance change places far out, at a distance that
   * runs through many periods of the sine as t grows.
   */
  public int resolution() {
    if (process.data().isGaussian()
        || model instanceof LinearErrorScore
        || model instanceof NetworkScore) {
      return 1;
    }
    boolean waves =
        process.dimension() == 1
            && !process.data().hasCommonCovariance()
            && model instanceof PerturbedScore p
            && p.perturbation() instanceof Perturbation.Sine;
    return waves ? 96 : 8;
  }

  /** The bracket at time t. */
  public OneSidedConstant at(double t) {
    return switch (model) {
      case LinearErrorScore l ->
          OneSidedConstant.exact(
              Matrices.largestEigenvalue(l.affine(t).slope()), "closed form (affine score)");
      case ExactScore e -> curvature(t, process.marginal(t));
      case PerturbedScore p -> perturbed(p, t);
      case NetworkScore n -> n.isStepped() ? ofStep(n, n.stepAt(t)) : ofTime(n, t);
    };
  }

  private synchronized OneSidedConstant ofStep(NetworkScore network, int k) {
    return networkSteps.computeIfAbsent(
        k,
        step ->
            network
                .shipped()
                .map(name -> ShippedNetworks.bracket(name, network, step))
                .orElseGet(() -> NetworkLipschitz.of(network, step, kernels)));
  }

  private synchronized OneSidedConstant ofTime(NetworkScore network, double t) {
    return times(network).at(t);
  }

  private NetworkTimeProfile times(NetworkScore network) {
    NetworkTimeProfile times = networkTimes;
    if (times == null) {
      times = new NetworkTimeProfile(network, kernels);
      networkTimes = times;
    }
    return times;
  }

  /** The whole spectrum of a network at time t. */
  synchronized ScoreSpectrum networkSpectrum(NetworkScore network, double t) {
    if (!network.isStepped()) {
      return times(network).spectrum(t);
    }
    int k = network.stepAt(t);
    double highest = ofStep(network, k).certified();
    return networkSpectra.computeIfAbsent(
        k,
        step ->
            network
                .shipped()
                .map(name -> ShippedNetworks.spectrum(name, network, step))
                .orElseGet(() -> NetworkSpectrum.of(network.frozenStep(step), highest, kernels)));
  }

  private OneSidedConstant curvature(double t, GaussianMixture law) {
    return curvature.supremum(law, () -> squaredDiameter(t, law));
  }

  /** Scalar processes scale all distances alike, so the O(k^2) search is done once. */
  private synchronized double squaredDiameter(double t, GaussianMixture law) {
    double[][] m = process.diffusion().propagator(t, law.dimension());
    if (!Matrices.isScaledIdentity(m)) {
      return MixtureCurvature.squaredDiameter(law);
    }
    if (Double.isNaN(dataSquaredDiameter)) {
      dataSquaredDiameter = MixtureCurvature.squaredDiameter(process.data());
    }
    return m[0][0] * m[0][0] * dataSquaredDiameter;
  }

  private OneSidedConstant perturbed(PerturbedScore score, double t) {
    GaussianMixture law = process.marginal(t);
    return switch (score.perturbation()) {
      case Perturbation.Constant c -> curvature(t, law);
      case Perturbation.Sine s -> withSine(score, s, t, law);
    };
  }

  private OneSidedConstant withSine(
      PerturbedScore score, Perturbation.Sine sine, double t, GaussianMixture law) {
    double c = score.profile().at(t);
    int d = law.dimension();
    double[] a = sine.amplitude().clone();
    for (int i = 0; i < d; i++) {
      a[i] *= c;
    }
    double[][] f = sine.frequency();
    if (d == 1) {
      return curvature.onLine(law, new double[] {a[0] * f[0][0], f[0][0], sine.phase()[0]});
    }
    if (law.isGaussian() && d <= CORNER_DIMENSIONS) {
      double corner = cornerMaximum(Matrices.scale(-1, law.componentPrecision(0)), a, f);
      return isInvertible(f)
          ? OneSidedConstant.exact(corner, "closed form (corners of the sine's Jacobian)")
          : new OneSidedConstant(
              Math.min(corner, sampled(score, t, law)), corner, "corners of the sine's Jacobian");
    }
    OneSidedConstant exactPart = curvature(t, law);
    double field = d <= CORNER_DIMENSIONS ? cornerMaximum(new double[d][d], a, f) : rowSum(a, f);
    double certified = exactPart.certified() + field;
    return new OneSidedConstant(
        Math.min(certified, sampled(score, t, law)),
        certified,
        exactPart.method() + ", plus the sine's largest (certified)");
  }

  private static double cornerMaximum(double[][] base, double[] a, double[][] f) {
    int d = a.length;
    double max = Double.NEGATIVE_INFINITY;
    for (int corner = 0; corner < 1 << d; corner++) {
      double[][] j = Matrices.copy(base);
      for (int r = 0; r < d; r++) {
        double s = (corner >> r & 1) == 0 ? a[r] : -a[r];
        for (int q = 0; q < d; q++) {
          j[r][q] += s * f[r][q];
        }
      }
      max = Math.max(max, Matrices.largestEigenvalue(j));
    }
    return max;
  }

  /** {@code sym(e_i F_i^T)} has largest eigenvalue {@code (|F_i| + F_ii)/2}; either sign occurs. */
  private static double rowSum(double[] a, double[][] f) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i]) * 0.5 * (Matrices.norm(f[i]) + Math.abs(f[i][i]));
    }
    return sum;
  }

  private static boolean isInvertible(double[][] f) {
    double[][] gram = Matrices.multiplyTransposed(f, f);
    double scale = Matrices.trace(gram);
    double determinant = 1;
    try {
      double[][] l = Matrices.cholesky(gram);
      for (int i = 0; i < l.length; i++) {
        determinant = Math.min(determinant, l[i][i] * l[i][i] / scale);
      }
    } catch (IllegalArgumentException singular) {
      return false;
    }
    return determinant > 1e-12;
  }

  /** The largest {@code lambda_max} of the Jacobian at means and some midpoints. */
  private double sampled(ScoreModel score, double t, GaussianMixture law) {
    ScoreField field = score.at(t, kernels);
    int k = law.size();
    double best = Double.NEGATIVE_INFINITY;
    // One Hessian is O(k d^2); so many rows of midpoints that all together stay below OPERATIONS.
    double hessians = OPERATIONS / ((double) k * law.dimension() * law.dimension());
    int rows = (int) Math.clamp(Math.sqrt(2 * hessians), 1.0, MIDPOINT_ROWS);
    int stride = Math.max(1, k / rows);
    for (int i = 0; i < k; i += stride) {
      for (int j = 0; j <= i; j += stride) {
        double[] x = law.componentMean(i).clone();
        for (int q = 0; q < x.length; q++) {
          x[q] = 0.5 * (x[q] + law.componentMean(j)[q]);
        }
        best = Math.max(best, Matrices.largestEigenvalue(field.jacobian(x)));
      }
    }
    return best;
  }
}
