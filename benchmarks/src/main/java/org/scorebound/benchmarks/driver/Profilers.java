package org.scorebound.benchmarks.driver;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.AsyncProfiler;
import org.openjdk.jmh.profile.LinuxPerfAsmProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.scorebound.bench.BenchmarkCase;
import org.scorebound.bench.ForkFailedException;
import org.scorebound.bench.ForkPlan;
import org.scorebound.bench.Profile;

/**
 * Where the time goes: async-profiler by timer, which needs no hardware counters, and perf by CPU
 * clock for the machine code.
 */
final class Profilers {

  private static final String OWN = "org/scorebound/";

  /** Longer than the measured forks: perf's fork also prints all machine code it compiles. */
  private static final ForkPlan PLAN = new ForkPlan(4000, 2, 1000);

  private static final int HOTTEST = 20;

  /** Samples a second apart by this much, in nanoseconds. */
  private static final int INTERVAL = 1_000_000;

  private final JmhSession session;
  private final Path folder;
  private final List<String> missing = new ArrayList<>();

  Profilers(JmhSession session, Path folder) {
    this.session = session;
    this.folder = folder;
  }

  Profile profile(BenchmarkCase benchmark) throws ForkFailedException {
    String stem = benchmark.label().replaceAll("[^A-Za-z0-9.]+", "-");
    try {
      Sampled sampled = sample(benchmark, stem);
      Optional<String> assembly = assembly(benchmark, stem);
      return new Profile(benchmark.label(), sampled.flameGraph, assembly, sampled.hottest, missing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Sampled(Optional<String> flameGraph, List<Profile.Hot> hottest) {
    static final Sampled NOTHING = new Sampled(Optional.empty(), List.of());
  }

  private Sampled sample(BenchmarkCase benchmark, String stem)
      throws IOException, ForkFailedException {
    Path work = Files.createTempDirectory("scorebound-profile-");
    try {
      Optional<Path> library = library(work);
      if (library.isEmpty()) {
        return Sampled.NOTHING;
      }
      String options =
          "libPath="
              + library.get()
              + ";event=itimer;interval="
              + INTERVAL
              + ";output=collapsed,flamegraph;direction=forward;dir="
              + work;
      session.run(
          session.options(benchmark, PLAN).addProfiler(AsyncProfiler.class, options), benchmark);
      Optional<Path> html = find(work, ".html");
      Optional<Path> text = find(work, ".csv");
      Optional<String> name = Optional.empty();
      if (html.isPresent()) {
        Path target = folder.resolve(stem + ".html");
        Files.move(html.get(), target, StandardCopyOption.REPLACE_EXISTING);
        name = Optional.of(target.toString());
      } else {
        missing.add("no flame graph: async-profiler took no samples");
      }
      return new Sampled(
          name, text.isPresent() ? hottest(Files.readAllLines(text.get())) : List.of());
    } finally {
      delete(work);
    }
  }

  /** The profiler's library for this machine, unpacked from its artifact. */
  private Optional<Path> library(Path to) throws IOException {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "");
    String place =
        os.startsWith("mac")
            ? "macos"
            : os.startsWith("linux")
                ? "linux-"
                    + (arch.equals("aarch64") ? "arm64" : arch.equals("amd64") ? "x64" : arch)
                : os;
    try (@Nullable InputStream in =
        Profilers.class.getResourceAsStream("/" + place + "/libasyncProfiler.so")) {
      if (in == null) {
        missing.add("no flame graph: async-profiler has no library for " + os + " on " + arch);
        return Optional.empty();
      }
      Path file = to.resolve("libasyncProfiler.so");
      Files.copy(in, file);
      return Optional.of(file);
    }
  }

  /**
   * Samples by method, each counted for the innermost method of this project on its stack, since
   * what that calls is inlined from the vector library; else for the innermost frame.
   *
   * @param stacks lines of frames, outermost first, parted by semicolons, and a number of samples
   */
  static List<Profile.Hot> hottest(List<String> stacks) {
    Map<String, Long> samples = new HashMap<>();
    long total = 0;
    for (String line : stacks) {
      int blank = line.lastIndexOf(' ');
      if (blank > 0) {
        long count = Long.parseLong(line.substring(blank + 1).strip());
        samples.merge(method(line.substring(0, blank)), count, Long::sum);
        total += count;
      }
    }
    double all = total;
    return samples.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(HOTTEST)
        .map(e -> new Profile.Hot(e.getKey(), e.getValue() / all))
        .toList();
  }

  private static String method(String stack) {
    String[] frames = stack.split(";", -1);
    for (int i = frames.length - 1; i >= 0; i--) {
      if (frames[i].startsWith(OWN) && !frames[i].contains("jmh_generated")) {
        return frames[i].substring(frames[i].lastIndexOf('/') + 1);
      }
    }
    return frames[frames.length - 1];
  }

  /** The machine code by perf, where it is installed and may be used. */
  private Optional<String> assembly(BenchmarkCase benchmark, String stem) throws IOException {
    if (!isOnPath("perf")) {
      missing.add("no machine code: perf is not installed (Debian's package is linux-perf)");
      return Optional.empty();
    }
    ChainedOptionsBuilder options =
        session
            .options(benchmark, PLAN)
            .addProfiler(
                LinuxPerfAsmProfiler.class, "events=cpu-clock;intelSyntax=true;hotThreshold=0.05");
    try {
      RunResult result = session.run(options, benchmark);
      for (String name : result.getSecondaryResults().keySet()) {
        Result<?> text = result.getSecondaryResults().get(name);
        if (name.contains("asm") && text != null) {
          Path target = folder.resolve(stem + ".perfasm.txt");
          Files.writeString(target, text.extendedInfo());
          return Optional.of(target.toString());
        }
      }
      missing.add("no machine code: perf took no samples");
    } catch (ForkFailedException e) {
      missing.add("no machine code: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator))
            .anyMatch(part -> Files.isExecutable(Path.of(part, program)));
  }

  private static Optional<Path> find(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).findFirst();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
