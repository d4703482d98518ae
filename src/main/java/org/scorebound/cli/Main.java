package org.scorebound.cli;

/** Entry point of the {@code scorebound} command. */
public final class Main {

  private Main() {}

  /**
   * Runs one command and exits with its code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.err.println("scorebound: no command yet");
    System.exit(2);
  }
}
