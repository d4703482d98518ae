package org.scorebound.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.scorebound.bound.LogEstimate;
import org.scorebound.io.JsonInput;
import org.scorebound.lipschitz.OneSidedConstant;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.random.RandomStream;

/**
 * Both sides of the bounds against the values of {@code src/test/python/oracle.py}, a program of
 * its own with other numerical methods, each to the tolerance stated beside it: 1e-9 for Gaussian
 * laws, 1e-6 for quantile maps, 2e-7 of log I where L_s is a searched supremum.
 */
class OracleTest {

  private static final int PATHS = 200;

  @TestFactory
  Stream<DynamicTest> agrees() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonInput entry : entries()) {
      JsonInput document = entry.object("configuration");
      Configuration c = Configuration.read(document);
      tests.add(DynamicTest.dynamicTest(c.name(), () -> compare(c, entry.object("expected"))));
    }
    assertThat(tests).hasSizeGreaterThan(40);
    return tests.stream();
  }

  private static List<JsonInput> entries() throws IOException {
    try (InputStream in = OracleTest.class.getResourceAsStream("oracle.json")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return JsonInput.parse(text, "oracle.json").elements();
    }
  }

  private static void compare(Configuration c, JsonInput expected) {
    Outcome o = new Evaluation(c, PATHS, RandomStream.root(1)).run();
    if (expected.has("lipschitz")) {
      lipschitz(c, expected);
      return;
    }
    check(expected, "w2", o.w2().value());
    if (expected.has("w2")) {
      double value = expected.vector("w2")[0];
      assertThat(o.w2().upper()).as("upper end of w2").isGreaterThanOrEqualTo(value - 1e-12);
      assertThat(o.w2().lower()).as("lower end of w2").isLessThanOrEqualTo(value + 1e-12);
    }
    check(expected, "w2Start", o.w2Start().value());
    check(expected, "logI", o.logI().orElseThrow());
    check(expected, "logIntegral", o.integral().orElseThrow().logValue());
    check(expected, "jScoreMatching", o.jScoreMatching().orElseThrow().value());
    check(expected, "logBound", right(o, Evaluation.THEOREM));
    check(expected, "logBoundPaper", right(o, Evaluation.PAPER));
    check(expected, "logBoundScoreMatching", right(o, Evaluation.SCORE_MATCHING));
    expected.finish();
    assertThat(o.checks()).noneMatch(k -> k.verdict() == Verdict.VIOLATED);
  }

  private static double right(Outcome o, String name) {
    return o.check(name).orElseThrow().right().map(LogEstimate::logValue).orElseThrow();
  }

  private static void check(JsonInput expected, String name, double value) {
    if (expected.has(name)) {
      double[] v = expected.vector(name);
      assertThat(value).as(name).isCloseTo(v[0], within(v[1]));
    }
  }

  /** Where only a search from below exists, it must lie in the bracket. */
  private static void lipschitz(Configuration c, JsonInput expected) {
    List<double[]> rows = expected.vectors("lipschitz");
    ScoreLipschitz constant = new ScoreLipschitz(c.score());
    for (int i = 0; i < rows.get(0).length; i++) {
      OneSidedConstant bracket = constant.at(rows.get(0)[i]);
      double found = rows.get(1)[i];
      double rounding = 1e-9 * Math.abs(found);
      assertThat(bracket.certified()).isGreaterThanOrEqualTo(found - rounding);
      assertThat(bracket.sampled()).isLessThanOrEqualTo(found + rounding);
    }
  }
}
