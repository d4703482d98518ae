package org.scorebound.verify;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;
import org.scorebound.sde.CoupledDistance;
import org.scorebound.sde.MomentFlow;
import org.scorebound.sde.SynchronousCoupling;
import org.scorebound.transport.ConvexPotential;
import org.scorebound.transport.EmpiricalW2;
import org.scorebound.transport.MeanInterval;
import org.scorebound.transport.PotentialFit;

/**
 * Wrong ways to a lower bound of W2, each against the right one on a case whose W2 is known: a
 * conjugate that errs downwards, and the plug-in distance.
 */
final class DistanceControls {

  private static final double ERROR = CoupledDistance.LEVEL;
  private static final int PATHS = 600;
  private static final int POINTS = 120;

  private DistanceControls() {}

  static List<Control> all() {
    return List.of(conjugateOverPoints(), plugIn());
  }

  /**
   * {@code max_i x_i.y - u(x_i)} over the paths' own points in place of the supremum over all of
   * R^d: the gaps all but vanish, and the "lower bound" becomes the coupling's mean square.
   */
  private static Control conjugateOverPoints() {
    var document = EqualityCases.scaled(1, 0.8);
    document.put("name", "scale .8, SDE");
    Configuration c = Families.read(document);
    double truth = new MomentFlow(c.sampler()).distance(0).value();
    SynchronousCoupling.Ends ends =
        new CoupledDistance(c.sampler()).paths(PATHS, RandomStream.root(13));
    int d = c.dimension();
    int half = PATHS / 2 * d;
    // Fitted within the check: what cannot be fitted must fail it, not the whole run.
    Supplier<ConvexPotential> u =
        () ->
            PotentialFit.fit(Arrays.copyOf(ends.x(), half), Arrays.copyOf(ends.y(), half), d, true)
                .potential();
    double[] x = Arrays.copyOfRange(ends.x(), half, ends.x().length);
    double[] y = Arrays.copyOfRange(ends.y(), half, ends.y().length);
    return new Control(
        "conjugate over points for all of R^d",
        "lower bound/W2 - 1, an inequality",
        c.name(),
        Control.EXCESS,
        true,
        () -> excess(u.get().dualValues(x, y), truth),
        () -> excess(overPoints(u.get(), x, y, d), truth));
  }

  private static double excess(double[] dual, double truth) {
    return Math.sqrt(Math.max(0, MeanInterval.of(dual).lower(ERROR))) / truth - 1;
  }

  private static double[] overPoints(ConvexPotential u, double[] x, double[] y, int d) {
    int n = x.length / d;
    double[] a = u.centre();
    double[] b = u.slopeAtCentre();
    double[] first = u.first(x);
    double[][] w = new double[n][d];
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double shift = 0;
      for (int q = 0; q < d; q++) {
        w[i][q] = x[i * d + q] - a[q];
        shift += w[i][q] * (w[i][q] + 2 * (a[q] - b[q]));
      }
      values[i] = 0.5 * (shift - first[i]);
    }
    double[] dual = new double[n];
    double[] z = new double[d];
    for (int j = 0; j < n; j++) {
      double squared = 0;
      for (int q = 0; q < d; q++) {
        z[q] = y[j * d + q] - b[q];
        squared += Math.pow(x[j * d + q] - y[j * d + q], 2);
      }
      double conjugate = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        conjugate = Math.max(conjugate, Matrices.dot(w[i], z) - values[i]);
      }
      dual[j] = squared - 2 * (values[j] + conjugate - Matrices.dot(w[j], z));
    }
    return dual;
  }

  /** Two samples of one law: W2 is 0, the exact distance of the samples is not. */
  private static Control plugIn() {
    double[] x = new double[2 * POINTS];
    double[] y = new double[2 * POINTS];
    RandomStream.root(17).fillGaussian(x, 0, x.length);
    RandomStream.root(19).fillGaussian(y, 0, y.length);
    return new Control(
        "plug-in distance as a lower bound",
        "lower bound of a W2 that is 0",
        "two samples of N(0, I)",
        Control.EXCESS,
        true,
        () -> orZero(Supplied.lower(x, y, 2, ERROR, RandomStream.root(23))),
        () -> EmpiricalW2.between(x, y, 2).value());
  }

  private static double orZero(OptionalDouble x) {
    return x.orElse(0);
  }
}
