package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.result.Figure;
import org.scorebound.result.Table;

/**
 * Loss, W2 and bound while networks are trained, for each data law and seed (the published figure
 * 1): the theorem, its score-matching and its denoising form at every checkpoint with sampled L_s,
 * and at some of the first seed with certified L_s.
 */
final class TrainingExperiment implements Experiment {

  private final Request request;
  private final List<DataLaw> laws;
  private final int seeds;
  private final Measurements sizes;

  /**
   * An experiment at the published size.
   *
   * @param laws the data laws
   */
  TrainingExperiment(Request request, List<DataLaw> laws) {
    this(request, laws, Measurements.published());
  }

  /** The same with other measurements. */
  TrainingExperiment(Request request, List<DataLaw> laws, Measurements sizes) {
    this.request = request;
    this.laws = List.copyOf(laws);
    this.seeds = request.seeds().orElse(1);
    this.sizes = sizes;
  }

  private Setting setting(DataLaw law) {
    Setting standard = request.standard(law);
    return standard.sized(standard.points(), standard.hidden(), request.batch());
  }

  private static String key(DataLaw law, int i) {
    return law.label() + " seed " + i;
  }

  @Override
  public List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (DataLaw law : laws) {
      for (int i = 0; i < seeds; i++) {
        Measurements own = i == 0 ? sizes : sizes.certifying(0);
        tasks.add(
            new TrainingTask(key(law, i), setting(law), own, request.rate(), request.seed(), i));
      }
    }
    return tasks;
  }

  @Override
  public Map<String, Object> setting() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runs", laws.stream().map(law -> setting(law).document()).toList());
    json.put("seeds", seeds);
    json.put("rate", request.rate());
    json.put("measurements", sizes);
    return json;
  }

  @Override
  public Findings findings(Results results) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    List<Figure> figures = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    Sheet ends = TrainingTables.ends();
    Sheet slopes = TrainingTables.slopes();
    Sheet certified = TrainingTables.certified();
    for (DataLaw law : laws) {
      List<Columns> columns = new ArrayList<>();
      for (int i = 0; i < seeds; i++) {
        columns.add(results.get(key(law, i)));
      }
      TrainingRuns runs = new TrainingRuns(setting(law), sizes, columns, request.seed());
      outcome.put(law.label(), new TrainingOutcome(runs).document());
      TrainingTables rows = new TrainingTables(runs);
      rows.addEnds(ends);
      rows.addSlopes(slopes);
      rows.addCertified(certified);
      figures.addAll(new TrainingFigures(runs).all());
    }
    tables.add(ends.build());
    tables.add(slopes.build());
    tables.add(certified.build());
    return new Findings(outcome, TrainingOutcome.notes(), figures, tables);
  }
}
