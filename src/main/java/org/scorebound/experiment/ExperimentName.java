package org.scorebound.experiment;

import java.util.Arrays;
import java.util.List;
import org.scorebound.result.Labelled;

/** The experiments that the command line knows. */
public enum ExperimentName implements Labelled {
  /** Loss, W2 and bound while a network is trained on four clusters. */
  FOUR_CLUSTERS(
      "four-clusters", "loss, exact W2 and bound while a network is trained on four clusters");

  private final String label;
  private final String description;

  ExperimentName(String label, String description) {
    this.label = label;
    this.description = description;
  }

  @Override
  public String label() {
    return label;
  }

  /** What it shows, in one line. */
  public String description() {
    return description;
  }

  /** All labels. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(ExperimentName::label).toList();
  }
}
