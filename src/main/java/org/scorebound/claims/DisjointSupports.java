package org.scorebound.claims;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.Erf;
import org.scorebound.bound.KlFormula;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.result.Estimate;
import org.scorebound.transport.GaussianW2;

/**
 * Row 2: what becomes of divergences where supports hardly meet, on N(0,e) against N(D,e).
 *
 * <p>{@code KL = D^2/(2e)}, {@code W2 = D}, {@code TV = erf(D/sqrt(8e))}, and Jensen–Shannon {@code
 * JS = log 2 - E log(1 + exp(..))} by quadrature, at most {@code log 2}.
 */
record DisjointSupports() implements Claim {

  private static final double ROUNDING = 1e-12;
  private static final double LOG_TWO = Math.log(2);

  @Override
  public int row() {
    return 2;
  }

  @Override
  public String name() {
    return "disjoint-supports";
  }

  @Override
  public String statement() {
    return "on nearly disjoint supports KL grows without bound or ignores mass, JS and TV saturate,"
        + " and W2 still measures how far apart the laws are";
  }

  @Override
  public String source() {
    return "slides, 'Wasserstein distance', last bullet";
  }

  @Override
  public Wording wording() {
    return Wording.WRONG;
  }

  @Override
  public String onTheSource() {
    return "right for KL and W2; 'the same holds for f-divergences and integral probability metrics"
        + " in general' is wrong: JS is an f-divergence, TV is both, and neither tells distance 1"
        + " from distance 100";
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    var evidence = new Examination.Builder();
    for (double e : new double[] {1e-2, 1e-4, 1e-6}) {
      evidence.finding(
          "2e KL(N(0,e) || N(1,e)), e = " + e,
          2 * e * gaussianKl(1, e),
          "closed form for Gaussians",
          Relation.EQUAL,
          2 * e * klByQuadrature(1, e).value(),
          "quadrature of the log ratio",
          ROUNDING);
      evidence.finding(
          "W2(N(0,e), N(1,e)), e = " + e,
          w2(1, e),
          "Bures' formula",
          Relation.EQUAL,
          1,
          "translation by 1",
          ROUNDING);
    }
    evidence.finding(
        "TV at distance 1, e = .05",
        tv(1, 0.05),
        "erf(D/sqrt(8e))",
        Relation.EQUAL,
        tvByQuadrature(1, 0.05).value(),
        "quadrature of |p - q|/2",
        ROUNDING);
    double e = 1e-2;
    evidence.finding(
        "JS(100) - JS(1), e = .01",
        js(100, e).value() - js(1, e).value(),
        "quadrature",
        Relation.EQUAL,
        0,
        "both are log 2 to within exp(-D^2/8e)",
        2 * Math.exp(-1 / (8 * e)));
    evidence.finding(
        "TV(100) - TV(1), e = .01",
        tv(100, e) - tv(1, e),
        "closed form",
        Relation.EQUAL,
        0,
        "both are 1 to within exp(-D^2/8e)",
        2 * Math.exp(-1 / (8 * e)));
    evidence.finding(
        "W2(100)/W2(1), e = .01",
        w2(100, e) / w2(1, e),
        "Bures' formula",
        Relation.EQUAL,
        100,
        "D",
        1e-10);
    for (double far : new double[] {1, 1000}) {
      evidence.finding(
          "KL(q||p), q on [0,1/2], p = q/2 + mass at " + far,
          ignoredMassKl(far).value(),
          "quadrature",
          Relation.EQUAL,
          LOG_TWO,
          "log 2 wherever the other mass lies",
          ROUNDING);
    }
    return evidence
        .control(
            "JS as a measure of distance",
            "|D(100)/D(1)/100 - 1|",
            "N(0,.01) against N(D,.01)",
            1e-9,
            () -> Math.abs(w2(100, e) / w2(1, e) / 100 - 1),
            () -> Math.abs(js(100, e).value() / js(1, e).value() / 100 - 1))
        .control(
            "KL bounded like JS",
            "divergence - log 2",
            "N(0,1e-6) against N(1,1e-6)",
            1e-9,
            () -> js(1, 1e-6).value() - LOG_TWO,
            () -> gaussianKl(1, 1e-6) - LOG_TWO)
        .build();
  }

  private static double gaussianKl(double distance, double e) {
    double[][] v = {{e}};
    return KlFormula.gaussian(new double[] {distance}, v, v);
  }

  private static double w2(double distance, double e) {
    double[][] v = {{e}};
    return GaussianW2.between(new double[1], v, new double[] {distance}, v).value();
  }

  /** {@code E_p log p/q} with x = sqrt(e) z: {@code ((x - D)^2 - x^2)/(2e)}. */
  private static Estimate klByQuadrature(double distance, double e) {
    return LineIntegral.normal(
        z -> {
          double x = Math.sqrt(e) * z;
          return ((x - distance) * (x - distance) - x * x) / (2 * e);
        },
        48);
  }

  private static double tv(double distance, double e) {
    return Erf.value(distance / Math.sqrt(8 * e));
  }

  private static Estimate tvByQuadrature(double distance, double e) {
    double sd = Math.sqrt(e);
    DoubleUnaryOperator p = x -> density(x, 0, sd);
    DoubleUnaryOperator q = x -> density(x, distance, sd);
    // The densities cross at D/2: a kink there would cost the rule its accuracy.
    double middle = 0.5 * distance;
    DoubleUnaryOperator gap = x -> 0.5 * Math.abs(p.applyAsDouble(x) - q.applyAsDouble(x));
    return LineIntegral.of(gap, -12 * sd, middle, 60)
        .plus(LineIntegral.of(gap, middle, distance + 12 * sd, 60));
  }

  private static double density(double x, double m, double sd) {
    double z = (x - m) / sd;
    return Math.exp(-0.5 * z * z) / (sd * Math.sqrt(2 * Math.PI));
  }

  /** {@code JS = E_p log(2p/(p+q))} by symmetry, {@code = log 2 - E_p log(1 + q/p)}. */
  private static Estimate js(double distance, double e) {
    return LineIntegral.normal(
        z -> {
          double x = Math.sqrt(e) * z;
          double log = (x * x - (x - distance) * (x - distance)) / (2 * e);
          return LOG_TWO - (log > 700 ? log : Math.log1p(Math.exp(log)));
        },
        96);
  }

  /** q uniform on [0, 1/2], p half of q and half of the same moved away: log(q/p) = log 2. */
  private static Estimate ignoredMassKl(double far) {
    DoubleUnaryOperator q = x -> x >= 0 && x <= 0.5 ? 2 : 0;
    DoubleUnaryOperator p = x -> 0.5 * q.applyAsDouble(x) + 0.5 * q.applyAsDouble(x - far);
    return LineIntegral.of(
        x -> q.applyAsDouble(x) * Math.log(q.applyAsDouble(x) / p.applyAsDouble(x)), 0, 0.5, 4);
  }
}
