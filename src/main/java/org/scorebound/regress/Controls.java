package org.scorebound.regress;

import java.util.ArrayList;
import java.util.List;
import org.scorebound.regress.statistics.SignedRank;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/**
 * The controls of a run: the baseline against a copy of itself, in blocks of its own among the
 * others, and two loops of the gate's own that run after every fork, one bound by registers and one
 * by memory. Each gives log-ratios by block like a benchmark, and is judged once, at the end, by
 * the same signed-rank test, two-sided. A sentinel that differs between the slots of the sides says
 * that one side leaves the machine in another state than the other.
 */
final class Controls {

  /** Shares of the error probability; A/A needs most, since it has fewest blocks. */
  private static final double AA = 0.4;

  private static final double SENTINEL = 0.3;

  /** The least number of blocks with which A/A can move: {@code 2^(1-n) <= 0.004}. */
  static final int LEAST_BLOCKS = 9;

  private final Rules rules;

  Controls(Rules rules) {
    this.rules = rules;
  }

  List<Control> judge(List<Series> series, List<Series> controls) {
    List<Control> judged = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    series.forEach(s -> blocks.addAll(s.blocks()));
    for (Series s : controls) {
      double[] ratios = s.logRatios(s.blocks().size());
      String what = "baseline against a copy of itself, " + s.id().label();
      judged.add(control("A/A", what, ratios, AA));
      blocks.addAll(s.blocks());
    }
    judged.add(
        control(
            "register",
            "multiply-adds in registers, after each fork",
            blocks.stream().mapToDouble(b -> b.contrast(f -> Math.log(f.register()))).toArray(),
            SENTINEL));
    judged.add(
        control(
            "memory",
            "sums over memory, after each fork",
            blocks.stream().mapToDouble(b -> b.contrast(f -> Math.log(f.memory()))).toArray(),
            SENTINEL));
    return judged;
  }

  private Control control(String name, String what, double[] ratios, double share) {
    double limit = share * rules.controlAlpha();
    SignedRank rank = SignedRank.of(ratios);
    boolean able = Math.scalb(1.0, 1 - ratios.length) <= limit;
    if (ratios.length == 0) {
      Estimate nothing = Estimate.of(1, 0, Double.POSITIVE_INFINITY, Evidence.ESTIMATED);
      return new Control(name, what, 0, nothing, 1, limit, false, false);
    }
    double p = Math.min(1, 2 * Math.min(rank.pAbove(0), rank.pBelow(0)));
    double ratio = Math.exp(rank.estimate());
    Estimate estimate =
        Estimate.of(
            ratio,
            Math.min(ratio, Math.exp(rank.lower(limit / 2))),
            Math.max(ratio, Math.exp(rank.upper(limit / 2))),
            Evidence.STATISTICAL);
    boolean moved = p <= limit && Math.abs(rank.estimate()) >= Math.log1p(rules.leastEffect());
    return new Control(name, what, ratios.length, estimate, p, limit, able, moved);
  }
}
