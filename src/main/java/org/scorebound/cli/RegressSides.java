package org.scorebound.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.HostFacts;
import org.scorebound.io.InputException;
import org.scorebound.regress.Fingerprint;
import org.scorebound.regress.Plan;
import org.scorebound.regress.fork.Forker;
import org.scorebound.regress.fork.GitSources;
import org.scorebound.regress.fork.Harness;
import org.scorebound.regress.fork.JmhJar;
import org.scorebound.regress.fork.JmhOptions;
import org.scorebound.result.Progress;
import picocli.CommandLine.Option;

/** The options that say what is compared and how its forks are started. */
final class RegressSides {

  /** What this project's kernels need. */
  private static final String OWN_FLAGS =
      "--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED"
          + " -XX:+UseParallelGC -Xms1g -Xmx3g";

  @Option(
      names = "--baseline",
      paramLabel = "JAR|REF",
      description = "The old side: a JMH benchmark jar, or a commit that is built.")
  private @Nullable String baseline;

  @Option(
      names = "--candidate",
      paramLabel = "JAR|REF",
      description = "The new side, likewise (default: the working tree here).")
  private @Nullable String candidate;

  @Option(
      names = "--build",
      paramLabel = "COMMAND",
      description = "How a commit is built, for sh (default: Maven's package without tests).")
  private @Nullable String build;

  @Option(
      names = "--jar",
      paramLabel = "PATH",
      description = "Where the build leaves the benchmark jar (default: the only one there).")
  private @Nullable Path jar;

  @Option(
      names = "--jmh",
      paramLabel = "WORDS",
      description =
          "Further words for JMH, such as '-i 10 -r 200ms -p size=1000' (default: 20 iterations "
              + "of 100 ms, no warm-up of its own: where it ends is found in the numbers).")
  private String jmh = "";

  @Option(
      names = "--jvm-args",
      paramLabel = "WORDS",
      description = "Flags of the forked virtual machines.")
  private @Nullable String jvmArgs;

  @Option(
      names = "--jvm",
      paramLabel = "FILE",
      description = "The java program to fork (default: the one that runs this).")
  private @Nullable Path jvm;

  @Option(
      names = "--fork-limit",
      paramLabel = "SECONDS",
      description = "A fork that takes longer has failed (default: 300).")
  private double limit = 300;

  /**
   * Both sides, built and ready to fork.
   *
   * @param copy the baseline's jar once more
   * @param folder with the copies of the jars
   * @param hook removes the folder when the run is interrupted
   */
  record Opened(
      Plan.Build old,
      Plan.Build young,
      List<String> jmh,
      String jvmArgs,
      Fingerprint fingerprint,
      Forker baseline,
      Forker candidate,
      Forker copy,
      Path folder,
      Thread hook)
      implements AutoCloseable {

    @Override
    public void close() throws IOException {
      baseline.close();
      candidate.close();
      copy.close();
      remove(folder);
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The virtual machine is going down; the hook finds the folder gone.
      }
    }
  }

  /** The old side's name, if it was given. */
  Optional<String> baseline() {
    return Optional.ofNullable(baseline);
  }

  /** Builds and opens both sides. */
  Opened open(Harness harness, Progress progress) throws IOException, InterruptedException {
    if (baseline == null) {
      throw new InputException("--baseline must be given: a JMH benchmark jar or a commit");
    }
    if (jvm != null && !Files.isExecutable(jvm)) {
      throw new InputException("--jvm must be a program, got " + jvm);
    }
    if (!(limit > 0)) {
      throw new InputException("--fork-limit must be > 0, got " + limit);
    }
    List<String> words = Stream.of(jmh.split("\\s+")).filter(w -> !w.isEmpty()).toList();
    progress.report(0, 2, "building");
    Prepared old = prepared("--baseline", baseline);
    progress.report(1, 2, "building");
    Prepared young = prepared("--candidate", candidate);
    progress.report(2, 2, "building");
    String flags = jvmArgs != null ? jvmArgs : young.jar.own() ? OWN_FLAGS : "";
    JmhOptions options = new JmhOptions(words, flags);
    Path java = jvm != null ? jvm : Path.of(System.getProperty("java.home"), "bin", "java");
    Path folder = Files.createTempDirectory("scorebound-regress-");
    try {
      Forker[] forkers = new Forker[3];
      JmhJar[] jars = {old.jar, young.jar, old.jar};
      // Paths of equal length, and files that nobody builds anew while forks run.
      String[] names = {"side-a", "side-b", "side-c"};
      for (int i = 0; i < forkers.length; i++) {
        Path own = Files.createDirectory(folder.resolve(names[i]));
        Path file = own.resolve("benchmarks.jar");
        Files.copy(jars[i].path(), file, StandardCopyOption.REPLACE_EXISTING);
        JmhJar copy = new JmhJar(file, jars[i].sha256(), jars[i].benchmarks(), jars[i].own());
        forkers[i] = harness.open(copy, java, options, limit, own);
      }
      String machine = jvm == null ? HostFacts.machine().jvm() : jvm.toRealPath().toString();
      return new Opened(
          old.build(),
          young.build(),
          words,
          flags,
          Fingerprint.of(HostFacts.machine(), machine),
          forkers[0],
          forkers[1],
          forkers[2],
          folder,
          onInterrupt(folder));
    } catch (IOException | RuntimeException e) {
      remove(folder);
      throw e;
    }
  }

  private record Prepared(JmhJar jar, String name, String source) {
    Plan.Build build() {
      return new Plan.Build(name, source, jar.sha256());
    }
  }

  private Prepared prepared(String option, @Nullable String named)
      throws IOException, InterruptedException {
    if (named != null && (Files.isRegularFile(Path.of(named)) || named.endsWith(".jar"))) {
      return new Prepared(JmhJar.open(Path.of(named)), named, "");
    }
    GitSources git =
        GitSources.around(
            Path.of("").toAbsolutePath(), Optional.ofNullable(build), Optional.ofNullable(jar));
    GitSources.Source source = named == null ? git.workingTree() : git.commit(option, named);
    return new Prepared(JmhJar.open(git.build(source)), source.name(), source.source());
  }

  /** Removes the copies of the jars when the run is interrupted. */
  private static Thread onInterrupt(Path folder) {
    Thread hook =
        new Thread(
            () -> {
              try {
                remove(folder);
              } catch (IOException | UncheckedIOException e) {
                // A fork may still be writing there; the system clears its temporary folder.
              }
            },
            "remove-regress-folder");
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
