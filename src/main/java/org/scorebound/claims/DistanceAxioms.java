package org.scorebound.claims;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;
import org.scorebound.transport.EmpiricalW2;
import org.scorebound.transport.GaussianW2;
import org.scorebound.transport.LowerBounds;
import org.scorebound.transport.MixtureQuantile;
import org.scorebound.transport.QuantileMap;
import org.scorebound.transport.QuantileW2;

/** Row 1: W2 is a distance, W1 is below it and every coupling above it. */
record DistanceAxioms() implements Claim {

  /** Sums of some ten squares of numbers below 10, and their root. */
  private static final double ROUNDING = 1e-13;

  /** The simplex method accepts a vertex whose reduced costs are this close to optimal. */
  private static final double SIMPLEX = 1e-8;

  private static final int TRIPLES = 200;
  private static final int CLOUDS = 100;
  private static final int COUPLINGS = 20;

  @Override
  public int row() {
    return 1;
  }

  @Override
  public String name() {
    return "w2-is-a-distance";
  }

  @Override
  public String statement() {
    return "W2, the root of the least E|x-y|^2 over all couplings, is a distance; W1 <= W2; the RMS"
        + " of any coupling is an upper bound of W2";
  }

  @Override
  public String source() {
    return "slides, 'Wasserstein distance'; article, eqs. (6) and (7)";
  }

  @Override
  public Wording wording() {
    return Wording.WRONG;
  }

  @Override
  public String onTheSource() {
    return "the slides call the minimum itself the distance: it is W2 squared, which breaks the"
        + " triangle inequality; the article has the root";
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    RandomStream random = inquiry.stream(this);
    var evidence = new Examination.Builder();
    evidence.finding(
        "W2 of a mixture and its translate by 0.6",
        translated(0.6),
        "quantile maps",
        Relation.EQUAL,
        0.6,
        "the length of the translation",
        ROUNDING);
    double[] worst = triangles(random.child("triangles"));
    evidence.finding(
        "largest W2(p,r) - W2(p,q) - W2(q,r) over " + TRIPLES + " triples of Gaussians in 3-D",
        worst[0],
        "Bures' formula",
        Relation.AT_MOST,
        0,
        "triangle inequality",
        ROUNDING);
    evidence.finding(
        "largest |W2(p,q) - W2(q,p)| over the same",
        worst[1],
        "Bures' formula",
        Relation.EQUAL,
        0,
        "symmetry",
        ROUNDING);
    double[] clouds = clouds(random.child("clouds"));
    evidence.finding(
        "largest W1 - W2 over " + CLOUDS + " pairs of clouds on the line",
        clouds[0],
        "distribution functions; sorting",
        Relation.AT_MOST,
        0,
        "Jensen's inequality",
        ROUNDING);
    evidence.finding(
        "largest W2 - RMS over " + CLOUDS * COUPLINGS + " random couplings in the plane",
        clouds[1],
        "assignment with certificate; permutations",
        Relation.AT_MOST,
        0,
        "definition of W2",
        ROUNDING);
    double[][] programme = programme(random.child("programme"));
    evidence.finding(
        "W2 squared of two clouds of 6 points in the plane",
        programme[0][0],
        "assignment with certificate",
        Relation.EQUAL,
        programme[0][1],
        "simplex method on the linear programme",
        SIMPLEX);
    return evidence
        .control(
            "the minimum itself for its root",
            "W(0,2) - W(0,1) - W(1,2) between points",
            "points 0, 1 and 2",
            ROUNDING,
            () -> pointTriangle(1),
            () -> pointTriangle(2))
        .control(
            "W1 for an upper bound of W2",
            "W2 - bound",
            "clouds 0, 0 and 0, 1",
            ROUNDING,
            () -> shared(2) - Math.sqrt(0.5),
            () -> shared(2) - shared(1))
        .build();
  }

  private static double translated(double by) {
    double[] w = {0.3, 0.5, 0.2};
    double[] sd = {0.2, 0.5, 0.1};
    return QuantileW2.between(
            new MixtureQuantile(w, new double[] {-1, 0.2, 1.5}, sd),
            new MixtureQuantile(w, new double[] {-1 + by, 0.2 + by, 1.5 + by}, sd))
        .value();
  }

  private record Gaussian(double[] mean, double[][] cov) {
    static Gaussian draw(RandomStream random) {
      double[] m = new double[3];
      double[][] a = new double[3][3];
      random.fillGaussian(m, 0, 3);
      for (double[] row : a) {
        random.fillGaussian(row, 0, 3);
      }
      return new Gaussian(m, Matrices.symmetricPart(Matrices.multiplyTransposed(a, a)));
    }

    double to(Gaussian other) {
      return GaussianW2.between(mean, cov, other.mean, other.cov).value();
    }
  }

  private static double[] triangles(RandomStream random) {
    double[] worst = {Double.NEGATIVE_INFINITY, 0};
    for (int i = 0; i < TRIPLES; i++) {
      Gaussian p = Gaussian.draw(random);
      Gaussian q = Gaussian.draw(random);
      Gaussian r = Gaussian.draw(random);
      worst[0] = Math.max(worst[0], p.to(r) - p.to(q) - q.to(r));
      worst[1] = Math.max(worst[1], Math.abs(p.to(q) - q.to(p)));
    }
    return worst;
  }

  /** Largest {@code W1 - W2} on the line, and largest {@code W2 - RMS} in the plane. */
  private static double[] clouds(RandomStream random) {
    double[] worst = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    int n = 8;
    for (int i = 0; i < CLOUDS; i++) {
      double[] x = normals(random, n);
      double[] y = normals(random, n);
      worst[0] =
          Math.max(
              worst[0],
              LowerBounds.w1OnTheLine(x, null, y, null) - EmpiricalW2.between(x, y, 1).value());
      double[] a = normals(random, 2 * n);
      double[] b = normals(random, 2 * n);
      double w2 = EmpiricalW2.between(a, b, 2).value();
      for (int c = 0; c < COUPLINGS; c++) {
        worst[1] = Math.max(worst[1], w2 - rms(a, b, permutation(random, n)));
      }
    }
    return worst;
  }

  private static double[] normals(RandomStream random, int n) {
    double[] x = new double[n];
    random.fillGaussian(x, 0, n);
    return x;
  }

  private static int[] permutation(RandomStream random, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static double rms(double[] a, double[] b, int[] partner) {
    double sum = 0;
    for (int i = 0; i < partner.length; i++) {
      sum += squared(a, i, b, partner[i]);
    }
    return Math.sqrt(sum / partner.length);
  }

  private static double squared(double[] a, int i, double[] b, int j) {
    double dx = a[2 * i] - b[2 * j];
    double dy = a[2 * i + 1] - b[2 * j + 1];
    return dx * dx + dy * dy;
  }

  /** The squared distance by the project's solver and by the linear programme of the definition. */
  private static double[][] programme(RandomStream random) {
    int n = 6;
    double[] a = normals(random, 2 * n);
    double[] b = normals(random, 2 * n);
    double[] cost = new double[n * n];
    List<LinearConstraint> marginals = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] row = new double[n * n];
      double[] column = new double[n * n];
      for (int j = 0; j < n; j++) {
        cost[i * n + j] = squared(a, i, b, j);
        row[i * n + j] = 1;
        column[j * n + i] = 1;
      }
      marginals.add(new LinearConstraint(row, Relationship.EQ, 1.0 / n));
      marginals.add(new LinearConstraint(column, Relationship.EQ, 1.0 / n));
    }
    PointValuePair optimum =
        new SimplexSolver()
            .optimize(
                new MaxIter(10_000),
                new LinearObjectiveFunction(cost, 0),
                new LinearConstraintSet(marginals),
                GoalType.MINIMIZE,
                new NonNegativeConstraint(true));
    return new double[][] {{EmpiricalW2.between(a, b, 2).squared(), optimum.getValue()}};
  }

  /**
   * {@code W(0,2) - W(0,1) - W(1,2)} with the distance to a power; between points it is |a - b|.
   */
  private static double pointTriangle(int power) {
    QuantileMap at0 = QuantileMap.gaussian(0, 0);
    QuantileMap at1 = QuantileMap.gaussian(1, 0);
    QuantileMap at2 = QuantileMap.gaussian(2, 0);
    return powered(at0, at2, power) - powered(at0, at1, power) - powered(at1, at2, power);
  }

  private static double powered(QuantileMap p, QuantileMap q, int power) {
    return Math.pow(QuantileW2.between(p, q, QuantileW2.Options.PRECISE).value(), power);
  }

  /** W1 or W2 of the clouds {0, 0} and {0, 1}. */
  private static double shared(int power) {
    double[] x = {0, 0};
    double[] y = {0, 1};
    return power == 1
        ? LowerBounds.w1OnTheLine(x, null, y, null)
        : EmpiricalW2.between(x, y, 1).value();
  }
}
