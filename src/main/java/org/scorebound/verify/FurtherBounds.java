package org.scorebound.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.scorebound.bound.KlFormula;
import org.scorebound.bound.LogEstimate;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.ModelProfile.End;
import org.scorebound.bound.Profile;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.lipschitz.ScoreSpectrum;
import org.scorebound.result.Evidence;
import org.scorebound.result.Rows;
import org.scorebound.result.Table;
import org.scorebound.sde.StartLaw;

/** Every {@link FurtherBound} on evaluated configurations, in one table. */
public final class FurtherBounds {

  /** Searches on the line stop at this gap; the certified ends are used. */
  private static final double GAP = 1e-6;

  private FurtherBounds() {}

  /**
   * One bound on one configuration.
   *
   * @param bound its name
   * @param quantity what it bounds
   * @param value the bound, where it applies
   * @param verdict on the bounded quantity
   * @param reason why it does not apply or is undecided
   */
  public record Row(
      String bound, String quantity, Optional<LogEstimate> value, Verdict verdict, String reason) {}

  /** The rows of one configuration. */
  public static List<Row> of(Outcome outcome) {
    Case c = new Case(outcome);
    List<Row> rows = new ArrayList<>();
    for (FurtherBound bound : FurtherBound.all()) {
      FurtherBound.Value value = bound.evaluate(c);
      BoundCheck check =
          value
              .value()
              .map(v -> BoundCheck.compare(bound.name(), bound.left(c), v))
              .orElseGet(() -> BoundCheck.notApplicable(bound.name(), value.reason()));
      rows.add(
          new Row(bound.name(), bound.quantity(), value.value(), check.verdict(), check.reason()));
    }
    return rows;
  }

  /** As objects of the result document. */
  public static List<Map<String, @Nullable Object>> document(List<Row> rows) {
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (Row row : rows) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("bound", row.bound());
      json.put("quantity", row.quantity());
      json.put("value", row.value().map(OutcomeDocument::estimate).orElse(null));
      json.put("verdict", row.verdict());
      json.put("reason", row.reason());
      list.add(json);
    }
    return list;
  }

  /** What each bound states, assumes and comes from. */
  public static Table statements() {
    return Rows.of(FurtherBound.all())
        .text("bound", FurtherBound::name)
        .text("statement", FurtherBound::statement)
        .text("assumptions", FurtherBound::assumptions)
        .text("source", FurtherBound::source)
        .table(
            "further-bounds",
            "What the further bounds state",
            "only statements whose constants are explicit");
  }

  /** One configuration with what several bounds read. */
  static final class Case {
    private final Outcome outcome;
    private final Configuration configuration;
    private final ModelProfile profile;
    private final ScoreLipschitz lipschitz;

    Case(Outcome outcome) {
      this.outcome = outcome;
      this.configuration = outcome.configuration();
      Kernels kernels = Kernels.of(BackEnd.VECTOR);
      this.profile =
          new ModelProfile(
              configuration.score(), configuration.family(), ModelProfile.QUICK, kernels);
      this.lipschitz = new ScoreLipschitz(configuration.score(), GAP, kernels);
    }

    Outcome outcome() {
      return outcome;
    }

    Configuration configuration() {
      return configuration;
    }

    /** Whether L_s is finite at all times. */
    boolean finite() {
      return lipschitz.isFinite();
    }

    /** The profile with the upper end of m and certified L_s. */
    Profile upper() {
      return profile.at(End.UPPER);
    }

    /** How m and L_s are known. */
    Evidence evidence() {
      return profile.kind(GAP).and(Evidence.CERTIFIED);
    }

    /** The same with the two-sided constant for L_s. */
    Profile twoSided() {
      Profile upper = upper();
      return upper.withPoints(
          t -> upper.at(t).withLs(ScoreSpectrum.of(configuration.score(), t, lipschitz).norm()),
          upper.resolution());
    }

    /** An upper bound with the quadrature's error on both sides. */
    LogEstimate bound(double logValue, double relativeError) {
      return Bracketed.exact(logValue, relativeError, evidence());
    }

    /** The covariance of q_T where that is a Gaussian; else null. */
    double @Nullable [][] startCovariance() {
      GaussianMixture law = startLaw();
      return law.isGaussian() ? law.componentCovariance(0) : null;
    }

    private GaussianMixture end() {
      return configuration.score().process().marginal(configuration.sampler().horizon());
    }

    private GaussianMixture startLaw() {
      return configuration.start().law(end());
    }

    /**
     * {@code log} of Girsanov's bound on {@code KL(p_0||q_0)}, with {@code KL(p_T||q_T)} in closed
     * form for Gaussians and by convexity, {@code <= sum w_i KL(N_i||q_T)}, for mixtures; NaN where
     * q_T is a moved mixture.
     */
    KlFormula.Evaluated pathKl() {
      double start = startKl();
      return Double.isNaN(start)
          ? new KlFormula.Evaluated(Double.NaN, 0)
          : KlFormula.pathBound(upper(), start);
    }

    private double startKl() {
      GaussianMixture p = end();
      if (configuration.start() instanceof StartLaw.Marginal) {
        return 0;
      }
      GaussianMixture q = startLaw();
      if (!q.isGaussian()) {
        return Double.NaN;
      }
      double sum = 0;
      for (int i = 0; i < p.size(); i++) {
        double[] gap = new double[p.dimension()];
        for (int j = 0; j < gap.length; j++) {
          gap[j] = p.componentMean(i)[j] - q.componentMean(0)[j];
        }
        sum +=
            p.weight(i)
                * KlFormula.gaussian(gap, p.componentCovariance(i), q.componentCovariance(0));
      }
      return Math.max(0, sum);
    }
  }
}
