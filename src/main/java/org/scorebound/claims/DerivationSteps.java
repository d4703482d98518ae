package org.scorebound.claims;

import java.util.ArrayList;
import java.util.List;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Rows;
import org.scorebound.result.Table;
import org.scorebound.verify.Configuration;

/**
 * Row 7: the article's derivation for ODEs, line by line, with what each inequality gives away.
 *
 * <p>For any law of the common start z the four inequalities hold, in particular for the uniform
 * law on finitely many points, on which every expectation is a sum: see {@link OdeDerivation}.
 * Integrated, they add up: {@code bound = W2 + coupling + vector Cauchy–Schwarz + one-sided
 * constant + expectation Cauchy–Schwarz}.
 */
record DerivationSteps() implements Claim {

  /** Sums of 64 terms of order 1. */
  private static final double ROUNDING = 1e-12;

  private static final int POINTS = 64;
  private static final int STEPS = 240;

  @Override
  public int row() {
    return 7;
  }

  @Override
  public String name() {
    return "derivation-steps";
  }

  @Override
  public String statement() {
    return "each inequality of the article's derivation holds for ODEs from a common point, if L is"
        + " the one-sided constant of -g, the field that is run backwards";
  }

  @Override
  public String source() {
    return "article, eqs. (8) to (17)";
  }

  @Override
  public Wording wording() {
    return Wording.WRONG;
  }

  @Override
  public String onTheSource() {
    return "its +- step assumes the one-sided constant of g for both signs; the minus sign, the one"
        + " used, needs that of -g. With g = -y, f = -x + 1, T = 2 the distance is 6.389, the formula"
        + " with the constant of g gives .865";
  }

  private record Setting(String name, Configuration configuration) {}

  private static List<Setting> settings() {
    return List.of(
        new Setting(
            "Gaussian in 2-D, affine error",
            Documents.configuration(
                "affine",
                Documents.gaussian(
                    new double[] {0.4, -0.2}, new double[][] {{1.2, 0.3}, {0.3, 0.5}}),
                Documents.linear("vp", 0.1, 6),
                0,
                Documents.of(
                    "type",
                    "linear-error",
                    "scale",
                    1.15,
                    "shift",
                    0.05,
                    "offset",
                    new double[] {0.1, 0.2}),
                Documents.marginal())),
        new Setting(
            "mixture in 1-D, sine error",
            Documents.configuration(
                "line",
                Documents.of(
                    "type",
                    "mixture",
                    "weights",
                    new double[] {0.4, 0.6},
                    "means",
                    new double[][] {{-0.8}, {0.6}},
                    "cov",
                    new double[][] {{0.2}}),
                Documents.linear("vp", 0.1, 6),
                0,
                Documents.sine(new double[] {0.3}, new double[][] {{1.5}}),
                Documents.marginal())),
        new Setting(
            "four clusters in 2-D, sine error",
            Documents.configuration(
                "clusters",
                Documents.of("type", "clusters", "dimension", 2, "count", 4, "variance", 0.1),
                Documents.linear("vp", 0.1, 6),
                0,
                Documents.sine(new double[] {0.2, 0.2}, new double[][] {{1, 0.5}, {-0.5, 1}}),
                Documents.marginal())));
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    RandomStream random = inquiry.stream(this);
    var evidence = new Examination.Builder();
    List<Derived> derived = new ArrayList<>();
    for (Setting setting : settings()) {
      OdeDerivation fine =
          OdeDerivation.of(setting.configuration(), POINTS, STEPS, random, inquiry.kernels());
      OdeDerivation coarse =
          OdeDerivation.of(setting.configuration(), POINTS, STEPS / 2, random, inquiry.kernels());
      derived.add(new Derived(setting.name(), fine));
      slacks(evidence, fine, ", " + setting.name());
      sums(evidence, fine, coarse, ", " + setting.name());
    }
    evidence.table(table(derived));
    example(evidence);
    return evidence
        .control(
            "the one-sided constant of g for that of -g",
            "W2/bound - 1",
            "g = -y, f = -x + 1, T = 2",
            1e-9,
            () -> exampleDistance() / example(1) - 1,
            () -> exampleDistance() / example(-1) - 1)
        .build();
  }

  /** A setting's name with what was found there. */
  private record Derived(String setting, OdeDerivation fine) {}

  /** Every inequality of the derivation by itself. */
  private static void slacks(Examination.Builder evidence, OdeDerivation fine, String at) {
    atLeastZero(
        evidence,
        "slack of W2 <= RMS of the common-point coupling" + at,
        fine.coupling(),
        "RMS minus exact W2 of the two clouds",
        "definition of W2");
    atLeastZero(
        evidence,
        "slack of the vector Cauchy-Schwarz inequality, integrated" + at,
        fine.vector(),
        "sums over the points",
        "a.b <= |a||b|");
    atLeastZero(
        evidence,
        "slack of the one-sided constant of -g, integrated" + at,
        fine.oneSided(),
        "sums over the points, certified L",
        "definition of L");
    atLeastZero(
        evidence,
        "slack of the expectations' Cauchy-Schwarz inequality, integrated" + at,
        fine.expectation(),
        "sums over the points",
        "E ab <= RMS a RMS b");
    atLeastZero(
        evidence,
        "least slack of the three at any of " + (STEPS + 1) + " times" + at,
        fine.least(),
        "sums over the points",
        "each holds at every time");
  }

  private static void atLeastZero(
      Examination.Builder evidence, String quantity, double value, String how, String why) {
    evidence.finding(quantity, value, how, Relation.AT_LEAST, 0, why, ROUNDING);
  }

  /** What they add up to, and the constants in it. */
  private static void sums(
      Examination.Builder evidence, OdeDerivation fine, OdeDerivation coarse, String at) {
    evidence.finding(
        "W2 plus the four slacks" + at,
        fine.w2() + fine.coupling() + fine.vector() + fine.oneSided() + fine.expectation(),
        "exact W2, sums and Simpson's rule",
        Relation.EQUAL,
        fine.bound(),
        "int I RMS(f - g) dt, Simpson's rule",
        Math.abs(fine.closure() - coarse.closure()) + ROUNDING);
    evidence.finding(
        "bound with the two-sided constant" + at,
        fine.boundTwoSided(),
        "the same with L_f + k |J_s|",
        Relation.AT_LEAST,
        fine.bound(),
        "bound with the one-sided constant",
        ROUNDING);
    evidence.finding(
        "log I(T)" + at,
        fine.logI(),
        "Simpson's rule on L",
        Relation.EQUAL,
        fine.logITheorem(),
        "the theorem's own adaptive quadrature",
        Math.abs(fine.logI() - coarse.logI()) + 1e-9);
  }

  private static Table table(List<Derived> derived) {
    return Rows.of(derived)
        .text("setting", Derived::setting)
        .number("W2", d -> d.fine().w2())
        .number("coupling", d -> d.fine().coupling())
        .number("vector", d -> d.fine().vector())
        .number("one-sided", d -> d.fine().oneSided())
        .number("expectation", d -> d.fine().expectation())
        .number("bound", d -> d.fine().bound())
        .number("two-sided bound", d -> d.fine().boundTwoSided())
        .table(
            "derivation",
            "Where the derivation loses",
            "bound = W2 + coupling + vector Cauchy-Schwarz + one-sided constant + expectation"
                + " Cauchy-Schwarz, for two ODEs from "
                + POINTS
                + " common points");
  }

  /** {@code dx = (-x + 1) dt} against {@code dy = -y dt}, backwards from one point. */
  private static void example(Examination.Builder evidence) {
    double measured = exampleDistance();
    double exact = Math.expm1(2);
    evidence.finding(
        "|x - y| at 0 for g = -y, f = -x + 1, T = 2",
        measured,
        "Runge-Kutta",
        Relation.EQUAL,
        exact,
        "e^2 - 1",
        1e-9);
    evidence.finding(
        "the formula with the constant of -g",
        example(1),
        "quadrature",
        Relation.EQUAL,
        exact,
        "equality: e^2 - 1",
        1e-12);
    evidence.finding(
        "the formula with the constant of g",
        example(-1),
        "quadrature",
        Relation.EQUAL,
        -Math.expm1(-2),
        "1 - e^-2 = .865",
        1e-12);
  }

  /** {@code int_0^2 e^{L t} dt}, the error f - g being 1 everywhere. */
  private static double example(double l) {
    return LineIntegral.of(t -> Math.exp(l * t), 0, 2, 8).value();
  }

  /** {@code dx/dt = -x + 1}, {@code dy/dt = -y} from a common point at 2 down to 0. */
  private static double exampleDistance() {
    int n = 2000;
    double h = 2.0 / n;
    double x = 0.7;
    double y = 0.7;
    for (int i = 0; i < n; i++) {
      x = backwards(x, 1, h);
      y = backwards(y, 0, h);
    }
    return Math.abs(x - y);
  }

  /** One step of {@code dx/dr = x - c}, Runge–Kutta of order 4. */
  private static double backwards(double x, double c, double h) {
    double k1 = x - c;
    double k2 = x + 0.5 * h * k1 - c;
    double k3 = x + 0.5 * h * k2 - c;
    double k4 = x + h * k3 - c;
    return x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
}
