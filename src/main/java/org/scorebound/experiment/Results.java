package org.scorebound.experiment;

import java.util.LinkedHashMap;
import java.util.Map;

/** The columns of finished tasks by their keys. */
final class Results {

  private final Map<String, Columns> columns = new LinkedHashMap<>();

  /** Puts a task's columns. */
  void put(String key, Columns of) {
    columns.put(key, of);
  }

  /** Whether there is a task of that key. */
  boolean has(String key) {
    return columns.containsKey(key);
  }

  /** The columns of a task. */
  Columns get(String key) {
    Columns found = columns.get(key);
    if (found == null) {
      throw new IllegalArgumentException("no task '" + key + "', there are " + columns.keySet());
    }
    return found;
  }
}
