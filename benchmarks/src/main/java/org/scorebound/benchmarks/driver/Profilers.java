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
import java.util.OptionalLong;
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
import org.scorebound.bench.MeasuredRun;
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
      return new Profile(
          benchmark.label(),
          sampled.flameGraph,
          assembly,
          sampled.hottest,
          missing,
          sampled.samples,
          MeasuredRun.FIRST);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Sampled(
      Optional<String> flameGraph, List<Profile.Hot> hottest, OptionalLong samples) {
    static final Sampled NOTHING = new Sampled(Optional.empty(), List.of(), OptionalLong.empty());
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
        name = Optional.of(named(target));
      } else {
        missing.add("no flame graph: async-profiler took no samples");
      }
      if (text.isEmpty()) {
        missing.add("no hottest methods: async-profiler wrote no stacks");
        return new Sampled(name, List.of(), OptionalLong.empty());
      }
      List<String> stacks = Files.readAllLines(text.get());
      return new Sampled(name, hottest(stacks), OptionalLong.of(samples(stacks)));
    } finally {
      delete(work);
    }
  }

  /** The file from the folder of the document, which the profiles' folder is in. */
  private String named(Path target) {
    return folder.getFileName() + "/" + target.getFileName();
  }

  private static long samples(List<String> stacks) {
    return stacks.stream().mapToLong(Profilers::count).sum();
  }

  private static long count(String stack) {
    int blank = stack.lastIndexOf(' ');
    return blank > 0 ? Long.parseLong(stack.substring(blank + 1).strip()) : 0;
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
    for (String line : stacks) {
      if (count(line) > 0) {
        samples.merge(method(line.substring(0, line.lastIndexOf(' '))), count(line), Long::sum);
      }
    }
    double all = samples(stacks);
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
          return Optional.of(named(target));
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
