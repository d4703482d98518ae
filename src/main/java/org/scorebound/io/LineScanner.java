package org.scorebound.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the lines of a file that another process may be appending to. A line ends in LF; what comes
 * after the last one is a torn line, of a writer that was killed or is still writing, and is not
 * reported. Memory: a block and the longest line.
 */
final class LineScanner {

  private static final int BLOCK = 1 << 18;

  private LineScanner() {}

  /**
   * Visits every whole line from the start of the file.
   *
   * @param source the file's name in error messages
   * @return the offset after the last line break
   * @throws InputException if a line is not UTF-8
   */
  static long scan(FileChannel channel, String source, LineVisitor visitor) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    byte[] pending = new byte[BLOCK];
    int length = 0;
    int number = 0;
    long start = 0;
    while (true) {
      if (length == pending.length) {
        pending = Arrays.copyOf(pending, 2 * length);
      }
      int read =
          channel.read(ByteBuffer.wrap(pending, length, pending.length - length), start + length);
      if (read <= 0) {
        return start;
      }
      int from = 0;
      for (int i = length; i < length + read; i++) {
        if (pending[i] == '\n') {
          number++;
          String text = decode(decoder, pending, from, i - from, source, number);
          visitor.line(text, number, start + from, i - from);
          from = i + 1;
        }
      }
      length += read - from;
      System.arraycopy(pending, from, pending, 0, length);
      start += from;
    }
  }

  private static String decode(
      CharsetDecoder decoder, byte[] bytes, int from, int length, String source, int number) {
    try {
      return decoder.decode(ByteBuffer.wrap(bytes, from, length)).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(source + ":" + number + ": is not UTF-8 text", e);
    }
  }
}
