package org.scorebound.report;

import java.util.List;

/**
 * What a result says at a glance.
 *
 * @param tone how it went
 * @param text one sentence
 * @param shares counts that make up a whole, in the order of the bar; may be empty
 * @param facts further short lines
 */
record Headline(Tone tone, String text, List<Share> shares, List<String> facts) {

  /** How a run went, as its mark and colour. */
  enum Tone {
    GOOD("✓", "as it should be"),
    BAD("✗", "not as it should be"),
    OPEN("?", "undecided"),
    PART("◐", "in part"),
    PLAIN("•", "a measurement, no verdict");

    private final String mark;
    private final String meaning;

    Tone(String mark, String meaning) {
      this.mark = mark;
      this.meaning = meaning;
    }

    String mark() {
      return mark;
    }

    String meaning() {
      return meaning;
    }
  }

  /**
   * A part of a whole.
   *
   * @param name what is counted
   * @param kind name of the part's look: {@code holds}, {@code vacuous}, {@code open}, {@code na},
   *     {@code bad}
   * @param count how many
   */
  record Share(String name, String kind, long count) {}

  Headline {
    shares = List.copyOf(shares);
    facts = List.copyOf(facts);
  }
}
