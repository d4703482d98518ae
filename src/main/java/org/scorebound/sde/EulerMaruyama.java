package org.scorebound.sde;

import org.jspecify.annotations.Nullable;

/**
 * Euler–Maruyama: {@code y += h b(y, from) + dW}. Strong and weak order 1, since the noise is
 * additive (Maruyama 1955; Kloeden and Platen 1992, doi:10.1007/978-3-662-12616-5, section 10.2).
 * One evaluation of the score a step.
 */
public record EulerMaruyama() implements Scheme {

  @Override
  public String label() {
    return "euler-maruyama";
  }

  @Override
  public int strongOrder() {
    return 1;
  }

  @Override
  public int weakOrder() {
    return 1;
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
    drift.at(from, y, n, work.a);
    drift.add(n, from - to, work.a, y);
    if (noise != null) {
      drift.add(n, 1, noise, y);
    }
  }
}
