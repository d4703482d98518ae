package org.scorebound.claims;

import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.diffusion.Diffusion;
import org.scorebound.linalg.Kernels;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.lipschitz.ScoreSpectrum;
import org.scorebound.random.RandomStream;
import org.scorebound.score.ExactScore;
import org.scorebound.sde.ReverseDrift;
import org.scorebound.sde.Sampler;
import org.scorebound.sde.StartLaw;
import org.scorebound.transport.EmpiricalW2;
import org.scorebound.verify.Configuration;

/**
 * The derivation {@code -dw/dt <= RMS(e) + L w} for two ODEs from common points, taken apart.
 *
 * <p>In reversed time {@code dx/dr = F(x)}, {@code dy/dr = G(y)}, {@code D = x - y}, {@code e =
 * F(x) - G(x)}, {@code w = RMS(D)}:
 *
 * <pre>
 *   w dw/dr = E D.e + E D.(G(x) - G(y))
 *           = RMS(e) w + L w^2 - vector - oneSided - expectation
 *   vector      = E|D||e| - E D.e            >= 0
 *   oneSided    = L w^2 - E D.(G(x) - G(y))  >= 0
 *   expectation = RMS(e) w - E|D||e|         >= 0
 * </pre>
 *
 * so the bound {@code int I RMS(e) dt}, {@code I(t) = exp int_0^t L}, exceeds w(0) by {@code int I
 * (vector + oneSided + expectation)/w dt}. Where w = 0, at the start, the three are of second
 * order. Runge–Kutta of order 4 in time and Simpson's rule over its nodes.
 *
 * @param w2 exact W2 of the two clouds at t = 0
 * @param coupling {@code w(0) - W2}
 * @param vector slack of the vector inequality, integrated
 * @param oneSided slack of the one-sided constant, integrated
 * @param expectation slack of the expectations' inequality, integrated
 * @param least smallest of the three at any time
 * @param bound {@code int I RMS(e) dt}
 * @param boundTwoSided the same with the two-sided constant
 * @param logI {@code int L dt}
 * @param logITheorem the same by the theorem's quadrature
 */
record OdeDerivation(
    double w2,
    double coupling,
    double vector,
    double oneSided,
    double expectation,
    double least,
    double bound,
    double boundTwoSided,
    double logI,
    double logITheorem) {

  /** What W2 and the slacks leave of the bound: 0 but for the steps in time. */
  double closure() {
    return bound - w2 - coupling - vector - oneSided - expectation;
  }

  /** Sums at one time. */
  private record Node(double l, double lTwo, double e, double[] slacks) {}

  static OdeDerivation of(
      Configuration c, int points, int steps, RandomStream random, Kernels kernels) {
    return new Run(c, points, steps, random, kernels).derivation();
  }

  private static final class Run {
    private final Configuration c;
    private final Diffusion diffusion;
    private final ReverseDrift exact;
    private final ReverseDrift model;
    private final ScoreLipschitz lipschitz;
    private final int n;
    private final int d;
    private final int steps;
    private final double horizon;
    private final double[] x;
    private final double[] y;
    private final Node[] nodes;

    Run(Configuration c, int n, int steps, RandomStream random, Kernels kernels) {
      this.c = c;
      this.n = n;
      this.steps = steps;
      diffusion = c.score().process().diffusion();
      horizon = diffusion.horizon();
      d = c.dimension();
      Sampler sampler = c.sampler();
      exact =
          new ReverseDrift(
              new Sampler(new ExactScore(c.score().process()), c.family(), new StartLaw.Marginal()),
              kernels);
      model = new ReverseDrift(sampler, kernels);
      lipschitz = new ScoreLipschitz(c.score());
      x = c.score().process().marginal(horizon).sample(n, random.child("points"));
      y = x.clone();
      nodes = new Node[steps + 1];
    }

    OdeDerivation derivation() {
      double h = horizon / steps;
      for (int i = 0; i <= steps; i++) {
        double t = i == steps ? 0 : horizon - i * h;
        nodes[i] = node(t);
        if (i < steps) {
          double next = i + 1 == steps ? 0 : horizon - (i + 1) * h;
          step(exact, x, t, next);
          step(model, y, t, next);
        }
      }
      double[] logI = cumulative(h, false);
      double[] logITwo = cumulative(h, true);
      double[] sums = new double[5];
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i <= steps; i++) {
        double weight = h / 3 * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
        double gain = Math.exp(logI[i]);
        for (int s = 0; s < 3; s++) {
          sums[s] += weight * gain * nodes[i].slacks()[s];
          least = Math.min(least, nodes[i].slacks()[s]);
        }
        sums[3] += weight * gain * nodes[i].e();
        sums[4] += weight * Math.exp(logITwo[i]) * nodes[i].e();
      }
      double w = rms(x, y);
      double w2 = EmpiricalW2.between(x, y, d).value();
      double theorem =
          TheoremFormula.theorem()
              .evaluate(new ModelProfile(c.score(), c.family()).at(ModelProfile.End.VALUE), 0)
              .logI();
      return new OdeDerivation(
          w2, w - w2, sums[0], sums[1], sums[2], least, sums[3], sums[4], logI[0], theorem);
    }

    /** The sums at time t, each slack over w. */
    private Node node(double t) {
      double[] fx = new double[d * n];
      double[] gx = new double[d * n];
      double[] gy = new double[d * n];
      exact.at(t, x, n, fx);
      model.at(t, x, n, gx);
      model.at(t, y, n, gy);
      double w2 = 0;
      double e2 = 0;
      double along = 0;
      double product = 0;
      double growth = 0;
      for (int j = 0; j < n; j++) {
        double gap = 0;
        double error = 0;
        for (int i = j * d; i < (j + 1) * d; i++) {
          double delta = x[i] - y[i];
          double e = fx[i] - gx[i];
          gap += delta * delta;
          error += e * e;
          along += delta * e / n;
          growth += delta * (gx[i] - gy[i]) / n;
        }
        w2 += gap / n;
        e2 += error / n;
        product += Math.sqrt(gap * error) / n;
      }
      double k = c.family().k(diffusion.gSquared(t));
      ScoreSpectrum spectrum = ScoreSpectrum.of(c.score(), t, lipschitz);
      double l = diffusion.driftOneSided(t) + k * spectrum.highest();
      double lTwo = diffusion.driftLipschitz(t) + k * spectrum.norm();
      double w = Math.sqrt(w2);
      double e = Math.sqrt(e2);
      double[] slacks =
          w == 0
              ? new double[3]
              : new double[] {(product - along) / w, (l * w2 - growth) / w, (e * w - product) / w};
      return new Node(l, lTwo, e, slacks);
    }

    /** {@code int_0^t L} at the nodes, which run from T down to 0, by Simpson's rule. */
    private double[] cumulative(double h, boolean two) {
      double[] f = new double[steps + 1];
      for (int i = 0; i <= steps; i++) {
        f[i] = two ? nodes[i].lTwo() : nodes[i].l();
      }
      double[] sum = new double[steps + 1];
      for (int i = steps - 2; i >= 0; i -= 2) {
        // Over the first half of a pair of steps: the parabola's integral.
        sum[i + 1] = sum[i + 2] + h / 12 * (5 * f[i + 2] + 8 * f[i + 1] - f[i]);
        sum[i] = sum[i + 2] + h / 3 * (f[i + 2] + 4 * f[i + 1] + f[i]);
      }
      return sum;
    }

    private double rms(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += (a[i] - b[i]) * (a[i] - b[i]) / n;
      }
      return Math.sqrt(sum);
    }

    private void step(ReverseDrift drift, double[] z, double from, double to) {
      double h = from - to;
      double middle = 0.5 * (from + to);
      double[] k1 = at(drift, from, z);
      double[] k2 = at(drift, middle, moved(z, 0.5 * h, k1));
      double[] k3 = at(drift, middle, moved(z, 0.5 * h, k2));
      double[] k4 = at(drift, to, moved(z, h, k3));
      for (int i = 0; i < z.length; i++) {
        z[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
      }
    }

    private double[] at(ReverseDrift drift, double t, double[] z) {
      double[] out = new double[z.length];
      drift.at(t, z, n, out);
      return out;
    }

    private static double[] moved(double[] z, double h, double[] rate) {
      double[] m = z.clone();
      for (int i = 0; i < m.length; i++) {
        m[i] += h * rate[i];
      }
      return m;
    }
  }
}
