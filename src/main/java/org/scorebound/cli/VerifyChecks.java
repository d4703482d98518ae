package org.scorebound.cli;

import java.util.ArrayList;
import java.util.List;
import org.scorebound.result.Progress;
import org.scorebound.verify.Control;
import org.scorebound.verify.EqualityCases;
import org.scorebound.verify.NegativeControls;

/**
 * The cases where the bound is an equality and the wrong formulas that must be caught, as every
 * result document holds them.
 *
 * @param equalities the equality cases and their neighbours
 * @param controls the negative controls
 */
record VerifyChecks(List<EqualityCases.Result> equalities, List<Control.Result> controls) {

  /** Evaluates all of them, either in a stage of its own. */
  static VerifyChecks run(Progress progress, Stages stages) {
    List<EqualityCases.Result> equalities =
        stages.time("equality cases", () -> equalities(progress));
    progress.report(0, 1, "controls");
    return new VerifyChecks(equalities, stages.time("controls", NegativeControls::run));
  }

  private static List<EqualityCases.Result> equalities(Progress progress) {
    List<EqualityCases.Case> cases = EqualityCases.all();
    List<EqualityCases.Result> equalities = new ArrayList<>();
    for (EqualityCases.Case c : cases) {
      progress.report(equalities.size(), cases.size(), "equality cases");
      equalities.add(EqualityCases.check(c));
    }
    return equalities;
  }

  /** Whether all are as they must be. */
  boolean passed() {
    return equalities.stream().allMatch(EqualityCases.Result::passed)
        && controls.stream().allMatch(Control.Result::passed);
  }
}
