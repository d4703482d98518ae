package org.scorebound.transport;

/** Chooses the oracle by dimension. */
final class Oracles {

  /** Above it the tree visits most of its leaves. */
  static final int TREE_DIMENSION = 4;

  private Oracles() {}

  static boolean treeServes(int d, int n) {
    return d <= TREE_DIMENSION && n > 64;
  }

  /** An oracle over sites in kd order. */
  static PriceOracle of(double[] y, double[] v, int d, boolean tree) {
    return tree ? new PriceTree(y, v, d) : new PriceScan(y, v, d);
  }
}
