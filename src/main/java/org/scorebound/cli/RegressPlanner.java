package org.scorebound.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.scorebound.io.InputException;
import org.scorebound.io.Nearest;
import org.scorebound.regress.Plan;
import org.scorebound.regress.Rules;
import org.scorebound.regress.Survey;
import org.scorebound.regress.fork.JmhJar;
import org.scorebound.regress.fork.Sentinels;
import org.scorebound.regress.statistics.Looks;
import org.scorebound.result.Progress;

/** Makes the plan of a run, or checks that an old one is still the one that was asked for. */
final class RegressPlanner {

  private static final int NEAR_NAMES = 3;

  private final RegressSides.Opened opened;
  private final String benchmarks;
  private final int blocks;
  private final Optional<Double> budgetSeconds;

  RegressPlanner(
      RegressSides.Opened opened, String benchmarks, int blocks, Optional<Double> budgetSeconds) {
    this.opened = opened;
    this.benchmarks = benchmarks;
    this.blocks = blocks;
    this.budgetSeconds = budgetSeconds;
  }

  Plan plan(long seed, Sentinels sentinels, Progress progress) throws InterruptedException {
    List<JmhJar.Entry> entries = entries();
    Survey survey = Survey.of(entries, opened.baseline(), opened.candidate(), sentinels, progress);
    Looks looks = looks(survey.cases());
    int control = survey.cases().isEmpty() ? 0 : Plan.cheapest(survey.cases());
    int[] controlBlocks = new int[looks.count()];
    for (int k = 0; k < looks.count() && !survey.cases().isEmpty(); k++) {
      controlBlocks[k] = Plan.controlBlocks(looks.blocks(k), survey.cases(), control);
    }
    return new Plan(
        seed,
        Rules.with(looks),
        opened.old(),
        opened.young(),
        opened.jmh(),
        opened.jvmArgs(),
        opened.fingerprint(),
        survey.cases(),
        control,
        controlBlocks,
        survey.unpaired());
  }

  private List<JmhJar.Entry> entries() {
    Pattern pattern;
    try {
      pattern = Pattern.compile(benchmarks, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw new InputException(
          "--benchmarks '" + benchmarks + "' is no regular expression: " + e.getDescription(), e);
    }
    List<JmhJar.Entry> entries = Survey.matching(opened.baseline(), opened.candidate(), pattern);
    if (entries.isEmpty()) {
      TreeSet<String> names = new TreeSet<>();
      opened.baseline().benchmarks().forEach(e -> names.add(e.benchmark()));
      opened.candidate().benchmarks().forEach(e -> names.add(e.benchmark()));
      throw new InputException(
          "no benchmark matches '"
              + benchmarks
              + "'"
              + (names.isEmpty()
                  ? ": the jars have none"
                  : "; near names are "
                      + String.join(", ", Nearest.several(benchmarks, names, NEAR_NAMES))));
    }
    return entries;
  }

  private Looks looks(List<Plan.Case> cases) {
    Looks wanted =
        switch (blocks) {
          case 12 -> Looks.at(12);
          case 24 -> Looks.at(12, 24);
          default -> Rules.FULL;
        };
    if (budgetSeconds.isEmpty()) {
      return wanted;
    }
    return Plan.affordable(budgetSeconds.get(), wanted, cases)
        .orElseThrow(
            () ->
                new InputException(
                    String.format(
                        Locale.ROOT,
                        "--budget of %.0f s is too small for the first look: %d blocks of %d"
                            + " benchmarks take about %.0f s",
                        budgetSeconds.get(),
                        wanted.blocks(0),
                        cases.size(),
                        Math.ceil(Plan.seconds(wanted.blocks(0), cases)))));
  }

  /** The plan of an interrupted run, if it is of these builds on this machine. */
  Plan resumed(Plan old, Path file) {
    if (!old.fingerprint().equals(opened.fingerprint())) {
      throw new InputException(
          file
              + ": was measured on another machine ("
              + old.fingerprint().id()
              + ", this is "
              + opened.fingerprint().id()
              + "); numbers of two machines are not compared");
    }
    same(file, "--baseline", old.baseline(), opened.old());
    same(file, "--candidate", old.candidate(), opened.young());
    if (!old.jmh().equals(opened.jmh()) || !old.jvmArgs().equals(opened.jvmArgs())) {
      throw new InputException(
          file
              + ": was measured with --jmh '"
              + String.join(" ", old.jmh())
              + "' and --jvm-args '"
              + old.jvmArgs()
              + "'; give the same to resume");
    }
    return old;
  }

  private static void same(Path file, String option, Plan.Build old, Plan.Build now) {
    if (!old.sha256().equals(now.sha256())) {
      throw new InputException(
          file
              + ": was measured with another jar as "
              + option
              + " ("
              + old.name()
              + ", sha256 "
              + old.sha256().substring(0, 12)
              + ", now "
              + now.sha256().substring(0, 12)
              + ")");
    }
  }
}
