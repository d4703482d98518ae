package org.scorebound.experiment;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.ModelProfile.End;
import org.scorebound.bound.Profile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.linalg.Matrices;
import org.scorebound.lipschitz.OneSidedConstant;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.result.Estimate;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.score.ExactScore;
import org.scorebound.score.ScoreModel;
import org.scorebound.sde.StartLaw;

/**
 * {@code L_s(t)} of a network of the user's, and the offset {@code I(t) W2(p_t, N(0, I))} and the
 * theorem's bound of the reverse SDE that starts from {@code N(0, I)} at time t, for ten t up to
 * the network's horizon; beside it the exact score of the same data. A longer horizon means a
 * smaller {@code W2(p_t, N(0, I))}, and a smaller offset where {@code L + k L_s} is negative.
 */
final class GivenHorizonExperiment implements Experiment {

  private static final int STARTS = 10;
  private static final int CURVE = 40;
  private static final String NETWORK = "given network";
  private static final String EXACT = "exact score";
  private static final ReverseFamily SDE = new ReverseFamily(1);

  private final GivenNetwork given;

  GivenHorizonExperiment(GivenNetwork given) {
    this.given = given;
  }

  @Override
  public List<Task> tasks() {
    ForwardProcess process = given.score().process();
    return List.of(new Curves(NETWORK, given.score()), new Curves(EXACT, new ExactScore(process)));
  }

  private double[] times(int n) {
    double horizon = given.score().process().diffusion().horizon();
    double[] times = new double[n];
    Arrays.setAll(times, i -> horizon * (i + 1) / n);
    return times;
  }

  /** One score at all times. */
  private final class Curves implements Task {
    private final String key;
    private final ScoreModel score;

    Curves(String key, ScoreModel score) {
      this.key = key;
      this.score = score;
    }

    @Override
    public String key() {
      return key;
    }

    @Override
    public long effort() {
      return 1000;
    }

    @Override
    public Columns run(Work work) {
      ModelProfile profile = new ModelProfile(score, SDE, ModelProfile.QUICK, work.kernels());
      ScoreLipschitz lipschitz = profile.lipschitz();
      Columns columns = new Columns();
      if (!lipschitz.isFinite()) {
        return columns;
      }
      OneSidedConstant[] ls =
          Arrays.stream(times(CURVE)).mapToObj(lipschitz::at).toArray(OneSidedConstant[]::new);
      columns.put("sampled", Arrays.stream(ls).mapToDouble(OneSidedConstant::sampled).toArray());
      columns.put(
          "certified", Arrays.stream(ls).mapToDouble(OneSidedConstant::certified).toArray());
      double[] starts = times(STARTS);
      double[] distance = new double[STARTS];
      double[][] offset = new double[2][STARTS];
      double[][] bound = new double[2][STARTS];
      int d = score.dimension();
      StartLaw normal = new StartLaw.Gaussian(new double[d], Matrices.identity(d));
      Profile[] ends = {profile.at(End.LOWER), profile.at(End.UPPER)};
      for (int i = 0; i < STARTS; i++) {
        Estimate w2 = normal.distance(score.process().marginal(starts[i]));
        distance[i] = w2.value();
        for (int e = 0; e < 2; e++) {
          TheoremFormula.Evaluated v =
              TheoremFormula.theorem()
                  .evaluate(ends[e], e == 0 ? w2.lower() : w2.upper(), 0, starts[i]);
          offset[e][i] = v.logOffset();
          bound[e][i] = v.logBound();
        }
      }
      return columns
          .put("start", distance)
          .put("offset.lower", offset[0])
          .put("offset.upper", offset[1])
          .put("bound.lower", bound[0])
          .put("bound.upper", bound[1]);
    }
  }

  @Override
  public Map<String, Object> setting() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("given", given.document());
    json.put("starts", times(STARTS));
    json.put("churn", SDE.churn());
    return json;
  }

  @Override
  public Findings findings(Results results) {
    Sheet sheet =
        new Sheet(
                "horizon-given",
                "Offset and bound against the time at which the sampler starts",
                "ln I(t) W2(p_t, N(0, I)) and ln bound of the reverse SDE from N(0, I) at t. Upper:"
                    + " certified L_s and upper ends; lower: sampled L_s and lower ends.")
            .words("score")
            .numbers(
                "t",
                "W2(p_t, N(0, I))",
                "ln offset, lower",
                "ln offset, upper",
                "ln bound, lower",
                "ln bound, upper");
    double[] starts = times(STARTS);
    Chart constants =
        new Chart(
            "horizon-given-ls",
            "L_s(t) against t",
            "Over all of R^d, from a point that attains it to what is certified; the limit of the"
                + " exact score is -1 in a variance-preserving process.",
            Quantity.linear("t", ""),
            Quantity.linear("L_s", ""));
    Chart offsets =
        new Chart(
            "horizon-given-offset",
            "Offset I(t) W2(p_t, N(0, I)) against the start",
            "Upper ends. It falls where L_s is small enough for I to fall.",
            Quantity.linear("t", ""),
            Quantity.linear("ln offset", ""));
    Map<String, Object> outcome = new LinkedHashMap<>();
    for (String score : List.of(NETWORK, EXACT)) {
      Columns c = results.get(score);
      if (!c.has("start")) {
        outcome.put(score, "L_s is not known to be finite");
        continue;
      }
      constants.line(score + ", certified", times(CURVE), c.get("certified"));
      constants.line(score + ", sampled", times(CURVE), c.get("sampled"));
      offsets.line(score, starts, c.get("offset.upper"));
      int best = 0;
      for (int i = 0; i < STARTS; i++) {
        best = c.get("bound.upper")[i] < c.get("bound.upper")[best] ? i : best;
        sheet.row(
            score,
            starts[i],
            c.get("start")[i],
            c.get("offset.lower")[i],
            c.get("offset.upper")[i],
            c.get("bound.lower")[i],
            c.get("bound.upper")[i]);
      }
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("startOfSmallestBound", starts[best]);
      json.put("certifiedLsAtHorizon", c.last("certified"));
      json.put("offsetFalls", c.last("offset.upper") < c.get("offset.upper")[STARTS - 2]);
      outcome.put(score, json);
    }
    List<Figure> figures = List.of(constants.build(), offsets.build());
    return new Findings(
        outcome,
        List.of("the network is " + given.file() + ", its constants as in verify"),
        figures,
        List.of(sheet.build()));
  }
}
