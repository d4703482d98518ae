package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.random.RandomStream;

/**
 * Variants of one training, each over the same seeds and compared seed by seed: runs of one seed
 * have the same points, first weights, order and noise. What a variant is and what is asked of the
 * comparison is the subclass's.
 *
 * @param <V> the variants
 */
abstract class PairedExperiment<V> implements Experiment {

  final Request request;
  final int seeds;
  final Setting base;
  final Measurements sizes;
  private final String name;
  private final List<V> variants;
  private final V reference;

  /**
   * An experiment.
   *
   * @param name of the intervals' random stream
   * @param seeds where the request names no number
   * @param base what all variants have in common
   * @param variants in the order of figures and tables
   * @param reference the one that the others are compared with
   */
  PairedExperiment(
      String name,
      Request request,
      int seeds,
      Setting base,
      Measurements sizes,
      List<V> variants,
      V reference) {
    this.name = name;
    this.request = request;
    this.seeds = request.seeds().orElse(seeds);
    this.base = base;
    this.sizes = sizes;
    this.variants = variants;
    this.reference = reference;
  }

  /** Four clusters at the published size. */
  static Setting publishedBase(Request request) {
    return request.standard(DataLaw.fourClusters());
  }

  /** The setting of a variant. */
  abstract Setting setting(V variant);

  /** What it is called in figures and tables. */
  abstract String way(V variant);

  /** What its runs' keys begin with. */
  abstract String prefix(V variant);

  /** The setting in words and numbers. */
  Map<String, Object> document(V variant) {
    return setting(variant).document();
  }

  /**
   * What there is to see.
   *
   * @param statistics over all runs
   */
  abstract Findings findings(Results results, RunStatistics statistics);

  /** The key of a run. */
  final String key(V variant, int i) {
    return prefix(variant) + " seed " + i;
  }

  @Override
  public final List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      for (V variant : variants) {
        tasks.add(
            new TrainingTask(
                key(variant, i), setting(variant), sizes, request.rate(), request.seed(), i));
      }
    }
    return tasks;
  }

  @Override
  public final Map<String, Object> setting() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runs", variants.stream().map(this::document).toList());
    json.put("seeds", seeds);
    json.put("measurements", sizes);
    return json;
  }

  @Override
  public final Findings findings(Results results) {
    Map<String, List<Columns>> ways = new LinkedHashMap<>();
    for (V variant : variants) {
      List<Columns> runs = new ArrayList<>();
      for (int i = 0; i < seeds; i++) {
        runs.add(results.get(key(variant, i)));
      }
      ways.put(way(variant), runs);
    }
    return findings(
        results,
        new RunStatistics(
            ways, way(reference), RandomStream.root(request.seed()).child(name + " intervals")));
  }
}
