package org.scorebound.linalg.internal;

/** Buffers of one thread, which grow to what was last asked for and then stay. */
final class Scratch {

  private double[] packed = new double[0];
  private double[] panel = new double[0];
  private double[] rows = new double[0];
  private double[] strip = new double[0];
  private double[] tile = new double[0];

  /** For a packed A. */
  double[] packed(int n) {
    if (packed.length < n) {
      packed = new double[n];
    }
    return packed;
  }

  /** For a block of A that fits the first-level cache. */
  double[] panel(int n) {
    if (panel.length < n) {
      panel = new double[n];
    }
    return panel;
  }

  /** For rows of A padded to one vector. */
  double[] rows(int n) {
    if (rows.length < n) {
      rows = new double[n];
    }
    return rows;
  }

  /** For the product of such rows. */
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
