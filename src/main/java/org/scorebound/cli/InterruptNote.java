package org.scorebound.cli;

import java.io.PrintWriter;

/**
 * The end of a run that is interrupted: its forks end with it, which a signal to this process alone
 * would leave to measure for nobody, and a line on standard error says what is left, if anything.
 */
final class InterruptNote implements AutoCloseable {

  private final PrintWriter err;
  private final Thread hook = new Thread(this::stop, "interrupt note");
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

  private void stop() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    print();
  }

  /** Says it. */
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
