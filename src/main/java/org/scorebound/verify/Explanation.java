package org.scorebound.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.ModelProfile.End;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.sde.CoupledDistance;
import org.scorebound.sde.MomentFlow;
import org.scorebound.sde.QuantileFlow;
import org.scorebound.sde.Sampler;
import org.scorebound.sde.UnresolvedException;

/**
 * Where a configuration's bound loses: the slack {@code bound - W2} in four parts, and the bound of
 * the other members of the reverse family. {@link SlackSplit} says how.
 *
 * @param name the configuration
 * @param w2 W2, as in the outcome
 * @param rms {@code R(0)}, root mean square of the coupled paths
 * @param bound the theorem's bound, certified L_s; infinite beyond every double
 * @param logBound its logarithm
 * @param coupling {@code R(0) - W2}
 * @param vector {@code V(b2) - V(b1)}
 * @param expectation {@code V(b3) - V(b2)}
 * @param oneSided {@code bound - V(b3)}
 * @param closure {@code (bound - W2)} minus the four parts
 * @param statedError what the closure is below: the trapezoidal rule's change from every second
 *     point of the grid to every point
 * @param curves what the paths met
 * @param rate {@code L + k L_s} at the same times
 * @param members other members of the family
 * @param best the member with the least bound
 */
@SuppressWarnings("ArrayRecordComponent")
public record Explanation(
    String name,
    Estimate w2,
    double rms,
    double bound,
    double logBound,
    Estimate coupling,
    Estimate vector,
    Estimate expectation,
    Estimate oneSided,
    double closure,
    double statedError,
    Curve curves,
    double[] rate,
    List<Member> members,
    Member best) {

  /**
   * More steps than a distance takes, since the trapezoidal rule is less accurate than its scheme.
   */
  private static final int STEP_FACTOR = 4;

  /** Paths for each of the distance's: slacks are differences. */
  private static final int PATH_FACTOR = 4;

  /** Half-width of the slacks' intervals in jackknife standard errors with 9 degrees of freedom. */
  private static final double STUDENT_99 = 3.25;

  private static final double CHURN_STEP = 0.25;
  private static final double LARGEST_CHURN = 2.5;
  private static final int DOUBLINGS = 5;
  private static final int REFINEMENTS = 14;

  /**
   * Curves over time, from T to 0.
   *
   * @param times t
   * @param rms R
   * @param realisedRate a
   * @param aligned b1
   * @param lengths b2
   * @param loss b3
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Curve(
      double[] times,
      double[] rms,
      double[] realisedRate,
      double[] aligned,
      double[] lengths,
      double[] loss) {}

  /**
   * A member of the reverse family: its bound is on its own sampler's W2.
   *
   * @param churn {@code sigma = churn g}
   * @param logBound logarithm of the bound, certified L_s
   * @param logI {@code log I(T)}
   * @param w2 W2 of that member where it has a closed form
   */
  public record Member(double churn, double logBound, double logI, Optional<Double> w2) {}

  /**
   * Explains a configuration whose bound is finite; empty where the bound is infinite or paths ran
   * away.
   *
   * @param outcome its evaluation
   * @param paths simulated paths of the distance, at least 100; some times as many are taken
   * @param random a stream of its own
   */
  public static Optional<Explanation> of(
      Outcome outcome, int paths, RandomStream random, Kernels kernels) {
    if (outcome.theorem().right().isEmpty()) {
      return Optional.empty();
    }
    Configuration c = outcome.configuration();
    Sampler sampler = c.sampler();
    ModelProfile profile = new ModelProfile(c.score(), c.family(), ModelProfile.QUICK, kernels);
    SlackSplit split = new SlackSplit();
    new CoupledDistance(sampler, kernels).observed(PATH_FACTOR * paths, random, STEP_FACTOR, split);
    if (!split.isFinite()) {
      return Optional.empty();
    }
    DoubleUnaryOperator rootLoss = t -> Math.sqrt(profile.errorAt(t).value());
    SlackSplit.Curves all = split.curves(rootLoss, -1);
    double logBound = outcome.theorem().right().orElseThrow().logValue();
    double bound = Math.exp(logBound);
    Parts parts = Parts.of(all, bound, outcome.w2());
    List<Parts> without = new ArrayList<>();
    for (int g = 0; g < SlackSplit.GROUPS; g++) {
      without.add(Parts.of(split.curves(rootLoss, g), bound, outcome.w2()));
    }
    double[] rate = new double[all.times().length];
    for (int j = 0; j < rate.length; j++) {
      rate[j] =
          TheoremFormula.theorem().rate().applyAsDouble(profile.at(End.VALUE).at(all.times()[j]));
    }
    double last = all.rms()[all.rms().length - 1];
    double error =
        Math.abs(all.solve(all.first(), 1) - all.solve(all.first(), 2))
            + Math.abs(all.solve(all.third(), 1) - all.solve(all.third(), 2));
    List<Member> members = members(profile, c, outcome);
    return Optional.of(
        new Explanation(
            c.name(),
            outcome.w2(),
            last,
            bound,
            logBound,
            coupling(parts, without, outcome.w2()),
            jackknife(parts, without, Parts::vector),
            jackknife(parts, without, Parts::expectation),
            jackknife(parts, without, Parts::oneSided),
            all.solve(all.first(), 1) - last,
            error,
            new Curve(all.times(), all.rms(), all.rate(), all.first(), all.second(), all.third()),
            rate,
            members,
            best(profile, c, outcome, members)));
  }

  /** The four slacks of one set of paths. */
  private record Parts(double coupling, double vector, double expectation, double oneSided) {

    static Parts of(SlackSplit.Curves c, double bound, Estimate w2) {
      double v1 = c.solve(c.first(), 1);
      double v2 = c.solve(c.second(), 1);
      double v3 = c.solve(c.third(), 1);
      return new Parts(c.rms()[c.rms().length - 1] - w2.value(), v2 - v1, v3 - v2, bound - v3);
    }
  }

  /** With a W2 that is known as an interval only, the slack is as well. */
  private static Estimate coupling(Parts parts, List<Parts> without, Estimate w2) {
    Estimate own = jackknife(parts, without, Parts::coupling);
    double value = own.value();
    double lower = own.lower() + w2.value() - w2.upper();
    double upper = own.upper() + w2.value() - w2.lower();
    return Estimate.of(
        value,
        Math.min(value, w2.kind() == Evidence.EXACT ? lower : Math.max(0, lower)),
        Math.max(value, upper),
        own.kind());
  }

  private static Estimate jackknife(
      Parts parts, List<Parts> without, ToDoubleFunction<Parts> part) {
    double value = part.applyAsDouble(parts);
    double mean = without.stream().mapToDouble(part).average().orElse(value);
    double squares = 0;
    for (Parts p : without) {
      double e = part.applyAsDouble(p) - mean;
      squares += e * e;
    }
    int g = without.size();
    double radius = STUDENT_99 * Math.sqrt((g - 1.0) / g * squares);
    if (!Double.isFinite(value)) {
      return Estimate.of(Double.MAX_VALUE, 0, Double.POSITIVE_INFINITY, Evidence.ESTIMATED);
    }
    return Estimate.of(value, value - radius, value + radius, Evidence.STATISTICAL);
  }

  private static List<Member> members(ModelProfile profile, Configuration c, Outcome outcome) {
    List<Member> all = new ArrayList<>();
    for (int i = 0; i * CHURN_STEP <= LARGEST_CHURN; i++) {
      all.add(known(c, member(profile, outcome, i * CHURN_STEP)));
    }
    // Noise contracts; where it does to the end of the grid, go on for some doublings.
    for (int i = 0; i < DOUBLINGS; i++) {
      Member last = all.getLast();
      if (last.logBound() >= all.get(all.size() - 2).logBound()) {
        break;
      }
      all.add(known(c, member(profile, outcome, 2 * last.churn())));
    }
    return all;
  }

  private static Member member(ModelProfile profile, Outcome outcome, double churn) {
    ReverseFamily family = new ReverseFamily(churn);
    TheoremFormula.Evaluated e =
        TheoremFormula.theorem()
            .evaluate(profile.with(family).at(End.VALUE), outcome.w2Start().value());
    return new Member(churn, e.logBound(), e.logI(), Optional.empty());
  }

  /** The same with its W2 where that has a closed form. */
  private static Member known(Configuration c, Member m) {
    Sampler sampler = new Sampler(c.score(), new ReverseFamily(m.churn()), c.start());
    Optional<Double> w2 = Optional.empty();
    try {
      if (MomentFlow.applies(sampler)) {
        w2 = Optional.of(new MomentFlow(sampler).distance(0).value());
      } else if (QuantileFlow.applies(sampler)) {
        w2 = Optional.of(new QuantileFlow(sampler).distance(0).value());
      }
    } catch (UnresolvedException tooStiff) {
      w2 = Optional.empty();
    }
    return new Member(m.churn(), m.logBound(), m.logI(), w2);
  }

  /**
   * Whether the least bound found is at the end of the churns tried, so that more may be better.
   */
  public boolean bestIsLargest() {
    return best.churn() > 0.99 * members.getLast().churn();
  }

  /** Golden-section search about the best member of the grid. */
  private static Member best(
      ModelProfile profile, Configuration c, Outcome outcome, List<Member> members) {
    int at = 0;
    for (int i = 1; i < members.size(); i++) {
      at = members.get(i).logBound() < members.get(at).logBound() ? i : at;
    }
    Member best = members.get(at);
    double lo = members.get(Math.max(0, at - 1)).churn();
    double hi = members.get(Math.min(members.size() - 1, at + 1)).churn();
    double share = 0.5 * (Math.sqrt(5) - 1);
    for (int i = 0; i < REFINEMENTS; i++) {
      double a = hi - share * (hi - lo);
      double b = lo + share * (hi - lo);
      Member left = member(profile, outcome, a);
      Member right = member(profile, outcome, b);
      Member better = left.logBound() <= right.logBound() ? left : right;
      best = better.logBound() < best.logBound() ? better : best;
      if (left.logBound() <= right.logBound()) {
        hi = b;
      } else {
        lo = a;
      }
    }
    return known(c, best);
  }
}
