package org.scorebound.bound;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.scorebound.diffusion.Diffusion;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.lipschitz.OneSidedConstant;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.score.FisherInformation;
import org.scorebound.score.ScoreError;
import org.scorebound.score.ScoreModel;

/**
 * The profile of a score model in a reverse family. Every value at a time is computed once and
 * kept, so that all bounds read the same numbers. For one thread.
 */
public final class ModelProfile {

  /** Which end of the brackets a profile reads. */
  public enum End {
    /** Sampled L_s and the lower end of m. */
    LOWER,
    /** Certified L_s and the best value of m. */
    VALUE,
    /** Certified L_s and the upper end of m. */
    UPPER
  }

  /** Where the denoising corollary's t_min lies, as a share of T; a cut of every integral. */
  public static final double T_MIN_SHARE = 1e-3;

  /** Accuracy for closed forms, and for all else where the user waits for one configuration. */
  public static final double PRECISE = 1e-10;

  /** Accuracy for L_s with kinks in campaigns of many configurations. */
  public static final double QUICK = 1e-6;

  /** Sampled L_s is the largest of many branches, with a kink at every change between them. */
  private static final double SAMPLED_TOLERANCE = 1e-4;

  /**
   * A sampled m has an interval of some per cent, beside which this is little; its ends come from
   * the better of several inequalities, with a jump in time wherever another becomes the better.
   */
  private static final double MEAN_TOLERANCE = 1e-3;

  private record Raw(OneSidedConstant ls, Estimate m) {}

  private final double tolerance;
  private final ScoreModel model;
  private final Kernels kernels;
  private final ReverseFamily family;
  private final ScoreLipschitz lipschitz;
  private final double[] breakpoints;
  private final Map<Double, Raw> raw;
  private final Map<Double, Estimate> gaps;

  /** A profile of a model with finite L_s, to be integrated precisely. */
  public ModelProfile(ScoreModel model, ReverseFamily family) {
    this(model, family, PRECISE, Kernels.of(BackEnd.VECTOR));
  }

  /**
   * A profile.
   *
   * @param model a model with finite L_s
   * @param family the reverse family
   * @param tolerance relative accuracy of integrals where L_s is no closed form
   * @param kernels what samples are evaluated on
   */
  public ModelProfile(ScoreModel model, ReverseFamily family, double tolerance, Kernels kernels) {
    this.raw = new HashMap<>();
    this.gaps = new HashMap<>();
    this.kernels = kernels;
    this.tolerance = tolerance;
    this.model = model;
    this.family = family;
    this.lipschitz =
        new ScoreLipschitz(model, Math.max(ScoreLipschitz.FINE_GAP, 1e-3 * tolerance), kernels);
    TreeSet<Double> cuts = new TreeSet<>();
    cuts.add(T_MIN_SHARE * model.process().diffusion().horizon());
    for (double b : model.process().diffusion().breakpoints()) {
      cuts.add(b);
    }
    for (double b : model.breakpoints()) {
      cuts.add(b);
    }
    breakpoints = new double[cuts.size()];
    int i = 0;
    for (double b : cuts) {
      breakpoints[i++] = b;
    }
  }

  private ModelProfile(ModelProfile of, ReverseFamily family) {
    this.raw = of.raw;
    this.gaps = of.gaps;
    this.kernels = of.kernels;
    this.tolerance = of.tolerance;
    this.model = of.model;
    this.family = family;
    this.lipschitz = of.lipschitz;
    this.breakpoints = of.breakpoints;
  }

  /** The same model in another reverse family; L_s and m, which do not depend on it, are shared. */
  public ModelProfile with(ReverseFamily other) {
    return new ModelProfile(this, other);
  }

  private Raw raw(double t) {
    return raw.computeIfAbsent(
        t, x -> new Raw(lipschitz.at(x), ScoreError.secondMoment(model, x, kernels)));
  }

  /** The profile of L_s that this reads. */
  public ScoreLipschitz lipschitz() {
    return lipschitz;
  }

  /** {@code L_s(t)} as a bracket. */
  public OneSidedConstant lipschitzAt(double t) {
    return raw(t).ls();
  }

  /** {@code m(t)} with its interval. */
  public Estimate errorAt(double t) {
    return raw(t).m();
  }

  /** Whether, at all times read so far, the upper ends of m and C_t are their values. */
  public boolean upperIsValue() {
    return raw.values().stream().allMatch(r -> r.m().value() == r.m().upper())
        && gaps.values().stream().allMatch(g -> g.value() == g.upper());
  }

  /**
   * Whether, at all times read so far, the lower ends of m and C_t are their values and the
   * brackets of L_s are narrower than {@code negligible} in log I.
   */
  public boolean lowerIsValue(double negligible) {
    Diffusion diffusion = model.process().diffusion();
    return gaps.values().stream().allMatch(g -> g.value() == g.lower())
        && raw.entrySet().stream()
            .allMatch(
                e -> {
                  OneSidedConstant ls = e.getValue().ls();
                  double width =
                      family.k(diffusion.gSquared(e.getKey())) * (ls.certified() - ls.sampled());
                  Estimate m = e.getValue().m();
                  return m.value() == m.lower() && width * diffusion.horizon() < negligible;
                });
  }

  /** The weakest evidence among what was read so far. */
  public Evidence kind(double negligible) {
    Evidence kind = Evidence.EXACT;
    for (Raw r : raw.values()) {
      kind = kind.and(r.m().kind());
      double width = r.ls().certified() - r.ls().sampled();
      if (width > negligible * Math.max(1, Math.abs(r.ls().certified()))) {
        kind = kind.and(Evidence.CERTIFIED);
      }
    }
    for (Estimate g : gaps.values()) {
      kind = kind.and(g.kind());
    }
    return kind;
  }

  private Estimate gap(double t) {
    return gaps.computeIfAbsent(
        t,
        x -> {
          ForwardProcess process = model.process();
          double conditional =
              Matrices.trace(
                  Matrices.inverseSpd(process.diffusion().noiseCovariance(x, process.dimension())));
          Estimate fisher = FisherInformation.of(process.marginal(x));
          return Estimate.of(
              conditional - fisher.value(),
              conditional - fisher.upper(),
              conditional - fisher.lower(),
              fisher.kind());
        });
  }

  /** The relative accuracy of integrals where L_s is no closed form. */
  public double tolerance() {
    return tolerance;
  }

  /** The reverse family. */
  public ReverseFamily family() {
    return family;
  }

  /** The functions of time read at one end of the brackets. */
  public Profile at(End end) {
    Diffusion diffusion = model.process().diffusion();
    return new Profile() {
      @Override
      public TimePoint at(double t) {
        Raw r = raw(t);
        return coefficients(t)
            .withLs(end == End.LOWER ? r.ls().sampled() : r.ls().certified())
            .withM(pick(r.m(), end));
      }

      @Override
      public TimePoint coefficients(double t) {
        return TimePoint.coefficients(diffusion, family, t);
      }

      @Override
      public double denoisingGap(double t) {
        return Math.max(0, end == End.LOWER ? gap(t).lower() : gap(t).upper());
      }

      @Override
      public double tolerance() {
        if (errorAt(0).kind() == Evidence.STATISTICAL) {
          return Math.max(tolerance, MEAN_TOLERANCE);
        }
        return lipschitzAt(0).isExact()
            ? PRECISE
            : end == End.LOWER ? Math.max(tolerance, SAMPLED_TOLERANCE) : tolerance;
      }

      @Override
      public double horizon() {
        return diffusion.horizon();
      }

      @Override
      public double[] breakpoints() {
        return breakpoints.clone();
      }

      @Override
      public int resolution() {
        return lipschitz.resolution();
      }
    };
  }

  private static double pick(Estimate e, End end) {
    return switch (end) {
      case LOWER -> e.lower();
      case VALUE -> e.value();
      case UPPER -> e.upper();
    };
  }
}
