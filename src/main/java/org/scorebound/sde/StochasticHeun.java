package org.scorebound.sde;

import org.jspecify.annotations.Nullable;

/**
 * Heun's predictor–corrector: {@code p = y + h b(y, from) + dW}, {@code y += h (b(y, from) + b(p,
 * to))/2 + dW}. With additive noise, where the Ito and the Stratonovich equation are one, it is the
 * Euler–Heun scheme as well. Weak order 2 (Kloeden and Platen 1992, doi:10.1007/978-3-662-12616-5,
 * section 15.1); strong order 1, since the increments alone do not hold {@code int W dt}; order 2
 * for the ODE. Two evaluations of the score a step, of which the next one can share none.
 */
public record StochasticHeun() implements Scheme {

  @Override
  public String label() {
    return "stochastic-heun";
  }

  @Override
  public int strongOrder() {
    return 1;
  }

  @Override
  public int weakOrder() {
    return 2;
  }

  @Override
  public void step(
      ReverseDrift drift,
      double from,
      double to,
      double[] y,
      int n,
      double @Nullable [] noise,
      Work work) {
    double h = from - to;
    drift.at(from, y, n, work.a);
    System.arraycopy(y, 0, work.b, 0, drift.dimension() * n);
    drift.add(n, h, work.a, work.b);
    if (noise != null) {
      drift.add(n, 1, noise, work.b);
      drift.add(n, 1, noise, y);
    }
    drift.at(to, work.b, n, work.c);
    drift.add(n, 0.5 * h, work.a, y);
    drift.add(n, 0.5 * h, work.c, y);
  }
}
