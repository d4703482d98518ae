package org.scorebound.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebound.io.JsonInput;
import org.scorebound.random.RandomStream;

/** Extreme but legal inputs: numbers and verdicts, never NaN, an exception or a violation. */
class ExtremeInputsTest {

  private static String document(
      String data, String diffusion, double churn, String score, String start) {
    return String.format(
        Locale.ROOT,
        "{\"data\": %s, \"diffusion\": %s, \"sampler\": {\"churn\": %s}, \"score\": %s, \"start\": %s}",
        data,
        diffusion,
        churn,
        score,
        start);
  }

  private static String gaussian(int d, double mean, double variance) {
    double[] m = new double[d];
    Arrays.fill(m, mean);
    StringBuilder cov = new StringBuilder("[");
    for (int i = 0; i < d; i++) {
      double[] row = new double[d];
      row[i] = variance;
      cov.append(i == 0 ? "" : ", ").append(Arrays.toString(row));
    }
    return "{\"type\": \"gaussian\", \"mean\": " + Arrays.toString(m) + ", \"cov\": " + cov + "]}";
  }

  private static String vp(double betaMin, double betaMax, double horizon) {
    return String.format(
        Locale.ROOT,
        "{\"type\": \"vp\", \"schedule\": {\"type\": \"linear\", \"betaMin\": %s, \"betaMax\": %s}, \"horizon\": %s}",
        betaMin,
        betaMax,
        horizon);
  }

  static Stream<String> documents() {
    String linear = "{\"type\": \"linear-error\", \"scale\": 0.9, \"shift\": 0.01}";
    String normal = "{\"type\": \"standard-normal\"}";
    String mixture =
        "{\"type\": \"mixture\", \"weights\": [0.5, 0.5], \"means\": [[-1], [1]], \"covs\": [[[%s]], [[%s]]]}";
    String constant =
        "{\"type\": \"exact-plus\", \"perturbation\": {\"type\": \"constant\", \"vector\": [0.1]}}";
    List<String> all = new ArrayList<>();
    for (double churn : new double[] {0, 1, 1.5}) {
      all.add(document(gaussian(2, 1, 0.5), vp(0.1, 20, 1e-3), churn, linear, normal));
      all.add(document(gaussian(2, 1, 0.5), vp(1e-4, 0.02, 1e3), churn, linear, normal));
      all.add(document(gaussian(2, 1, 1e-6), vp(0.1, 20, 1), churn, linear, normal));
      all.add(document(gaussian(2, 1, 1e6), vp(0.1, 20, 1), churn, linear, normal));
      all.add(document(gaussian(16, 0.3, 0.5), vp(0.1, 50, 1), churn, linear, normal));
      all.add(document(gaussian(1, 1e6, 1e-2), vp(0.1, 20, 1), churn, linear, normal));
      all.add(
          document(
              gaussian(1, 1, 0.5),
              "{\"type\": \"ve\", \"sigmaMin\": 0.001, \"sigmaMax\": 1000}",
              churn,
              linear,
              "{\"type\": \"gaussian\", \"mean\": [0], \"cov\": [[1e6]]}"));
      all.add(
          document(
              gaussian(1, 1, 0.5),
              "{\"type\": \"ou\", \"drift\": [[5]], \"g\": 1, \"horizon\": 4}",
              churn,
              linear,
              "{\"type\": \"marginal\"}"));
    }
    all.add(
        document(
            String.format(Locale.ROOT, mixture, 1e-4, 1e-4), vp(0.1, 20, 1), 0, constant, normal));
    all.add(
        document(
            String.format(Locale.ROOT, mixture, 1e-4, 4.0), vp(0.1, 20, 1), 0, constant, normal));
    all.add(
        document(
            String.format(Locale.ROOT, mixture, 1e4, 1e2), vp(0.1, 20, 1), 0, constant, normal));
    all.add(
        document(
            String.format(Locale.ROOT, mixture, 1e-5, 1e-5), vp(0.1, 20, 1), 1, constant, normal));
    all.add(
        document(
            "{\"type\": \"clusters\", \"dimension\": 2, \"count\": 4, \"variance\": 0.00015625}",
            vp(0.1, 20, 1),
            1,
            "{\"type\": \"exact\"}",
            normal));
    all.add(
        document(
            "{\"type\": \"mixture\", \"weights\": [0.5, 0.5], \"means\": [[0, 0], [1, 1]], \"covs\": [[[2, 0], [0, 1]], [[1, 0], [0, 2]]]}",
            vp(0.1, 20, 1),
            1,
            "{\"type\": \"exact\"}",
            normal));
    return all.stream();
  }

  /** Beyond the counts of steps or the range of numbers: undecided with a reason, and soon. */
  static Stream<String> unresolvable() {
    String linear = "{\"type\": \"linear-error\", \"scale\": 0.9, \"shift\": 0.01}";
    String normal = "{\"type\": \"standard-normal\"}";
    return Stream.of(
        document(gaussian(2, 1, 0.5), vp(0.1, 20, 1), 1e4, linear, normal),
        document(
            gaussian(2, 1, 0.5),
            vp(0.1, 20, 1),
            1,
            "{\"type\": \"linear-error\", \"shift\": 1e6}",
            normal),
        document(
            gaussian(2, 1, 0.5),
            vp(0.1, 20, 1),
            1,
            "{\"type\": \"linear-error\", \"shift\": -1e6}",
            normal),
        document(
            gaussian(2, 1, 0.5),
            "{\"type\": \"ve\", \"sigmaMin\": 1e-6, \"sigmaMax\": 1e6}",
            1,
            linear,
            normal),
        document(
            gaussian(2, 1, 0.5),
            "{\"type\": \"ou\", \"drift\": [[1, 5], [-5, 1]], \"horizon\": 200}",
            1,
            linear,
            normal),
        document(gaussian(2, 1e200, 1), vp(0.1, 20, 1), 1, linear, normal),
        document(
            gaussian(1, 1, 0.5),
            vp(0.1, 20, 1),
            0,
            "{\"type\": \"linear-error\", \"scale\": 0.9, \"profile\": {\"type\": \"exponential\","
                + " \"rate\": 50}}",
            normal));
  }

  @ParameterizedTest
  @MethodSource("unresolvable")
  void endsUndecidedWithAReason(String document) {
    Configuration c = Configuration.read(JsonInput.parse(document, "extreme"));
    Outcome o = new Evaluation(c, 100, RandomStream.root(1)).run();
    assertThat(o.theorem().verdict()).isNotEqualTo(Verdict.VIOLATED);
    if (o.theorem().verdict() != Verdict.HOLDS) {
      assertThat(o.theorem().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(o.theorem().reason()).isNotEmpty().isNotEqualTo(BoundCheck.EQUAL);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void staysFinite(String document) {
    Configuration c = Configuration.read(JsonInput.parse(document, "extreme"));
    Outcome o = new Evaluation(c, 100, RandomStream.root(1)).run();
    assertThat(o.w2().value()).isFinite().isNotNegative();
    assertThat(o.w2Start().value()).isFinite().isNotNegative();
    o.logI().ifPresent(x -> assertThat(x).isFinite());
    o.logIPaper().ifPresent(x -> assertThat(x).isFinite());
    o.integral().ifPresent(x -> assertThat(x.logUpper()).isLessThan(Double.POSITIVE_INFINITY));
    for (BoundCheck check : o.checks()) {
      assertThat(check.verdict()).as(check.name()).isNotEqualTo(Verdict.VIOLATED);
      check
          .right()
          .ifPresent(
              r ->
                  assertThat(r.logValue())
                      .as(check.name())
                      .isNotNaN()
                      .isLessThan(Double.POSITIVE_INFINITY));
    }
    boolean finite = o.theorem().verdict() != Verdict.NOT_APPLICABLE;
    assertThat(finite).isEqualTo(!document.contains("[[2, 0], [0, 1]]"));
  }
}
