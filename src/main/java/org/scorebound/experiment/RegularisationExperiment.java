package org.scorebound.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.result.Estimate;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;

/**
 * Vanilla, spectral normalisation and weight clipping with the same activation, over many seeds
 * (the published figure 2 compares one run of each, and changes the activation): does the gap
 * between bound and W2 shrink, do loss and W2 rise?
 */
final class RegularisationExperiment extends PairedExperiment<Constraint> {

  private static final int SEEDS = 20;

  /** At the published size. */
  RegularisationExperiment(Request request) {
    this(request, publishedBase(request), Measurements.checkpointsOnly());
  }

  /** At another size. */
  RegularisationExperiment(Request request, Setting base, Measurements sizes) {
    super(
        "regularisation",
        request,
        SEEDS,
        base,
        sizes,
        List.of(Constraint.values()),
        Constraint.NONE);
  }

  @Override
  Setting setting(Constraint constraint) {
    return base.with(constraint);
  }

  @Override
  String way(Constraint constraint) {
    return constraint.label();
  }

  @Override
  String prefix(Constraint constraint) {
    return constraint.label();
  }

  @Override
  Findings findings(Results results, RunStatistics statistics) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    for (Constraint c : Constraint.values()) {
      if (c != Constraint.NONE) {
        outcome.put(c.label(), answers(statistics, c.label()));
      }
    }
    outcome.put("rankCorrelation", statistics.trends());
    return new Findings(
        outcome,
        TrainingOutcome.notes(),
        List.of(boundAlong(statistics), w2Along(statistics)),
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

  private Figure boundAlong(RunStatistics statistics) {
    String name = "ln bound on W2, sampled L_s";
    Chart chart =
        new Chart(
            "regularisation-bound",
            name + " while training",
            "Mean over " + seeds + " seeds with Student's 95 % intervals.",
            Quantity.log("optimiser steps", ""),
            Quantity.linear(name, ""));
    return statistics.along(chart, "at.logTheorem").build();
  }

  private Figure w2Along(RunStatistics statistics) {
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
    return statistics.along(chart, "at.w2").reference("floor", statistics.floor()).build();
  }
}
