package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;

/**
 * Vanilla, spectral normalisation and weight clipping with the same activation, over many seeds
 * (the published figure 2 compares one run of each, and changes the activation): does the gap
 * between bound and W2 shrink, do loss and W2 rise?
 */
final class RegularisationExperiment implements Experiment {

  private static final int SEEDS = 20;

  private final Request request;
  private final int seeds;
  private final Setting base;
  private final Measurements sizes;

  /** At the published size. */
  RegularisationExperiment(Request request) {
    this(
        request,
        Setting.standard(DataLaw.fourClusters(), request.epochsOrPublished()),
        Measurements.checkpointsOnly());
  }

  /** At another size. */
  RegularisationExperiment(Request request, Setting base, Measurements sizes) {
    this.request = request;
    this.seeds = request.seeds().orElse(SEEDS);
    this.base = base;
    this.sizes = sizes;
  }

  private static String key(Constraint constraint, int i) {
    return constraint.label() + " seed " + i;
  }

  @Override
  public List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      for (Constraint c : Constraint.values()) {
        tasks.add(
            new TrainingTask(key(c, i), base.with(c), sizes, request.rate(), request.seed(), i));
      }
    }
    return tasks;
  }

  @Override
  public Map<String, Object> setting() {
    Map<String, Object> json = new LinkedHashMap<>();
    List<Map<String, Object>> runs = new ArrayList<>();
    for (Constraint c : Constraint.values()) {
      runs.add(base.with(c).document());
    }
    json.put("runs", runs);
    json.put("seeds", seeds);
    json.put("measurements", sizes);
    return json;
  }

  @Override
  public Findings findings(Results results) {
    Map<String, List<Columns>> ways = new LinkedHashMap<>();
    for (Constraint c : Constraint.values()) {
      List<Columns> runs = new ArrayList<>();
      for (int i = 0; i < seeds; i++) {
        runs.add(results.get(key(c, i)));
      }
      ways.put(c.label(), runs);
    }
    RunStatistics statistics =
        new RunStatistics(
            ways,
            Constraint.NONE.label(),
            RandomStream.root(request.seed()).child("regularisation intervals"));
    Map<String, Object> outcome = new LinkedHashMap<>();
    for (Constraint c : Constraint.values()) {
      if (c != Constraint.NONE) {
        outcome.put(c.label(), answers(statistics, c.label()));
      }
    }
    outcome.put("rankCorrelation", statistics.trends());
    return new Findings(
        outcome,
        TrainingFigures.notes(),
        List.of(
            along(statistics, ways, "at.logTheorem", "ln bound on W2, sampled L_s", "bound"),
            alongW2(statistics, ways)),
        List.of(
            statistics
                .differences("regularisation-differences", "What regularisation changes")
                .build(),
            statistics.means("regularisation-means", "Each way at its last checkpoint").build()));
  }

  private static Map<String, Object> answers(RunStatistics statistics, String way) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("gapShrinks", answer(statistics, way, RunStatistics.Measure.GAP_CERTIFIED, false));
    json.put(
        "gapShrinksSampled", answer(statistics, way, RunStatistics.Measure.GAP_SAMPLED, false));
    json.put("lossRises", answer(statistics, way, RunStatistics.Measure.LOG_J, true));
    json.put("w2Rises", answer(statistics, way, RunStatistics.Measure.LOG_W2, true));
    return json;
  }

  private static Map<String, Object> answer(
      RunStatistics statistics, String way, RunStatistics.Measure figure, boolean rises) {
    Estimate e = statistics.difference(way, figure).interval(RunStatistics.LEVEL);
    Map<String, Object> json = new LinkedHashMap<>();
    String says = RunStatistics.says(e);
    json.put(
        "answer",
        says.equals("undecided") ? says : says.equals(rises ? "higher" : "lower") ? "yes" : "no");
    json.put("difference", RunStatistics.finite(e));
    return json;
  }

  private Figure along(
      RunStatistics statistics,
      Map<String, List<Columns>> ways,
      String column,
      String name,
      String id) {
    Chart chart =
        new Chart(
            "regularisation-" + id,
            name + " while training",
            "Mean over " + seeds + " seeds with Student's 95 % intervals.",
            Quantity.log("optimiser steps", ""),
            Quantity.linear(name, ""));
    ways.forEach(
        (way, runs) ->
            chart.intervals(
                way, runs.getFirst().get("at.step"), statistics.alongTheWay(way, column)));
    return chart.build();
  }

  private Figure alongW2(RunStatistics statistics, Map<String, List<Columns>> ways) {
    Chart chart =
        new Chart(
            "regularisation-w2",
            "Empirical W2 while training",
            "Mean over "
                + seeds
                + " seeds with Student's 95 % intervals; exact W2 of "
                + sizes.checkpointPoints()
                + " fresh points, biased up by the floor.",
            Quantity.log("optimiser steps", ""),
            Quantity.log("W2", "data units"));
    ways.forEach(
        (way, runs) ->
            chart.intervals(
                way, runs.getFirst().get("at.step"), statistics.alongTheWay(way, "at.w2")));
    chart.reference("floor", ways.values().iterator().next().getFirst().get("floor")[1]);
    return chart.build();
  }
}
