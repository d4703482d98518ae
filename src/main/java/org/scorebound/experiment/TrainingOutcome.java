package org.scorebound.experiment;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.random.RandomStream;

/** What was checked in the training runs of one data law. */
final class TrainingOutcome {

  /** At this level an interval of a control that holds 0 says that there is no trend. */
  static final double CONTROL_LEVEL = 0.99;

  private final TrainingRuns runs;
  private final Columns first;

  /** The outcome of some runs. */
  TrainingOutcome(TrainingRuns runs) {
    this.runs = runs;
    this.first = runs.first;
  }

  /** What a reader must know of the numbers. */
  static List<String> notes() {
    return List.of(
        "q_T = N(0, I) and B(T) = 8.505 unless a setting says otherwise; sampler of the empirical W2:"
            + " DDPM's ancestral one, one step for each step of the network",
        "empirical W2 is exact for its two clouds of fresh points, and as an estimate of the laws'"
            + " distance biased up; the floor is what it gives for a perfect sampler",
        "the bound is the theorem's for the reverse SDE in continuous time with beta and the score"
            + " constant in each step; W2 of that law is bracketed by simulation (synchronous"
            + " coupling above, moments below, statistical at 1e-6) at the certified checkpoints",
        "certified L_s is never below L_s, sampled L_s never above: a bound with sampled L_s is a"
            + " lower estimate of the bound, and no bound",
        "m is a mean over a fixed batch, so every bound here is an estimate in its integral",
        "the denoising form holds on [T/1000, T] and bounds W2(p_tmin, q_tmin); W2(p_0, p_tmin) and"
            + " W2(q_tmin, q_0) are to be added, and are in the table of certified checkpoints",
        "loss = mean of lambda |s + eps/sigma|^2 over steps, summed over coordinates");
  }

  /** Statements that were checked. */
  Map<String, Object> document() {
    Map<String, Object> json = new LinkedHashMap<>();
    List<String> why =
        runs.all.stream().map(r -> r.word("diverged")).filter(w -> !w.isEmpty()).toList();
    json.put("status", why.isEmpty() ? "finished" : "diverged");
    if (!why.isEmpty()) {
      json.put("why", why);
    }
    json.put("evaluations", (int) Arrays.stream(first.get("eval.w2")).filter(w -> w > 0).count());
    int ascent = runs.setting.ascentEpochs() * runs.setting.batches();
    double[] steps = first.get("at.step");
    double[] loss = first.get("at.loss");
    double before = loss[0];
    double peak = before;
    for (int c = 0; c < loss.length && steps[c] <= ascent; c++) {
      peak = Math.max(peak, loss[c]);
    }
    if (Double.isFinite(before + peak)) {
      json.put("lossAtStart", before);
      json.put("largestLossInAscent", peak);
      json.put("ascentRaisesTheLoss", peak > before);
    }
    Map<String, Object> rank = new LinkedHashMap<>();
    put(
        rank,
        "lossAgainstW2",
        runs.sample(r -> TrainingRuns.trend(r, "at.loss", "at.w2").spearman()));
    RandomStream shuffles = runs.random.child("shuffles");
    Sample control =
        runs.sample(r -> TrainingRuns.trend(r, "at.loss", "at.w2").shuffled(shuffles).spearman());
    put(rank, "lossAgainstW2Shuffled", control);
    put(
        rank,
        "lossAgainstBound",
        runs.sample(r -> TrainingRuns.trend(r, "at.loss", "at.logTheorem").spearman()));
    if (control.size() >= 2) {
      rank.put("controlShowsNoTrend", control.interval(CONTROL_LEVEL).contains(0));
    }
    json.put("rankCorrelation", rank);
    json.put("certifiedBoundsHold", certifiedBoundsHold());
    Trend term = runs.fixedTerm(first);
    if (Double.isFinite(term.slope())) {
      json.put("slopeOfMatchingTermAtFixedI", term.slope());
      json.put("largestResidualAtFixedI", term.largestResidual());
    }
    return json;
  }

  /** Whether no lower end of the continuous-time W2 is above the theorem with certified L_s. */
  private boolean certifiedBoundsHold() {
    double[] lower = first.get("cert.w2Lower");
    double[] bound = first.get("cert.logTheorem");
    boolean holds = true;
    for (int i = 0; i < lower.length; i++) {
      holds &= !(Math.log(lower[i]) > bound[i]);
    }
    return holds;
  }

  /** The mean over seeds and, for two or more, its interval. */
  private static void put(Map<String, Object> json, String name, Sample sample) {
    if (sample.size() == 1) {
      json.put(name, sample.mean());
    } else if (sample.size() > 1) {
      json.put(name, sample.interval(TrainingRuns.LEVEL));
    }
  }
}
