package org.scorebound.score;

import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.linalg.Kernels;
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

  /** The affine map at time t. */
  public AffineScore affine(double t) {
    double c = profile.at(t);
    double[][] v = process.covariance(t);
    double[][] precision = Matrices.inverseSpd(v);
    int d = v.length;
    double[][] error =
        Matrices.addScaled(
            Matrices.scale((1 - scale) * c, precision), -shift * c, Matrices.identity(d));
    double[][] slope = Matrices.addScaled(error, -1, precision);
    double[] o = new double[d];
    for (int i = 0; i < d; i++) {
      o[i] = -c * offset[i];
    }
    return new AffineScore(process.mean(t), v, slope, error, Matrices.multiply(slope, o));
  }

  @Override
  public int dimension() {
    return process.dimension();
  }

  @Override
  public ScoreField at(double t, Kernels kernels) {
    return affine(t).field(kernels);
  }

  @Override
  public double[] breakpoints() {
    return profile.signChanges();
  }
}
