package org.scorebound.score;

import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.distribution.MixtureEvaluator;

/**
 * {@code s(x,t) = grad log p_t(x) + c(t) e(x)} with a bounded smooth field e.
 *
 * @param process the forward process
 * @param perturbation e
 * @param profile c(t)
 */
public record PerturbedScore(ForwardProcess process, Perturbation perturbation, TimeProfile profile)
    implements ScoreModel {

  /** Checks the dimension. */
  public PerturbedScore {
    if (perturbation.dimension() != process.dimension()) {
      throw new IllegalArgumentException(
          "score.perturbation has dimension "
              + perturbation.dimension()
              + " but the data have dimension "
              + process.dimension());
    }
  }

  @Override
  public int dimension() {
    return process.dimension();
  }

  @Override
  public ScoreField at(double t) {
    MixtureEvaluator evaluator = process.marginal(t).evaluator();
    double c = profile.at(t);
    int d = process.dimension();
    double[] point = new double[d];
    double[] value = new double[d];
    return new ScoreField() {
      @Override
      public void scores(double[] x, int n, double[] out) {
        for (int j = 0; j < n; j++) {
          System.arraycopy(x, j * d, point, 0, d);
          evaluator.score(point, 0, value, 0);
          perturbation.addTo(point, 0, c, value);
          System.arraycopy(value, 0, out, j * d, d);
        }
      }

      @Override
      public double[][] jacobian(double[] x) {
        double[][] jacobian = evaluator.hessian(x);
        perturbation.addJacobian(x, c, jacobian);
        return jacobian;
      }
    };
  }

  @Override
  public double[] breakpoints() {
    return profile.signChanges();
  }
}
