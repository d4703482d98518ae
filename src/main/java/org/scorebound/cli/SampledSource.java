package org.scorebound.cli;

import java.util.Map;
import org.scorebound.campaign.Evaluator;
import org.scorebound.result.Progress;
import org.scorebound.verify.Campaign;
import org.scorebound.verify.OutcomeDocument;

/** Configurations 0..count-1 of the sampled families. */
final class SampledSource implements VerifySource {

  private final int count;
  private final VerifyCommand.Evaluators evaluators;

  SampledSource(int count, VerifyCommand.Evaluators evaluators) {
    this.count = count;
    this.evaluators = evaluators;
  }

  @Override
  public boolean given() {
    return false;
  }

  @Override
  public void prepare() {}

  @Override
  public int size() {
    return count;
  }

  @Override
  public Evaluated evaluate(VerifyRun run, Progress progress) {
    Evaluator evaluator = evaluators.of(run.seed(), run.paths(), run.kernels());
    Campaign.Attempted attempted =
        Campaign.attempted(count, run.threads(), evaluator::evaluate, progress);
    return new Evaluated(
        attempted.entries(),
        attempted.failures(),
        attempted.entries().stream().map(OutcomeDocument::of).toList(),
        Map.of());
  }

  @Override
  public TextTable table(Evaluated evaluated, VerifySummary summary) {
    return summary.families();
  }
}
