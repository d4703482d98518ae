package org.scorebound.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The configurations on which a bound is an equality (THEORY.md section 3), and their neighbours on
 * which it must not be one. The sharpest test there is: {@code |W2/bound - 1| <= 1e-9} by closed
 * forms on one side and quadrature on the other.
 */
public final class EqualityCases {

  /** Both sides are known to better than this. */
  public static final double TOLERANCE = 1e-9;

  /** A neighbour must miss equality by at least this. */
  public static final double SLACK = 1e-6;

  private static final double[] CHURNS = {0, 0.5, 1, 1.5};

  private EqualityCases() {}

  /**
   * A case.
   *
   * @param name its name
   * @param why the row of THEORY.md section 3, or KL for Talagrand's inequality
   * @param bound which bound is the equality
   * @param equal whether it must be an equality, or must show slack
   * @param configuration the configuration
   */
  public record Case(
      String name, String why, String bound, boolean equal, Configuration configuration) {}

  /**
   * What a case showed.
   *
   * @param name its name
   * @param why the row of THEORY.md section 3, or KL for Talagrand's inequality
   * @param bound which bound
   * @param equal what it must be
   * @param deviation {@code W2/bound - 1}
   * @param passed whether it is
   */
  public record Result(
      String name, String why, String bound, boolean equal, double deviation, boolean passed) {}

  /** Evaluates a case. */
  public static Result check(Case c) {
    Outcome outcome =
        new Evaluation(c.configuration(), 1, org.scorebound.random.RandomStream.root(0)).run();
    BoundCheck check = outcome.check(c.bound()).orElseThrow();
    double deviation = Control.finite(1 / check.ratio() - 1);
    boolean passed = c.equal() ? Math.abs(deviation) <= TOLERANCE : deviation < -SLACK;
    return new Result(c.name(), c.why(), c.bound(), c.equal(), deviation, passed);
  }

  /** All cases. */
  public static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (double churn : CHURNS) {
      String at = ", churn " + churn;
      cases.add(equality("drift along u" + at, "1", Evaluation.THEOREM, drift(churn, "vp")));
      cases.add(equality("drift, VE" + at, "1", Evaluation.THEOREM, drift(churn, "ve")));
      cases.add(equality("drift, sub-VP" + at, "1", Evaluation.THEOREM, drift(churn, "sub-vp")));
      cases.add(equality("start moved along u" + at, "1", Evaluation.THEOREM, moved(churn, 0.3)));
      cases.add(slack("start moved against u" + at, "1", Evaluation.THEOREM, moved(churn, -0.3)));
      cases.add(slack("sign-changing c" + at, "1", Evaluation.THEOREM, signChanging(churn)));
      cases.add(
          equality("top eigenvector" + at, "2", Evaluation.THEOREM, anisotropic(churn, true)));
      cases.add(
          slack("other eigenvector" + at, "2", Evaluation.THEOREM, anisotropic(churn, false)));
      cases.add(
          equality(
              "c proportional to kI/lambda" + at,
              "3",
              Evaluation.SCORE_MATCHING,
              proportional(churn)));
      cases.add(
          equality(
              "c proportional to kI/lambda, VE" + at,
              "3",
              Evaluation.SCORE_MATCHING,
              proportionalExploding(churn)));
      if (churn > 0) {
        cases.add(slack("c constant" + at, "3", Evaluation.SCORE_MATCHING, drift(churn, "vp")));
      }
      cases.add(equality("exact score, N(0,I)" + at, "5", Evaluation.THEOREM, offset(churn)));
    }
    for (double churn : new double[] {0.5, 1}) {
      String at = ", churn " + churn;
      cases.add(equality("translated Gaussian" + at, "KL", Evaluation.TALAGRAND, offset(churn)));
      cases.add(slack("narrow data, wide start" + at, "KL", Evaluation.TALAGRAND, narrow(churn)));
    }
    cases.add(equality("scale .8, ODE", "4", Evaluation.THEOREM, scaled(0, 0.8)));
    cases.add(equality("scale 1.25, ODE", "4", Evaluation.THEOREM, scaled(0, 1.25)));
    cases.add(slack("scale .8, SDE", "4", Evaluation.THEOREM, scaled(1, 0.8)));
    return cases;
  }

  private static Case equality(
      String name, String why, String bound, Map<String, Object> document) {
    return new Case(name, why, bound, true, named(name, document));
  }

  private static Case slack(String name, String why, String bound, Map<String, Object> document) {
    return new Case(name, why, bound, false, named(name, document));
  }

  private static Configuration named(String name, Map<String, Object> document) {
    document.put("name", name);
    return Families.read(document);
  }

  private static Map<String, Object> document(
      Map<String, Object> data,
      Map<String, Object> diffusion,
      double churn,
      Map<String, Object> score,
      Map<String, Object> start) {
    return Families.doc(
        "data",
        data,
        "diffusion",
        diffusion,
        "sampler",
        Families.doc("churn", churn),
        "score",
        score,
        "start",
        start);
  }

  private static Map<String, Object> linearSchedule(String type) {
    return Families.doc(
        "type",
        type,
        "schedule",
        Families.doc("type", "linear", "betaMin", 0.1, "betaMax", 6.0),
        "horizon",
        1.0);
  }

  private static Map<String, Object> gaussian(double[] mean, double[][] cov) {
    return Families.doc("type", "gaussian", "mean", mean, "cov", cov);
  }

  private static Map<String, Object> constant(double[] u, Map<String, Object> profile) {
    return Families.doc(
        "type",
        "exact-plus",
        "perturbation",
        Families.doc("type", "constant", "vector", u),
        "profile",
        profile);
  }

  private static Map<String, Object> wave() {
    return Families.doc("type", "wave", "depth", 0.5, "cycles", 1.5);
  }

  private static Map<String, Object> marginal() {
    return Families.doc("type", "marginal");
  }

  private static double[][] isotropic(double v) {
    return new double[][] {{v, 0, 0}, {0, v, 0}, {0, 0, v}};
  }

  /** Case 1 in three dimensions; the error is along a vector that is no axis. */
  static Map<String, Object> drift(double churn, String diffusion) {
    return document(
        gaussian(new double[] {1, -0.5, 0.2}, isotropic(0.5)),
        linearSchedule(diffusion),
        churn,
        constant(new double[] {0.2, -0.1, 0.2}, wave()),
        marginal());
  }

  /** Case 1 with the start moved by {@code by} along the error's direction. */
  static Map<String, Object> moved(double churn, double by) {
    return document(
        gaussian(new double[] {1, -0.5, 0.2}, isotropic(0.5)),
        linearSchedule("vp"),
        churn,
        constant(new double[] {0.2, -0.1, 0.2}, wave()),
        Families.doc("type", "translated", "by", new double[] {by * 2 / 3, -by / 3, by * 2 / 3}));
  }

  private static Map<String, Object> signChanging(double churn) {
    return document(
        gaussian(new double[] {0.3}, new double[][] {{0.5}}),
        linearSchedule("vp"),
        churn,
        constant(new double[] {0.3}, Families.doc("type", "linear", "from", -1.0, "to", 1.0)),
        marginal());
  }

  /** Case 2: covariance with eigenvalues 1.2 along (3,4)/5 and .4 across. */
  static Map<String, Object> anisotropic(double churn, boolean top) {
    double[][] cov = {{0.36 * 1.2 + 0.64 * 0.4, 0.48 * 0.8}, {0.48 * 0.8, 0.64 * 1.2 + 0.36 * 0.4}};
    return document(
        gaussian(new double[] {0.4, 0.1}, cov),
        linearSchedule("vp"),
        churn,
        constant(top ? new double[] {0.3, 0.4} : new double[] {0.4, -0.3}, wave()),
        marginal());
  }

  /** Case 3: unit variance and constant beta give {@code I = exp(-churn^2 beta t/2)}. */
  static Map<String, Object> proportional(double churn) {
    double beta = 4;
    return document(
        gaussian(new double[] {0.5, 0.1}, new double[][] {{1, 0}, {0, 1}}),
        Families.doc(
            "type",
            "vp",
            "schedule",
            Families.doc("type", "constant", "beta", beta),
            "horizon",
            1.0),
        churn,
        constant(
            new double[] {0.3, 0.4},
            Families.doc("type", "exponential", "rate", -0.5 * churn * churn * beta)),
        marginal());
  }

  /** Case 3 for VE: {@code I = (1 + g^2 t/v)^(-(1 + churn^2)/2)}. */
  private static Map<String, Object> proportionalExploding(double churn) {
    double g2 = 2;
    double v = 0.4;
    return document(
        gaussian(new double[] {0.5}, new double[][] {{v}}),
        Families.doc(
            "type", "ve", "schedule", Families.doc("type", "constant", "beta", g2), "horizon", 1.0),
        churn,
        constant(
            new double[] {0.3},
            Families.doc("type", "power", "rate", g2 / v, "exponent", -0.5 * (1 + churn * churn))),
        marginal());
  }

  /** Case 4: a pure scale error. */
  static Map<String, Object> scaled(double churn, double scale) {
    return document(
        gaussian(new double[] {0.5, -0.2, 0.1}, isotropic(0.6)),
        linearSchedule("vp"),
        churn,
        Families.doc("type", "linear-error", "scale", scale),
        marginal());
  }

  /**
   * Talagrand: a short run from N(0, 1) towards N(0, .1) ends nearer to N(0, 1), whose log-Sobolev
   * constant is the larger one; with that of the data Talagrand's inequality would fail.
   */
  private static Map<String, Object> narrow(double churn) {
    return document(
        gaussian(new double[] {0}, new double[][] {{0.1}}),
        Families.doc(
            "type",
            "vp",
            "schedule",
            Families.doc("type", "constant", "beta", 0.2),
            "horizon",
            0.2),
        churn,
        Families.doc("type", "exact"),
        Families.doc("type", "standard-normal"));
  }

  /** Case 5: only the start differs. Talagrand: both ends have the covariance I. */
  static Map<String, Object> offset(double churn) {
    return document(
        gaussian(new double[] {1, -0.5}, new double[][] {{1, 0}, {0, 1}}),
        linearSchedule("vp"),
        churn,
        Families.doc("type", "exact"),
        Families.doc("type", "standard-normal"));
  }
}
