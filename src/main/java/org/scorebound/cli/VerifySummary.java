package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.RunTiming;
import org.scorebound.verify.Control;
import org.scorebound.verify.EqualityCases;
import org.scorebound.verify.Failure;
import org.scorebound.verify.FamilySummary;

/**
 * What a campaign showed, but for the results one by one: printed, put into the document, turned
 * into an exit code.
 *
 * @param summaries of the families, the last one of all
 * @param checks equality cases and controls
 * @param failures configurations that threw
 * @param violated names of the violated configurations
 * @param discrete names of those whose simulated pairs broke the discrete theorem
 */
record VerifySummary(
    List<FamilySummary> summaries,
    VerifyChecks checks,
    List<Failure> failures,
    List<String> violated,
    List<String> discrete) {

  /** Failures told one by one; the document has all. */
  private static final int TOLD_FAILURES = 10;

  /** The summary of all configurations. */
  private FamilySummary all() {
    return summaries.getLast();
  }

  /** Adds the fields of the result document. */
  void addTo(Map<String, @Nullable Object> document) {
    document.put("families", summaries);
    document.put("equalityCases", checks.equalities());
    document.put("controls", checks.controls());
    if (!failures.isEmpty()) {
      document.put("failures", failures);
    }
  }

  /**
   * The exit code.
   *
   * @param given whether the configurations are the user's own, so that deciding nothing counts
   * @param strict whether an undecided configuration counts
   * @param keepGoing whether failed configurations do not count
   */
  ExitCode exit(boolean given, boolean strict, boolean keepGoing) {
    ExitCode failed = failures.isEmpty() || keepGoing ? ExitCode.OK : ExitCode.INTERNAL;
    if (!checks.passed() || !discrete.isEmpty()) {
      return failed.and(ExitCode.UNTRUSTED);
    }
    if (all().violated() > 0) {
      return failed.and(ExitCode.VIOLATED);
    }
    boolean undecided = (given && all().holds() == 0) || (strict && all().inconclusive() > 0);
    return failed.and(undecided ? ExitCode.UNDECIDED : ExitCode.OK);
  }

  /** Prints everything but the table. */
  void print(PrintWriter out, Path file, RunTiming timing) {
    FamilySummary all = all();
    all.reasons().forEach((why, n) -> out.println("undecided: " + n + " because " + why));
    all.decidedShare()
        .ifPresent(
            s ->
                out.printf(
                    Locale.ROOT,
                    "decided: %.1f %% (vacuous, equal and not applicable ones left out)%n",
                    100 * s));
    if (all.notApplicable() > 0) {
      out.println("not applicable: " + all.notApplicable() + ", bound infinite (L_s is)");
    }
    printChecks(out);
    violated.forEach(name -> out.println("VIOLATED: " + name));
    discrete.forEach(name -> out.println("FAILED discrete theorem: " + name));
    failures.stream()
        .limit(TOLD_FAILURES)
        .forEach(f -> out.println("FAILED: id " + f.id() + ": " + f.error() + " " + f.message()));
    if (failures.size() > TOLD_FAILURES) {
      out.println("FAILED: " + failures.size() + " in all; the result document has every one");
    }
    out.printf(Locale.ROOT, "%d configurations in %.1f s%n", all.count(), timing.elapsedSeconds());
    out.println(
        "of that: "
            + timing.stageSeconds().entrySet().stream()
                .map(s -> String.format(Locale.ROOT, "%s %.1f s", s.getKey(), s.getValue()))
                .collect(Collectors.joining(", ")));
    out.println("result: " + file);
  }

  private void printChecks(PrintWriter out) {
    List<EqualityCases.Result> equalities = checks.equalities();
    List<Control.Result> controls = checks.controls();
    long equal = equalities.stream().filter(EqualityCases.Result::passed).count();
    double worst =
        equalities.stream()
            .filter(EqualityCases.Result::equal)
            .mapToDouble(r -> Math.abs(r.deviation()))
            .max()
            .orElse(0);
    out.printf(
        Locale.ROOT,
        "equality cases: %d of %d as they must be, largest |W2/bound - 1| %.1e%n",
        equal,
        equalities.size(),
        worst);
    long caught = controls.stream().filter(Control.Result::passed).count();
    out.printf(
        Locale.ROOT,
        "controls: %d of %d as they must be (wrong formulas caught, a null one not)%n",
        caught,
        controls.size());
    equalities.stream()
        .filter(r -> !r.passed())
        .forEach(r -> out.println("FAILED equality case: " + r));
    controls.stream().filter(r -> !r.passed()).forEach(r -> out.println("FAILED control: " + r));
  }

  /** The table of families. */
  TextTable families() {
    TextTable table =
        new TextTable(
            "family", "n", "holds", "vac", "viol", "n/a", "undec", "slack>=", "median", "largest");
    for (FamilySummary s : summaries) {
      table.row(
          s.family(),
          s.count(),
          s.holds(),
          s.vacuous(),
          s.violated(),
          s.notApplicable(),
          s.inconclusive(),
          number(s.smallestSlack()),
          number(s.medianRatio()),
          number(s.largestRatio()));
    }
    return table;
  }

  /** A number in a table; {@code -} where there is none. */
  static String number(OptionalDouble x) {
    if (x.isEmpty()) {
      return "-";
    }
    double v = x.getAsDouble();
    return Math.abs(v) >= 1e5 || (v != 0 && Math.abs(v) < 1e-3)
        ? String.format(Locale.ROOT, "%.1e", v)
        : String.format(Locale.ROOT, "%.4g", v);
  }
}
