package org.scorebound.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that appears whole or not at all. The content goes to a hidden temporary file beside the
 * target, is forced to the disk and then renamed over it; on any failure, and when the JVM is
 * interrupted, the temporary file is removed and an old target is left as it was. A target that
 * exists and is no regular file ({@code /dev/null}, a pipe) is written directly.
 */
public final class AtomicFile {

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out}, which the caller closes. */
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Checks that {@link #write} to this target can succeed, by creating and removing the temporary
   * file; to be called before a long computation.
   *
   * @throws InputException in one line if it cannot
   */
  public static void checkWritable(Path target) {
    Path real = resolve(target);
    if (isSpecial(real)) {
      if (!Files.isWritable(real)) {
        throw new InputException(target + ": cannot be written (permission denied)");
      }
      return;
    }
    try {
      Temporary temporary = Temporary.beside(real);
      temporary.channel.close();
      Files.delete(temporary.path);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /**
   * Writes the target.
   *
   * @throws InputException in one line if the target cannot be written
   */
  public static void write(Path target, Content content) {
    Path real = resolve(target);
    try {
      if (isSpecial(real)) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(real))) {
          content.writeTo(out);
        }
      } else {
        replace(real, content);
      }
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  private static void replace(Path target, Content content) throws IOException {
    Temporary temporary = Temporary.beside(target);
    Thread onInterrupt = new Thread(() -> removeQuietly(temporary.path), "remove-temporary-file");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    boolean renamed = false;
    try {
      try (FileChannel channel = temporary.channel;
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      try {
        Files.move(temporary.path, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary.path, target, StandardCopyOption.REPLACE_EXISTING);
      }
      renamed = true;
    } finally {
      if (!renamed) {
        removeQuietly(temporary.path);
      }
      try {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
      } catch (IllegalStateException e) {
        // The JVM is going down; the hook finds the file gone and does nothing.
      }
    }
  }

  /** The target after symbolic links, with the checks whose failures have a plain explanation. */
  private static Path resolve(Path target) {
    Path absolute = target.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      throw new InputException(target + ": is a folder, a file name is needed");
    }
    Path folder = absolute.getParent();
    if (folder == null || !Files.exists(folder)) {
      throw new InputException(target + ": the folder " + folder + " does not exist");
    }
    if (!Files.isDirectory(folder)) {
      throw new InputException(target + ": " + folder + " is not a folder");
    }
    try {
      return Files.exists(absolute) ? absolute.toRealPath() : absolute;
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  private static boolean isSpecial(Path target) {
    return Files.exists(target) && !Files.isRegularFile(target);
  }

  private static void removeQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // The failure that led here is the one to report.
    }
  }

  /** The one line for a file that could not be written. */
  static InputException cannotWrite(Path target, IOException e) {
    String reason = e.getMessage();
    if (e instanceof AccessDeniedException) {
      reason = "permission denied";
    } else if (e instanceof FileSystemException system && system.getReason() != null) {
      reason = system.getReason();
    }
    return new InputException(target + ": cannot be written (" + reason + ")", e);
  }

  /** A new hidden file in the folder of the target, with the permissions of the user's umask. */
  private record Temporary(Path path, FileChannel channel) {

    static Temporary beside(Path target) throws IOException {
      String stem = "." + target.getFileName() + "." + ProcessHandle.current().pid() + "-";
      for (int k = 0; ; k++) {
        Path path = target.resolveSibling(stem + k + ".tmp");
        try {
          FileChannel channel =
              FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          return new Temporary(path, channel);
        } catch (FileAlreadyExistsException e) {
          // The name is taken by another writer in this process; try the next one.
        }
      }
    }
  }
}
