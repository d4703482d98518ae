package org.scorebound.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.experiment.TrainingCurve;
import org.scorebound.io.JsonOutput;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.result.Progress;
import org.scorebound.verify.Control;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClaimsTest {

  private static Inquiry small(int threads) {
    return new Inquiry(1, 3, 9, threads, Kernels.of(BackEnd.VECTOR), Progress.NONE);
  }

  static List<Claim> all() {
    return Claims.all();
  }

  @Test
  void rowsAreOneToEighteenWithNamesOfTheirOwn() {
    assertThat(all().stream().map(Claim::row).toList())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18);
    assertThat(all().stream().map(Claim::name)).doesNotHaveDuplicates();
    assertThat(Claim.class.getPermittedSubclasses()).hasSameSizeAs(all());
    for (Claim c : all()) {
      assertThat(c.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
      assertThat(List.of(c.statement(), c.source(), c.onTheSource())).noneMatch(String::isBlank);
      assertThat(Claims.find(c.name())).contains(c);
      assertThat(Claims.find(String.valueOf(c.row()))).contains(c);
    }
  }

  /** Every claim on a small scale: each number as expected, each wrong statement far off. */
  @ParameterizedTest
  @MethodSource("all")
  void asExpected(Claim claim) {
    Examination e = claim.examine(small(2));
    assertThat(e.findings()).allMatch(f -> f.outcome() == Finding.Outcome.HOLDS);
    assertThat(e.controls())
        .allSatisfy(
            c -> {
              assertThat(c.right()).as(c.name()).isLessThanOrEqualTo(c.tolerance());
              assertThat(c.wrong()).as(c.name()).isGreaterThan(100 * c.tolerance());
              assertThat(c.caught()).as(c.name()).isTrue();
            });
    assertThat(e.verdict()).isEqualTo("as expected");
  }

  /** The cheap claims twice: numbers depend on the seed alone. */
  @ParameterizedTest
  @CsvSource({"1", "7", "10"})
  void numbersDoNotDependOnThreads(String row) {
    Claim claim = Claims.find(row).orElseThrow();
    String one = JsonOutput.toString(claim.examine(small(1)).findings());
    assertThat(JsonOutput.toString(claim.examine(small(2)).findings())).isEqualTo(one);
  }

  @Test
  void nullControlIsNotCaught() {
    Examination e =
        new Examination.Builder()
            .finding("one", 1, "here", Relation.EQUAL, 1, "there", 0)
            .control("nothing swapped", "excess", "nowhere", 1e-9, () -> -1, () -> -1)
            .build();
    Control.Result control = e.controls().getFirst();
    assertThat(control.caught()).isFalse();
    assertThat(e.controlsPassed()).isFalse();
    assertThat(e.verdict()).isEqualTo("control not caught");
  }

  /** A miss by 99 tolerances is not enough, one by 101 is; a right statement that fails never. */
  @ParameterizedTest
  @CsvSource({"0, 99, false", "0, 101, true", "2, 101, false"})
  void controlNeedsAHundredTolerances(double right, double wrong, boolean caught) {
    Examination e =
        new Examination.Builder()
            .finding("one", 1, "here", Relation.EQUAL, 1, "there", 0)
            .control("planted", "excess", "nowhere", 1, () -> right, () -> wrong)
            .build();
    assertThat(e.controlsPassed()).isEqualTo(caught);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, =, 1.0, HOLDS",
    "1.0, =, 1.1, FAILS",
    "1.0, <=, 1.1, HOLDS",
    "1.2, <=, 1.1, FAILS",
    "1.2, >=, 1.1, HOLDS",
    "1.0, >=, 1.1, FAILS"
  })
  void exactNumbersAreDecided(double a, String relation, double b, Finding.Outcome outcome) {
    assertThat(finding(Estimate.exact(a, 0), relation, Estimate.exact(b, 0)).outcome())
        .isEqualTo(outcome);
  }

  /** Overlapping intervals leave an inequality undecided, apart ones do not. */
  @ParameterizedTest
  @CsvSource({".05, <=, UNDECIDED", ".05, >=, UNDECIDED", ".2, >=, HOLDS", ".2, <=, FAILS"})
  void intervalsDecide(double gap, String relation, Finding.Outcome outcome) {
    Estimate a = Estimate.of(1, 0.95, 1.05, Evidence.STATISTICAL);
    Estimate b = Estimate.of(1 - gap, 0.95 - gap, 1.05 - gap, Evidence.STATISTICAL);
    assertThat(finding(a, relation, b).outcome()).isEqualTo(outcome);
  }

  private static Finding finding(Estimate a, String relation, Estimate b) {
    Relation stands =
        Stream.of(Relation.values())
            .filter(r -> r.label().equals(relation))
            .findFirst()
            .orElseThrow();
    return new Examination.Builder()
        .finding("q", a, "", stands, b, "", 0)
        .control("planted", "", "", 1, () -> 0, () -> 1000)
        .build()
        .findings()
        .getFirst();
  }

  @Test
  void worstFindingDecides() {
    Examination e =
        new Examination.Builder()
            .finding("one", 1, "", Relation.EQUAL, 1, "", 0)
            .finding("two", 1, "", Relation.EQUAL, 2, "", 0)
            .finding(
                "three",
                Estimate.of(1, 0, 2, Evidence.ESTIMATED),
                "",
                Relation.AT_MOST,
                Estimate.exact(1, 0),
                "",
                0)
            .control("planted", "", "", 1, () -> 0, () -> 1000)
            .build();
    assertThat(e.outcome()).isEqualTo(Finding.Outcome.FAILS);
    assertThat(e.evidence()).isEqualTo(Evidence.ESTIMATED);
  }

  @Test
  void claimWithoutControlIsNoEvidence() {
    var builder = new Examination.Builder().finding("one", 1, "", Relation.EQUAL, 1, "", 0);
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 and 0");
  }

  /** Training that came to no number fails the claim, although the others agree. */
  @ParameterizedTest
  @CsvSource({"1, HOLDS", "NaN, FAILS", "Infinity, FAILS"})
  void trainingWithoutNumbersIsNotLeftOut(double odd, Finding.Outcome outcome) {
    double[] loss = {5, 4, 3, 2, odd};
    double[] w2 = {6, 5, 4, 3, 2};
    var runs =
        new TrainingLowersBoth.Runs(new double[3], new double[3], new double[3], new double[3]);
    for (int i = 0; i < 3; i++) {
      double[] own = loss.clone();
      own[4] = i == 1 ? odd : 1;
      runs.put(i, new TrainingCurve(own, w2), RandomStream.root(1).child(i));
    }
    var builder = new Examination.Builder();
    TrainingLowersBoth.judge(builder, runs, 3);
    assertThat(builder.build().outcome()).isEqualTo(outcome);
  }
}
