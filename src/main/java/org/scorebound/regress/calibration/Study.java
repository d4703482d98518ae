package org.scorebound.regress.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scorebound.random.RandomStream;
import org.scorebound.regress.Block;
import org.scorebound.regress.Comparison;
import org.scorebound.regress.Fork;
import org.scorebound.regress.Judge;
import org.scorebound.regress.Order;
import org.scorebound.regress.Rules;
import org.scorebound.regress.Series;
import org.scorebound.regress.Side;
import org.scorebound.regress.Verdict;
import org.scorebound.regress.statistics.Looks;

/**
 * The gate and its rivals on real runs, and on runs whose forks are drawn from real ones.
 *
 * <p>A drawn run takes its blocks from the forks of identical sides under one condition: each block
 * is four forks that ran one after the other, from a random place, so that what neighbours have in
 * common is kept. The order of the sides is drawn anew and the candidate's scores are multiplied by
 * the effect. The gate looks at the drawn blocks as it would at measured ones, and stops as it
 * would. Rivals get the iterations of the same forks, up to where the gate stopped.
 */
public final class Study {

  private final Rules rules;
  private final long seed;

  /** A study with some rules. */
  public Study(Rules rules, long seed) {
    this.rules = rules;
    this.seed = seed;
  }

  /**
   * What came out of many runs.
   *
   * @param condition of the machine
   * @param percent injected
   * @param real whether the forks ran like that, or were drawn from forks that did
   * @param runs how many
   * @param verdicts how many of each
   * @param blocks mean number of blocks until the gate stopped
   * @param rivals how many runs each rival called slower
   * @param scores of the gate and the rivals by run, for curves
   */
  public record Row(
      Condition condition,
      double percent,
      boolean real,
      int runs,
      Map<Verdict, Integer> verdicts,
      double blocks,
      Map<Rival, Integer> rivals,
      Scores scores) {

    /** How many runs had a verdict. */
    public int count(Verdict verdict) {
      return verdicts.getOrDefault(verdict, 0);
    }
  }

  /**
   * Scores by run.
   *
   * @param gate minus the logarithm of the p value, 0 where the estimate is below the least effect
   * @param rivals of each rival
   */
  public record Scores(double[] gate, Map<Rival, double[]> rivals) {}

  /** Real runs of one condition and effect. */
  public Row real(Condition condition, double percent, List<RealRun> runs) {
    Tally tally = new Tally(condition, percent, true);
    for (RealRun run : runs) {
      tally.add(judged(run.series()), run.series());
    }
    return tally.row();
  }

  /**
   * Drawn runs.
   *
   * @param forks of identical sides under this condition, in the order they ran
   */
  public Row drawn(Condition condition, double percent, List<Fork> forks, Series like, int runs) {
    Tally tally = new Tally(condition, percent, false);
    for (int r = 0; r < runs; r++) {
      RandomStream random =
          RandomStream.root(seed)
              .child(condition.label())
              .child(Double.doubleToLongBits(percent))
              .child(r);
      Series series = draw(forks, like, 0.01 * percent, random);
      Comparison c = judged(series);
      tally.add(c, new Series(like.id(), like.metric(), head(series, c), Optional.empty()));
    }
    return tally.row();
  }

  private static List<Block> head(Series series, Comparison c) {
    return series.blocks().subList(0, c.blocks());
  }

  private Series draw(List<Fork> forks, Series like, double effect, RandomStream random) {
    List<Block> blocks = new ArrayList<>();
    for (int b = 0; b < rules.schedule().most(); b++) {
      int from = random.nextInt(forks.size() - Order.FORKS + 1);
      Order order = random.nextInt(2) == 0 ? Order.ABBA : Order.BAAB;
      List<Fork> four = new ArrayList<>();
      for (int i = 0; i < Order.FORKS; i++) {
        Fork f = forks.get(from + i);
        boolean slow = order.sides().get(i) == Side.CANDIDATE;
        four.add(slow ? slowed(f, like.metric().sign() > 0 ? 1 + effect : 1 / (1 + effect)) : f);
      }
      blocks.add(new Block(order, four));
    }
    return new Series(like.id(), like.metric(), blocks, Optional.empty());
  }

  private static Fork slowed(Fork f, double factor) {
    double[] scores = Arrays.stream(f.scores()).map(s -> s * factor).toArray();
    return new Fork(scores, f.bytes(), f.register(), f.memory(), f.seconds());
  }

  /**
   * As the gate goes: look by look, until it is decided, and then the sentinels. The control A
   * against A is not there: here every run is one.
   */
  Comparison judged(Series series) {
    Looks looks = rules.schedule();
    Judge judge = new Judge(rules, seed);
    Series seen = series;
    for (int k = 0; k < looks.count(); k++) {
      int n = looks.blocks(k);
      if (n > series.blocks().size()) {
        break;
      }
      seen =
          new Series(series.id(), series.metric(), series.blocks().subList(0, n), Optional.empty());
      if (!Judge.isOpen(judge.compare(List.of(seen)).getFirst())) {
        break;
      }
    }
    return judge.judge(List.of(seen), List.of(), List.of()).comparisons().getFirst();
  }

  /** Counts. */
  private final class Tally {
    private final Condition condition;
    private final double percent;
    private final boolean real;
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<Rival, Integer> rivals = new EnumMap<>(Rival.class);
    private final Map<Rival, List<Double>> scores = new EnumMap<>(Rival.class);
    private final List<Double> gate = new ArrayList<>();
    private double blocks;

    Tally(Condition condition, double percent, boolean real) {
      this.condition = condition;
      this.percent = percent;
      this.real = real;
      for (Rival rival : Rival.values()) {
        rivals.put(rival, 0);
        scores.put(rival, new ArrayList<>());
      }
    }

    void add(Comparison c, Series series) {
      verdicts.merge(c.verdict(), 1, Integer::sum);
      blocks += c.blocks();
      boolean large = c.ratio().value() >= 1 + rules.leastEffect();
      gate.add(large ? -Math.log10(Math.max(1e-300, c.pSlower())) : 0);
      double[] a = iterations(series, Side.BASELINE);
      double[] b = iterations(series, Side.CANDIDATE);
      RandomStream random = RandomStream.root(seed).child("rivals").child(gate.size());
      for (Rival rival : Rival.values()) {
        double score = rival.score(a, b, random);
        scores.computeIfAbsent(rival, key -> new ArrayList<>()).add(score);
        if (score > rival.threshold()) {
          rivals.merge(rival, 1, Integer::sum);
        }
      }
    }

    Row row() {
      Map<Rival, double[]> arrays = new EnumMap<>(Rival.class);
      scores.forEach((rival, list) -> arrays.put(rival, array(list)));
      int runs = gate.size();
      return new Row(
          condition,
          percent,
          real,
          runs,
          verdicts,
          runs == 0 ? 0 : blocks / runs,
          rivals,
          new Scores(array(gate), arrays));
    }
  }

  /** Costs of the iterations of one side that the gate counts as steady, all in one pool. */
  private static double[] iterations(Series series, Side side) {
    List<Double> pool = new ArrayList<>();
    for (Block block : series.blocks()) {
      for (int i = 0; i < Order.FORKS; i++) {
        if (block.order().sides().get(i) == side) {
          double[] scores = block.forks().get(i).scores();
          int from = org.scorebound.regress.statistics.SteadyState.warmup(scores);
          for (double s : Arrays.copyOfRange(scores, from, scores.length)) {
            pool.add(series.metric().sign() > 0 ? s : 1 / s);
          }
        }
      }
    }
    return array(pool);
  }

  private static double[] array(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
