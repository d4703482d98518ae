package org.scorebound.score;

import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.distribution.MixtureEvaluator;
import org.scorebound.linalg.Kernels;

/**
 * The exact score {@code grad log p_t}.
 *
 * @param process the forward process
 */
public record ExactScore(ForwardProcess process) implements ScoreModel {

  @Override
  public int dimension() {
    return process.dimension();
  }

  @Override
  public ScoreField at(double t, Kernels kernels) {
    MixtureEvaluator evaluator = process.marginal(t).evaluator(kernels);
    return new ScoreField() {
      @Override
      public void scores(double[] x, int n, double[] out) {
        evaluator.scores(x, n, out);
      }

      @Override
      public double[][] jacobian(double[] x) {
        return evaluator.hessian(x);
      }
    };
  }

  @Override
  public double[] breakpoints() {
    return new double[0];
  }
}
