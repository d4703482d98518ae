package org.scorebound.experiment;

import org.scorebound.linalg.GaussKronrod;

/**
 * The marginal {@code p_t} of {@code alpha X + sigma Z} for X = scale times Student's t with nu
 * degrees of freedom, {@code alpha = exp(-B/2)}, {@code sigma^2 = 1 - exp(-B)}; and the largest
 * curvature of its logarithm that a search finds.
 *
 * <p>{@code (log p)'' = Var(alpha X | x)/sigma^4 - 1/sigma^2}, with the posterior of X by
 * quadrature. Far out, where the polynomial tail takes over from the Gaussian core, the posterior
 * has two modes and the curvature is positive however large t is; the place moves out like the root
 * of {@code nu B}. What is found at points is a lower estimate of L_s, up to the quadrature's
 * error, which is the direction that "does not tend to -1" needs.
 */
final class HeavyTail {

  private static final int PANELS = 60;
  private static final double GAUSSIAN_REACH = 12;
  private static final int SEARCH = 160;
  private static final double LARGEST = 40;

  private final double nu;
  private final double scale;

  /** Student's t with nu degrees of freedom, times a scale; its location changes no curvature. */
  HeavyTail(double nu, double scale) {
    this.nu = nu;
    this.scale = scale;
  }

  /**
   * A lower estimate of {@code L_s = sup (log p_t)''} at {@code B > 0}.
   *
   * @param b B(t)
   */
  double lipschitzLower(double b) {
    double alpha = scale * Math.exp(-0.5 * b);
    double sigma = Math.sqrt(-Math.expm1(-b));
    double best = Double.NEGATIVE_INFINITY;
    int at = 0;
    for (int i = 0; i <= SEARCH; i++) {
      double value = curvature(alpha, sigma, LARGEST * i / SEARCH);
      if (value > best) {
        best = value;
        at = i;
      }
    }
    // The curve is smooth on the scale of the search: refine around the best by halving.
    double centre = LARGEST * at / SEARCH;
    for (double step = LARGEST / SEARCH; step > 1e-6; step *= 0.5) {
      for (double x : new double[] {centre - step, centre + step}) {
        double value = curvature(alpha, sigma, Math.abs(x));
        if (value > best) {
          best = value;
          centre = Math.abs(x);
        }
      }
    }
    return best;
  }

  /** {@code (log p_t)''(x)}; the posterior's weight by panels around both of its places. */
  double curvature(double alpha, double sigma, double x) {
    // y = alpha X has density ~ (1 + (y/alpha)^2/nu)^(-(nu+1)/2); it sits near 0 and near x.
    double[] moments = new double[3];
    double peak = Double.NEGATIVE_INFINITY;
    for (int i = 0; i <= PANELS; i++) {
      double u = (double) i / PANELS;
      peak = Math.max(peak, logWeight(alpha, sigma, x, u * x));
    }
    double lo = -GAUSSIAN_REACH * Math.max(alpha, sigma);
    double hi = x + GAUSSIAN_REACH * Math.max(alpha, sigma);
    // Panels graded towards 0, where the core has width alpha.
    add(moments, alpha, sigma, x, lo, 0, peak);
    add(moments, alpha, sigma, x, 0, hi, peak);
    double mean = moments[1] / moments[0];
    double variance = moments[2] / moments[0] - mean * mean;
    double s2 = sigma * sigma;
    return variance / (s2 * s2) - 1 / s2;
  }

  private double logWeight(double alpha, double sigma, double x, double y) {
    double r = (x - y) / sigma;
    double z = y / alpha;
    return -0.5 * r * r - 0.5 * (nu + 1) * Math.log1p(z * z / nu);
  }

  private void add(
      double[] moments, double alpha, double sigma, double x, double from, double to, double peak) {
    // y = alpha sinh(v): uniform panels in v resolve the core and reach far out.
    double a = asinh(from / alpha);
    double b = asinh(to / alpha);
    int n = GaussKronrod.NODES;
    double[] f0 = new double[n];
    double[] f1 = new double[n];
    double[] f2 = new double[n];
    for (int p = 0; p < PANELS; p++) {
      double left = a + (b - a) * p / PANELS;
      double half = 0.5 * (b - a) / PANELS;
      for (int i = 0; i < n; i++) {
        double v = left + half * (1 + GaussKronrod.node(i));
        double y = alpha * Math.sinh(v);
        double w = half * alpha * Math.cosh(v) * Math.exp(logWeight(alpha, sigma, x, y) - peak);
        f0[i] = w;
        f1[i] = w * y;
        f2[i] = w * y * y;
      }
      moments[0] += GaussKronrod.kronrod(f0);
      moments[1] += GaussKronrod.kronrod(f1);
      moments[2] += GaussKronrod.kronrod(f2);
    }
  }

  private static double asinh(double x) {
    return Math.signum(x) * Math.log(Math.abs(x) + Math.hypot(1, x));
  }
}
