package org.scorebound.benchmarks.transport;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.scorebound.io.NpyFile;
import org.scorebound.transport.EmpiricalDistance;
import org.scorebound.transport.EmpiricalW2;

/**
 * Times the exact distance on clouds from files, in one virtual machine: {@code Pairs FOLDER COUNT}
 * solves {@code x0.npy} against {@code y0.npy}, {@code x1.npy} against {@code y1.npy} and so on, a
 * line of seconds and W2 for each. The caller takes the first ones as warm-up; reading is not
 * timed. Run by {@code benchmarks/scripts/w2-baselines.py}.
 */
public final class Pairs {

  private Pairs() {}

  /** Solves the pairs in turn. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    int count = Integer.parseInt(args[1]);
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (int k = 0; k < count; k++) {
      NpyFile x = NpyFile.read(folder.resolve("x" + k + ".npy"));
      NpyFile y = NpyFile.read(folder.resolve("y" + k + ".npy"));
      double[] a = x.data();
      double[] b = y.data();
      long start = System.nanoTime();
      EmpiricalDistance w2 = EmpiricalW2.between(a, b, x.columns());
      double seconds = (System.nanoTime() - start) * 1e-9;
      out.println(String.format(Locale.ROOT, "%.4f %s", seconds, w2.value()));
    }
  }
}
