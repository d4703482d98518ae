package org.scorebound.experiment;

import java.util.Arrays;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.distribution.DataLaws;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.score.ExactScore;

/**
 * {@code L_s(t)} against t where it is known without a network, and what follows from it for
 * heavy-tailed data.
 */
final class HorizonCurves implements Task {

  /** Location of the heavy-tailed laws. */
  static final double LOCATION = 0.5;

  /** Their scale. */
  static final double SCALE = 0.2;

  /** Student's degrees of freedom. */
  static final double NU = 3;

  private static final int CURVE = 80;
  private static final double CURVE_FROM = 0.05;
  private static final int TRUNCATIONS = 4;
  private static final double POINT = 1e-12;

  @Override
  public String key() {
    return "curves";
  }

  @Override
  public long effort() {
    return 4000;
  }

  @Override
  public Columns run(Work work) {
    double last = HorizonExperiment.HORIZONS[HorizonExperiment.HORIZONS.length - 1];
    double[] t = new double[CURVE];
    Arrays.setAll(t, i -> CURVE_FROM * Math.pow(last / CURVE_FROM, (double) i / (CURVE - 1)));
    Columns columns = new Columns();
    columns.put("t", t);
    columns.put("clusters", curve(DataLaws.clusters(1, 2, 0.01), t));
    columns.put("atoms", curve(twoPoints(1), t));
    HeavyTail student = new HeavyTail(NU, SCALE);
    columns.put(
        "student",
        Arrays.stream(t).map(u -> student.lipschitzLower(HorizonExperiment.RATE * u)).toArray());
    columns.put(
        "check",
        curve(
            twoPoints(1),
            new double[] {
              1 / HorizonExperiment.RATE, 3 / HorizonExperiment.RATE, 6 / HorizonExperiment.RATE
            }));
    for (int k = 1; k <= TRUNCATIONS; k++) {
      columns.put(
          "truncated " + k,
          curve(
              truncated(k),
              new double[] {
                1 / HorizonExperiment.RATE, 3 / HorizonExperiment.RATE, 6 / HorizonExperiment.RATE
              }));
    }
    return columns;
  }

  private static double[] curve(GaussianMixture law, double[] times) {
    ScoreLipschitz lipschitz =
        new ScoreLipschitz(
            new ExactScore(
                new ForwardProcess(law, HorizonExperiment.process(times[times.length - 1] + 1))));
    return Arrays.stream(times).map(u -> lipschitz.at(u).certified()).toArray();
  }

  /** Two atoms at +-position, as good as. */
  private static GaussianMixture twoPoints(double position) {
    return GaussianMixture.withCommonCovariance(
        new double[] {0.5, 0.5},
        new double[][] {{-position}, {position}},
        new double[][] {{POINT}});
  }

  /** Atoms at {@code 2^j}, j = 0..k, with weights in proportion to {@code exp(-4^j)}. */
  private static GaussianMixture truncated(int k) {
    double[] w = new double[k + 1];
    double[][] at = new double[k + 1][1];
    for (int j = 0; j <= k; j++) {
      w[j] = Math.exp(1 - Math.pow(4, j));
      at[j][0] = Math.scalb(1.0, j);
    }
    return GaussianMixture.withCommonCovariance(w, at, new double[][] {{POINT}});
  }

  /**
   * The logarithms of the offsets, by horizon, of heavy-tailed data with location m, from below:
   * {@code W2(p_T, N(0,1)) >= alpha |m|}, the difference of the means. Laplace: {@code p_t} is
   * log-concave with exponential tails, so {@code L_s = 0} exactly and {@code log I = B/2}.
   * Student: {@code L_s > 0}, from the curve; before its first time {@code L_s >= 0}.
   */
  static double[] logOffsets(Columns curves, boolean student) {
    double[] t = curves.get("t");
    double[] ls = curves.get("student");
    double[] offsets = new double[HorizonExperiment.HORIZONS.length];
    for (int h = 0; h < offsets.length; h++) {
      double b = HorizonExperiment.RATE * HorizonExperiment.HORIZONS[h];
      double logI = 0.5 * b;
      for (int i = 1; student && i < t.length; i++) {
        double right = Math.min(t[i], HorizonExperiment.HORIZONS[h]);
        if (right > t[i - 1]) {
          double share = (right - t[i - 1]) / (t[i] - t[i - 1]);
          double end = ls[i - 1] + share * (ls[i] - ls[i - 1]);
          logI += HorizonExperiment.RATE * (right - t[i - 1]) * 0.5 * (ls[i - 1] + end);
        }
      }
      offsets[h] = logI + Math.log(LOCATION) - 0.5 * b;
    }
    return offsets;
  }

  static Sheet truncations(Columns curves) {
    Sheet sheet =
        new Sheet(
            "horizon-sub-gaussian",
            "Sub-Gaussian is not enough",
            "L_s of atoms at 2^j, j = 0..k, with weights exp(-4^j), exact score: exact.");
    sheet.numbers("k", "L_s at B = 1", "L_s at B = 3", "L_s at B = 6");
    for (int k = 1; k <= TRUNCATIONS; k++) {
      double[] ls = curves.get("truncated " + k);
      sheet.row(k, ls[0], ls[1], ls[2]);
    }
    return sheet;
  }
}
