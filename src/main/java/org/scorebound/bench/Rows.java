package org.scorebound.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.Function;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/** Turns the results of forks into rows. */
final class Rows {

  private Rows() {}

  /**
   * The rows of all cases that have a result, in the order of the map.
   *
   * @param forks results of each case by round; a round that failed is empty
   */
  static List<Row> of(SequencedMap<BenchmarkCase, List<Optional<ForkResult>>> forks, Roof roof) {
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<BenchmarkCase, List<Optional<ForkResult>>> entry : forks.entrySet()) {
      double[] nanos = nanos(entry.getValue());
      if (nanos.length > 0) {
        rows.add(row(entry.getKey(), entry.getValue(), nanos, forks, roof));
      }
    }
    return rows;
  }

  private static Row row(
      BenchmarkCase one,
      List<Optional<ForkResult>> results,
      double[] nanos,
      Map<BenchmarkCase, List<Optional<ForkResult>>> forks,
      Roof roof) {
    Estimate time = median(nanos);
    List<Row.Ratio> ratios = new ArrayList<>();
    for (Map.Entry<BenchmarkCase, List<Optional<ForkResult>>> other : forks.entrySet()) {
      if (other.getKey().group().equals(one.group()) && !other.getKey().equals(one)) {
        double[] quotients = quotients(other.getValue(), results);
        if (quotients.length > 0) {
          ratios.add(new Row.Ratio(other.getKey().variant(), median(quotients)));
        }
      }
    }
    double[] bytes = present(results, ForkResult::bytesAllocated);
    double[] peaks = present(results, ForkResult::peak);
    boolean ownPeaks = peaks.length == nanos.length;
    Optional<Roof.Share> share = one.work().flatMap(w -> roof.share(w, time.value()));
    if (ownPeaks && share.isPresent() && share.get().of().equals(Roof.ARITHMETIC)) {
      share = Optional.of(inOwnForks(one.work().orElseThrow(), nanos, peaks));
    }
    return new Row(
        one.benchmark(),
        one.parameters(),
        one.group(),
        one.variant(),
        time,
        1 - Math.pow(2, 1 - nanos.length),
        nanos,
        rate(one.work().map(Work::flops).orElse(0.0), time.value()),
        rate(one.work().map(Work::bytes).orElse(0.0), time.value()),
        share.map(Roof.Share::of),
        share.map(s -> OptionalDouble.of(s.share())).orElse(OptionalDouble.empty()),
        ownPeaks ? Optional.of(peaks) : Optional.empty(),
        ratios,
        bytes.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(bytes).value()),
        MeasuredRun.FIRST);
  }

  private static Roof.Share inOwnForks(Work work, double[] nanos, double[] peaks) {
    double[] shares = new double[nanos.length];
    for (int r = 0; r < shares.length; r++) {
      shares[r] = Roof.share(work, nanos[r], peaks[r]);
    }
    return new Roof.Share(Roof.ARITHMETIC, median(shares).value());
  }

  private static double[] present(
      List<Optional<ForkResult>> results, Function<ForkResult, OptionalDouble> number) {
    return results.stream()
        .flatMap(Optional::stream)
        .map(number)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  /** Median, least and largest. With one number alone the interval says nothing. */
  static Estimate median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double median = 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
    Evidence kind = n == 1 ? Evidence.ESTIMATED : Evidence.STATISTICAL;
    return Estimate.of(median, sorted[0], sorted[n - 1], kind);
  }

  private static double[] nanos(List<Optional<ForkResult>> results) {
    return results.stream().flatMap(Optional::stream).mapToDouble(ForkResult::nanos).toArray();
  }

  /** Round by round, where both have a result. */
  private static double[] quotients(
      List<Optional<ForkResult>> numerator, List<Optional<ForkResult>> denominator) {
    int rounds = Math.min(numerator.size(), denominator.size());
    double[] q = new double[rounds];
    int n = 0;
    for (int r = 0; r < rounds; r++) {
      if (numerator.get(r).isPresent() && denominator.get(r).isPresent()) {
        q[n++] = numerator.get(r).get().nanos() / denominator.get(r).get().nanos();
      }
    }
    return Arrays.copyOf(q, n);
  }

  private static OptionalDouble rate(double amount, double nanos) {
    return amount == 0 ? OptionalDouble.empty() : OptionalDouble.of(1e9 * amount / nanos);
  }
}
