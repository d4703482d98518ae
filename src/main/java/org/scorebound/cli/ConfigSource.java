package org.scorebound.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.scorebound.io.JsonInput;
import org.scorebound.result.Progress;
import org.scorebound.verify.Campaign;
import org.scorebound.verify.Configuration;
import org.scorebound.verify.Outcome;
import org.scorebound.verify.OutcomeDocument;

/** The configurations of a file of the user's. */
final class ConfigSource implements VerifySource {

  private final Path file;
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
        attempted.entries().stream().map(OutcomeDocument::of).toList(),
        Map.of());
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
