package org.scorebound.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.JsonInput;
import org.scorebound.result.Progress;
import org.scorebound.verify.Campaign;
import org.scorebound.verify.Configuration;
import org.scorebound.verify.FurtherBounds;
import org.scorebound.verify.Outcome;
import org.scorebound.verify.OutcomeDocument;

/** The configurations of a file of the user's. */
final class ConfigSource implements VerifySource {

  private final Path file;
  private final TreeMap<Integer, List<FurtherBounds.Row>> further = new TreeMap<>();
  private List<Configuration> configurations = List.of();

  ConfigSource(Path file) {
    this.file = file;
  }

  @Override
  public boolean given() {
    return true;
  }

  @Override
  public void prepare() {
    configurations = OutcomeDocument.read(JsonInput.read(file));
  }

  @Override
  public int size() {
    return configurations.size();
  }

  @Override
  public Evaluated evaluate(VerifyRun run, Progress progress) {
    Campaign.Attempted attempted =
        Campaign.attemptedGiven(
            configurations, run.seed(), run.paths(), run.threads(), run.kernels(), progress);
    return new Evaluated(
        attempted.entries(),
        attempted.failures(),
        attempted.entries().stream().map(this::result).toList(),
        Map.of("tables", List.of(FurtherBounds.statements())));
  }

  private Map<String, @Nullable Object> result(Campaign.Entry entry) {
    Map<String, @Nullable Object> json = OutcomeDocument.of(entry);
    List<FurtherBounds.Row> rows = FurtherBounds.of(entry.outcome());
    further.put(entry.id(), rows);
    json.put("furtherBounds", FurtherBounds.document(rows));
    return json;
  }

  /** The further bounds of every configuration; {@code -} where one does not apply. */
  @Override
  public Optional<TextTable> further(Evaluated evaluated) {
    if (further.isEmpty()) {
      return Optional.empty();
    }
    List<String> heads = new ArrayList<>(List.of("further bounds"));
    further.firstEntry().getValue().forEach(row -> heads.add(row.bound()));
    TextTable table = new TextTable(heads.toArray(String[]::new));
    for (Campaign.Entry entry : evaluated.entries()) {
      List<String> cells = new ArrayList<>(List.of(OutcomeRow.of(entry.outcome()).name()));
      for (FurtherBounds.Row row : further.getOrDefault(entry.id(), List.of())) {
        cells.add(row.value().map(OutcomeRow::bound).orElse("-"));
      }
      table.row(cells.toArray());
    }
    return Optional.of(table);
  }

  @Override
  public TextTable table(Evaluated evaluated, VerifySummary summary) {
    TextTable table = new TextTable("configuration", "W2", "bound", "log I", "verdict");
    for (Campaign.Entry entry : evaluated.entries()) {
      Outcome o = entry.outcome();
      OutcomeRow row = OutcomeRow.of(o);
      table.row(row.name(), row.w2(), row.bound(), row.logI(), row.verdict());
    }
    return table;
  }
}
