package org.scorebound.regress.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.LineLog;
import org.scorebound.regress.MeasurementReader;

/**
 * A history file: JSON lines, one for each benchmark and run. No line depends on another and their
 * order means nothing, so that git merges two branches' additions by keeping both ({@code
 * *-history.jsonl merge=union} in {@code .gitattributes}); lines that such a merge has doubled
 * count once.
 */
public final class History {

  private static final String SCHEMA = "scorebound/history/1";

  private History() {}

  /** Adds the points of a run. */
  public static void append(Path file, List<HistoryPoint> points) {
    try (LineLog log = LineLog.open(file, (text, number, offset, bytes) -> {})) {
      for (HistoryPoint point : points) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("schema", SCHEMA);
        line.put("point", point);
        log.append(JsonOutput.toLine(line));
      }
    }
  }

  /**
   * All points in the order of their time.
   *
   * @throws InputException in one line, with the line's number, if it is no history
   */
  public static List<HistoryPoint> read(Path file) {
    Set<HistoryPoint> points = new LinkedHashSet<>();
    if (!Files.isRegularFile(file)) {
      throw new InputException(file + ": no such file");
    }
    try {
      int number = 0;
      for (String text : Files.readAllLines(file)) {
        number++;
        if (text.startsWith("<<<<<<<") || text.startsWith(">>>>>>>")) {
          throw new InputException(
              file
                  + ":"
                  + number
                  + ": is a mark of a merge that git left open; keep the lines of both sides");
        }
        if (!text.isBlank()) {
          points.add(point(JsonInput.parse(text, file + ":" + number)));
        }
      }
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
    List<HistoryPoint> ordered = new ArrayList<>(points);
    ordered.sort(Comparator.comparing(HistoryPoint::at));
    return ordered;
  }

  private static HistoryPoint point(JsonInput line) {
    line.oneOf("schema", List.of(SCHEMA));
    JsonInput in = line.object("point");
    double score = in.number("score");
    if (!(score > 0)) {
      throw in.error("score", "must be > 0, got " + score);
    }
    return new HistoryPoint(
        in.string("at"),
        in.string("machine"),
        in.string("build"),
        in.string("source"),
        MeasurementReader.id(in.object("id")),
        in.string("unit"),
        in.bool("higherIsBetter", false),
        score,
        in.number("lower"),
        in.number("upper"),
        in.integer("forks"),
        in.string("verdict"));
  }
}
