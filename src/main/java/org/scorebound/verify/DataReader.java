package org.scorebound.verify;

import java.util.ArrayList;
import java.util.List;
import org.scorebound.distribution.DataLaws;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.io.BundledData;
import org.scorebound.io.JsonInput;

/** Reads the {@code data} object of a configuration. */
final class DataReader {

  /** Weights written with few decimals still count as summing to 1. */
  private static final double WEIGHT_SUM_TOLERANCE = 1e-6;

  private DataReader() {}

  static GaussianMixture read(JsonInput in) {
    String type =
        in.oneOf("type", List.of("gaussian", "mixture", "points", "two-moons", "clusters"));
    GaussianMixture law =
        switch (type) {
          case "gaussian" -> {
            double[] mean = mean(in);
            yield GaussianMixture.gaussian(
                mean, ConfigurationReader.covariance(in, "cov", mean.length));
          }
          case "mixture" -> mixture(in);
          case "points" -> points(in);
          case "two-moons" -> {
            int n = in.integer("points", 100);
            double noise = in.number("noise", 0.1);
            yield ConfigurationReader.checked(in, () -> DataLaws.twoMoons(n, noise));
          }
          default -> {
            int d = in.integer("dimension");
            int count = in.integer("count");
            double variance = in.number("variance", 0.01);
            if (d != 1 && d != 2) {
              throw in.error("dimension", "must be 1 or 2, got " + d);
            }
            yield ConfigurationReader.checked(in, () -> DataLaws.clusters(d, count, variance));
          }
        };
    in.finish();
    return law;
  }

  private static double[] mean(JsonInput in) {
    double[] mean = in.vector("mean");
    if (mean.length == 0) {
      throw in.error("mean", "must have at least one coordinate, got none");
    }
    return mean;
  }

  private static GaussianMixture mixture(JsonInput in) {
    double[] weights = in.vector("weights");
    double[][] means = in.matrix("means");
    if (weights.length != means.length) {
      throw in.error(
          "means", "must be as many as weights, " + weights.length + ", got " + means.length);
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] > 0)) {
        throw in.error("weights", "must be > 0, got " + weights[i] + " at " + i);
      }
      sum += weights[i];
    }
    if (Math.abs(sum - 1) > WEIGHT_SUM_TOLERANCE) {
      throw in.error("weights", "must sum to 1, got " + sum);
    }
    int d = means[0].length;
    if (in.has("cov")) {
      return GaussianMixture.withCommonCovariance(
          weights, means, ConfigurationReader.covariance(in, "cov", d));
    }
    List<double[][]> covs = in.matrices("covs");
    if (covs.size() != weights.length) {
      throw in.error(
          "covs", "must be as many as weights, " + weights.length + ", got " + covs.size());
    }
    for (double[][] c : covs) {
      ConfigurationReader.checkCovariance(in, "covs", c, d);
    }
    return GaussianMixture.of(weights, means, covs.toArray(double[][][]::new));
  }

  private static GaussianMixture points(JsonInput in) {
    double bandwidth = in.number("bandwidth");
    if (!(bandwidth > 0)) {
      throw in.error("bandwidth", "must be > 0, got " + bandwidth);
    }
    if (!in.has("file")) {
      return DataLaws.smoothedPoints(in.matrix("points"), bandwidth);
    }
    Standardised table = Standardised.of(BundledData.resolve(in.string("file")));
    List<double[]> points = new ArrayList<>();
    for (int j = 0; j < table.n(); j++) {
      points.add(table.point(j));
    }
    return DataLaws.smoothedPoints(points.toArray(double[][]::new), bandwidth);
  }
}
