package org.scorebound.linalg.internal;

/** Buffers of one thread, which grow to what was last asked for and then stay. */
final class Scratch {

  private double[] packed = new double[0];
  private double[] panel = new double[0];
  private double[] transposed = new double[0];
  private double[] strip = new double[0];
  private double[] tile = new double[0];

  /** For a packed B. */
  double[] packed(int n) {
    if (packed.length < n) {
      packed = new double[n];
    }
    return packed;
  }

  /** For a packed tile of A, which fits the first-level cache. */
  double[] panel(int n) {
    if (panel.length < n) {
      panel = new double[n];
    }
    return panel;
  }

  /** For a transposed A. */
  double[] transposed(int n) {
    if (transposed.length < n) {
      transposed = new double[n];
    }
    return transposed;
  }

  /** For the rows of C that fill no tile, or the lanes of dot products. */
  double[] strip(int n) {
    if (strip.length < n) {
      strip = new double[n];
    }
    return strip;
  }

  /** For a transposed product, or the intermediate of an elementwise function. */
  double[] tile(int n) {
    if (tile.length < n) {
      tile = new double[n];
    }
    return tile;
  }
}
