package org.scorebound.regress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scorebound.random.RandomStream;
import org.scorebound.regress.statistics.BlockBootstrap;
import org.scorebound.regress.statistics.Holm;
import org.scorebound.regress.statistics.Looks;
import org.scorebound.regress.statistics.SignFlip;
import org.scorebound.regress.statistics.SignedRank;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/**
 * The verdicts, as a function of the rules and of what was measured; the seed only enters the
 * bootstrap, which decides nothing.
 *
 * <p>Per benchmark and look k with {@code n_k} blocks, {@link SignedRank} gives {@code p_k} of "not
 * slower"; {@link Looks} combines them to {@code p = min_k p_k / w_k}; {@link Holm} adjusts over
 * the benchmarks. The lower bound of the ratio is the largest over the looks taken of the
 * signed-rank bound at level {@code 1 - w_k alpha / h}, h the benchmark's divisor in Holm's
 * procedure, and is above 1 exactly if the adjusted p is at most alpha. Faster likewise.
 */
public final class Judge {

  private final Rules rules;
  private final Looks looks;
  private final long seed;

  /**
   * A judge.
   *
   * @param seed of the bootstrap
   */
  public Judge(Rules rules, long seed) {
    this.rules = rules;
    this.looks = rules.schedule();
    this.seed = seed;
  }

  /**
   * The verdict on a whole run.
   *
   * @param unpaired benchmarks that were not compared
   */
  public Judgement judge(List<Series> series, List<Series> controls, List<Plan.Unpaired> unpaired) {
    List<Control> judged =
        series.isEmpty() ? List.of() : new Controls(rules).judge(series, controls);
    List<Comparison> comparisons = compare(series);
    Optional<Control> failed = judged.stream().filter(Control::failed).findFirst();
    if (failed.isPresent()) {
      String why = Wording.untrusted(failed.get());
      comparisons =
          comparisons.stream()
              .map(c -> c.overridden(Verdict.UNTRUSTED, why + Wording.otherwise(c)))
              .toList();
    }
    List<Verdict> all = new ArrayList<>();
    comparisons.forEach(c -> all.add(c.verdict()));
    for (Plan.Unpaired one : unpaired) {
      if (one.failed() || one.undecided()) {
        all.add(one.failed() ? Verdict.UNTRUSTED : Verdict.INCONCLUSIVE);
      }
    }
    if (failed.isPresent()) {
      all.add(Verdict.UNTRUSTED);
    }
    return new Judgement(overall(all), judged, comparisons);
  }

  /**
   * The strongest, except that one undecided benchmark keeps a run from being called well: what is
   * not UNTRUSTED or REGRESSED is INCONCLUSIVE if any part is, else IMPROVED if any part is.
   */
  static Verdict overall(List<Verdict> all) {
    for (Verdict v :
        List.of(Verdict.UNTRUSTED, Verdict.REGRESSED, Verdict.INCONCLUSIVE, Verdict.IMPROVED)) {
      if (all.contains(v)) {
        return v;
      }
    }
    return all.isEmpty() ? Verdict.INCONCLUSIVE : Verdict.EQUIVALENT;
  }

  /** Whether more blocks could change what is said of a benchmark. */
  public static boolean isOpen(Comparison c) {
    boolean pending = c.allocation().map(Allocation::pending).orElse(false);
    return c.verdict() == Verdict.INCONCLUSIVE
        || (pending && c.verdict() != Verdict.UNTRUSTED && c.verdict() != Verdict.REGRESSED);
  }

  /** Each benchmark on its own evidence, the controls apart. */
  public List<Comparison> compare(List<Series> series) {
    List<Evidences> all = new ArrayList<>();
    series.forEach(s -> all.add(new Evidences(s)));
    Holm slower = Holm.of(all.stream().mapToDouble(e -> e.slower).toArray(), rules.alpha());
    Holm faster = Holm.of(all.stream().mapToDouble(e -> e.faster).toArray(), rules.alpha());
    Holm more =
        Holm.of(all.stream().mapToDouble(e -> e.allocating).toArray(), rules.allocationAlpha());
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      comparisons.add(
          all.get(i)
              .comparison(
                  i,
                  slower.adjusted()[i],
                  slower.divisors()[i],
                  faster.adjusted()[i],
                  faster.divisors()[i],
                  more.adjusted()[i]));
    }
    return comparisons;
  }

  /** The looks of one series. */
  private final class Evidences {
    private final Series series;
    private final List<SignedRank> taken = new ArrayList<>();
    private final double slower;
    private final double faster;
    private final double allocating;
    private final boolean allocationKnown;

    Evidences(Series series) {
      this.series = series;
      for (int k = 0; k < looks.count() && looks.blocks(k) <= series.blocks().size(); k++) {
        taken.add(SignedRank.of(series.logRatios(looks.blocks(k))));
      }
      slower = looks.combined(taken.stream().mapToDouble(t -> t.pAbove(0)).toArray());
      faster = looks.combined(taken.stream().mapToDouble(t -> t.pBelow(0)).toArray());
      allocationKnown = !taken.isEmpty() && series.knowsAllocation();
      double[] p = new double[allocationKnown ? taken.size() : 0];
      for (int k = 0; k < p.length; k++) {
        p[k] = SignedRank.of(series.bytes(looks.blocks(k))).pAbove(0);
      }
      allocating = looks.combined(p);
    }

    Comparison comparison(
        int index, double pSlower, int hSlower, double pFaster, int hFaster, double pMore) {
      if (taken.isEmpty()) {
        return unmeasured();
      }
      int n = looks.blocks(taken.size() - 1);
      double[] ratios = series.logRatios(n);
      double lower = Double.NEGATIVE_INFINITY;
      double upper = Double.POSITIVE_INFINITY;
      boolean equivalent = false;
      for (int k = 0; k < taken.size(); k++) {
        double level = looks.share(k) * rules.alpha();
        lower = Math.max(lower, taken.get(k).lower(level / hSlower));
        upper = Math.min(upper, taken.get(k).upper(level / hFaster));
        equivalent |=
            taken.get(k).lower(level) > -Math.log1p(rules.margin())
                && taken.get(k).upper(level) < Math.log1p(rules.margin());
      }
      double estimate = taken.getLast().estimate();
      double effect = Math.log1p(rules.leastEffect());
      Verdict time = Verdict.INCONCLUSIVE;
      if (lower > 0 && estimate >= effect) {
        time = Verdict.REGRESSED;
      } else if (upper < 0 && estimate <= -effect) {
        time = Verdict.IMPROVED;
      } else if (equivalent) {
        time = Verdict.EQUIVALENT;
      }
      Estimate ratio =
          Estimate.of(
              Math.exp(estimate),
              Math.min(Math.exp(estimate), Math.exp(lower)),
              Math.max(Math.exp(estimate), Math.exp(upper)),
              Evidence.STATISTICAL);
      Optional<Allocation> allocation = allocationKnown ? allocation(n, pMore) : Optional.empty();
      Verdict verdict =
          allocation.isPresent() && allocation.get().regressed() ? Verdict.REGRESSED : time;
      String reason = Wording.reason(time, ratio, n, rules, allocation);
      if (series.failure().isPresent()) {
        verdict = Verdict.UNTRUSTED;
        reason = series.failure().get();
      }
      RandomStream random = RandomStream.root(seed).child("bootstrap").child(index);
      BlockBootstrap bootstrap = BlockBootstrap.of(ratios, rules.alpha(), random);
      return new Comparison(
          series.id(),
          series.metric(),
          verdict,
          reason,
          n,
          true,
          ratio,
          pSlower,
          pFaster,
          Math.exp(bootstrap.lower()),
          Math.exp(bootstrap.upper()),
          SignFlip.pAbove(ratios),
          Spread.score(series, Side.BASELINE, n),
          Spread.score(series, Side.CANDIDATE, n),
          Spread.deviation(ratios),
          Spread.ofForks(series, n),
          Spread.unsteady(series, n),
          allocation);
    }

    private Optional<Allocation> allocation(int n, double p) {
      double difference = SignedRank.of(series.bytes(n)).estimate();
      double baseline = Spread.middle(series, Side.BASELINE, n, Fork::allocation);
      double least = Math.max(rules.leastBytes(), rules.leastAllocation() * baseline);
      boolean counts = difference >= least;
      boolean regressed = counts && p <= rules.allocationAlpha();
      return Optional.of(
          new Allocation(
              baseline,
              difference,
              least,
              p,
              regressed,
              counts && !regressed && allocating <= rules.alpha()));
    }

    private Comparison unmeasured() {
      boolean failed = series.failure().isPresent();
      return new Comparison(
          series.id(),
          series.metric(),
          failed ? Verdict.UNTRUSTED : Verdict.INCONCLUSIVE,
          series.failure().orElse("fewer blocks than the first look needs"),
          0,
          false,
          Estimate.of(1, 0, Double.POSITIVE_INFINITY, Evidence.ESTIMATED),
          1,
          1,
          1,
          1,
          1,
          0,
          0,
          0,
          0,
          0,
          Optional.empty());
    }
  }
}
