package org.scorebound.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.BundledData;
import org.scorebound.result.Progress;
import org.scorebound.verify.DataSet;
import org.scorebound.verify.Standardised;

/** A data set: its rows, standardised and smoothed, under several samplers and scores. */
final class DataSource implements VerifySource {

  private final String name;
  private final @Nullable Double bandwidth;
  private @Nullable DataSet set;
  private List<DataSet.Row> rows = List.of();

  /**
   * A source.
   *
   * @param name a CSV file or a bundled data set
   * @param bandwidth of the smoothing, in standardised units; null for Silverman's
   */
  DataSource(String name, @Nullable Double bandwidth) {
    this.name = name;
    this.bandwidth = bandwidth;
  }

  @Override
  public boolean given() {
    return true;
  }

  @Override
  public void prepare() {
    set();
  }

  private DataSet set() {
    DataSet read = set;
    if (read == null) {
      Standardised table = Standardised.of(BundledData.resolve(name));
      read = new DataSet(name, table, bandwidth == null ? table.silverman() : bandwidth);
      set = read;
    }
    return read;
  }

  @Override
  public int size() {
    return set().configurations().size();
  }

  @Override
  public Evaluated evaluate(VerifyRun run, Progress progress) {
    DataSet data = set();
    rows = data.evaluate(run.seed(), run.paths(), run.threads(), run.kernels(), progress);
    Map<String, @Nullable Object> head = new LinkedHashMap<>();
    head.put("data", summary(data));
    return new Evaluated(
        rows.stream().map(DataSet.Row::entry).toList(),
        List.of(),
        rows.stream().map(data::document).toList(),
        head);
  }

  private static Map<String, @Nullable Object> summary(DataSet set) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", set.name());
    json.put("rows", set.table().n());
    json.put("columns", set.table().columns());
    json.put("constantColumns", set.table().constant());
    json.put("standardDeviations", set.table().scales());
    json.put("bandwidth", set.bandwidth());
    return json;
  }

  @Override
  public TextTable table(Evaluated evaluated, VerifySummary summary) {
    TextTable table = new TextTable("configuration", "W2", "W2 orig.", "bound", "log I", "verdict");
    for (DataSet.Row data : rows) {
      OutcomeRow row = OutcomeRow.of(data.entry().outcome());
      String original = VerifySummary.number(OptionalDouble.of(data.units().original().value()));
      table.row(row.name(), row.w2(), original, row.bound(), row.logI(), row.verdict());
    }
    return table;
  }
}
