package org.scorebound.sde;

import org.jspecify.annotations.Nullable;

/**
 * Variation of constants for the linear part of the drift, Euler for the rest: {@code y = E (y + h
 * k s(y, from)) + E^(1/2) dW}, {@code E = exp(-int_to^from A dt)} in closed form (Lawson 1967,
 * doi:10.1137/0704033; for noise, Lord and Tambue 2013, doi:10.1093/imanum/drr059). Exact where the
 * score and the noise vanish, however fast the process; strong and weak order 1. The half flow of
 * the noise is that of the middle of the step. One evaluation of the score a step.
 */
public record ExponentialEuler() implements Scheme {

  @Override
  public String label() {
    return "exponential-euler";
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
    drift.guidance(from, y, n, work.a);
    drift.add(n, from - to, work.a, y);
    drift.apply(drift.linearFlow(from, to), y, n);
    if (noise != null) {
      System.arraycopy(noise, 0, work.b, 0, drift.dimension() * n);
      drift.apply(drift.linearFlow(0.5 * (from + to), to), work.b, n);
      drift.add(n, 1, work.b, y);
    }
  }
}
