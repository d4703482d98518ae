package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.Nearest;
import org.scorebound.linalg.Kernels;
import org.scorebound.lipschitz.NetworkBranchAndBound;
import org.scorebound.lipschitz.NetworkTimes;
import org.scorebound.lipschitz.ShippedNetworks;
import org.scorebound.network.TimeConditioning;
import org.scorebound.result.Figure;
import org.scorebound.result.RunTiming;
import org.scorebound.score.NetworkFile;
import org.scorebound.score.OutputScale;
import org.scorebound.verify.Diffusions;
import org.scorebound.verify.ShippedTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brackets the one-sided Lipschitz constant of a network from a file. */
@Command(
    name = "lipschitz",
    description = {
      "The one-sided Lipschitz constant of a network's score over all of R^d, as a",
      "bracket: attained by a point, and certified from above by branch and bound."
    })
final class LipschitzCommand implements Callable<ExitCode> {

  private static final int MAX_TIMES = 100_000;

  /** Times of a network that sees them that share cells; a count, whatever the threads. */
  private static final int TOGETHER = 50;

  @Spec private CommandSpec spec;

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private BackEndOption backEnd = new BackEndOption();

  @Option(
      names = "--network",
      paramLabel = "FILE",
      required = true,
      description = "Description of the network (JSON), see docs/networks.md.")
  private Path network = Path.of("");

  @Option(
      names = "--t",
      paramLabel = "T,..",
      split = ",",
      description =
          "Times at which to freeze it; with a gain per step the indices of steps (default: all of"
              + " them).")
  private double @Nullable [] times;

  @Option(
      names = "--times",
      paramLabel = "N",
      description =
          "Instead of --t: N equally spaced times, from T/N to the horizon T of the description's"
              + " diffusion.")
  private @Nullable Integer count;

  @Option(
      names = "--box",
      paramLabel = "R",
      description = "Also bracket the supremum over |x_i| <= R, which is no bound for the theorem.")
  private @Nullable Double box;

  @Option(
      names = "--gap",
      paramLabel = "G",
      defaultValue = "0.01",
      description = "Relative gap to reach (default: ${DEFAULT-VALUE}).")
  private double gap;

  @Option(
      names = "--cells",
      paramLabel = "N",
      defaultValue = "4000000",
      description = "Budget of cells for each time (default: ${DEFAULT-VALUE}).")
  private long cells;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto, branch-and-bound or layers (default: ${DEFAULT-VALUE}).")
  private String method = "auto";

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Compute everything N times; seconds are the median of the later half (default:"
              + " ${DEFAULT-VALUE}).")
  private int repeat;

  @Option(
      names = "--train",
      paramLabel = "NAME",
      description =
          "First train gauss-1d, two-clusters-1d, gauss-2d, four-clusters-2d or published-2d and"
              + " write it, with its certificate, to --network; then stop.")
  private @Nullable String train;

  @Override
  public ExitCode call() {
    check();
    if (train != null) {
      return train(train);
    }
    Kernels kernels = backEnd.kernels();
    Path out = common.outputFile("lipschitz");
    NetworkFile file = NetworkFile.read(network);
    int d = file.network().dimension();
    boolean cellsUsed = usesCells(d);
    double[] at = times(file);
    OutputScale scale = scale(file, d);
    LipschitzBrackets brackets =
        new LipschitzBrackets(
            new NetworkBranchAndBound.Options(
                gap, cells, box == null ? OptionalDouble.empty() : OptionalDouble.of(box)),
            repeat,
            kernels);
    long started = System.nanoTime();
    String begun = CommonOptions.timestamp();
    List<LipschitzBrackets.Timed> rows;
    try (TerminalProgress progress = common.progress()) {
      rows = new ArrayList<>();
      List<int[]> groups = groups(file, scale, at, cellsUsed);
      int threads = Math.min(common.threads(), groups.size());
      int[] done = {0};
      // Groups of times are independent, and each is computed by one thread.
      try (var pool = new ForkJoinPool(threads)) {
        rows =
            pool.submit(
                    () ->
                        groups.parallelStream()
                            .flatMap(
                                group -> {
                                  List<LipschitzBrackets.Timed> some =
                                      bracket(brackets, file, scale, at, group, cellsUsed);
                                  synchronized (done) {
                                    done[0] += some.size();
                                    progress.report(done[0], at.length, "times");
                                  }
                                  return some.stream();
                                })
                            .toList())
                .join();
      }
    }
    double seconds = (System.nanoTime() - started) * 1e-9;
    LinkedHashMap<String, Double> stages = new LinkedHashMap<>();
    for (LipschitzBrackets.Timed r : rows) {
      stages.put("t=" + LipschitzFigures.plain(r.row().t()), r.seconds());
      if (box != null) {
        stages.put("box, t=" + LipschitzFigures.plain(r.row().t()), r.boxSeconds());
      }
    }
    RunTiming timing =
        new RunTiming(
            spec.commandLine().getParseResult().originalArgs(),
            common.threads(),
            begun,
            seconds,
            stages);
    Map<String, @Nullable Object> document =
        ResultDocument.head("lipschitz", common.seed(), kernels.backEnd().label(), timing);
    List<LipschitzBrackets.Row> results = rows.stream().map(LipschitzBrackets.Timed::row).toList();
    document.put("network", network.toString());
    document.put("dimension", d);
    document.put("widths", file.network().architecture().widths());
    document.put("activation", file.network().architecture().activation().label());
    document.put("gap", gap);
    if (box != null) {
      document.put("box", box);
    }
    document.put("results", results);
    document.put("tables", List.of(LipschitzFigures.table(results, box)));
    List<Figure> figures = new ArrayList<>(LipschitzFigures.figures(results));
    figures.addAll(
        LipschitzMap.figures(t -> file.frozen(t, scale), at, i -> results.get(i).point(), kernels));
    document.put("figures", figures);
    JsonOutput.write(out, document);
    print(spec.commandLine().getOut(), rows, d, cellsUsed, out, seconds);
    common.report(out, spec.commandLine().getOut());
    return results.stream().allMatch(LipschitzBrackets.Row::gapReached)
        ? ExitCode.OK
        : ExitCode.UNDECIDED;
  }

  /** First and last index of times that are bounded together. */
  private static List<int[]> groups(
      NetworkFile file, OutputScale scale, double[] at, boolean cellsUsed) {
    boolean rising = cellsUsed && at.length > 1;
    for (int i = 1; i < at.length; i++) {
      rising &= at[i] > at[i - 1];
    }
    int size = 1;
    if (rising
        && NetworkTimes.areAkin(Arrays.stream(at).mapToObj(t -> file.frozen(t, scale)).toList())) {
      size = TOGETHER;
    }
    List<int[]> groups = new ArrayList<>();
    for (int from = 0; from < at.length; from += size) {
      groups.add(new int[] {from, Math.min(from + size, at.length) - 1});
    }
    return groups;
  }

  private static List<LipschitzBrackets.Timed> bracket(
      LipschitzBrackets brackets,
      NetworkFile file,
      OutputScale scale,
      double[] at,
      int[] group,
      boolean cellsUsed) {
    if (group[0] == group[1]) {
      double t = at[group[0]];
      return List.of(brackets.of(file.frozen(t, scale), t, cellsUsed));
    }
    List<Double> times = Arrays.stream(at, group[0], group[1] + 1).boxed().toList();
    return brackets.of(times.stream().map(t -> file.frozen(t, scale)).toList(), times);
  }

  private void check() {
    if (!(gap > 0 && gap < 1)) {
      throw new InputException("--gap must be in (0, 1), got " + gap);
    }
    if (cells < 1) {
      throw new InputException("--cells must be at least 1, got " + cells);
    }
    if (box != null && !(box > 0 && Double.isFinite(box))) {
      throw new InputException("--box must be > 0 and finite, got " + box);
    }
    if (repeat < 1) {
      throw new InputException("--repeat must be at least 1, got " + repeat);
    }
    if (!List.of("auto", "branch-and-bound", "layers").contains(method)) {
      throw new InputException(
          "--method must be auto, branch-and-bound or layers, got '" + method + "'");
    }
    if (times != null && count != null) {
      throw new InputException("--t and --times exclude each other");
    }
    if (count != null && (count < 1 || count > MAX_TIMES)) {
      throw new InputException("--times must be in 1.." + MAX_TIMES + ", got " + count);
    }
  }

  private ExitCode train(String name) {
    if (!ShippedTraining.names().contains(name)) {
      throw new InputException(
          "unknown network '" + name + "'" + Nearest.clause(name, ShippedTraining.names()));
    }
    AtomicFile.checkWritable(network);
    try (TerminalProgress progress = common.progress()) {
      ShippedNetworks.write(network, ShippedTraining.train(name, progress));
    }
    spec.commandLine().getOut().println("network: " + network);
    return ExitCode.OK;
  }

  private boolean usesCells(int d) {
    boolean possible = d <= NetworkBranchAndBound.MAX_DIMENSION;
    if (!possible && (method.equals("branch-and-bound") || box != null)) {
      throw new InputException(
          (box != null ? "--box" : "--method branch-and-bound")
              + ": branch and bound covers R^d by cells, whose number grows exponentially with d; it"
              + " serves d <= "
              + NetworkBranchAndBound.MAX_DIMENSION
              + ", and "
              + network
              + " has d = "
              + d
              + " (--method layers bounds any d from the weights)");
    }
    return possible && !method.equals("layers");
  }

  private double[] times(NetworkFile file) {
    int steps = file.network().time() instanceof TimeConditioning.PerStepGain g ? g.steps() : 0;
    if (count != null) {
      if (steps > 0) {
        throw new InputException("--times has no meaning for a network with steps; use --t");
      }
      double horizon = Diffusions.horizon(diffusion(file));
      int n = count;
      return IntStream.rangeClosed(1, n).mapToDouble(i -> horizon * i / n).toArray();
    }
    if (times == null) {
      return steps > 0 ? IntStream.range(0, steps).mapToDouble(k -> k).toArray() : new double[1];
    }
    for (double t : times) {
      if (!Double.isFinite(t)) {
        throw new InputException("--t must be finite, got " + t);
      }
      if (steps > 0 && !(t == Math.rint(t) && t >= 0 && t < steps)) {
        throw new InputException(
            "--t must be the index of a step, a whole number in 0.."
                + (steps - 1)
                + " for "
                + network
                + ", got "
                + t);
      }
    }
    return times.clone();
  }

  private JsonInput diffusion(NetworkFile file) {
    if (file.diffusion() == null) {
      throw new InputException(
          network + ": --times needs a 'diffusion' in the description, which has a horizon");
    }
    return file.diffusion();
  }

  private OutputScale scale(NetworkFile file, int d) {
    if (file.hasScale()) {
      return OutputScale.none();
    }
    if (file.diffusion() == null) {
      throw new InputException(
          network
              + ": output of type '"
              + file.output().label()
              + "' needs 'sigma' in 'output', or a 'diffusion' that gives it");
    }
    return Diffusions.scale(file.diffusion(), d);
  }

  private void print(
      PrintWriter out,
      List<LipschitzBrackets.Timed> rows,
      int d,
      boolean cellsUsed,
      Path file,
      double seconds) {
    TextTable table =
        box == null
            ? new TextTable("t", "sampled", "certified", "at |x|", "boxes", "seconds")
            : new TextTable("t", "box <=", "sampled", "certified", "at |x|", "boxes", "seconds");
    for (LipschitzBrackets.Timed r : rows) {
      LipschitzBrackets.Row w = r.row();
      List<Object> line = new ArrayList<>();
      line.add(LipschitzFigures.plain(w.t()));
      if (box != null) {
        line.add(number(w.certifiedBox().orElse(Double.NaN)));
      }
      line.add(number(w.sampled()));
      line.add(number(w.certified()));
      double norm = Math.sqrt(Arrays.stream(w.point()).map(x -> x * x).sum());
      line.add(w.point().length == 0 ? "-" : String.format(Locale.ROOT, "%.4g", norm));
      line.add(w.boxes());
      line.add(String.format(Locale.ROOT, "%.3f", r.seconds()));
      table.row(line.toArray());
    }
    out.print(table);
    long open = rows.stream().filter(r -> !r.row().gapReached()).count();
    if (open > 0) {
      out.printf(
          Locale.ROOT,
          "gap of %s not reached at %d of %d times within %d cells; the brackets are valid%n",
          gap,
          open,
          rows.size(),
          cells);
    }
    if (!cellsUsed && d > NetworkBranchAndBound.MAX_DIMENSION) {
      out.println("certified from the layers' matrices; branch and bound serves d <= 3, here " + d);
    }
    out.println("certified is over all of R^" + d + (box == null ? "" : "; box <= over the box"));
    out.printf(Locale.ROOT, "%d times in %.2f s%n", rows.size(), seconds);
    out.println("result: " + file);
  }

  private static String number(double x) {
    return String.format(Locale.ROOT, "%.5g", x);
  }
}
