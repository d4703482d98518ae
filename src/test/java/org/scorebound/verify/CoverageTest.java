package org.scorebound.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.result.Progress;

/** The intervals of the verdicts hold the truth as often as they say. */
class CoverageTest {

  @Test
  void intervalsHoldTheTruthAsOftenAsStated() {
    List<Coverage.Row> rows =
        Coverage.measure(60, 150, 5, 2, Kernels.of(BackEnd.VECTOR), Progress.NONE);
    assertThat(rows).hasSizeGreaterThanOrEqualTo(3 * 2 * 7);
    assertThat(rows).allMatch(Coverage.Row::asStated);
    // Bounds that leave nothing to the truth would pass as well; these must not.
    assertThat(rows)
        .filteredOn(r -> r.interval().contains("both ends") && r.level() == 0.95)
        .anyMatch(r -> r.covered() < r.repetitions());
  }

  @Test
  void doesNotDependOnThreads() {
    Kernels kernels = Kernels.of(BackEnd.VECTOR);
    assertThat(Coverage.measure(2, 100, 3, 1, kernels, Progress.NONE))
        .isEqualTo(Coverage.measure(2, 100, 3, 3, kernels, Progress.NONE));
  }
}
