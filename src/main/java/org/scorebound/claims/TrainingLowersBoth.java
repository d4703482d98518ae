package org.scorebound.claims;

import java.util.ArrayList;
import java.util.List;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.Profile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.claims.Finding.Relation;
import org.scorebound.experiment.Sample;
import org.scorebound.experiment.TrainingCurve;
import org.scorebound.experiment.Trend;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.Series;
import org.scorebound.sde.MomentFlow;
import org.scorebound.verify.Campaign;
import org.scorebound.verify.Configuration;

/**
 * Row 16: training lowers loss and W2 together; at fixed I the score-matching term has slope
 * exactly 1/2 in the loss, W2 itself need not.
 */
record TrainingLowersBoth() implements Claim {

  private static final int EPOCHS = 24;

  /** A rank correlation that no shuffled run comes near. */
  private static final double CLEAR = 0.5;

  private static final double ROUNDING = 1e-7;

  private static final double LEVEL = 0.95;

  private static final String PAIRED = "paired over seeds, 95 % interval";

  @Override
  public int row() {
    return 16;
  }

  @Override
  public String name() {
    return "training-lowers-both";
  }

  @Override
  public String statement() {
    return "W2 falls with the loss during training; at fixed I the score-matching term is"
        + " proportional to the root of the loss, so the bound's log-log slope is at most 1/2, while"
        + " W2's own slope is not bounded by the theorem";
  }

  @Override
  public String source() {
    return "slides, 'Introduction' and 'Experiment'; paper, section 4";
  }

  @Override
  public Wording wording() {
    return Wording.IMPRECISE;
  }

  @Override
  public String onTheSource() {
    return "the trend is right; the published bound line is that of the last network's I for all"
        + " epochs, so its slope 1/2 is a theorem about the formula, not an observation";
  }

  @Override
  public Examination examine(Inquiry inquiry) {
    var evidence = new Examination.Builder();
    slopes(evidence);
    int n = inquiry.trainings();
    Runs runs = new Runs(new double[n], new double[n], new double[n], new double[n]);
    List<Series> series = new ArrayList<>();
    List<TrainingCurve> curves =
        Campaign.parallel(
            n,
            inquiry.threads(),
            inquiry.progress(),
            "trainings",
            i -> TrainingCurve.of(inquiry.seed(), i, EPOCHS, inquiry.kernels()));
    for (int i = 0; i < n; i++) {
      TrainingCurve curve = curves.get(i);
      runs.put(i, curve, inquiry.stream(this).child(i));
      series.add(Series.points("training " + i, curve.loss(), curve.w2()));
    }
    evidence.figure(
        Figure.xy(
            "training-loss-w2",
            "W2 falls with the loss",
            "denoising loss with the training's weight on fixed samples, and exact W2 of 128 points"
                + " against 128, an estimate biased up; one point an epoch, from the end of the ascent",
            Quantity.log("loss", ""),
            Quantity.log("W2", ""),
            series));
    judge(evidence, runs, n);
    return evidence.build();
  }

  /** What the runs say together; a run that came to no number is a failure, not left out. */
  static void judge(Examination.Builder evidence, Runs runs, int n) {
    String of = " over " + n + " trainings";
    evidence.finding(
        "trainings whose loss and W2 are numbers at every epoch",
        runs.finite(),
        "counted",
        Relation.EQUAL,
        n,
        "all that were asked for",
        0);
    Estimate correlation = new Sample(runs.correlation()).interval(LEVEL);
    evidence.finding(
        "mean rank correlation of loss and W2 over the epochs" + of,
        correlation,
        PAIRED,
        Relation.AT_LEAST,
        Estimate.exact(CLEAR, 0),
        "clearly positive",
        0);
    evidence.finding(
        "mean of ln W2 at the end minus after the ascent" + of,
        new Sample(runs.w2()).interval(LEVEL),
        PAIRED,
        Relation.AT_MOST,
        Estimate.exact(0, 0),
        "W2 has fallen",
        0);
    evidence.finding(
        "mean of ln loss at the end minus after the ascent" + of,
        new Sample(runs.loss()).interval(LEVEL),
        PAIRED,
        Relation.AT_MOST,
        Estimate.exact(0, 0),
        "the loss has fallen",
        0);
    evidence.control(
        "shuffled epochs",
        "0.5 minus the mean rank correlation of loss and W2",
        n + " trainings",
        1e-3,
        () -> CLEAR - correlation.value(),
        () -> CLEAR - new Sample(runs.shuffled()).mean());
  }

  /**
   * One number per training.
   *
   * @param correlation rank correlation of loss and W2 over the epochs
   * @param shuffled the same with the epochs of W2 shuffled
   * @param w2 change of ln W2
   * @param loss change of ln loss
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Runs(double[] correlation, double[] shuffled, double[] w2, double[] loss) {

    void put(int i, TrainingCurve curve, RandomStream random) {
      Trend trend = Trend.of(curve.loss(), curve.w2());
      int last = curve.w2().length - 1;
      // A pair that is no number is left out of the trend; then so is the run, as a failure.
      boolean whole = trend.size() == last + 1;
      correlation[i] = whole ? trend.spearman() : Double.NaN;
      shuffled[i] = trend.shuffled(random).spearman();
      w2[i] = Math.log(curve.w2()[last] / curve.w2()[0]);
      loss[i] = Math.log(curve.loss()[last] / curve.loss()[0]);
    }

    /** How many have numbers. */
    int finite() {
      int n = 0;
      for (int i = 0; i < w2.length; i++) {
        n += Double.isFinite(correlation[i] + w2[i] + loss[i]) ? 1 : 0;
      }
      return n;
    }
  }

  /** What the formulas say about slopes, on Gaussian data. */
  private static void slopes(Examination.Builder evidence) {
    Configuration drift = drift();
    evidence.finding(
        "log-log slope of the score-matching term in the loss, fixed I",
        slope(drift, 0),
        "the theorem's quadrature, m times 4",
        Relation.EQUAL,
        0.5,
        "it is proportional to the root",
        ROUNDING);
    evidence.finding(
        "the same of the whole bound, with an offset",
        slope(drift, 0.3),
        "the theorem's quadrature, m times 4",
        Relation.AT_MOST,
        0.5,
        "the offset does not depend on the loss",
        0);
    double balanced = balanced();
    double w2 = Math.log(scaled(0.02, balanced) / scaled(0.01, balanced)) / Math.log(4);
    evidence.finding(
        "log-log slope of W2 in the loss, slope errors that cancel to first order",
        w2,
        "moment equations at error .01 and .02",
        Relation.EQUAL,
        1,
        "W2 is of second order in the error",
        0.05);
  }

  private static Configuration drift() {
    return Documents.configuration(
        "constant error",
        Documents.gaussian(new double[] {0.4}, new double[][] {{0.5}}),
        Documents.linear("vp", 0.1, 6),
        1,
        Documents.exactPlus(0.2),
        Documents.marginal());
  }

  private static double slope(Configuration c, double start) {
    Profile profile = new ModelProfile(c.score(), c.family()).at(ModelProfile.End.VALUE);
    double one = TheoremFormula.theorem().evaluate(profile, start).logBound();
    double four =
        TheoremFormula.theorem()
            .evaluate(profile.swapped(p -> p.withM(4 * p.m())), start)
            .logBound();
    return (four - one) / Math.log(4);
  }

  /** {@code W2} with the slope of the score times {@code 1 + error c(t)}, c linear from -1 to b. */
  private static double scaled(double error, double b) {
    return new MomentFlow(slopeError(error, b).sampler()).distance(0).value();
  }

  private static Configuration slopeError(double error, double b) {
    return Documents.configuration(
        "slope error",
        Documents.gaussian(new double[] {0}, new double[][] {{0.5}}),
        Documents.linear("vp", 0.1, 6),
        1,
        Documents.of(
            "type",
            "linear-error",
            "scale",
            1 + error,
            "profile",
            Documents.of("type", "linear", "from", -1.0, "to", b)),
        Documents.marginal());
  }

  /** The b at which the variance of q_0 does not change to first order, by bisection. */
  private static double balanced() {
    double low = 0;
    double high = 1e4;
    for (int i = 0; i < 60; i++) {
      double middle = 0.5 * (low + high);
      if (firstOrder(middle) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }

  /** The change of the variance by a small error, symmetric so that the second order drops out. */
  private static double firstOrder(double b) {
    double e = 1e-5;
    return new MomentFlow(slopeError(e, b).sampler()).at(0).covarianceDifference()[0][0]
        - new MomentFlow(slopeError(-e, b).sampler()).at(0).covarianceDifference()[0][0];
  }
}
