package org.scorebound.sde;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of the sampler {@code dy/dr = b(y, t) + sigma dw/dr}, {@code r = T - t}, whose noise is
 * additive. Orders are those for additive noise and smooth coefficients; a step must not cross a
 * jump of them.
 *
 * <p>A scheme takes the increments of {@code int sigma dw} from its caller, so that several grids
 * or several processes can share one Brownian path. Adding a scheme is one file and one line here.
 */
public sealed interface Scheme
    permits EulerMaruyama, StochasticHeun, ExponentialEuler, RungeKutta4 {

  /** All of them. */
  static List<Scheme> all() {
    return List.of(
        new EulerMaruyama(), new StochasticHeun(), new ExponentialEuler(), new RungeKutta4());
  }

  /** A short name. */
  String label();

  /** p in {@code (E|y_h - y|^2)^(1/2) = O(h^p)}; that of the ODE where there is no noise. */
  int strongOrder();

  /** p in {@code E f(y_h) - E f(y) = O(h^p)} for smooth f. */
  int weakOrder();

  /** Whether the scheme is for the probability-flow ODE alone. */
  default boolean isForOde() {
    return false;
  }

  /**
   * Advances a batch from time {@code from} down to {@code to}.
   *
   * @param y d x n, in place
   * @param noise d x n, increments of {@code int sigma dw} over the step; null for the ODE
   * @param work for at least n columns
   */
  void step(
      ReverseDrift drift,
      double from,
      double to,
      double[] y,
      int n,
      double @Nullable [] noise,
      Work work);

  /** What a step needs, owned by the caller and reused. */
  final class Work {
    final double[] a;
    final double[] b;
    final double[] c;

    /** For batches of up to n columns of length d. */
    public Work(int d, int n) {
      a = new double[Math.multiplyExact(d, n)];
      b = new double[a.length];
      c = new double[a.length];
    }
  }
}
