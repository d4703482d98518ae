package org.scorebound.transport;

import java.util.ArrayList;
import java.util.List;
import org.scorebound.linalg.GaussKronrod;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/**
 * The Wasserstein-2 distance between two laws on the line by their quantile maps.
 *
 * <p>The monotone coupling is optimal, so with {@code T = Q o Phi} (see {@link QuantileMap})
 *
 * <pre>
 *   W2^2 = int_0^1 (Q_p(u) - Q_q(u))^2 du = int (T_p(z) - T_q(z))^2 phi(z) dz.
 * </pre>
 *
 * The integral over [-Z, Z], {@code Z = 10}, is by adaptive bisection with the Gauss–Kronrod pair
 * (7, 15); all panels that need work are evaluated in one call of the maps. The tails beyond Z are
 * added from the affine function through the values at Z and Z - 1, {@code D(z)^2 <= (|D(Z)| +
 * slope (|z| - Z))^2}, to the error, not to the value; they weigh 1e-23 of the spread's square.
 *
 * <p>Error: the sum of the panels' QUADPACK error estimates, the tails, rounding, and {@code
 * mapError}, which enters W2 by the triangle inequality without amplification. The quadrature part
 * is an a-posteriori estimate for smooth maps, not a proof; it is conservative by orders of
 * magnitude. Maps with steep jumps (mixtures with far components) are resolved to the spacing of
 * doubles.
 *
 * <p>Reference: Piessens et al. (1983), QUADPACK, doi:10.1007/978-3-642-61786-7; for the quantile
 * formula Villani (2003), Theorem 2.18, doi:10.1090/gsm/058.
 */
public final class QuantileW2 {

  /** The normal mass beyond it is 1.5e-23. */
  private static final double Z = 10;

  private static final double EPS = Math.ulp(1.0);

  private QuantileW2() {}

  /**
   * When to stop.
   *
   * @param absolute the error of W2 that is aimed at
   * @param relative the share of W2 that is good enough
   * @param mapError absolute error of every value of the two maps, added up
   * @param maxEvaluations bound on the evaluations of each map
   */
  public record Options(double absolute, double relative, double mapError, int maxEvaluations) {

    /** For maps exact to rounding: 1e-13 relative. */
    public static final Options PRECISE = new Options(1e-300, 1e-13, 0, 200_000);

    /** Checks the ranges. */
    public Options {
      if (!(absolute >= 0 && relative >= 0 && mapError >= 0 && maxEvaluations >= 300)) {
        throw new IllegalArgumentException(
            "tolerances must be >= 0 and maxEvaluations >= 300, got "
                + absolute
                + ", "
                + relative
                + ", "
                + mapError
                + " and "
                + maxEvaluations);
      }
    }
  }

  /**
   * A distance on the line.
   *
   * @param w2 W2 with its error
   * @param squared W2 squared
   * @param evaluations values taken of each map
   * @param converged whether the tolerance was met within the budget
   */
  public record Result(Estimate w2, double squared, int evaluations, boolean converged) {

    /** W2. */
    public double value() {
      return w2.value();
    }

    /** The error of W2. */
    public double error() {
      return w2.upper() - w2.value();
    }
  }

  private record Panel(double a, double b, double value, double error, double abs) {}

  /** W2 between two Gaussian mixtures on the line, to about 1e-13 of their spread. */
  public static Result between(MixtureQuantile p, MixtureQuantile q) {
    return between(p, q, Options.PRECISE);
  }

  /**
   * W2 between the laws of {@code p(Z)} and {@code q(Z)}, {@code Z} standard normal.
   *
   * @throws IllegalArgumentException if a map returns NaN or an infinity, or another length
   */
  public static Result between(QuantileMap p, QuantileMap q, Options options) {
    double[] ends = {-Z, -Z + 1, Z - 1, Z};
    double[] d = differences(p, q, ends);
    int evaluations = ends.length;
    double tail = tail(Math.abs(d[0]), Math.abs(d[1])) + tail(Math.abs(d[3]), Math.abs(d[2]));

    List<Panel> done = new ArrayList<>();
    // Starting panels of length 1 near the centre keep the Gaussian factor smooth within each.
    List<double[]> todo = new ArrayList<>();
    double[] start = {-10, -7, -5, -3.5, -2.5, -1.5, -.5, .5, 1.5, 2.5, 3.5, 5, 7, 10};
    for (int i = 0; i + 1 < start.length; i++) {
      todo.add(new double[] {start[i], start[i + 1]});
    }
    double[] scale = {0};
    boolean converged = false;
    while (true) {
      done.addAll(evaluate(p, q, todo, scale));
      evaluations += GaussKronrod.NODES * todo.size();
      double value = 0;
      double error = 0;
      for (Panel panel : done) {
        value += panel.value;
        error += panel.error;
      }
      double root = Math.sqrt(value);
      double aim = Math.max(options.absolute, options.relative * root);
      // Error e of the square moves the root by at most min(e / root, sqrt e).
      double aimSquared = Math.max(aim * root, aim * aim);
      // Below the noise of the maps themselves nothing is gained.
      double noise = 2 * (options.mapError + 2 * EPS * scale[0]) * root;
      if (error <= Math.max(aimSquared, noise)) {
        converged = true;
        break;
      }
      todo = refine(done, Math.max(aimSquared, noise), error);
      if (todo.isEmpty()
          || evaluations + GaussKronrod.NODES * todo.size() > options.maxEvaluations) {
        break;
      }
    }
    return result(done, tail, scale[0], options.mapError, evaluations, converged);
  }

  private static Result result(
      List<Panel> panels,
      double tail,
      double scale,
      double mapError,
      int evaluations,
      boolean converged) {
    double value = 0;
    double error = tail;
    for (Panel panel : panels) {
      value += panel.value;
      error += panel.error + 8 * EPS * panel.abs;
    }
    double root = Math.sqrt(value);
    double quadrature =
        value > error ? error / (root + Math.sqrt(value - error)) : Math.sqrt(value + error);
    // The difference of two values of size scale carries a rounding of each.
    double radius = quadrature + mapError + 2 * EPS * scale;
    Estimate w2 =
        Estimate.of(
            root,
            Math.max(0, root - radius),
            root + radius,
            converged ? Evidence.EXACT : Evidence.ESTIMATED);
    return new Result(w2, value, evaluations, converged || error <= 4 * EPS * value);
  }

  /**
   * Takes the panels to be bisected out of {@code done}: those above their share of the tolerance.
   */
  private static List<double[]> refine(List<Panel> done, double aim, double error) {
    List<double[]> todo = new ArrayList<>();
    List<Panel> kept = new ArrayList<>();
    double share = aim / (2 * done.size());
    for (Panel panel : done) {
      double mid = 0.5 * (panel.a + panel.b);
      boolean splittable = panel.b - panel.a > 4 * Math.ulp(Math.max(1, Math.abs(mid)));
      if (panel.error > share && splittable && panel.error > 1e-3 * error / done.size()) {
        todo.add(new double[] {panel.a, mid});
        todo.add(new double[] {mid, panel.b});
      } else {
        kept.add(panel);
      }
    }
    done.clear();
    done.addAll(kept);
    return todo;
  }

  private static List<Panel> evaluate(
      QuantileMap p, QuantileMap q, List<double[]> panels, double[] scale) {
    int rule = GaussKronrod.NODES;
    double[] z = new double[rule * panels.size()];
    for (int i = 0; i < panels.size(); i++) {
      double c = 0.5 * (panels.get(i)[0] + panels.get(i)[1]);
      double h = 0.5 * (panels.get(i)[1] - panels.get(i)[0]);
      for (int k = 0; k < rule; k++) {
        z[rule * i + k] = c + h * GaussKronrod.node(k);
      }
    }
    double[] d = differences(p, q, z, scale);
    List<Panel> result = new ArrayList<>(panels.size());
    double[] f = new double[rule];
    for (int i = 0; i < panels.size(); i++) {
      for (int k = 0; k < rule; k++) {
        double zk = z[rule * i + k];
        double dk = d[rule * i + k];
        f[k] = dk * dk * Math.exp(-0.5 * zk * zk) / Math.sqrt(2 * Math.PI);
      }
      result.add(panel(panels.get(i)[0], panels.get(i)[1], f));
    }
    return result;
  }

  /** The rule on one panel with QUADPACK's error estimate. */
  private static Panel panel(double a, double b, double[] f) {
    double kronrod = GaussKronrod.kronrod(f);
    double h = 0.5 * (b - a);
    double error = Math.abs(kronrod - GaussKronrod.gauss(f)) * h;
    double spread = GaussKronrod.deviation(f) * h;
    if (spread > 0 && error > 0) {
      error = spread * Math.min(1, Math.pow(200 * error / spread, 1.5));
    }
    return new Panel(a, b, kronrod * h, error, kronrod * h);
  }

  private static double[] differences(QuantileMap p, QuantileMap q, double[] z) {
    return differences(p, q, z, new double[1]);
  }

  private static double[] differences(QuantileMap p, QuantileMap q, double[] z, double[] scale) {
    double[] a = p.at(z);
    double[] b = q.at(z);
    if (a.length != z.length || b.length != z.length) {
      throw new IllegalArgumentException(
          "maps must return " + z.length + " values, got " + a.length + " and " + b.length);
    }
    double[] d = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      d[i] = a[i] - b[i];
      if (!Double.isFinite(d[i])) {
        throw new IllegalArgumentException(
            "maps must be finite, got " + a[i] + " and " + b[i] + " at z = " + z[i]);
      }
      if (Math.abs(z[i]) <= 4) {
        scale[0] = Math.max(scale[0], Math.max(Math.abs(a[i]), Math.abs(b[i])));
      }
    }
    return d;
  }

  /**
   * {@code int_Z^inf (end + slope (z - Z))^2 phi(z) dz <= (end^2 + 2 end slope / Z + 2 slope^2 /
   * Z^2) phi(Z) / Z}.
   */
  private static double tail(double end, double before) {
    double slope = Math.max(end, before);
    double phi = Math.exp(-0.5 * Z * Z) / Math.sqrt(2 * Math.PI);
    return (end * end + 2 * end * slope / Z + 2 * slope * slope / (Z * Z)) * phi / Z;
  }
}
