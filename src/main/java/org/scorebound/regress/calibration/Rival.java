package org.scorebound.regress.calibration;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.apache.commons.math3.stat.inference.TTest;
import org.scorebound.random.RandomStream;

/**
 * Rules in use elsewhere, on the iterations of all forks of a side in one pool. Each is a score
 * that calls the candidate slower when it is above a threshold; the score is what a curve of false
 * alarms against power moves along.
 */
public enum Rival {
  /** Welch's t test of the pools, two-sided p below .05. */
  POOLED_T("pooled t test, p < .05", -Math.log10(0.05)) {
    @Override
    double score(double[] a, double[] b, RandomStream random) {
      return slower(a, b) * -Math.log10(new TTest().tTest(a, b));
    }
  },
  /** JMH's intervals for the mean at 99.9 %, candidate's above the baseline's. */
  DISJOINT("disjoint 99.9 % intervals of JMH", 0) {
    @Override
    double score(double[] a, double[] b, RandomStream random) {
      return gap(a, b);
    }
  },
  /** Mann and Whitney's test of the pools. */
  MANN_WHITNEY("Mann-Whitney, p < .05", -Math.log10(0.05)) {
    @Override
    double score(double[] a, double[] b, RandomStream random) {
      return slower(a, b) * -Math.log10(mannWhitney(a, b));
    }
  },
  /** The same with a much smaller p and a tenth more time at least. */
  MANN_WHITNEY_STRICT("Mann-Whitney, p < .002 and 1.1 x", -Math.log10(0.002)) {
    @Override
    double score(double[] a, double[] b, RandomStream random) {
      boolean large = StatUtils.percentile(b, 50) >= 1.1 * StatUtils.percentile(a, 50);
      return large ? -Math.log10(mannWhitney(a, b)) : 0;
    }
  },
  /** Bootstrap interval of the ratio of means at 95 %, its lower end above 1 %. */
  BOOTSTRAP("bootstrap, 1 % noise threshold", 0.01) {
    @Override
    double score(double[] a, double[] b, RandomStream random) {
      double[] changes = new double[200];
      for (int r = 0; r < changes.length; r++) {
        changes[r] = drawn(b, random) / drawn(a, random) - 1;
      }
      Arrays.sort(changes);
      return changes[4];
    }
  },
  /** Disjoint intervals and a tenth more time at least. */
  TEN_PERCENT("10 % and disjoint intervals", 0) {
    @Override
    double score(double[] a, double[] b, RandomStream random) {
      return StatUtils.mean(b) >= 1.1 * StatUtils.mean(a) ? gap(a, b) : -1;
    }
  };

  private final String title;
  private final double threshold;

  Rival(String title, double threshold) {
    this.title = title;
    this.threshold = threshold;
  }

  /** The rule in words. */
  public String title() {
    return title;
  }

  /** Above this score the candidate is called slower. */
  double threshold() {
    return threshold;
  }

  /**
   * The score.
   *
   * @param a costs of the baseline's iterations
   * @param b costs of the candidate's
   */
  abstract double score(double[] a, double[] b, RandomStream random);

  private static int slower(double[] a, double[] b) {
    return StatUtils.mean(b) > StatUtils.mean(a) ? 1 : 0;
  }

  /** The normal approximation underflows to 0, which has no logarithm. */
  private static double mannWhitney(double[] a, double[] b) {
    return Math.max(1e-300, new MannWhitneyUTest().mannWhitneyUTest(a, b));
  }

  /** The candidate's lower end less the baseline's upper one, as a share of the baseline. */
  private static double gap(double[] a, double[] b) {
    return (StatUtils.mean(b) - half(b) - StatUtils.mean(a) - half(a)) / StatUtils.mean(a);
  }

  /** Half of JMH's interval. */
  private static double half(double[] x) {
    double t = new TDistribution(null, x.length - 1).inverseCumulativeProbability(1 - 0.0005);
    return t * Math.sqrt(StatUtils.variance(x) / x.length);
  }

  private static double drawn(double[] x, RandomStream random) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[random.nextInt(x.length)];
    }
    return sum / x.length;
  }
}
