package org.scorebound.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scorebound.distribution.DataLaws;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.io.BundledData;
import org.scorebound.io.CsvTable;
import org.scorebound.io.InputException;
import org.scorebound.io.Nearest;
import org.scorebound.random.RandomStream;
import org.scorebound.verify.Standardised;

/**
 * A data law to train on: one of the published ones, or the rows of a CSV file.
 *
 * @param label what it is called
 * @param description in one line
 * @param law {@code p_0}, a mixture
 * @param axis where {@code p_0} is a product of equal laws on the line, that law
 * @param rows points that the law was made from, d x n, standardised; empty for the others
 */
record DataLaw(
    String label,
    String description,
    GaussianMixture law,
    Optional<GaussianMixture> axis,
    double[] rows) {

  /** The label of the published four clusters. */
  static final String FOUR_CLUSTERS = "4-clusters-2d";

  private static final double CLUSTER_VARIANCE = 0.01;
  private static final double WIDE_VARIANCE = 0.1;
  private static final int MOON_COMPONENTS = 100;
  private static final double MOON_NOISE = 0.05;

  /** The named ones, in the order of the published figure. */
  static List<DataLaw> named() {
    List<DataLaw> all = new ArrayList<>();
    all.add(clusters("1-cluster-1d", 1, 1, WIDE_VARIANCE));
    all.add(clusters("2-clusters-1d", 1, 2, CLUSTER_VARIANCE));
    all.add(clusters("1-cluster-2d", 2, 1, WIDE_VARIANCE));
    all.add(clusters(FOUR_CLUSTERS, 2, 4, CLUSTER_VARIANCE));
    all.add(
        new DataLaw(
            "two-moons",
            "two interleaving half circles, noise " + MOON_NOISE,
            DataLaws.twoMoons(MOON_COMPONENTS, MOON_NOISE),
            Optional.empty(),
            new double[0]));
    return all;
  }

  /** Clusters with a variance in each coordinate. */
  static DataLaw clusters(String label, int dimension, int count, double variance) {
    return new DataLaw(
        label,
        count
            + (count == 1 ? " Gaussian at 0" : " Gaussians at (+-1/2, ..)")
            + " in dimension "
            + dimension
            + ", variance "
            + variance,
        DataLaws.clusters(dimension, count, variance),
        Optional.of(DataLaws.clusters(1, count == 1 ? 1 : 2, variance)),
        new double[0]);
  }

  /** The four clusters. */
  static DataLaw fourClusters() {
    return of(FOUR_CLUSTERS, 1);
  }

  /**
   * A named law, a bundled data set or a CSV file, which is called by its name without the folder.
   * Rows are standardised and smoothed by Silverman's bandwidth.
   *
   * @param batch rows that there must be at least
   * @throws InputException in one line
   */
  static DataLaw of(String name, int batch) {
    List<String> known = new ArrayList<>();
    for (DataLaw law : named()) {
      if (law.label.equals(name)) {
        return law;
      }
      known.add(law.label);
    }
    known.addAll(BundledData.names());
    CsvTable table;
    if (BundledData.names().contains(name) || Files.exists(Path.of(name))) {
      table = BundledData.resolve(name);
    } else {
      throw new InputException(
          "--data "
              + name
              + ": no such file, and no data of that name"
              + Nearest.clause(name, known));
    }
    if (table.n() < batch) {
      throw new InputException(
          name
              + ": has "
              + table.n()
              + " rows, a batch needs "
              + batch
              + "; --batch makes it less");
    }
    Standardised rows = Standardised.of(table);
    double[][] points = new double[rows.n()][];
    for (int j = 0; j < points.length; j++) {
      points[j] = rows.point(j);
    }
    double bandwidth = rows.silverman();
    return new DataLaw(
        String.valueOf(Path.of(name).getFileName()),
        rows.n()
            + " rows, "
            + rows.d()
            + " standardised columns, smoothed by Silverman's bandwidth "
            + bandwidth,
        DataLaws.smoothedPoints(points, bandwidth),
        Optional.empty(),
        rows.data());
  }

  /** The dimension d. */
  int dimension() {
    return law.dimension();
  }

  /**
   * The points to train on: {@code count} samples of the law; for a file one sample from the
   * neighbourhood of each row.
   */
  double[] trainingPoints(int count, RandomStream random) {
    if (rows.length == 0) {
      return law.sample(count, random);
    }
    double h = Math.sqrt(law.componentCovariance(0)[0][0]);
    double[] points = rows.clone();
    for (int i = 0; i < points.length; i++) {
      points[i] += h * random.nextGaussian();
    }
    return points;
  }

  /** Tells one table of numbers from another. */
  private int checksum() {
    return Arrays.hashCode(rows);
  }

  /** For the result document. */
  Map<String, Object> document() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("label", label);
    json.put("description", description);
    json.put("dimension", dimension());
    if (rows.length > 0) {
      json.put("checksum", checksum());
    }
    return json;
  }
}
