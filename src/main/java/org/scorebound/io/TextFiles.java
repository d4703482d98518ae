package org.scorebound.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whole UTF-8 text files, with every failure told in one line. */
final class TextFiles {

  private TextFiles() {}

  /** The file's text without a byte order mark. */
  static String read(Path file) {
    if (!Files.exists(file)) {
      throw new InputException(file + ": no such file");
    }
    if (Files.isDirectory(file)) {
      throw new InputException(file + ": is a folder, not a file");
    }
    if (!Files.isReadable(file)) {
      throw new InputException(file + ": cannot be read (permission denied)");
    }
    try {
      return decode(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** The stream's text without a byte order mark; the stream is closed. */
  static String read(InputStream stream, String source) {
    try (stream) {
      return decode(stream.readAllBytes(), source);
    } catch (IOException e) {
      throw new InputException(source + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static String decode(byte[] bytes, String source) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InputException(source + ": is not UTF-8 text", e);
    }
  }
}
