package org.scorebound.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;

/**
 * The slack in four parts: they add up, none is negative, and each is found where it is planted.
 */
class ExplanationTest {

  private static Explanation explain(Map<String, Object> document) {
    document.put("name", "explained");
    Outcome outcome = new Evaluation(Families.read(document), 100, RandomStream.root(2)).run();
    return Explanation.of(outcome, 200, RandomStream.root(3), Kernels.of(BackEnd.VECTOR))
        .orElseThrow();
  }

  private static void addsUp(Explanation e) {
    double parts =
        e.coupling().value() + e.vector().value() + e.expectation().value() + e.oneSided().value();
    assertThat(Math.abs(e.closure())).isLessThanOrEqualTo(e.statedError() + 1e-12);
    assertThat(parts + e.closure()).isCloseTo(e.bound() - e.w2().value(), within(1e-9 * e.bound()));
    assertThat(e.vector().value()).isGreaterThan(-1e-12);
    assertThat(e.expectation().upper()).isGreaterThan(-e.statedError() - 1e-12);
    assertThat(e.oneSided().upper()).isGreaterThan(-e.statedError() - 1e-12);
  }

  /** On an equality case nothing is lost anywhere, to the trapezoidal rule. */
  @Test
  void anEqualityLosesNothing() {
    Explanation e = explain(EqualityCases.drift(1, "vp"));
    addsUp(e);
    double small = 1e-3 * e.bound();
    assertThat(e.coupling().value()).isCloseTo(0, within(small));
    assertThat(e.vector().value()).isCloseTo(0, within(small));
    assertThat(e.expectation().value()).isCloseTo(0, within(small));
    assertThat(e.oneSided().value()).isCloseTo(0, within(small));
  }

  /** An error along the other eigenvector grows at another rate than the top one's. */
  @Test
  void anErrorAcrossTheTopEigenvectorLosesInTheConstantAlone() {
    Explanation e = explain(EqualityCases.anisotropic(0, false));
    addsUp(e);
    double slack = e.bound() - e.w2().value();
    assertThat(slack).isPositive();
    assertThat(e.oneSided().value()).isCloseTo(slack, within(0.02 * slack));
  }

  /** A scale error differs in size over the points, and an SDE turns x - y against it. */
  @Test
  void aScaleErrorOfTheSdeLosesInTheVectorsAndTheCoupling() {
    Explanation e = explain(EqualityCases.scaled(1, 0.8));
    addsUp(e);
    assertThat(e.vector().lower()).isPositive();
    assertThat(e.coupling().value()).isPositive();
    // Both processes contract at the one rate -1/v of an isotropic law.
    assertThat(e.oneSided().value()).isCloseTo(0, within(0.05 * (e.bound() - e.w2().value())));
  }

  @Test
  void theBestMemberIsNotWorseThanAnyOther() {
    Explanation e = explain(EqualityCases.drift(1, "vp"));
    assertThat(e.members()).allMatch(m -> e.best().logBound() <= m.logBound() + 1e-12);
    Explanation.Member own =
        e.members().stream().filter(m -> m.churn() == 1).findFirst().orElseThrow();
    assertThat(own.logBound()).isCloseTo(e.logBound(), within(1e-6));
    assertThat(own.w2().orElseThrow()).isCloseTo(e.w2().value(), within(1e-12));
  }
}
