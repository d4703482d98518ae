package org.scorebound.sde;

import org.scorebound.diffusion.Diffusion;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.result.Estimate;
import org.scorebound.score.ScoreModel;
import org.scorebound.transport.MixtureQuantile;
import org.scorebound.transport.QuantileMap;
import org.scorebound.transport.QuantileW2;

/**
 * {@code W2(p_t, q_t)} of the ODE sampler in one dimension. The flow {@code dy/dt = A y - k s(y,
 * t)} is increasing in its start, so it carries the quantile function of {@code q_T} to that of
 * {@code q_t}, and {@code W2^2 = int (Q_p - Q_q)^2}.
 *
 * <p>The flow is by Dormand–Prince 8(5,3) on all quadrature nodes at once. Error: the quadrature's
 * own, plus {@value #GROWTH} tolerances of the flow times the scale.
 */
public final class QuantileFlow {

  private static final double TOLERANCE = 1e-11;

  /** A way is a small addend of a bound, and is found to some parts in 10^5. */
  private static final double WAY_TOLERANCE = 1e-5;

  /** Of the flow on a way. */
  private static final double WAY_FLOW_TOLERANCE = 1e-10;

  /** Local errors add up over some hundred steps and are damped or amplified mildly. */
  private static final double GROWTH = 1e3;

  private final Sampler sampler;
  private final Kernels kernels;
  private final ScoreModel score;
  private final Diffusion diffusion;

  /**
   * A flow.
   *
   * @param sampler a sampler with churn 0 in one dimension
   */
  public QuantileFlow(Sampler sampler) {
    this(sampler, Kernels.of(BackEnd.VECTOR));
  }

  /** The same, with batches on the given kernels. */
  public QuantileFlow(Sampler sampler, Kernels kernels) {
    if (!applies(sampler)) {
      throw new IllegalArgumentException("quantile maps need dimension 1 and churn 0");
    }
    this.sampler = sampler;
    this.kernels = kernels;
    this.score = sampler.score();
    this.diffusion = score.process().diffusion();
  }

  /** Whether the method applies. */
  public static boolean applies(Sampler sampler) {
    return sampler.score().dimension() == 1 && sampler.family().isOde();
  }

  /** {@code W2(p_t, q_t)}. */
  public Estimate distance(double t) {
    GaussianMixture law = score.process().marginal(t);
    double scale = Math.sqrt(law.covariance()[0][0]);
    QuantileW2.Options options =
        new QuantileW2.Options(1e-10 * scale, 1e-9, GROWTH * TOLERANCE * scale, 20_000);
    return QuantileW2.between(Quantiles.of(law), modelQuantiles(t), options).w2();
  }

  /** {@code W2(q_s, q_t)} of the model's own laws at two times, to some parts in 10^5. */
  public Estimate way(double s, double t) {
    double scale = Math.sqrt(score.process().marginal(t).covariance()[0][0]);
    QuantileW2.Options options =
        new QuantileW2.Options(
            1e-7 * scale, WAY_TOLERANCE, GROWTH * WAY_FLOW_TOLERANCE * scale, 20_000);
    return QuantileW2.between(
            quantiles(s, WAY_FLOW_TOLERANCE), quantiles(t, WAY_FLOW_TOLERANCE), options)
        .w2();
  }

  /** {@code z -> Q_{q_t}(Phi(z))}. */
  public QuantileMap modelQuantiles(double t) {
    return quantiles(t, TOLERANCE);
  }

  private QuantileMap quantiles(double t, double tolerance) {
    MixtureQuantile start =
        Quantiles.of(sampler.start().law(score.process().marginal(diffusion.horizon())));
    return z -> flow(start.at(z), t, tolerance);
  }

  private double[] flow(double[] y, double to, double tolerance) {
    double[] scores = new double[y.length];
    return new ReverseTimeFlow(score)
        .integrate(
            y,
            to,
            (t, state, derivative) -> {
              score.at(t, kernels).scores(state, state.length, scores);
              double a = diffusion.drift(t, 1)[0][0];
              double k = sampler.k(t);
              for (int i = 0; i < state.length; i++) {
                derivative[i] = k * scores[i] - a * state[i];
              }
            },
            tolerance,
            tolerance);
  }
}
