package org.scorebound.regress.fork;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.InputException;

/**
 * Builds commits and the working tree of a git repository, each in a folder of its own below {@code
 * target/regress}, named by the tree's hash: the user's tree, index and branches are not touched,
 * and the same tree is built once. A working tree is taken as it is, with new files, without
 * ignored ones.
 */
public final class GitSources {

  private final Path top;
  private final Optional<String> command;
  private final Optional<Path> jar;

  private GitSources(Path top, Optional<String> command, Optional<Path> jar) {
    this.top = top;
    this.command = command;
    this.jar = jar;
  }

  /**
   * A source that can be built.
   *
   * @param name as the user named it
   * @param source commit, or tree and the commit it is based on
   * @param tree hash of its content
   */
  public record Source(String name, String source, String tree) {}

  /**
   * The repository around a folder.
   *
   * @param command that builds, run by {@code sh}; empty for Maven's {@code package}
   * @param jar where the build leaves the benchmark jar; empty to look for it
   */
  public static GitSources around(Path folder, Optional<String> command, Optional<Path> jar)
      throws IOException, InterruptedException {
    Output top = git(folder, Map.of(), "rev-parse", "--show-toplevel");
    if (top.code != 0) {
      throw new InputException(
          folder.toAbsolutePath().normalize()
              + " is not in a git repository; --baseline and --candidate then have to be jars");
    }
    return new GitSources(Path.of(top.text), command, jar);
  }

  /**
   * A commit.
   *
   * @param option for the error message
   * @throws InputException in one line if there is none, or it is said to have changes on top
   */
  public Source commit(String option, String ref) throws IOException, InterruptedException {
    if (ref.endsWith("-dirty")) {
      throw new InputException(
          option
              + " "
              + ref
              + ": a commit with changes on top cannot be built again; commit them, or give the jar");
    }
    Output commit = git(top, Map.of(), "rev-parse", "--verify", "--quiet", ref + "^{commit}");
    if (ref.startsWith("-") || commit.code != 0) {
      throw new InputException(option + " " + ref + ": neither a file nor a commit of " + top);
    }
    Output tree = checked(git(top, Map.of(), "rev-parse", commit.text + "^{tree}"));
    return new Source(ref, commit.text, tree.text);
  }

  /** What the working tree holds now. */
  public Source workingTree() throws IOException, InterruptedException {
    Path index = Files.createTempFile("scorebound-index-", "");
    try {
      Files.delete(index);
      Map<String, String> other = Map.of("GIT_INDEX_FILE", index.toString());
      Output head = checked(git(top, Map.of(), "rev-parse", "HEAD"));
      checked(git(top, other, "read-tree", "HEAD"));
      checked(git(top, other, "add", "-A"));
      String tree = checked(git(top, other, "write-tree")).text;
      String committed = checked(git(top, Map.of(), "rev-parse", "HEAD^{tree}")).text;
      String source = tree.equals(committed) ? head.text : "tree " + tree + " on " + head.text;
      return new Source("working tree", source, tree);
    } finally {
      Files.deleteIfExists(index);
    }
  }

  /**
   * Builds a source, unless that was done before.
   *
   * @return the benchmark jar
   * @throws InputException in one line if the build fails or leaves no single benchmark jar
   */
  public Path build(Source source) throws IOException, InterruptedException {
    Path folder = top.resolve("target/regress/" + source.tree().substring(0, 16));
    Path marker = folder.resolveSibling(folder.getFileName() + ".jar-path");
    String wanted = command.orElse("") + "\n" + jar.map(Path::toString).orElse("") + "\n";
    if (Files.exists(marker)) {
      String text = Files.readString(marker);
      Path built = folder.resolve(text.substring(Math.min(wanted.length(), text.length())));
      if (text.startsWith(wanted) && Files.isRegularFile(built)) {
        return built;
      }
    }
    checkOut(source, folder);
    Path log = folder.resolveSibling(folder.getFileName() + ".build.log");
    String line = command.orElseGet(() -> usual(folder));
    Process process =
        inherited(new ProcessBuilder("sh", "-c", line).directory(folder.toFile()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int code = waitFor(process);
    if (code != 0) {
      throw new InputException(
          "the build of " + source.name() + " failed with code " + code + "; see " + log);
    }
    Path built = jar.map(folder::resolve).orElseGet(() -> only(folder));
    if (!Files.isRegularFile(built)) {
      throw new InputException("the build of " + source.name() + " left no " + built);
    }
    Files.writeString(marker, wanted + folder.relativize(built));
    return built;
  }

  private void checkOut(Source source, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path index = Files.createTempFile("scorebound-index-", "");
    try {
      Files.delete(index);
      Map<String, String> other = Map.of("GIT_INDEX_FILE", index.toString());
      checked(git(top, other, "read-tree", source.tree()));
      checked(git(top, other, "checkout-index", "-a", "-f", "--prefix=" + folder + "/"));
    } finally {
      Files.deleteIfExists(index);
    }
  }

  /** This project's modules, or Maven's or Gradle's usual goal. */
  private static String usual(Path folder) {
    if (Files.exists(folder.resolve("scorebound"))) {
      return "mvn -B -q -pl src,benchmarks -DskipTests -Dspotless.check.skip package";
    }
    if (Files.exists(folder.resolve("pom.xml"))) {
      return "mvn -B -q -DskipTests package";
    }
    if (Files.exists(folder.resolve("gradlew"))) {
      return "./gradlew -q jmhJar";
    }
    throw new InputException(
        folder + " has neither pom.xml nor gradlew; --build says how to build");
  }

  private static Path only(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> jars =
          files
              .filter(f -> f.toString().endsWith(".jar"))
              .filter(f -> !f.getFileName().toString().startsWith("original-"))
              .filter(JmhJar::isOne)
              .sorted()
              .toList();
      if (jars.size() == 1) {
        return jars.getFirst();
      }
      throw new InputException(
          jars.isEmpty()
              ? "the build left no JMH benchmark jar in " + folder
              : "the build left several JMH benchmark jars, --jar says which: "
                  + String.join(
                      ", ", jars.stream().map(j -> folder.relativize(j).toString()).toList()));
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private record Output(int code, String text) {}

  private static Output checked(Output output) {
    if (output.code != 0) {
      throw new InputException("git: " + output.text);
    }
    return output;
  }

  private static Output git(Path folder, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    String[] command = new String[words.length + 1];
    command[0] = "git";
    System.arraycopy(words, 0, command, 1, words.length);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new InputException("git cannot be started: " + e.getMessage(), e);
    }
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Output(waitFor(process), text);
  }

  /** The JDK of this process for builds that look for one. */
  private static ProcessBuilder inherited(ProcessBuilder builder) {
    builder.environment().putIfAbsent("JAVA25_HOME", System.getProperty("java.home"));
    @Nullable String path = builder.environment().get("JAVA_HOME");
    if (path != null && !new File(path).isDirectory()) {
      builder.environment().remove("JAVA_HOME");
    }
    return builder;
  }

  private static int waitFor(Process process) throws InterruptedException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw e;
    }
  }
}
