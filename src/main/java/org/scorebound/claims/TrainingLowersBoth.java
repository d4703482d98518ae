package org.scorebound.claims;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.Profile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.experiment.TrainingCurve;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.Series;
import org.scorebound.sde.MomentFlow;
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
    List<double[]> runs = new ArrayList<>();
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < inquiry.trainings(); i++) {
      inquiry.progress().report(i, inquiry.trainings(), "trainings");
      TrainingCurve curve = TrainingCurve.of(inquiry.seed(), i, EPOCHS, inquiry.kernels());
      runs.add(numbers(curve, inquiry.stream(this).child(i)));
      series.add(Series.points("training " + i, curve.loss(), curve.w2()));
    }
    evidence.figure(
        Figure.xy(
            "training-loss-w2",
            "W2 falls with the loss",
            "denoising loss J on fixed samples and exact W2 of 128 points against 128, an estimate"
                + " biased up; one point an epoch, from the end of the ascent",
            Quantity.log("J", ""),
            Quantity.log("W2", ""),
            series));
    String of = " over " + runs.size() + " trainings";
    evidence.atLeast(
        "mean rank correlation of loss and W2 over the epochs" + of,
        mean(runs, 0),
        "paired over seeds, 95 % interval",
        Estimate.exact(CLEAR, 0),
        "clearly positive",
        0);
    evidence.atMost(
        "mean of ln W2 at the end minus after the ascent" + of,
        mean(runs, 2),
        "paired over seeds, 95 % interval",
        Estimate.exact(0, 0),
        "W2 has fallen",
        0);
    evidence.atMost(
        "mean of ln loss at the end minus after the ascent" + of,
        mean(runs, 3),
        "paired over seeds, 95 % interval",
        Estimate.exact(0, 0),
        "the loss has fallen",
        0);
    return evidence
        .control(
            "shuffled epochs",
            "0.5 minus the mean rank correlation of loss and W2",
            runs.size() + " trainings",
            1e-3,
            () -> CLEAR - mean(runs, 0).value(),
            () -> CLEAR - mean(runs, 1).value())
        .build();
  }

  /** Mean of one number over the runs with a 95 % interval of Student's law. */
  private static Estimate mean(List<double[]> runs, int which) {
    double[] values = runs.stream().mapToDouble(r -> r[which]).toArray();
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double v : values) {
      squares += (v - mean) * (v - mean);
    }
    int freedom = values.length - 1;
    double t = new TDistribution(freedom).inverseCumulativeProbability(0.975);
    double radius = t * Math.sqrt(squares / freedom / values.length);
    return Estimate.of(mean, mean - radius, mean + radius, Evidence.STATISTICAL);
  }

  /**
   * Rank correlation of loss and W2 over the epochs; the same with the epochs of W2 shuffled;
   * change of ln W2; change of ln loss.
   */
  private static double[] numbers(TrainingCurve curve, RandomStream random) {
    double[] loss = curve.loss();
    double[] w2 = curve.w2();
    double[] shuffled = w2.clone();
    for (int j = shuffled.length - 1; j > 0; j--) {
      int other = random.nextInt(j + 1);
      double keep = shuffled[j];
      shuffled[j] = shuffled[other];
      shuffled[other] = keep;
    }
    int last = w2.length - 1;
    return new double[] {
      correlation(ranks(loss), ranks(w2)),
      correlation(ranks(loss), ranks(shuffled)),
      Math.log(w2[last] / w2[0]),
      Math.log(loss[last] / loss[0])
    };
  }

  private static double[] ranks(double[] x) {
    int[] order =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> x[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] ranks = new double[x.length];
    for (int r = 0; r < order.length; r++) {
      ranks[order[r]] = r;
    }
    return ranks;
  }

  private static double correlation(double[] a, double[] b) {
    return new PearsonsCorrelation().correlation(a, b);
  }

  /** What the formulas say about slopes, on Gaussian data. */
  private static void slopes(Examination.Builder evidence) {
    Configuration drift = drift();
    evidence.equal(
        "log-log slope of the score-matching term in the loss, fixed I",
        slope(drift, 0),
        "the theorem's quadrature, m times 4",
        0.5,
        "it is proportional to the root",
        ROUNDING);
    evidence.atMost(
        "the same of the whole bound, with an offset",
        slope(drift, 0.3),
        "the theorem's quadrature, m times 4",
        0.5,
        "the offset does not depend on the loss",
        0);
    double balanced = balanced();
    double w2 = Math.log(scaled(0.02, balanced) / scaled(0.01, balanced)) / Math.log(4);
    evidence.equal(
        "log-log slope of W2 in the loss, slope errors that cancel to first order",
        w2,
        "moment equations at error .01 and .02",
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
            .evaluate(
                profile.withPoints(
                    t -> profile.at(t).withM(4 * profile.at(t).m()), profile.resolution()),
                start)
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
