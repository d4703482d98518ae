package org.scorebound.campaign;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonText;
import org.scorebound.io.LineFile;
import org.scorebound.verify.Failure;
import org.scorebound.verify.FamilySummary;
import org.scorebound.verify.FamilyTally;
import org.scorebound.verify.Verdict;

/**
 * Puts the shard files of a campaign together. One pass over all lines checks them, counts verdicts
 * and notes where each configuration stands; {@link #results} then reads them once more in the
 * order of ids.
 *
 * <p>Memory: 16 bytes per configuration of the campaign, 8 per HOLDS for the medians, a few hundred
 * per failure, violation and worker, and an open file per shard. The results themselves are never
 * all in memory.
 */
public final class Merge implements AutoCloseable {

  private static final String PATTERN = "shard-*.jsonl";
  private static final int ABSENT = -1;

  /** How many ranges of ids an error line names. */
  private static final int NAMED_RANGES = 12;

  private final List<LineFile> files = new ArrayList<>();
  private @Nullable Plan plan;
  private String planFrom = "";
  private int[] file = {};
  private long[] offset = {};
  private int[] bytes = {};
  private int present;
  private int duplicates;
  private final FamilyTally tally = new FamilyTally();
  private final Balance balance = new Balance();
  private final List<Failure> failures = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();
  private final List<Violation> discrete = new ArrayList<>();
  private final Set<Integer> vectorBits = new TreeSet<>();

  /** A violated configuration. */
  private record Violation(int id, String name) {}

  private Merge() {}

  /**
   * Reads the shard files of these folders.
   *
   * @throws InputException in one line if there are none, if one is damaged, if they are of
   *     different campaigns, or if two lines of one configuration differ
   */
  public static Merge open(List<Path> folders) {
    Merge merge = new Merge();
    try {
      for (Path folder : folders) {
        for (Path path : shardFiles(folder)) {
          merge.files.add(LineFile.open(path));
          merge.scan(merge.files.size() - 1);
        }
      }
      if (merge.plan == null) {
        throw new InputException(
            folders.getFirst() + ": the shard files hold no whole line, nothing to merge");
      }
      return merge;
    } catch (RuntimeException e) {
      merge.close();
      throw e;
    }
  }

  private static List<Path> shardFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder + (Files.exists(folder) ? ": is not a folder" : ": no such folder"));
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, PATTERN)) {
      stream.forEach(found::add);
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be read (" + e.getMessage() + ")", e);
    }
    if (found.isEmpty()) {
      throw new InputException(folder + ": holds no shard files (" + PATTERN + ")");
    }
    found.sort(null);
    return found;
  }

  private void scan(int index) {
    LineFile source = files.get(index);
    source.scan(
        (text, number, at, length) -> {
          JsonInput line = JsonInput.parse(text, source.path() + ", line " + number);
          if (ShardHeader.isHeader(line)) {
            header(ShardHeader.read(line), source.path());
          } else if (number == 1 || plan == null) {
            throw new InputException(source.path() + ": does not start with the header of a shard");
          } else {
            configuration(ShardLine.read(line), line, index, at, length);
          }
        });
  }

  private void header(ShardHeader header, Path path) {
    vectorBits.add(header.vectorBits());
    Plan first = plan;
    if (first != null) {
      first.requireSame(header.plan(), path.toString(), planFrom);
      return;
    }
    plan = header.plan();
    planFrom = path.toString();
    int count = header.plan().count();
    file = new int[count];
    Arrays.fill(file, ABSENT);
    offset = new long[count];
    bytes = new int[count];
  }

  private void configuration(ShardLine read, JsonInput line, int index, long at, int length) {
    int id = read.id();
    ShardFile.checkId(plan(), id, line);
    String path = files.get(index).path().toString();
    balance.add(read.worker().isEmpty() ? path : read.worker(), id, read.seconds());
    if (file[id] != ABSENT) {
      String ours = ShardLine.content(files.get(index).at(at, length));
      if (!ours.equals(ShardLine.content(line(id)))) {
        throw new InputException(
            "configuration "
                + id
                + " has two different results, in "
                + files.get(file[id]).path()
                + " and in "
                + path
                + (vectorBits.size() > 1 ? " (shards of vector widths " + vectorBits + ")" : ""));
      }
      duplicates++;
      return;
    }
    file[id] = index;
    offset[id] = at;
    bytes[id] = length;
    present++;
    read.failure().ifPresent(failures::add);
    read.outcome().ifPresent(outcome -> count(id, outcome));
  }

  private void count(int id, JsonInput outcome) {
    Verdict verdict = Verdict.valueOf(outcome.oneOf("verdict", VERDICTS));
    double ratio = Double.NaN;
    if (verdict == Verdict.HOLDS) {
      // As BoundCheck.ratio() does it; the logarithm of a bound of 0 is null in a document.
      JsonInput bound = outcome.object("bound");
      double logBound =
          bound.isNull("logValue") ? Double.NEGATIVE_INFINITY : bound.number("logValue");
      ratio = Math.exp(logBound - Math.log(outcome.object("w2").number("value")));
    }
    if (verdict == Verdict.VIOLATED) {
      violations.add(new Violation(id, outcome.string("name")));
    }
    if (outcome.object("discrete").number("violations") > 0) {
      discrete.add(new Violation(id, outcome.string("name")));
    }
    tally.add(
        id,
        outcome.string("family"),
        verdict,
        outcome.bool("vacuous", false),
        outcome.string("reason"),
        ratio);
  }

  private static final List<String> VERDICTS =
      Arrays.stream(Verdict.values()).map(Verdict::name).toList();

  private String line(int id) {
    return files.get(file[id]).at(offset[id], bytes[id]);
  }

  /** The campaign. */
  public Plan plan() {
    Plan known = plan;
    if (known == null) {
      throw new IllegalStateException("no shard file has been read");
    }
    return known;
  }

  /** Number of configurations that are there. */
  public int present() {
    return present;
  }

  /** Number of lines that repeat a configuration with an equal result. */
  public int duplicates() {
    return duplicates;
  }

  /** Number of shard files. */
  public int fileCount() {
    return files.size();
  }

  /** Vector widths of the machines that wrote the shards, in bits. */
  public Set<Integer> vectorBits() {
    return vectorBits;
  }

  /** How evenly the work lay. */
  public Balance balance() {
    return balance;
  }

  /** Summaries of the families. */
  public List<FamilySummary> summaries() {
    return tally.summaries();
  }

  /** The configurations that threw, by id. */
  public List<Failure> failures() {
    failures.sort((a, b) -> Integer.compare(a.id(), b.id()));
    return failures;
  }

  /** Names of the violated configurations, by id. */
  public List<String> violated() {
    return names(violations);
  }

  /** Names of the configurations whose pairs broke the discrete theorem, by id. */
  public List<String> discrete() {
    return names(discrete);
  }

  private static List<String> names(List<Violation> of) {
    of.sort((a, b) -> Integer.compare(a.id(), b.id()));
    return of.stream().map(Violation::name).toList();
  }

  /**
   * Refuses an incomplete campaign.
   *
   * @throws InputException that names the missing ids
   */
  public void requireComplete() {
    int missing = plan().count() - present;
    if (missing > 0) {
      throw new InputException(
          missing
              + " of "
              + plan().count()
              + " configurations are missing: "
              + missingRanges()
              + "; run their shards again, or merge with --partial");
    }
  }

  private String missingRanges() {
    List<String> ranges = new ArrayList<>();
    int count = file.length;
    for (int id = 0; id < count; id++) {
      if (file[id] == ABSENT) {
        int from = id;
        while (id + 1 < count && file[id + 1] == ABSENT) {
          id++;
        }
        if (ranges.size() == NAMED_RANGES) {
          ranges.add("...");
          break;
        }
        ranges.add(from == id ? String.valueOf(id) : from + "-" + id);
      }
    }
    return String.join(", ", ranges);
  }

  /** The results in the order of ids, each read from its file when it is asked for. */
  public Iterable<JsonText> results() {
    return this::iterator;
  }

  private Iterator<JsonText> iterator() {
    BitSet failed = new BitSet(file.length);
    failures.forEach(f -> failed.set(f.id()));
    return IntStream.range(0, file.length)
        .filter(id -> file[id] != ABSENT && !failed.get(id))
        .mapToObj(id -> new JsonText(ShardLine.resultText(line(id))))
        .iterator();
  }

  @Override
  public void close() {
    files.forEach(LineFile::close);
  }
}
