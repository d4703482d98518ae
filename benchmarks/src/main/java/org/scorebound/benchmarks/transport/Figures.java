package org.scorebound.benchmarks.transport;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.scorebound.transport.EmpiricalDistance;
import org.scorebound.transport.EmpiricalW2;

/**
 * Times the exact distance as a user calls it, certificate included: {@code Figures KIND N SEEDS
 * FIRST_SEED WARMUP}. One line of JSON: median, least and largest seconds over the seeds, and the
 * heap in use at the end of each collection, the largest of a run.
 *
 * <p>One thread; warm-up solves other seeds of the same kind. Run by {@code
 * benchmarks/scripts/w2-figures.sh}.
 */
public final class Figures {

  private Figures() {}

  /** Runs one kind. */
  public static void main(String[] args) {
    Instances kind = Instances.valueOf(args[0].toUpperCase(Locale.ROOT).replace('-', '_'));
    int n = Integer.parseInt(args[1]);
    int seeds = Integer.parseInt(args[2]);
    long first = Long.parseLong(args[3]);
    int warmup = Integer.parseInt(args[4]);
    for (int k = 0; k < warmup; k++) {
      solve(kind, n, first - 1 - k);
    }
    double[] seconds = new double[seeds];
    String method = "";
    double largest = 0;
    for (int k = 0; k < seeds; k++) {
      double[][] clouds = kind.clouds(n, first + k);
      long start = System.nanoTime();
      EmpiricalDistance w2 = EmpiricalW2.between(clouds[0], clouds[1], kind.dimension());
      seconds[k] = (System.nanoTime() - start) * 1e-9;
      method = w2.description();
      largest = Math.max(largest, w2.w2().radius() / Math.max(w2.value(), Double.MIN_NORMAL));
    }
    Arrays.sort(seconds);
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(
        String.format(
            Locale.ROOT,
            "{\"kind\": \"%s\", \"n\": %d, \"seeds\": %d, \"firstSeed\": %d, \"median\": %.4f,"
                + " \"least\": %.4f, \"largest\": %.4f, \"liveHeapMB\": %.1f,"
                + " \"relativeRadius\": %.2e, \"method\": \"%s\"}",
            kind.label(),
            n,
            seeds,
            first,
            seconds[seeds / 2],
            seconds[0],
            seconds[seeds - 1],
            liveHeap(),
            largest,
            method));
  }

  private static void solve(Instances kind, int n, long seed) {
    double[][] clouds = kind.clouds(n, seed);
    EmpiricalW2.between(clouds[0], clouds[1], kind.dimension());
  }

  /** Bytes that survived the last collection of each heap pool, in MB. */
  private static double liveHeap() {
    double sum = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null) {
        sum += pool.getCollectionUsage().getUsed();
      }
    }
    return sum / 0x1p20;
  }
}
