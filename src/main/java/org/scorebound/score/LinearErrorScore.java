package org.scorebound.score;

import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.linalg.Matrices;

/**
 * A linear score with error: {@code s(x,t) = -(a V_t^{-1} + b I)(x - m_t - o)}, with {@code a = 1 +
 * (scale - 1) c(t)}, {@code b = shift c(t)}, {@code o = offset c(t)} and m_t, V_t mean and
 * covariance of {@code p_t}. For Gaussian data, scale 1, shift 0, offset 0 is the exact score.
 *
 * @param process the forward process
 * @param scale factor on the exact slope
 * @param shift added slope, units 1/x^2
 * @param offset displacement of the centre, units of x, length d
 * @param profile c(t)
 */
public record LinearErrorScore(
    ForwardProcess process, double scale, double shift, double[] offset, TimeProfile profile)
    implements ScoreModel {

  /** Checks the dimension. */
  public LinearErrorScore {
    if (offset.length != process.dimension()) {
      throw new IllegalArgumentException(
          "score.offset has length "
              + offset.length
              + " but the data have dimension "
              + process.dimension());
    }
    offset = offset.clone();
  }

  /**
   * The score at one time as {@code s(x) = slope (x - centre)}.
   *
   * @param slope S, symmetric d x d
   * @param centre the zero of s
   * @param mean m_t
   * @param covariance V_t
   * @param valueAtMean {@code s(m_t) = -slope offset}
   */
  public record Affine(
      double[][] slope,
      double[] centre,
      double[] mean,
      double[][] covariance,
      double[] valueAtMean) {}

  /** The affine map at time t. */
  public Affine affine(double t) {
    double c = profile.at(t);
    double[][] v = process.covariance(t);
    double[] m = process.mean(t);
    int d = m.length;
    double[][] slope =
        Matrices.addScaled(
            Matrices.scale(-(1 + (scale - 1) * c), Matrices.inverseSpd(v)),
            -shift * c,
            Matrices.identity(d));
    double[] o = new double[d];
    double[] centre = new double[d];
    for (int i = 0; i < d; i++) {
      o[i] = -c * offset[i];
      centre[i] = m[i] + c * offset[i];
    }
    return new Affine(slope, centre, m, v, Matrices.multiply(slope, o));
  }

  @Override
  public int dimension() {
    return process.dimension();
  }

  @Override
  public ScoreField at(double t) {
    Affine affine = affine(t);
    double[][] slope = affine.slope();
    double[] centre = affine.centre();
    int d = centre.length;
    double[] delta = new double[d];
    return new ScoreField() {
      @Override
      public void scores(double[] x, int n, double[] out) {
        for (int j = 0; j < n; j++) {
          for (int i = 0; i < d; i++) {
            delta[i] = x[j * d + i] - centre[i];
          }
          for (int i = 0; i < d; i++) {
            out[j * d + i] = Matrices.dot(slope[i], delta);
          }
        }
      }

      @Override
      public double[][] jacobian(double[] x) {
        return Matrices.copy(slope);
      }
    };
  }

  @Override
  public double[] breakpoints() {
    return profile.signChanges();
  }
}
