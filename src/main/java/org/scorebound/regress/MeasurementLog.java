package org.scorebound.regress;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.LineLog;

/**
 * Every fork on a line as soon as it has ended, after a line with the plan: what an interrupted run
 * goes on from. A block counts when its four forks are there in a row; what an interruption left of
 * one is measured again.
 */
public final class MeasurementLog implements AutoCloseable {

  private static final String SCHEMA = "scorebound/regress-log/1";

  private final LineLog log;
  private final Optional<Plan> found;
  private final Map<Integer, Partial> series = new TreeMap<>();

  private static final class Partial {
    private final List<Block> blocks = new ArrayList<>();
    private final List<Fork> open = new ArrayList<>();
    private String failure = "";
  }

  private MeasurementLog(Path file) {
    List<JsonInput> lines = new ArrayList<>();
    String name = file.toString();
    log =
        LineLog.open(
            file,
            (text, number, offset, bytes) -> lines.add(JsonInput.parse(text, name + ":" + number)));
    try {
      found = lines.isEmpty() ? Optional.empty() : Optional.of(header(lines.getFirst()));
      for (JsonInput line : lines.subList(Math.min(1, lines.size()), lines.size())) {
        take(line);
      }
      series.values().forEach(p -> p.open.clear());
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /**
   * Opens or makes a log.
   *
   * @throws InputException in one line if it is none
   */
  public static MeasurementLog open(Path file) {
    return new MeasurementLog(file);
  }

  private static Plan header(JsonInput line) {
    line.oneOf("schema", List.of(SCHEMA));
    return MeasurementReader.plan(line.object("plan"));
  }

  private void take(JsonInput line) {
    Partial partial = partial(line.integer("series"));
    if (line.has("failure")) {
      partial.failure = line.string("failure");
      return;
    }
    int slot = line.integer("slot");
    if (slot == 0) {
      partial.open.clear();
    }
    if (slot != partial.open.size() || line.integer("block") != partial.blocks.size()) {
      throw line.error("is not the fork that follows the one before");
    }
    partial.open.add(MeasurementReader.fork(line.object("fork")));
    if (partial.open.size() == Order.FORKS) {
      partial.blocks.add(new Block(Order.valueOf(line.string("order")), partial.open));
      partial.open.clear();
    }
  }

  private Partial partial(int index) {
    return series.computeIfAbsent(index, key -> new Partial());
  }

  /** The plan that the file has; empty for a new file. */
  public Optional<Plan> plan() {
    return found;
  }

  /** Writes the plan of a new file. */
  public void begin(Plan plan) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("schema", SCHEMA);
    header.put("plan", plan);
    log.append(JsonOutput.toLine(header));
  }

  /** Complete blocks of a series. */
  public List<Block> blocks(int index) {
    return List.copyOf(partial(index).blocks);
  }

  /** Why a series was given up. */
  public Optional<String> failure(int index) {
    String said = partial(index).failure;
    return said.isEmpty() ? Optional.empty() : Optional.of(said);
  }

  /** Adds the next fork of a series. */
  public void add(int index, Order order, Fork fork) {
    Partial partial = partial(index);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("series", index);
    line.put("block", partial.blocks.size());
    line.put("slot", partial.open.size());
    line.put("order", order.name());
    line.put("fork", fork);
    log.append(JsonOutput.toLine(line));
    partial.open.add(fork);
    if (partial.open.size() == Order.FORKS) {
      partial.blocks.add(new Block(order, partial.open));
      partial.open.clear();
    }
  }

  /** Notes that a series cannot be measured. */
  public void fail(int index, String why) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("series", index);
    line.put("failure", why);
    log.append(JsonOutput.toLine(line));
    partial(index).failure = why;
  }

  @Override
  public void close() {
    log.close();
  }
}
