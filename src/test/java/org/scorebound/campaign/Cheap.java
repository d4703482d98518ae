package org.scorebound.campaign;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.JsonText;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.result.BuildInfo;
import org.scorebound.result.MachineInfo;
import org.scorebound.result.Progress;
import org.scorebound.verify.Campaign;
import org.scorebound.verify.Families;
import org.scorebound.verify.FamilySummary;
import org.scorebound.verify.OutcomeDocument;

/**
 * Campaigns for the tests of their machinery: real outcomes, but all of the family that costs
 * milliseconds, under the names of the families whose turn it is.
 */
public final class Cheap {

  static final MachineInfo MACHINE = new MachineInfo("test", 1, "test", 256, "test", "test");

  private Cheap() {}

  static Plan plan(long seed, int count) {
    return new Plan(seed, count, 100, "vector", new BuildInfo("test", Optional.empty()));
  }

  /** Evaluates in milliseconds. */
  public static Evaluator evaluator(long seed) {
    Kernels kernels = Kernels.of(BackEnd.VECTOR);
    int families = Families.names().size();
    int drift = Families.names().indexOf("gaussian-drift");
    return id -> {
      Campaign.Entry entry = Campaign.evaluate(seed, families * id + drift, 100, kernels);
      return new Campaign.Entry(id, Families.family(id), Families.churnCell(id), entry.outcome());
    };
  }

  /** What a document holds of a campaign that one process has evaluated. */
  static String single(int count, Evaluator evaluator) {
    Campaign.Attempted all = Campaign.attempted(count, 2, evaluator::evaluate, Progress.NONE);
    return document(
        FamilySummary.of(all.entries()),
        all.failures(),
        all.entries().stream().map(OutcomeDocument::of).toList());
  }

  /** The same of a merge. */
  static String merged(Merge merge) {
    return document(merge.summaries(), merge.failures(), merge.results());
  }

  private static String document(Object summaries, Object failures, Iterable<?> results) {
    Map<String, Object> document = new TreeMap<>();
    document.put("families", summaries);
    document.put("failures", failures);
    document.put("results", results);
    return JsonOutput.toString(document);
  }

  /** Number of results of a merge that can be read. */
  static long results(Merge merge) {
    return StreamSupport.stream(merge.results().spliterator(), false)
        .map(JsonText::text)
        .filter(text -> text.startsWith("{"))
        .count();
  }
}
