package org.scorebound.sde;

import org.jspecify.annotations.Nullable;

/**
 * The classical Runge–Kutta scheme of order 4 (Kutta 1901) for the probability-flow ODE, churn 0;
 * it takes no noise. Four evaluations of the score a step.
 */
public record RungeKutta4() implements Scheme {

  @Override
  public String label() {
    return "runge-kutta-4";
  }

  @Override
  public int strongOrder() {
    return 4;
  }

  @Override
  public int weakOrder() {
    return 4;
  }

  @Override
  public boolean isForOde() {
    return true;
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
    if (noise != null) {
      throw new IllegalArgumentException("runge-kutta-4 is for the ODE: noise must be null");
    }
    int length = drift.dimension() * n;
    double h = from - to;
    double middle = 0.5 * (from + to);
    double[] slope = work.a;
    double[] at = work.b;
    double[] sum = work.c;
    drift.at(from, y, n, slope);
    System.arraycopy(y, 0, sum, 0, length);
    drift.add(n, h / 6, slope, sum);
    System.arraycopy(y, 0, at, 0, length);
    drift.add(n, 0.5 * h, slope, at);
    drift.at(middle, at, n, slope);
    drift.add(n, h / 3, slope, sum);
    System.arraycopy(y, 0, at, 0, length);
    drift.add(n, 0.5 * h, slope, at);
    drift.at(middle, at, n, slope);
    drift.add(n, h / 3, slope, sum);
    System.arraycopy(y, 0, at, 0, length);
    drift.add(n, h, slope, at);
    drift.at(to, at, n, slope);
    drift.add(n, h / 6, slope, sum);
    System.arraycopy(sum, 0, y, 0, length);
  }
}
