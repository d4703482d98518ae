package org.scorebound.cli;

import java.io.PrintWriter;

/** A line on the standard error of a run that is interrupted: what is left of it, if anything. */
final class InterruptNote implements AutoCloseable {

  private final PrintWriter err;
  private final Thread hook = new Thread(this::print, "interrupt note");
  private volatile String line = "";

  private InterruptNote(PrintWriter err) {
    this.err = err;
  }

  /** Watches for an interrupt until it is closed. */
  static InterruptNote open(PrintWriter err) {
    InterruptNote note = new InterruptNote(err);
    Runtime.getRuntime().addShutdownHook(note.hook);
    return note;
  }

  /** From now on this is what is left. */
  void say(String now) {
    line = now;
  }

  /** What the hook does. */
  void print() {
    if (!line.isEmpty()) {
      err.println(line);
      err.flush();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException goingDown) {
      // Then it prints, which is what it is for.
      return;
    }
    line = "";
  }
}
