package org.scorebound.claims;

import java.util.List;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;

/**
 * Row 6: a Lipschitz map is one-sided Lipschitz with the same constant, and {@code -x^3} is
 * one-sided Lipschitz with constant 0 but not Lipschitz.
 */
record OneSidedIsWeaker() implements Claim {

  private static final int PAIRS = 10_000;
  private static final int MATRICES = 200;

  /** Relative rounding of a quotient of differences; pairs closer than 1e-3 are left out. */
  private static final double ROUNDING = 1e-12;

  @Override
  public int row() {
    return 6;
  }

  @Override
  public String name() {
    return "one-sided-is-weaker";
  }

  @Override
  public String statement() {
    return "a map with Lipschitz constant L is one-sided Lipschitz with L; the converse fails for"
        + " -x^3";
  }

  @Override
  public String source() {
    return "article, eq. (9) and the remark after it";
  }

  @Override
  public Wording wording() {
    return Wording.RIGHT;
  }

  @Override
  public String onTheSource() {
    return "the smallest one-sided constant is the largest eigenvalue of the Jacobian's"
        + " symmetric part over all x, and may be negative";
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    RandomStream random = inquiry.stream(this);
    double[] cubic = cubic(random.child("cubic"));
    double[][] drift = {{1, 5}, {-5, 1}};
    var evidence = new Examination.Builder();
    evidence.finding(
        "largest one-sided quotient of -x^3 over " + PAIRS + " pairs in [-10, 10]",
        cubic[0],
        "pair quotients",
        Relation.AT_MOST,
        0,
        "-(x^2 + xy + y^2) <= 0",
        ROUNDING);
    for (double r : List.of(10.0, 1e3, 1e6)) {
      evidence.finding(
          "|f(r) - f(0)|/r of f = -x^3 over r^2, r = " + r,
          twoSided(r) / (r * r),
          "pair quotient",
          Relation.EQUAL,
          1,
          "r^2, without bound",
          ROUNDING);
    }
    evidence.finding(
        "largest lambda_max(sym A) - |A|_2 over " + MATRICES + " random 4x4 matrices",
        spectra(random.child("matrices")),
        "Jacobi eigenvalues",
        Relation.AT_MOST,
        0,
        "Cauchy-Schwarz",
        ROUNDING);
    evidence.finding(
        "one-sided constant of the drift [[1,5],[-5,1]]",
        Matrices.largestEigenvalue(drift),
        "Jacobi eigenvalue of the symmetric part",
        Relation.EQUAL,
        1,
        "its symmetric part is I",
        ROUNDING);
    evidence.finding(
        "two-sided constant of the same",
        Matrices.spectralNorm(drift),
        "Jacobi eigenvalue of A^T A",
        Relation.EQUAL,
        Math.sqrt(26),
        "A^T A = 26 I",
        ROUNDING);
    return evidence
        .control(
            "the converse: the one-sided constant bounds |f(x) - f(y)|/|x - y|",
            "largest quotient minus the constant 0",
            "-x^3 on [-10, 10]",
            ROUNDING,
            () -> cubic[0],
            () -> cubic[1])
        .build();
  }

  private static double twoSided(double r) {
    return Math.abs(-(r * r * r)) / r;
  }

  /** Largest one-sided and largest two-sided quotient of -x^3. */
  private static double[] cubic(RandomStream random) {
    double[] worst = {Double.NEGATIVE_INFINITY, 0};
    for (int i = 0; i < PAIRS; i++) {
      double x = random.nextDouble(-10, 10);
      double y = random.nextDouble(-10, 10);
      if (Math.abs(x - y) > 1e-3) {
        double quotient = (-x * x * x + y * y * y) / (x - y);
        worst[0] = Math.max(worst[0], quotient);
        worst[1] = Math.max(worst[1], Math.abs(quotient));
      }
    }
    return worst;
  }

  private static double spectra(RandomStream random) {
    double worst = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < MATRICES; i++) {
      double[][] a = new double[4][4];
      for (double[] row : a) {
        random.fillGaussian(row, 0, 4);
      }
      worst = Math.max(worst, Matrices.largestEigenvalue(a) - Matrices.spectralNorm(a));
    }
    return worst;
  }
}
