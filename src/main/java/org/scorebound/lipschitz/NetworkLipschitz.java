package org.scorebound.lipschitz;

import java.util.Arrays;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;
import org.scorebound.score.NetworkScore;
import org.scorebound.score.ScoreField;

/**
 * {@code L_s} of a network score in one of its steps, within which it does not depend on t.
 *
 * <p>Certified: a two-sided constant, the product of the layers' norms, since {@code lambda_max(sym
 * J) <= |J|_2}. Sampled: the largest {@code lambda_max(sym J)} at points of {@code p_t} at the
 * step's ends and middle, and at points in random directions with radii from 0.1 to 10,000, because
 * the supremum is over all of R^d and may lie far out.
 */
public final class NetworkLipschitz {

  private static final int POINTS_PER_TIME = 24;
  private static final int FAR_POINTS = 48;
  private static final double LOG_RADIUS_FROM = Math.log(0.1);
  private static final double LOG_RADIUS_TO = Math.log(1e4);
  private static final String METHOD =
      "product of the layers' spectral norms (certified, two-sided)";

  private static final RandomStream COMMON = RandomStream.root(0x6C6970).child("network");

  private NetworkLipschitz() {}

  /** The bracket of step k. */
  public static OneSidedConstant of(NetworkScore score, int k, Kernels kernels) {
    double certified = score.lipschitzUpper(k);
    return new OneSidedConstant(Math.min(certified, sampled(score, k, kernels)), certified, METHOD);
  }

  /** The bracket at time t of a network without steps. */
  static OneSidedConstant at(NetworkScore score, double t, Kernels kernels) {
    double certified = NetworkScore.lipschitzUpper(score.frozen(t));
    double lower = sampled(score, score.at(t, kernels), t);
    return new OneSidedConstant(Math.min(certified, lower), certified, METHOD);
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
    for (int j = 0; j < x.length; j += d) {
      double[][] jacobian = field.jacobian(Arrays.copyOfRange(x, j, j + d));
      best = Math.max(best, Matrices.largestEigenvalue(jacobian));
    }
    return best;
  }
}
