package org.scorebound.benchmarks.transport;

import java.util.Locale;
import org.scorebound.random.RandomStream;

/** The kinds of problems that are timed. */
public enum Instances {
  /** Two samples of a mixture of four clusters at (+-.5, +-.5), sd .1. */
  CLUSTERS(2),
  /** A standard normal sample against the four clusters. */
  NORMAL_CLUSTERS(2),
  /** A standard normal sample against the four clusters with half as many points. */
  UNEQUAL(2),
  /** Two standard normal samples. */
  NORMAL3(3),
  /** A standard normal sample against one shifted by .5 in each coordinate. */
  SHIFTED16(16),
  /** Two normal samples rounded to multiples of .25. */
  GRID_QUARTER(2),
  /** Two normal samples rounded to whole numbers. */
  GRID_ONE(2),
  /** All points equal. */
  EQUAL(2),
  /** A square lattice against one stretched to 1/2 : 2. */
  LATTICE_STRETCHED(2),
  /** A square lattice against one of the same spacing in a 3 : 5 rectangle. */
  LATTICE_RECTANGLE(2);

  private final int d;

  Instances(int d) {
    this.d = d;
  }

  int dimension() {
    return d;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The two clouds of a seed, d x n. */
  double[][] clouds(int n, long seed) {
    RandomStream r = RandomStream.root(seed).child(label()).child(n);
    return new double[][] {
      cloud(n, r.child(0), true), cloud(this == UNEQUAL ? n / 2 : n, r.child(1), false)
    };
  }

  private double[] cloud(int n, RandomStream r, boolean first) {
    double[] x = new double[d * n];
    int side = (int) Math.sqrt(n);
    for (int i = 0; i < n; i++) {
      for (int a = 0; a < d; a++) {
        x[i * d + a] =
            switch (this) {
              case CLUSTERS -> (r.nextInt(2) - 0.5) + 0.1 * r.nextGaussian();
              case NORMAL_CLUSTERS, UNEQUAL ->
                  first ? r.nextGaussian() : (r.nextInt(2) - 0.5) + 0.1 * r.nextGaussian();
              case NORMAL3 -> r.nextGaussian();
              case SHIFTED16 -> r.nextGaussian() + (first ? 0 : 0.5);
              case GRID_QUARTER -> 0.25 * Math.rint(4 * r.nextGaussian());
              case GRID_ONE -> Math.rint(r.nextGaussian());
              case EQUAL -> first ? 0 : 1;
              case LATTICE_STRETCHED -> place(i, side, a) * (first ? 1 : a == 0 ? 0.5 : 2);
              case LATTICE_RECTANGLE -> place(i, first ? side : side * 3 / 5, a);
            };
      }
    }
    return x;
  }

  private static double place(int i, int side, int a) {
    return a == 0 ? i % side : Math.floorDiv(i, side);
  }
}
