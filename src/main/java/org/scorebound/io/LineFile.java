package org.scorebound.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a file of lines in order and again in any order; see {@link LineLog} for its writer. */
public final class LineFile implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;

  private LineFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens a file.
   *
   * @throws InputException in one line if it cannot be read
   */
  public static LineFile open(Path path) {
    try {
      return new LineFile(path, FileChannel.open(path, StandardOpenOption.READ));
    } catch (IOException e) {
      throw cannotRead(path, e);
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Visits every whole line; a torn one at the end is left out. */
  public void scan(LineVisitor visitor) {
    try {
      LineScanner.scan(channel, path.toString(), visitor);
    } catch (IOException e) {
      throw cannotRead(path, e);
    }
  }

  /** The line that was visited with this offset and length. */
  public String at(long offset, int bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new InputException(path + ": has become shorter while it was read");
        }
      }
    } catch (IOException e) {
      throw cannotRead(path, e);
    }
    return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw cannotRead(path, e);
    }
  }

  private static InputException cannotRead(Path path, IOException e) {
    String reason =
        e instanceof NoSuchFileException ? "no such file" : String.valueOf(e.getMessage());
    return new InputException(path + ": cannot be read (" + reason + ")", e);
  }
}
