package org.scorebound.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.scorebound.result.Progress;

/**
 * Measures cases in rounds: each round runs one fork of every case, so that whatever slows the
 * machine for a while slows all variants of a group alike, and ratios are taken round by round.
 */
public final class BenchRun {

  private final BenchmarkSession session;
  private final List<BenchmarkCase> cases;
  private final ForkPlan plan;
  private final int forks;
  private final int longForks;
  private BiConsumer<Integer, Outcome> afterRound = (done, soFar) -> {};

  /**
   * A run.
   *
   * @param cases what to measure, the roof's among them
   * @param plan of each fork
   * @param forks of each case, at least 1
   * @param longForks of each case that is one long shot, at least 1
   */
  public BenchRun(
      BenchmarkSession session,
      List<BenchmarkCase> cases,
      ForkPlan plan,
      int forks,
      int longForks) {
    if (forks < 1 || longForks < 1) {
      throw new IllegalArgumentException(
          "forks must be >= 1, got " + forks + " and " + longForks + " of long ones");
    }
    this.session = session;
    this.cases = List.copyOf(cases);
    this.plan = plan;
    this.forks = forks;
    this.longForks = longForks;
  }

  /**
   * What was measured.
   *
   * @param roof of this machine in this run
   * @param rows one per case with a result
   * @param failures forks without one
   */
  public record Outcome(Roof roof, List<Row> rows, List<Failure> failures) {}

  /**
   * A fork without a result.
   *
   * @param label of the case
   * @param message what it said last
   * @param run the {@link MeasuredRun} it failed in
   */
  public record Failure(String label, String message, int run) {

    /** A failure in a run that stands alone. */
    public Failure(String label, String message) {
      this(label, message, MeasuredRun.FIRST);
    }

    Failure inRun(int id) {
      return new Failure(label, message, id);
    }
  }

  /**
   * Tells what there is after every round but the last, which ends the run.
   *
   * @param listener takes the number of rounds and what they measured
   */
  public BenchRun afterRounds(BiConsumer<Integer, Outcome> listener) {
    afterRound = listener;
    return this;
  }

  /** Measures; a failed fork is noted and the run goes on. */
  public Outcome measure(Progress progress) {
    SequencedMap<BenchmarkCase, List<Optional<ForkResult>>> results = new LinkedHashMap<>();
    List<Failure> failures = new ArrayList<>();
    long total = cases.stream().mapToLong(this::rounds).sum();
    long done = 0;
    int rounds = Math.max(forks, longForks);
    for (int round = 0; round < rounds; round++) {
      for (BenchmarkCase one : cases) {
        if (round >= rounds(one)) {
          continue;
        }
        progress.report(done++, total, "forks");
        results.computeIfAbsent(one, key -> new ArrayList<>()).add(fork(one, failures));
      }
      if (round + 1 < rounds) {
        afterRound.accept(round + 1, outcome(results, failures));
      }
    }
    progress.report(total, total, "forks");
    return outcome(results, failures);
  }

  private static Outcome outcome(
      SequencedMap<BenchmarkCase, List<Optional<ForkResult>>> results, List<Failure> failures) {
    Roof roof = roof(results);
    return new Outcome(roof, Rows.of(results, roof), List.copyOf(failures));
  }

  private int rounds(BenchmarkCase one) {
    return one.inOneShot() ? longForks : forks;
  }

  private Optional<ForkResult> fork(BenchmarkCase one, List<Failure> failures) {
    try {
      return Optional.of(session.fork(one, plan));
    } catch (ForkFailedException e) {
      failures.add(new Failure(one.label(), String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private static Roof roof(Map<BenchmarkCase, List<Optional<ForkResult>>> results) {
    List<OptionalDouble> rates = new ArrayList<>();
    for (String group : Roof.GROUPS) {
      OptionalDouble best = OptionalDouble.empty();
      for (Map.Entry<BenchmarkCase, List<Optional<ForkResult>>> entry : results.entrySet()) {
        Optional<Work> work = entry.getKey().work();
        if (entry.getKey().group().equals(group) && work.isPresent()) {
          double amount = work.get().bytes() > 0 ? work.get().bytes() : work.get().flops();
          // The fastest fork: a roof is what the machine can do, not what it usually does.
          best =
              entry.getValue().stream()
                  .flatMap(Optional::stream)
                  .mapToDouble(r -> 1e9 * amount / r.nanos())
                  .max();
        }
      }
      rates.add(best);
    }
    return new Roof(rates.get(0), rates.get(1), rates.get(2), rates.get(3));
  }
}
