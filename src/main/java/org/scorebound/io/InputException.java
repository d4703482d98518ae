package org.scorebound.io;

/**
 * An input that cannot be used: a file, a field, a row, an output path. The message is one line,
 * made for the person who wrote the input, and names the file and the place in it. The command line
 * prints it as it is and exits with code 2.
 */
public final class InputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * An input error.
   *
   * @param message what is wrong and where; line breaks in it become spaces
   */
  public InputException(String message) {
    super(oneLine(message));
  }

  /**
   * An input error with its technical cause, which only {@code --debug} shows.
   *
   * @param message what is wrong and where; line breaks in it become spaces
   * @param cause the exception underneath
   */
  public InputException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
