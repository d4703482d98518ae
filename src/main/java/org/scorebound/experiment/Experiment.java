package org.scorebound.experiment;

import java.util.List;
import java.util.Map;

/** A named experiment at a size: tasks, and what is to be seen in their results. */
interface Experiment {

  /** The tasks, in the order in which they are started. */
  List<Task> tasks();

  /** Tasks that need the results of {@link #tasks}. */
  default List<Task> followUps(Results results) {
    return List.of();
  }

  /** Settings in words and numbers, for the result document. */
  Map<String, Object> setting();

  /** Figures, tables and outcomes, from the results of all tasks by key. */
  Findings findings(Results results);
}
