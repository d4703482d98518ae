package org.scorebound.io;

/** Hears the lines of a file in their order. */
@FunctionalInterface
public interface LineVisitor {

  /**
   * A line.
   *
   * @param text the line without its line break
   * @param number one-based
   * @param offset of its first byte
   * @param bytes its length, without the line break
   */
  void line(String text, int number, long offset, int bytes);
}
