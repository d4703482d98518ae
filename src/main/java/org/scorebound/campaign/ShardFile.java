package org.scorebound.campaign;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.io.LineLog;
import org.scorebound.result.MachineInfo;

/**
 * The growing file of one shard, held by one process. Opening it again after a kill finds what is
 * finished. Memory: one bit per configuration of the campaign.
 */
public final class ShardFile implements AutoCloseable {

  private final Path path;
  private final LineLog log;
  private final BitSet finished;
  private final String header;
  private int failures;
  private boolean begun;

  private ShardFile(Path path, LineLog log, BitSet finished, String header) {
    this.path = path;
    this.log = log;
    this.finished = finished;
    this.header = header;
  }

  /**
   * Opens or creates the file and its folder, and takes the lock.
   *
   * @param folder the campaign's folder
   * @param plan the campaign
   * @param shard the part
   * @param machine this machine
   * @param started the time now, for the record
   * @throws InputException in one line if the file is of another campaign, damaged, or in use
   */
  public static ShardFile open(
      Path folder, Plan plan, Shard shard, MachineInfo machine, String started) {
    createFolder(folder);
    Path path = shard.file(folder);
    BitSet finished = new BitSet(plan.count());
    int[] failures = {0};
    LineLog log =
        LineLog.open(
            path,
            (text, number, offset, bytes) -> {
              JsonInput line = JsonInput.parse(text, path + ", line " + number);
              if (ShardHeader.isHeader(line)) {
                plan.requireSame(
                    ShardHeader.read(line).plan(), path.toString(), "the one asked for");
              } else if (number == 1) {
                throw new InputException(path + ": does not start with the header of a shard");
              } else {
                ShardLine read = ShardLine.read(line);
                checkId(plan, read.id(), line);
                if (!finished.get(read.id())) {
                  failures[0] += read.failure().isPresent() ? 1 : 0;
                }
                finished.set(read.id());
              }
            });
    ShardFile file =
        new ShardFile(path, log, finished, ShardHeader.line(plan, shard, machine, started));
    file.failures = failures[0];
    return file;
  }

  static void checkId(Plan plan, int id, JsonInput line) {
    if (id < 0 || id >= plan.count()) {
      throw line.error("id", "must be in 0.." + (plan.count() - 1) + ", got " + id);
    }
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new InputException(folder + ": is not a folder, and the shards need one", e);
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be created (" + e.getMessage() + ")", e);
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Whether a configuration is done, with a result or a failure. */
  public boolean isFinished(int id) {
    return finished.get(id);
  }

  /** Configurations recorded as failed. */
  public int failures() {
    return failures;
  }

  /**
   * Appends the line of a configuration; it is with the operating system when this returns. Not
   * thread-safe.
   */
  public void append(Evaluated evaluated) {
    if (!begun) {
      log.append(header);
      begun = true;
    }
    log.append(evaluated.line());
    finished.set(evaluated.id());
    failures += evaluated.failed() ? 1 : 0;
  }

  @Override
  public void close() {
    log.close();
  }
}
