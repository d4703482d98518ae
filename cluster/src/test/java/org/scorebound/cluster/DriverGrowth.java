package org.scorebound.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.scorebound.campaign.Evaluated;
import org.scorebound.campaign.Plan;
import org.scorebound.campaign.Shard;
import org.scorebound.campaign.ShardFile;
import org.scorebound.campaign.ShardRun;
import org.scorebound.io.HostFacts;
import org.scorebound.result.BuildInfo;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * Memory of the driver against the number of configurations: executors answer with recorded lines
 * instead of evaluating, so that a million takes minutes. {@code cluster/scripts/driver-growth.sh}
 * runs it.
 */
public final class DriverGrowth {

  private DriverGrowth() {}

  /**
   * Runs one campaign of replayed lines.
   *
   * @param args master URL, file of recorded lines, folder to write to, number of configurations
   */
  public static void main(String[] args) throws Exception {
    List<String> recorded = recorded(Path.of(args[1]));
    Path folder = Path.of(args[2]);
    int count = Integer.parseInt(args[3]);
    Plan plan = new Plan(1, count, 700, "vector", new BuildInfo("replay", Optional.empty()));
    long[] live = {0};
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    Replay replay = new Replay(recorded.toArray(String[]::new));
    long started = System.nanoTime();
    try (ShardFile file =
        ShardFile.open(folder, plan, new Shard(0, 1), HostFacts.machine(), "replay")) {
      int[] every = {0};
      ShardRun.run(
          file,
          plan,
          IntStream.range(0, count).toArray(),
          new SparkEngine(Optional.of(args[0]), OptionalInt.empty(), p -> replay),
          (done, total, unit) -> {
            // Live heap a few times on the way and at the end.
            if (total > 0 && done * 4 / total > every[0]) {
              every[0] = Math.toIntExact(done * 4 / total);
              System.gc();
              live[0] = Math.max(live[0], memory.getHeapMemoryUsage().getUsed());
            }
          });
    }
    System.gc();
    live[0] = Math.max(live[0], memory.getHeapMemoryUsage().getUsed());
    System.out.printf(
        Locale.ROOT,
        "N %8d  %6.1f s  %6d MB written  live heap of the driver <= %d MB, resident at most %s%n",
        count,
        (System.nanoTime() - started) * 1e-9,
        size(folder) / 1_000_000,
        live[0] >> 20,
        resident());
  }

  private static List<String> recorded(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.startsWith("{\"schema\"")).toList();
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(p -> p.toFile().length()).sum();
    }
  }

  private static String resident() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(l -> l.startsWith("VmHWM:"))
          .map(l -> l.substring(6).strip())
          .findFirst()
          .orElse("unknown");
    }
  }

  /** Answers with recorded lines under new ids. */
  private static final class Replay
      extends AbstractFunction2<TaskContext, Iterator<int[]>, List<Evaluated>>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String[] recorded;

    Replay(String[] recorded) {
      this.recorded = recorded;
    }

    @Override
    public List<Evaluated> apply(TaskContext context, Iterator<int[]> slices) {
      List<Evaluated> evaluated = new ArrayList<>();
      while (slices.hasNext()) {
        for (int id : slices.next()) {
          String line = recorded[id % recorded.length].replaceAll("\"id\":\\d+", "\"id\":" + id);
          evaluated.add(new Evaluated(id, false, 0, line));
        }
      }
      return evaluated;
    }
  }
}
