package org.scorebound.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.scorebound.io.JsonOutput;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;

/**
 * The bound holds on every sampled configuration: at least 20 in every family and churn cell, none
 * VIOLATED for any bound, at least nine in ten decided. A failure is shrunk and printed as a
 * document that {@code ./scorebound verify --config} reads.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundPropertyTest {

  private static final long SEED = 20221122;
  private static final int PER_CELL = 20;
  private static final int PATHS = 250;

  private List<Campaign.Entry> entries = List.of();

  @BeforeAll
  void evaluate() {
    int count = PER_CELL * Families.names().size() * Families.churnCells().size();
    entries = Campaign.sampled(SEED, count, PATHS, 2, Kernels.of(BackEnd.VECTOR), Progress.NONE);
  }

  @Test
  void everyFamilyAndChurnCellIsSampled() {
    Map<String, Integer> cells = new LinkedHashMap<>();
    entries.forEach(e -> cells.merge(e.family() + " " + e.churnCell(), 1, Integer::sum));
    assertThat(entries).hasSizeGreaterThanOrEqualTo(500);
    assertThat(cells).hasSize(Families.names().size() * Families.churnCells().size());
    assertThat(cells.values()).allSatisfy(n -> assertThat(n).isGreaterThanOrEqualTo(PER_CELL));
  }

  @Test
  void noBoundIsViolated() {
    for (Campaign.Entry e : entries) {
      if (violated(e.outcome())) {
        Map<String, ?> small =
            new Shrinker(c -> violated(new Evaluation(c, PATHS, RandomStream.root(SEED)).run()))
                .shrink(e.outcome().configuration().document());
        throw new AssertionError(
            "seed "
                + SEED
                + ", configuration "
                + e.id()
                + " violates a bound; shrunk:\n"
                + JsonOutput.toString(small));
      }
    }
  }

  private static boolean violated(Outcome o) {
    return o.checks().stream().anyMatch(c -> c.verdict() == Verdict.VIOLATED);
  }

  @Test
  void nineInTenAreDecided() {
    FamilySummary all = FamilySummary.of(entries).getLast();
    assertThat(all.decidedShare().orElseThrow()).as("%s", all).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void unboundedConstantsAreDetectedAndNothingElseIsRefused() {
    assertThat(entries)
        .allSatisfy(
            e ->
                assertThat(e.outcome().theorem().verdict() == Verdict.NOT_APPLICABLE)
                    .isEqualTo(e.family().equals("unbounded")));
  }

  @Test
  void outcomesDoNotDependOnThreads() {
    Kernels kernels = Kernels.of(BackEnd.VECTOR);
    assertThat(documents(Campaign.sampled(3, 24, 200, 1, kernels, Progress.NONE)))
        .isEqualTo(documents(Campaign.sampled(3, 24, 200, 2, kernels, Progress.NONE)));
  }

  @Test
  void backEndsAgree() {
    List<Campaign.Entry> reference =
        Campaign.sampled(5, 32, 200, 2, Kernels.of(BackEnd.SCALAR), Progress.NONE);
    for (BackEnd backEnd : BackEnd.values()) {
      if (backEnd.isAvailable()) {
        List<Campaign.Entry> other =
            Campaign.sampled(5, 32, 200, 2, Kernels.of(backEnd), Progress.NONE);
        for (int i = 0; i < reference.size(); i++) {
          Outcome a = reference.get(i).outcome();
          Outcome b = other.get(i).outcome();
          assertThat(b.theorem().verdict()).isEqualTo(a.theorem().verdict());
          // Rounding of single scores, 1e-16, grows along the flow; the schemes' own errors are
          // 1e-3.
          assertThat(b.w2().value()).isCloseTo(a.w2().value(), within(1e-9 * a.w2().upper()));
          // Nothing but sampled m(t) goes through the kernels: a mean of squares, to its rounding.
          a.theorem()
              .right()
              .ifPresent(
                  right ->
                      assertThat(b.theorem().right().orElseThrow().logValue())
                          .isCloseTo(right.logValue(), within(1e-9)));
        }
      }
    }
  }

  private static List<String> documents(List<Campaign.Entry> entries) {
    return entries.stream().map(e -> JsonOutput.toString(OutcomeDocument.of(e))).toList();
  }

  @Test
  void shrinkerFindsTheSmallestDocumentThatFails() {
    Configuration start = Families.draw(SEED, 8);
    assertThat(start.dimension()).isGreaterThan(1);
    Map<String, ?> small = new Shrinker(c -> c.family().churn() > 0.05).shrink(start.document());
    Configuration c = Families.read(small);
    assertThat(c.dimension()).isEqualTo(1);
    assertThat(c.family().churn()).isEqualTo(1);
    assertThat(JsonOutput.toString(small)).contains("marginal").doesNotContain("profile");
  }
}
