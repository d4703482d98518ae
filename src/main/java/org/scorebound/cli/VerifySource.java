package org.scorebound.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Progress;
import org.scorebound.verify.Campaign;
import org.scorebound.verify.Failure;

/** Where the configurations of a run in one process come from. */
interface VerifySource {

  /**
   * What was evaluated.
   *
   * @param entries the outcomes
   * @param failures the configurations that threw
   * @param results one object of the document for each entry
   * @param head further fields of the document, before the families
   */
  record Evaluated(
      List<Campaign.Entry> entries,
      List<Failure> failures,
      List<?> results,
      Map<String, @Nullable Object> head) {}

  /** Whether the configurations are the user's own, so that deciding nothing counts. */
  boolean given();

  /** Reads what is to be read; defects of the input show here, before anything is written. */
  void prepare();

  /** How many configurations there are, once prepared. */
  int size();

  /** Evaluates everything. */
  Evaluated evaluate(VerifyRun run, Progress progress);

  /** A second table on the terminal. */
  default Optional<TextTable> further(Evaluated evaluated) {
    return Optional.empty();
  }

  /** The table on the terminal. */
  TextTable table(Evaluated evaluated, VerifySummary summary);
}
