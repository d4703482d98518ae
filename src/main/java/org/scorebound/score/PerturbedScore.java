package org.scorebound.score;

import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.distribution.MixtureEvaluator;
import org.scorebound.linalg.Kernels;

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
  public ScoreField at(double t, Kernels kernels) {
    MixtureEvaluator evaluator = process.marginal(t).evaluator(kernels);
    double c = profile.at(t);
    int d = process.dimension();
    return new ScoreField() {
      @Override
      public void scores(double[] x, int n, double[] out) {
        evaluator.scores(x, n, out);
        for (int j = 0; j < n; j++) {
          perturbation.addTo(x, j * d, c, out);
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
