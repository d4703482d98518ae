package org.scorebound.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A text file that grows by whole lines, for one process at a time.
 *
 * <p>Each line is handed to the operating system before {@link #append} returns, so it survives the
 * death of the process (not of the machine: only {@link #close} forces the disk). A line that was
 * torn by a kill or a full disk has no line break; it is cut off when the file is opened again. The
 * lock is the operating system's on the file itself, which lets go of it when the process ends,
 * however that happens. It is advisory: readers need none.
 *
 * <p>POSIX drops the lock when the process closes any other descriptor of the file: do not open the
 * file a second time while it is locked. Not thread-safe; a thread that is interrupted while it
 * appends closes the file.
 */
public final class LineLog implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;
  private long end;

  private LineLog(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens or creates the file, locks it, reports the lines that are there and cuts off a torn one.
   *
   * @throws InputException in one line if it cannot be opened or another process has it
   */
  public static LineLog open(Path path, LineVisitor visitor) {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(path, e);
    }
    LineLog log = new LineLog(path, channel);
    try {
      log.lock();
      log.end = LineScanner.scan(channel, path.toString(), visitor);
      channel.truncate(log.end);
      return log;
    } catch (IOException e) {
      log.closeQuietly();
      throw AtomicFile.cannotWrite(path, e);
    } catch (RuntimeException e) {
      log.closeQuietly();
      throw e;
    }
  }

  private void lock() throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw inUse(e);
    }
    if (lock == null) {
      throw inUse(null);
    }
  }

  private InputException inUse(@Nullable Throwable cause) {
    String message = path + ": is being written by another process";
    return cause == null ? new InputException(message) : new InputException(message, cause);
  }

  /**
   * Appends a line.
   *
   * @param line without a line break
   * @throws InputException in one line if there is no room; the file is left with whole lines
   */
  public void append(String line) {
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("line must be one line, got a line break in it");
    }
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes, end + bytes.position());
      }
      end += bytes.position();
    } catch (IOException e) {
      cutQuietly();
      throw AtomicFile.cannotWrite(path, e);
    }
  }

  /** Forces everything to the disk and lets go of the file. */
  @Override
  public void close() {
    try (channel) {
      channel.force(true);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(path, e);
    }
  }

  private void cutQuietly() {
    try {
      channel.truncate(end);
    } catch (IOException e) {
      // Opening the file again cuts the torn line off; the failure that led here is the one to
      // tell.
    }
  }

  private void closeQuietly() {
    try {
      channel.close();
    } catch (IOException e) {
      // The failure that led here is the one to tell.
    }
  }
}
