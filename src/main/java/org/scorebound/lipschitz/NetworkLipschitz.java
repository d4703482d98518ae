package org.scorebound.lipschitz;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;
import org.scorebound.score.NetworkScore;
import org.scorebound.score.ScoreField;

/**
 * {@code L_s} of a network score at one time, or in one of its steps, within which it does not
 * depend on t.
 *
 * <p>Certified: {@link NetworkBranchAndBound} in up to three dimensions, beyond them, and where it
 * runs out of cells, the least of what there is with {@link LayerBounds}. Sampled: by ascent from
 * many starts, and by points of {@code p_t} at the step's ends and middle and at radii from 0.1 to
 * 10,000, because the supremum is over all of R^d and may lie far out.
 */
public final class NetworkLipschitz {

  /** Relative gap in bounds, where {@code L_s} enters an exponent. */
  public static final double GAP = 1e-3;

  /** Cells after which a bound takes the bracket as it is. */
  public static final long CELLS = 10_000;

  private static final int POINTS_PER_TIME = 24;
  private static final int FAR_POINTS = 48;
  private static final double LOG_RADIUS_FROM = Math.log(0.1);
  private static final double LOG_RADIUS_TO = Math.log(1e4);

  private static final RandomStream COMMON = RandomStream.root(0x6C6970).child("network");

  private NetworkLipschitz() {}

  /** The bracket of step k. */
  public static OneSidedConstant of(NetworkScore score, int k, Kernels kernels) {
    OneSidedConstant bracket = of(score.frozenStep(k), GAP, CELLS, kernels);
    return with(bracket, sampled(score, k, kernels));
  }

  private static OneSidedConstant with(OneSidedConstant bracket, double sampled) {
    double lower = Math.min(bracket.certified(), Math.max(bracket.sampled(), sampled));
    return new OneSidedConstant(lower, bracket.certified(), bracket.method());
  }

  /**
   * The bracket of a frozen score.
   *
   * @param gap relative gap that branch and bound is to reach
   * @param cells its budget
   */
  public static OneSidedConstant of(
      FrozenNetwork network, double gap, long cells, Kernels kernels) {
    if (network.dimension() > NetworkBranchAndBound.MAX_DIMENSION) {
      return byLayers(network, kernels);
    }
    NetworkCertificate certificate =
        NetworkBranchAndBound.of(
            network,
            new NetworkBranchAndBound.Options(gap, cells, OptionalDouble.empty()),
            kernels,
            Progress.NONE);
    OneSidedConstant layers = layers(network);
    return certificate.certified() <= layers.certified()
        ? certificate.constant()
        : with(layers, certificate.sampled());
  }

  private static OneSidedConstant layers(FrozenNetwork network) {
    double product = LayerBounds.product(network);
    double measure = LayerBounds.measure(network);
    return new OneSidedConstant(
        Double.NEGATIVE_INFINITY,
        Math.min(product, measure),
        measure < product
            ? "logarithmic norm layer by layer (certified)"
            : "product of the layers' spectral norms (certified, two-sided)");
  }

  /** The bracket from the layers' matrices and from ascent, for any dimension. */
  public static OneSidedConstant byLayers(FrozenNetwork network, Kernels kernels) {
    PointSearch search =
        new PointSearch(
            new FrozenLayers(network, kernels),
            JacobianFunction.ONE_SIDED,
            Double.POSITIVE_INFINITY);
    search.run();
    return with(layers(network), search.value);
  }

  /** The lower estimate of step k. */
  public static double sampled(NetworkScore score, int k, Kernels kernels) {
    double left = score.edge(k);
    double right = score.edge(k + 1);
    return sampled(score, score.atStep(k, kernels), left, 0.5 * (left + right), right);
  }

  private static double sampled(NetworkScore score, ScoreField field, double... times) {
    int d = score.dimension();
    double best = Double.NEGATIVE_INFINITY;
    for (double t : times) {
      double[] x = score.process().marginal(t).sample(POINTS_PER_TIME, COMMON.child("near"));
      best = Math.max(best, largest(field, x, d));
    }
    RandomStream far = COMMON.child("far");
    double[] x = new double[d * FAR_POINTS];
    far.fillGaussian(x, 0, x.length);
    for (int j = 0; j < FAR_POINTS; j++) {
      double share = (j + 0.5) / FAR_POINTS;
      double radius = Math.exp(LOG_RADIUS_FROM + share * (LOG_RADIUS_TO - LOG_RADIUS_FROM));
      double norm = Matrices.norm(Arrays.copyOfRange(x, d * j, d * (j + 1)));
      for (int i = d * j; i < d * (j + 1); i++) {
        x[i] *= radius / norm;
      }
    }
    return Math.max(best, largest(field, x, d));
  }

  private static double largest(ScoreField field, double[] x, int d) {
    double best = Double.NEGATIVE_INFINITY;
    for (double[][] jacobian : field.jacobians(x, x.length / d)) {
      best = Math.max(best, Matrices.largestEigenvalue(jacobian));
    }
    return best;
  }
}
