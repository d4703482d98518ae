package org.scorebound.regress;

import java.util.List;

/**
 * What a run says.
 *
 * @param verdict the strongest of all
 * @param controls of this run
 * @param comparisons one for each benchmark that was measured on both sides
 */
public record Judgement(Verdict verdict, List<Control> controls, List<Comparison> comparisons) {

  /** Copies the lists. */
  public Judgement {
    controls = List.copyOf(controls);
    comparisons = List.copyOf(comparisons);
  }
}
