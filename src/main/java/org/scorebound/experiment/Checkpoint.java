package org.scorebound.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.LineLog;

/**
 * The folder {@code OUT.checkpoint} beside a result file: what a killed run has finished.
 *
 * <p>{@code tasks.jsonl} has a first line with the plan, which must be the same to go on, and one
 * line for each finished task; a torn last line is cut off. {@code <n>.state} is where task n, in
 * the order of the plan, can go on from, replaced as a whole. The folder appears with the first
 * thing to keep and goes when the result has been written. Thread-safe.
 */
public final class Checkpoint implements AutoCloseable {

  private static final String SCHEMA = "scorebound/experiment-checkpoint/1";
  private static final String LOG = "tasks.jsonl";

  /** The folder of a result file. */
  public static Path folder(Path out) {
    return out.resolveSibling(out.getFileName() + ".checkpoint");
  }

  /** What to do where the folder is there already. */
  public enum Existing {
    /** Refuse. */
    REFUSE,
    /** Go on. */
    RESUME,
    /** Throw it away. */
    RESTART
  }

  private final Path folder;
  private final String plan;
  private final Map<String, Columns> finished = new LinkedHashMap<>();
  private @Nullable LineLog log;

  private Checkpoint(Path folder, String plan) {
    this.folder = folder;
    this.plan = plan;
  }

  /**
   * Opens the checkpoint of a result file.
   *
   * @param plan all that determines the numbers
   * @throws InputException in one line if there is one and it may not or cannot be gone on with
   */
  public static Checkpoint open(Path out, Map<String, ?> plan, Existing existing) {
    Checkpoint checkpoint = new Checkpoint(folder(out), JsonOutput.toLine(plan));
    boolean there = Files.exists(checkpoint.folder.resolve(LOG));
    if (there && existing == Existing.REFUSE) {
      throw new InputException(
          checkpoint.folder
              + ": holds an unfinished run; --resume goes on with it, --restart throws it away");
    }
    if (existing == Existing.RESTART) {
      checkpoint.remove();
    } else if (there) {
      checkpoint.load();
    } else if (existing == Existing.RESUME) {
      throw new InputException(checkpoint.folder + ": there is nothing to resume");
    }
    return checkpoint;
  }

  private void load() {
    Path file = folder.resolve(LOG);
    List<String> lines = new ArrayList<>();
    log = LineLog.open(file, (text, number, offset, bytes) -> lines.add(text));
    try {
      if (lines.isEmpty()) {
        append(header());
        return;
      }
      JsonInput head = JsonInput.parse(lines.getFirst(), file + ":1");
      String schema = head.string("schema", "");
      if (!schema.equals(SCHEMA)) {
        throw new InputException(
            file + ":1: schema must be '" + SCHEMA + "', got '" + schema + "'");
      }
      String there = JsonOutput.toLine(Objects.requireNonNull(head.object("plan").plain()));
      if (!there.equals(plan)) {
        throw new InputException(
            folder + ": belongs to another setting: " + difference(there) + "; --restart");
      }
      for (int i = 1; i < lines.size(); i++) {
        JsonInput line = JsonInput.parse(lines.get(i), file + ":" + (i + 1));
        finished.put(line.string("task"), Columns.parse(line));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The first field in which the two plans differ. */
  private String difference(String there) {
    JsonInput old = JsonInput.parse(there, "plan");
    JsonInput now = JsonInput.parse(plan, "plan");
    List<String> names = new ArrayList<>(now.names());
    names.addAll(old.names());
    for (String name : names) {
      String a = value(old, name);
      String b = value(now, name);
      if (!a.equals(b)) {
        return name + " was " + a + ", is now " + b;
      }
    }
    return "the order of its fields";
  }

  private static String value(JsonInput plan, String name) {
    if (!plan.has(name)) {
      return "none";
    }
    Object all = plan.plain();
    return all instanceof Map<?, ?> map ? JsonOutput.toLine(List.of(map.get(name))) : "none";
  }

  private String header() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("plan", Objects.requireNonNull(JsonInput.parse(plan, "plan").plain()));
    return JsonOutput.toLine(json);
  }

  private void append(String line) {
    if (log == null) {
      createFolder();
      log = LineLog.open(folder.resolve(LOG), (text, number, offset, bytes) -> {});
      log.append(header());
    }
    if (!line.equals(header())) {
      log.append(line);
    }
  }

  private void createFolder() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be made (" + e.getMessage() + ")", e);
    }
  }

  /** The columns of a task that an earlier process finished. */
  synchronized Optional<Columns> finished(String key) {
    return Optional.ofNullable(finished.get(key));
  }

  /** Keeps a finished task. */
  synchronized void finish(String key, int index, Columns columns) {
    append(columns.toLine(key));
    deleteQuietly(state(index));
  }

  /** Where a task can go on from. */
  synchronized Optional<Columns> state(String key, int index) {
    Path file = state(index);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonInput line = JsonInput.parse(Files.readString(file), file.toString());
      return line.string("task").equals(key) ? Optional.of(Columns.parse(line)) : Optional.empty();
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** Keeps where a task can go on from. */
  synchronized void keep(String key, int index, Columns state) {
    if (log == null) {
      append(header());
    }
    byte[] line = state.toLine(key).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(state(index), out -> out.write(line));
  }

  private Path state(int index) {
    return folder.resolve(index + ".state");
  }

  /** Lets go of the files and leaves them. */
  @Override
  public synchronized void close() {
    if (log != null) {
      log.close();
      log = null;
    }
  }

  /** Removes the folder: the result has been written, or the run is to start anew. */
  public synchronized void remove() {
    close();
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(Checkpoint::deleteQuietly);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    deleteQuietly(folder);
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // A file too many in a folder of ours does no harm.
    }
  }
}
