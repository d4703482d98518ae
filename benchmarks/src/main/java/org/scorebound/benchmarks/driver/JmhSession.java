package org.scorebound.benchmarks.driver;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.scorebound.bench.BenchmarkCase;
import org.scorebound.bench.BenchmarkSession;
import org.scorebound.bench.ForkFailedException;
import org.scorebound.bench.ForkPlan;
import org.scorebound.bench.ForkResult;
import org.scorebound.bench.Profile;
import org.scorebound.bench.Roof;

/** Runs one fork at a time through JMH and keeps its results. */
final class JmhSession implements BenchmarkSession {

  private static final List<String> FLAGS =
      List.of(
          "--add-modules",
          "jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseParallelGC",
          "-Xms1g",
          "-Xmx3g");

  /** Bytes per operation, as JMH's profiler of collections names them. */
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private final Optional<String> java;
  private final SequencedMap<BenchmarkCase, List<RunResult>> results = new LinkedHashMap<>();

  JmhSession(Optional<String> java) {
    this.java = java;
  }

  @Override
  public ForkResult fork(BenchmarkCase benchmark, ForkPlan plan) throws ForkFailedException {
    ChainedOptionsBuilder options = options(benchmark, plan).addProfiler(GCProfiler.class);
    if (!Roof.GROUPS.contains(benchmark.group())) {
      options.addProfiler(PeakProfiler.class);
    }
    RunResult result = run(options, benchmark);
    results.computeIfAbsent(benchmark, key -> new ArrayList<>()).add(result);
    Result<?> time = result.getPrimaryResult();
    return new ForkResult(time.getScore(), allocation(result), peak(result));
  }

  private static OptionalDouble peak(RunResult result) {
    @Nullable Result<?> peak = result.getSecondaryResults().get(PeakProfiler.LABEL);
    return peak == null ? OptionalDouble.empty() : OptionalDouble.of(peak.getScore());
  }

  /** The least over the iterations: JMH counts the check at the end into the last of them. */
  private static OptionalDouble allocation(RunResult result) {
    double least = Double.POSITIVE_INFINITY;
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        @Nullable Result<?> bytes = iteration.getSecondaryResults().get(ALLOCATION);
        if (bytes != null) {
          least = Math.min(least, bytes.getScore());
        }
      }
    }
    return Double.isFinite(least) ? OptionalDouble.of(least) : OptionalDouble.empty();
  }

  @Override
  public Profile profile(BenchmarkCase benchmark, Path folder) throws ForkFailedException {
    return new Profilers(this, folder).profile(benchmark);
  }

  /** One fork of a case in nanoseconds per operation, without profilers. */
  ChainedOptionsBuilder options(BenchmarkCase benchmark, ForkPlan plan) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(benchmark.benchmark()) + "$")
            .forks(1)
            .warmupForks(0)
            .timeUnit(TimeUnit.NANOSECONDS)
            .jvmArgs(FLAGS.toArray(String[]::new))
            .shouldFailOnError(true);
    java.ifPresent(options::jvm);
    if (!benchmark.inOneShot()) {
      options
          .warmupIterations(1)
          .warmupTime(TimeValue.milliseconds(plan.warmupMillis()))
          .measurementIterations(plan.iterations())
          .measurementTime(TimeValue.milliseconds(plan.millis()));
    }
    benchmark.parameters().forEach(options::param);
    return options;
  }

  /** Runs one fork. */
  RunResult run(ChainedOptionsBuilder options, BenchmarkCase benchmark) throws ForkFailedException {
    Transcript transcript = new Transcript();
    try {
      Collection<RunResult> one = new Runner(options.build(), transcript).run();
      if (one.size() == 1) {
        return one.iterator().next();
      }
      throw new ForkFailedException(transcript.failure("no result"));
    } catch (RunnerException e) {
      throw new ForkFailedException(transcript.failure(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      // Of no class of its own: JMH's complaint of a java program that does not start.
      throw new ForkFailedException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void writeFrameworkResults(OutputStream out) throws IOException {
    List<RunResult> merged = new ArrayList<>();
    for (Map.Entry<BenchmarkCase, List<RunResult>> entry : results.entrySet()) {
      List<BenchmarkResult> forks = new ArrayList<>();
      entry.getValue().forEach(r -> forks.addAll(r.getBenchmarkResults()));
      merged.add(new RunResult(withForks(forks.getFirst().getParams(), forks.size()), forks));
    }
    PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, print).writeOut(merged);
    print.flush();
    if (print.checkError()) {
      throw new IOException("the results could not be written");
    }
  }

  /** The same run, of as many forks as there were rounds. */
  private static BenchmarkParams withForks(BenchmarkParams p, int forks) {
    WorkloadParams workload = new WorkloadParams();
    int position = 0;
    for (String key : p.getParamsKeys()) {
      workload.put(key, p.getParam(key), position++);
    }
    return new BenchmarkParams(
        p.getBenchmark(),
        p.generatedBenchmark(),
        p.shouldSynchIterations(),
        p.getThreads(),
        p.getThreadGroups(),
        p.getThreadGroupLabels(),
        forks,
        p.getWarmupForks(),
        p.getWarmup(),
        p.getMeasurement(),
        p.getMode(),
        workload,
        p.getTimeUnit(),
        p.getOpsPerInvocation(),
        p.getJvm(),
        p.getJvmArgs(),
        p.getJdkVersion(),
        p.getVmName(),
        p.getVmVersion(),
        p.getJmhVersion(),
        p.getTimeout());
  }
}
