package org.scorebound.regress.fork;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.regress.BenchmarkId;
import org.scorebound.regress.host.JmhHost;

/** Forks of one jar, by its own JMH in a process that stays. */
public final class JmhForker implements Forker {

  private static final String FAILURE = "<failure>";

  private final JmhJar jar;
  private final Path java;
  private final JmhOptions options;
  private final double limitSeconds;
  private final List<String> hostFlags;
  private final Path folder;
  private final Path hostJar;
  private @Nullable HostProcess host;

  /**
   * A forker.
   *
   * @param jar which stays as it is while forks run
   * @param java the program
   * @param limitSeconds of one command line
   * @param hostFlags of the process that runs JMH; forks inherit them
   * @param folder for files of the moment; it exists
   */
  public JmhForker(
      JmhJar jar,
      Path java,
      JmhOptions options,
      double limitSeconds,
      List<String> hostFlags,
      Path folder) {
    this.jar = jar;
    this.java = java;
    this.options = options;
    this.limitSeconds = limitSeconds;
    this.hostFlags = List.copyOf(hostFlags);
    this.folder = folder;
    this.hostJar = hostJar(folder);
  }

  @Override
  public List<JmhJar.Entry> benchmarks() {
    return jar.benchmarks();
  }

  @Override
  public Pilot pilot(JmhJar.Entry one) throws ForkException, InterruptedException {
    Path file = folder.resolve("pilot.json");
    long start = System.nanoTime();
    HostProcess.Output output = run(options.pilot(one, file.toString()), file);
    double seconds = 1e-9 * (System.nanoTime() - start);
    return new Pilot(results(file), failure(output.lines(), ""), seconds);
  }

  @Override
  public JmhResults.Result fork(BenchmarkId id) throws ForkException, InterruptedException {
    Path file = folder.resolve("fork.json");
    HostProcess.Output output = run(options.fork(id, file.toString()), file);
    List<JmhResults.Result> results = results(file);
    if (results.size() != 1) {
      throw new ForkException(failure(output.lines(), "no result"));
    }
    return results.getFirst();
  }

  private HostProcess.Output run(List<String> words, Path file)
      throws ForkException, InterruptedException {
    HostProcess process = host;
    try {
      Files.deleteIfExists(file);
      if (process == null || !process.isAlive()) {
        process = new HostProcess(command(), folder);
        host = process;
      }
    } catch (IOException e) {
      throw new ForkException("cannot be started: " + e.getMessage());
    }
    HostProcess.Output output = process.run(words, limitSeconds);
    return switch (output.end()) {
      case DONE -> output;
      case LATE ->
          throw new ForkException(
              String.format(Locale.ROOT, "no result after the time limit of %.0f s", limitSeconds));
      case EXITED ->
          throw new ForkException(
              failure(
                  output.lines(), "the process ended with code " + process.exitCode().orElse(-1)));
    };
  }

  private List<String> command() {
    List<String> command = new java.util.ArrayList<>();
    command.add(java.toString());
    command.addAll(hostFlags);
    command.add("-cp");
    command.add(jar.path().toAbsolutePath() + File.pathSeparator + hostJar);
    command.add(JmhHost.class.getName());
    return command;
  }

  private static List<JmhResults.Result> results(Path file) throws ForkException {
    try {
      return Files.exists(file) && Files.size(file) > 0
          ? JmhResults.read(JsonInput.read(file))
          : List.of();
    } catch (IOException e) {
      throw new ForkException("the result cannot be read: " + e.getMessage());
    } catch (InputException e) {
      throw new ForkException(String.valueOf(e.getMessage()));
    }
  }

  /** What follows JMH's mark, an exception as a rule; else the first line that names one. */
  static String failure(List<String> lines, String otherwise) {
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).contains(FAILURE)) {
        for (String after : lines.subList(i + 1, lines.size())) {
          if (!after.isBlank()) {
            return after.strip();
          }
        }
      }
    }
    return lines.stream()
        .filter(l -> l.contains("Exception") || l.contains("Error") || l.startsWith("ERROR"))
        .findFirst()
        .map(String::strip)
        .orElse(otherwise);
  }

  /** A jar with {@link JmhHost} alone: our own jar would bring its own JMH and benchmarks. */
  private static Path hostJar(Path folder) {
    String name = JmhHost.class.getName().replace('.', '/') + ".class";
    Path file = folder.resolve("host.jar").toAbsolutePath();
    try (InputStream in = JmhHost.class.getClassLoader().getResourceAsStream(name);
        OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      if (in == null) {
        throw new IllegalStateException("class " + name + " is missing");
      }
      jar.putNextEntry(new JarEntry(name));
      in.transferTo(jar);
      jar.closeEntry();
      return file;
    } catch (IOException e) {
      throw new InputException(file + ": cannot be written (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public void close() {
    if (host != null) {
      host.close();
      host = null;
    }
  }
}
