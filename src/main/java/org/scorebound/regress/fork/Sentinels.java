package org.scorebound.regress.fork;

import java.util.Arrays;

/**
 * Two loops that measure the machine and never change: one lives in registers, one in memory. Each
 * reading is the median of three short runs in this process.
 */
public interface Sentinels {

  /** Seconds of the register-bound loop. */
  double register();

  /** Seconds of the memory-bound loop. */
  double memory();

  /** The loops, compiled and warm. */
  static Sentinels warmed() {
    Loops loops = new Loops();
    for (int i = 0; i < 30; i++) {
      loops.register();
      loops.memory();
    }
    return loops;
  }

  /** The loops. */
  final class Loops implements Sentinels {
    private static final int RUNS = 3;
    private static final int STEPS = 1_000_000;
    private static final int CHUNK = 1 << 16;

    /** 64 MB: more than the last cache of one core of today's machines. */
    private final long[] memory = new long[1 << 23];

    private double sink;

    private Loops() {
      Arrays.setAll(memory, i -> i);
    }

    @Override
    public double register() {
      double[] seconds = new double[RUNS];
      for (int r = 0; r < RUNS; r++) {
        long start = System.nanoTime();
        for (int k = 0; k < STEPS; k += CHUNK) {
          sink += chains(CHUNK, 0.999, sink);
        }
        seconds[r] = 1e-9 * (System.nanoTime() - start);
      }
      return middle(seconds);
    }

    @Override
    public double memory() {
      double[] seconds = new double[RUNS];
      for (int r = 0; r < RUNS; r++) {
        long start = System.nanoTime();
        for (int from = 0; from < memory.length; from += CHUNK) {
          sink += sum(memory, from, from + CHUNK) & 1;
        }
        seconds[r] = 1e-9 * (System.nanoTime() - start);
      }
      return middle(seconds);
    }

    private static double middle(double[] seconds) {
      Arrays.sort(seconds);
      return seconds[RUNS / 2];
    }

    /** Two chains of dependent multiply-adds: bound by their latency. */
    private static double chains(int steps, double s, double start) {
      double a = start * 1e-300;
      double b = 1;
      for (int i = 0; i < steps; i++) {
        a = Math.fma(a, s, 1e-3);
        b = Math.fma(b, s, 1e-3);
      }
      return a + b;
    }

    private static long sum(long[] x, int from, int to) {
      long sum = 0;
      for (int i = from; i < to; i++) {
        sum += x[i];
      }
      return sum;
    }
  }
}
