package org.scorebound.diffusion;

import java.util.List;

/**
 * A table of betas: {@code beta(t) = betas[j]} on the j-th of n equal parts of [0, T], right-open.
 * The values are rates per unit of time; with {@code T = n} each is what one step adds to B.
 *
 * @param betas n rates, >= 0, not all 0
 * @param horizon T > 0
 */
public record DiscreteSchedule(List<Double> betas, double horizon) implements Schedule {

  /** Checks the table. */
  public DiscreteSchedule {
    betas = List.copyOf(betas);
    if (!(horizon > 0) || Double.isInfinite(horizon)) {
      throw new IllegalArgumentException("horizon must be > 0 and finite, got " + horizon);
    }
    if (betas.isEmpty()) {
      throw new IllegalArgumentException("betas must not be empty");
    }
    double sum = 0;
    for (double b : betas) {
      if (!(b >= 0) || Double.isInfinite(b)) {
        throw new IllegalArgumentException("betas must be >= 0 and finite, got " + b);
      }
      sum += b;
    }
    if (sum == 0) {
      throw new IllegalArgumentException("betas must not all be 0");
    }
  }

  private int step(double t) {
    int n = betas.size();
    int j = (int) Math.floor(t / horizon * n);
    j = Math.max(0, Math.min(n - 1, j));
    // The quotient may be rounded across an edge.
    if (j + 1 < n && t >= horizon * (j + 1) / n) {
      j++;
    } else if (j > 0 && t < horizon * j / n) {
      j--;
    }
    return j;
  }

  @Override
  public double beta(double t) {
    return betas.get(step(t));
  }

  @Override
  public double integral(double t) {
    int n = betas.size();
    int j = step(t);
    double h = horizon / n;
    double sum = 0;
    for (int i = 0; i < j; i++) {
      sum += betas.get(i);
    }
    return sum * h + betas.get(j) * (t - j * h);
  }

  @Override
  public double[] breakpoints() {
    int n = betas.size();
    double[] b = new double[n - 1];
    for (int i = 1; i < n; i++) {
      b[i - 1] = horizon * i / n;
    }
    return b;
  }
}
