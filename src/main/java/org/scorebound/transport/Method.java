package org.scorebound.transport;

import java.util.Locale;

/** The solvers for the exact distance between clouds. */
public enum Method {
  /** Chosen by dimension, size, weights and ties. */
  AUTO("chosen by regime"),
  /** d = 1: both clouds sorted, distribution functions merged. O(n log n). */
  SORTING("sorting"),
  /** Equal sizes and weights: multiscale auction and shortest paths, tree oracle. O(n) memory. */
  TREE("multiscale, tree oracle"),
  /** The same with an oracle that computes all distances on the vector unit. O(n) memory. */
  SCAN("multiscale, scan oracle"),
  /** Equal sizes and weights: Jonker–Volgenant on the n^2 costs. */
  DENSE("dense Jonker-Volgenant"),
  /** Any sizes and weights, equal points merged: shortest paths on the m n costs. */
  TRANSPORT("dense transportation"),
  /** Any sizes and weights, equal points merged: multiscale shortest paths. O(m + n) memory. */
  FLOW("multiscale transportation");

  private final String description;

  Method(String description) {
    this.description = description;
  }

  /** In a few words. */
  public String description() {
    return description;
  }

  /** The spelling on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
