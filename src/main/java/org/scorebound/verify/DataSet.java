package org.scorebound.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.scorebound.distribution.DataLaws;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.result.Progress;
import org.scorebound.sde.CoupledDistance;
import org.scorebound.sde.SynchronousCoupling;
import org.scorebound.transport.EmpiricalW2;

/**
 * The theorem on a real data set: its rows, standardised and smoothed by a bandwidth, are the data
 * law; the configurations are the reverse family's ODE, SDE and a member between, with two
 * perturbed scores and the Gaussian score of the data's own moments.
 *
 * @param name what it is called
 * @param table the standardised rows
 * @param bandwidth of the smoothing, in standardised units
 */
public record DataSet(String name, Standardised table, double bandwidth) {

  private static final double[] CHURNS = {0, 0.5, 1};

  /**
   * W2 of one configuration in three more forms.
   *
   * @param original W2 after undoing the standardisation, in the columns' own units; empty columns
   *     have none
   * @param plugIn exact W2 between as many data points as paths and the sampler's end points: an
   *     estimate that is biased upwards
   * @param plugInSize points on each side
   */
  public record InUnits(Estimate original, Estimate plugIn, int plugInSize) {}

  /**
   * One configuration's numbers.
   *
   * @param entry the outcome
   * @param units W2 in other units
   */
  public record Row(Campaign.Entry entry, InUnits units) {}

  /** The configurations of this data set. */
  public List<Configuration> configurations() {
    double[][] points = new double[table.n()][];
    for (int j = 0; j < points.length; j++) {
      points[j] = table.point(j);
    }
    GaussianMixture law = DataLaws.smoothedPoints(points, bandwidth);
    List<Configuration> all = new ArrayList<>();
    int d = table.d();
    double[] along = new double[d];
    Arrays.fill(along, 0.2 / Math.sqrt(d));
    double[] amplitude = new double[d];
    Arrays.fill(amplitude, 0.1);
    double[][] frequency = new double[d][d];
    for (int i = 0; i < d; i++) {
      frequency[i][i] = 1;
    }
    Map<String, Map<String, Object>> scores = new LinkedHashMap<>();
    scores.put(
        "drift",
        Families.doc(
            "type",
            "exact-plus",
            "perturbation",
            Families.doc("type", "constant", "vector", along)));
    scores.put(
        "sine",
        Families.doc(
            "type",
            "exact-plus",
            "perturbation",
            Families.doc("type", "sine", "amplitude", amplitude, "frequency", frequency)));
    scores.put("gaussian", Families.doc("type", "linear-error"));
    for (double churn : CHURNS) {
      scores.forEach((label, score) -> all.add(configuration(law, churn, label, score)));
    }
    return all;
  }

  private Configuration configuration(
      GaussianMixture law, double churn, String label, Map<String, Object> score) {
    Map<String, Object> document =
        Families.doc(
            "name",
            label + ", churn " + churn,
            "data",
            Families.doc("type", "points", "file", name, "bandwidth", bandwidth),
            "diffusion",
            Families.doc(
                "type",
                "vp",
                "schedule",
                Families.doc("type", "linear", "betaMin", 0.1, "betaMax", 16.0),
                "horizon",
                1.0),
            "sampler",
            Families.doc("churn", churn),
            "score",
            score,
            "start",
            Families.doc("type", "marginal"));
    return ConfigurationReader.read(document, law);
  }

  /** Evaluates everything. */
  public List<Row> evaluate(long seed, int paths, int threads, Kernels kernels, Progress progress) {
    List<Configuration> configurations = configurations();
    List<Campaign.Entry> entries =
        Campaign.given(configurations, seed, paths, threads, kernels, progress);
    List<Row> rows = new ArrayList<>();
    for (Campaign.Entry entry : entries) {
      progress.report(rows.size(), entries.size(), "original units");
      rows.add(new Row(entry, inUnits(entry, seed, paths, kernels)));
    }
    return rows;
  }

  private InUnits inUnits(Campaign.Entry entry, long seed, int paths, Kernels kernels) {
    Configuration c = entry.outcome().configuration();
    RandomStream stream = RandomStream.root(seed).child("units").child(entry.id());
    CoupledDistance distance = new CoupledDistance(c.sampler(), kernels);
    int n = Math.min(paths, 512);
    SynchronousCoupling.Ends ends = distance.paths(n, stream.child("paths"));
    Estimate original = distance.estimate(ends, table.scales());
    double[] data = c.score().process().data().sample(n, stream.child("data"));
    double plugIn = EmpiricalW2.between(data, ends.y(), table.d()).value();
    return new InUnits(
        original, Estimate.of(plugIn, 0, Double.POSITIVE_INFINITY, Evidence.ESTIMATED), n);
  }

  /** This row as a JSON object. */
  public Map<String, @Nullable Object> document(Row row) {
    Map<String, @Nullable Object> json = OutcomeDocument.of(row.entry());
    json.put("w2OriginalUnits", OutcomeDocument.estimate(row.units().original()));
    Map<String, @Nullable Object> plugIn = new LinkedHashMap<>();
    plugIn.put("value", row.units().plugIn().value());
    plugIn.put("n", row.units().plugInSize());
    plugIn.put("kind", row.units().plugIn().kind().label());
    json.put("w2PlugIn", plugIn);
    return json;
  }
}
