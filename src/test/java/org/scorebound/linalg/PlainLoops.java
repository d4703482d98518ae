package org.scorebound.linalg;

import java.util.Locale;
import org.scorebound.random.RandomStream;

/** What {@link FallbackTest} runs in a virtual machine of its own: prints numbers, one a line. */
public final class PlainLoops {

  private PlainLoops() {}

  /** Products, activations and distances through the facade. */
  public static void main(String[] args) {
    Kernels kernels = Kernels.of(BackEnd.VECTOR);
    RandomStream random = RandomStream.root(1);
    double[] a = BackEnds.uniform(random, 64);
    double[] b = BackEnds.uniform(random, 64);
    double[] c = new double[64];
    kernels.gemm(8, 8, 8, 1, a, b, 0, c);
    kernels.activate(Activation.SOFTPLUS, 64, c, 0, c, 0);
    print("product", c[17]);
    double[] v = new double[Distances.padded(3)];
    java.util.Arrays.fill(v, Double.NEGATIVE_INFINITY);
    v[0] = 0;
    v[1] = 0.5;
    v[2] = 0;
    double[] out = new double[v.length];
    double[] least = new double[Distances.GROUPS];
    double[] y = Distances.rows(new double[] {1, 2, 3, 4, 5, 6}, 2);
    Distances.squaredMinus(y, 2, new double[] {2, 2}, 0, 1, v, out, least);
    print("distance", out[1]);
    print("least", Math.min(least[0], Math.min(least[1], least[2])));
    System.out.println("module " + KernelProviders.hasVectorModule());
  }

  private static void print(String name, double x) {
    System.out.println(String.format(Locale.ROOT, "%s %.12f", name, x));
  }
}
