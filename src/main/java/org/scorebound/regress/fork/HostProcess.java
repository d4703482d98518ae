package org.scorebound.regress.fork;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.scorebound.regress.host.JmhHost;

/** A virtual machine that serves command lines of JMH; see {@link JmhHost}. */
final class HostProcess implements AutoCloseable {

  /** What a command line ended with. */
  enum End {
    /** JMH returned. */
    DONE,
    /** The process ended. */
    EXITED,
    /** The time limit passed, and the process was ended. */
    LATE
  }

  /**
   * What a command line printed.
   *
   * @param end how it ended
   * @param lines of standard output and error
   */
  record Output(End end, List<String> lines) {}

  private static final String EOF = "\u0004 end of output";

  private final Process process;
  private final BufferedWriter in;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread hook;

  HostProcess(List<String> command, Path folder) throws IOException {
    process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    in =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    Thread.ofVirtual().start(this::read);
    hook = new Thread(this::kill, "end-benchmark-host");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException | UncheckedIOException e) {
      // The process was ended while it printed.
    } finally {
      lines.add(EOF);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Runs one command line to its end or to the time limit. */
  Output run(List<String> words, double limitSeconds) throws InterruptedException {
    List<String> said = new ArrayList<>();
    try {
      in.write(words.size() + "\n");
      for (String word : words) {
        in.write(word + "\n");
      }
      in.flush();
    } catch (IOException e) {
      // It has ended already; what it said is read below.
      said.add("the process did not take the command line: " + e.getMessage());
    }
    long deadline = System.nanoTime() + (long) (1e9 * limitSeconds);
    while (true) {
      String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        close();
        return new Output(End.LATE, said);
      }
      if (line.equals(JmhHost.DONE)) {
        return new Output(End.DONE, said);
      }
      if (line.equals(EOF)) {
        close();
        return new Output(End.EXITED, said);
      }
      said.add(line);
    }
  }

  /** The exit code, once it has ended. */
  Optional<Integer> exitCode() {
    return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The virtual machine is going down and runs the hook itself.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
