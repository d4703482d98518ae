package org.scorebound.regress;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scorebound.regress.statistics.Looks;

/**
 * What is going to be measured, all of it fixed before the first counted fork.
 *
 * @param seed of the orders and of the bootstrap
 * @param rules of the verdicts, with the looks
 * @param baseline old build
 * @param candidate new build
 * @param jmh words for JMH
 * @param jvmArgs flags of the forked virtual machines
 * @param fingerprint of the machine
 * @param cases measured on both sides
 * @param control index of the case that A/A runs on
 * @param controlBlocks of A/A, by look
 * @param unpaired benchmarks that are not compared, and why
 */
public record Plan(
    long seed,
    Rules rules,
    Build baseline,
    Build candidate,
    List<String> jmh,
    String jvmArgs,
    Fingerprint fingerprint,
    List<Case> cases,
    int control,
    int[] controlBlocks,
    List<Unpaired> unpaired) {

  /** Copies the lists. */
  public Plan {
    jmh = List.copyOf(jmh);
    cases = List.copyOf(cases);
    unpaired = List.copyOf(unpaired);
  }

  /**
   * One side.
   *
   * @param name as the user named it
   * @param source commit or tree it was built from; empty for a jar
   * @param sha256 of the jar
   */
  public record Build(String name, String source, String sha256) {}

  /**
   * A benchmark that is compared.
   *
   * @param id what
   * @param metric of its scores
   * @param seconds of its first fork, with the sentinels
   */
  public record Case(BenchmarkId id, Metric metric, double seconds) {}

  /**
   * A benchmark that is not compared.
   *
   * @param label of the benchmark
   * @param reason in words
   * @param undecided whether it keeps the run from being well: it is gone, or does not run
   * @param failed whether it ran on one side and failed on another
   */
  public record Unpaired(String label, String reason, boolean undecided, boolean failed) {}

  /** Index under which the order of A/A's blocks is drawn. */
  public static final int CONTROL_SERIES = 1_000_000;

  /** Share of a run's time that A/A may add, where the least number of blocks allows. */
  private static final double CONTROL_SHARE = 0.35;

  /** Blocks of A/A for a number of blocks of the others. */
  public static int controlBlocks(int blocks, List<Case> cases, int control) {
    double all = cases.stream().mapToDouble(Case::seconds).sum();
    double affordable = CONTROL_SHARE * blocks * all / cases.get(control).seconds();
    return Math.min(blocks, Math.max(Controls.LEAST_BLOCKS, (int) affordable));
  }

  /** The case whose forks are shortest. */
  public static int cheapest(List<Case> cases) {
    int best = 0;
    for (int i = 1; i < cases.size(); i++) {
      best = cases.get(i).seconds() < cases.get(best).seconds() ? i : best;
    }
    return best;
  }

  /** Seconds that a number of blocks takes, as the first forks tell. */
  public static double seconds(int blocks, List<Case> cases) {
    if (cases.isEmpty()) {
      return 0;
    }
    int control = cheapest(cases);
    double all = cases.stream().mapToDouble(Case::seconds).sum();
    return Order.FORKS
        * (blocks * all + controlBlocks(blocks, cases, control) * cases.get(control).seconds());
  }

  /**
   * The looks that a time allows: a count from here on, so that time changes no number. Empty if
   * not even the first.
   */
  public static Optional<Looks> affordable(double budgetSeconds, Looks wanted, List<Case> cases) {
    int count = 0;
    while (count < wanted.count() && seconds(wanted.blocks(count), cases) <= budgetSeconds) {
      count++;
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(Looks.at(Arrays.copyOf(wanted.toArray(), count)));
  }
}
