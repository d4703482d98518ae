package org.scorebound.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Progress;

/**
 * A progress bar on standard error, at most 79 columns wide, gone without a trace when closed. Does
 * nothing where standard error is no terminal. The bar is drawn by a thread of its own, so a report
 * costs one uncontended lock.
 */
public final class TerminalProgress implements Progress, AutoCloseable {

  private static final int WIDTH = 79;
  private static final int REFRESH_MILLIS = 200;

  private final boolean visible;
  private @Nullable ProgressBar bar;
  private String stage = "";

  private TerminalProgress(boolean visible) {
    this.visible = visible;
  }

  /** Progress on this terminal, or progress that hears nothing. */
  static TerminalProgress open(boolean quiet) {
    return new TerminalProgress(!quiet && standardErrorIsTerminal());
  }

  @Override
  public synchronized void report(long done, long total, String what) {
    if (!visible) {
      return;
    }
    if (bar == null || !stage.equals(what)) {
      close();
      stage = what;
      bar =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(total)
              .setUpdateIntervalMillis(REFRESH_MILLIS)
              .setMaxRenderedLength(WIDTH)
              .setStyle(ProgressBarStyle.ASCII)
              .clearDisplayOnFinish()
              .build();
    }
    bar.stepTo(done);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /**
   * Whether file descriptor 2 is a terminal, which the JDK does not tell. The launcher script does,
   * in a system property; without it Linux's {@code /proc} is asked, and elsewhere the answer is
   * no.
   */
  private static boolean standardErrorIsTerminal() {
    String told = System.getProperty("scorebound.terminal");
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    Path descriptor = Path.of("/proc/self/fd/2");
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
