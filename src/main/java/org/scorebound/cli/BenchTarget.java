package org.scorebound.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.scorebound.bench.BenchDocument;
import org.scorebound.bench.BenchMerge;
import org.scorebound.bench.BenchReader;
import org.scorebound.bench.BenchmarkCase;
import org.scorebound.bench.Figure;
import org.scorebound.bench.MeasuredRun;
import org.scorebound.io.HostFacts;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonOutput;
import org.scorebound.result.MachineInfo;

/** Where the results of a run of benchmarks go: a document of their own, or an earlier one. */
final class BenchTarget {

  private static final String ANEW = "; write a new document with --out";

  private final Path file;
  private final Optional<BenchMerge> merge;
  private final byte[] before;

  private BenchTarget(Path file, Optional<BenchMerge> merge, byte[] before) {
    this.file = file;
    this.merge = merge;
    this.before = before;
  }

  /** A new document. */
  static BenchTarget alone(Path file) {
    return new BenchTarget(file, Optional.empty(), new byte[0]);
  }

  /**
   * An earlier document.
   *
   * @param cases every benchmark of this build
   * @throws InputException if it cannot be read, or is of another machine or virtual machine
   */
  static BenchTarget into(Path file, List<BenchmarkCase> cases) throws IOException {
    BenchDocument document = BenchReader.read(file);
    byte[] before = Files.readAllBytes(file);
    MachineInfo here = HostFacts.machine();
    for (MeasuredRun run : document.runs()) {
      check(file, run, here);
    }
    return new BenchTarget(file, Optional.of(new BenchMerge(document, cases)), before);
  }

  /** What a time depends on and a ratio does not show. Another patch level of the system may be. */
  private static void check(Path file, MeasuredRun run, MachineInfo here) {
    SequencedMap<String, String> theirs = traits(run.run().machine());
    traits(here)
        .forEach(
            (trait, value) -> {
              String other = theirs.getOrDefault(trait, "");
              if (!other.equals(value)) {
                throw new InputException(
                    file
                        + ": --into needs a document of this machine: its run "
                        + run.id()
                        + " has "
                        + trait
                        + " '"
                        + other
                        + "', here it is '"
                        + value
                        + "'"
                        + ANEW);
              }
            });
    if (run.timing().commandLine().stream().anyMatch(word -> word.startsWith("--jvm"))) {
      throw new InputException(
          file
              + ": --into needs forks on the java program that runs this: its run "
              + run.id()
              + " had --jvm"
              + ANEW);
    }
  }

  private static SequencedMap<String, String> traits(MachineInfo machine) {
    SequencedMap<String, String> traits = new LinkedHashMap<>();
    traits.put("cpu", machine.cpu());
    traits.put("cores", Integer.toString(machine.cores()));
    traits.put("architecture", machine.architecture());
    traits.put("vectorBits", Integer.toString(machine.vectorBits()));
    traits.put("jvm", machine.jvm());
    return traits;
  }

  Path file() {
    return file;
  }

  /** The id of the run. */
  int id() {
    return merge.map(BenchMerge::nextId).orElse(MeasuredRun.FIRST);
  }

  /** JMH's own file. */
  Path framework() {
    return beside(part() + ".jmh.json");
  }

  /** The folder of the profiles. */
  Path profiles() {
    return beside(part() + "-profile");
  }

  private String part() {
    return merge.isPresent() ? ".run" + id() : "";
  }

  /** The name of the document with another ending. */
  private Path beside(String ending) {
    String name = String.valueOf(file.getFileName());
    String stem = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    return file.resolveSibling(stem + ending);
  }

  /** What has to be measured for a selection; says which groups it makes whole. */
  List<BenchmarkCase> whole(List<BenchmarkCase> selected, PrintWriter err) {
    if (merge.isEmpty()) {
      return selected;
    }
    List<BenchmarkCase> whole = merge.get().widened(selected);
    Set<BenchmarkCase> asked = new HashSet<>(selected);
    SequencedMap<String, Integer> more = new LinkedHashMap<>();
    whole.stream()
        .filter(one -> !asked.contains(one))
        .forEach(one -> more.merge(one.group(), 1, Integer::sum));
    more.forEach(
        (group, count) ->
            err.println(
                "scorebound bench: --into measures groups whole, so that ratios are of one run: "
                    + count
                    + " more of "
                    + group));
    err.flush();
    return whole;
  }

  /** The whole document with the run in it. */
  BenchDocument with(MeasuredRun run, List<BenchmarkCase> asked, BenchDocument now) {
    return merge.map(m -> m.with(run, asked, now)).orElse(now);
  }

  /** What the run has replaced without a new result, a line each. */
  List<String> notes() {
    return merge.map(BenchMerge::notes).orElse(List.of());
  }

  /** The safety copy of the run alone, until it is at its end. */
  BenchTarget partial() {
    return alone(beside(part() + ".partial.json"));
  }

  /** Removes the document and JMH's own, if they are there. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(framework());
  }

  /**
   * Writes the document; what a document of one run says at its top is the newest run's.
   *
   * @throws InputException if somebody else has changed the earlier document meanwhile: then the
   *     new one is beside it
   */
  void write(BenchDocument document, List<Figure.Measured> figures) throws IOException {
    if (merge.isPresent()
        && !(Files.exists(file) && Arrays.equals(Files.readAllBytes(file), before))) {
      Path beside = beside(part() + ".json");
      write(beside, document, figures);
      throw new InputException(
          file
              + ": changed while this ran and is left as it is; this run with what the file held"
              + " before is in "
              + beside);
    }
    write(file, document, figures);
  }

  private static void write(Path file, BenchDocument document, List<Figure.Measured> figures) {
    MeasuredRun newest = document.newest();
    Map<String, @Nullable Object> fields = ResultDocument.head(newest.run(), newest.timing());
    fields.put("quick", newest.quick());
    fields.put("forks", newest.forks());
    fields.put("plan", newest.plan());
    fields.put("roof", newest.roof());
    fields.put("runs", document.runs());
    fields.put("figures", figures);
    fields.put("rows", document.rows());
    fields.put("failures", document.failures());
    fields.put("unavailable", document.unavailable());
    fields.put("profiles", document.profiles());
    JsonOutput.write(file, fields);
  }
}
