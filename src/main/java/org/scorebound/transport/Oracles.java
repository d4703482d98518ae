package org.scorebound.transport;

/**
 * Chooses the oracle by dimension.
 *
 * @param d dimension of the points
 * @param tree whether queries go through a tree; otherwise they compute all distances
 */
record Oracles(int d, boolean tree) {

  /** Above it the tree visits most of its leaves. */
  static final int TREE_DIMENSION = 4;

  static boolean treeServes(int d, int n) {
    return d <= TREE_DIMENSION && n > 64;
  }

  /** An oracle over sites in kd order. */
  PriceOracle of(double[] y, double[] v) {
    return tree ? new PriceTree(y, v, d) : new PriceScan(y, v, d);
  }
}
