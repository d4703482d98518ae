package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies of blocks of A and B in the order in which {@link GemmTile} reads them.
 *
 * <p>Columns of a transposed B are packed in panels of {@link GemmTile#PANEL}, of which the last
 * may be half filled; what is left of a multiple of 4 follows column by column.
 */
final class Packing {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private static final int PANEL = GemmTile.PANEL;

  /** The widest tile's columns: this many columns are never left over by any. */
  private static final int WIDEST = 4;

  private Packing() {}

  /** Doubles that {@link #columns} writes, at most. */
  static int size(int n, int k) {
    return k * (n + PANEL);
  }

  /** How many of n columns are in panels. */
  static int inPanels(int n) {
    return n / WIDEST * WIDEST;
  }

  /** Where column j of those in panels begins. */
  static int panelColumn(int j, int k) {
    int in = j % PANEL;
    return (j - in) * k + in;
  }

  /** Where the columns after the panels begin, each k long. */
  static int singles(int n, int k) {
    return (inPanels(n) + PANEL - 1) / PANEL * PANEL * k;
  }

  /** Packs n columns of B, whose element (l, j) is {@code b[bOff + l ldb + j]}. */
  static void columns(int n, int k, double[] b, int bOff, int ldb, double[] packed) {
    int inPanels = inPanels(n);
    int j = 0;
    for (; j + PANEL <= inPanels; j += PANEL) {
      panel(k, b, bOff + j, ldb, packed, j * k);
    }
    if (j < inPanels) {
      for (int l = 0; l < k; l++) {
        int p = bOff + j + l * ldb;
        int q = j * k + l * PANEL;
        for (int i = 0; i < WIDEST; i++) {
          packed[q + i] = b[p + i];
        }
      }
    }
    for (j = inPanels; j < n; j++) {
      int q = singles(n, k) + (j - inPanels) * k;
      for (int l = 0; l < k; l++) {
        packed[q + l] = b[bOff + j + l * ldb];
      }
    }
  }

  private static void panel(int k, double[] b, int bOff, int ldb, double[] packed, int at) {
    if (PANEL % L != 0) {
      for (int l = 0; l < k; l++) {
        System.arraycopy(b, bOff + l * ldb, packed, at + l * PANEL, PANEL);
      }
      return;
    }
    for (int l = 0; l < k; l++) {
      int p = bOff + l * ldb;
      int q = at + l * PANEL;
      for (int i = 0; i < PANEL; i += L) {
        DoubleVector.fromArray(S, b, p + i).intoArray(packed, q + i);
      }
    }
  }

  /**
   * Packs {@code alpha A} for a tile of {@code tileRows} rows, of which A has {@code rows}; the
   * others are 0.
   */
  static void rows(
      int tileRows, int rows, int k, double alpha, double[] a, int aOff, int lda, double[] packed) {
    if (rows < tileRows) {
      for (int l = 0; l < k; l++) {
        for (int i = 0; i < tileRows; i++) {
          packed[l * tileRows + i] = i < rows ? alpha * a[aOff + i + l * lda] : 0;
        }
      }
    } else if (alpha != 1) {
      DoubleVector f = DoubleVector.broadcast(S, alpha);
      for (int l = 0; l < k; l++) {
        for (int i = 0; i < tileRows; i += L) {
          DoubleVector.fromArray(S, a, aOff + l * lda + i)
              .mul(f)
              .intoArray(packed, l * tileRows + i);
        }
      }
    } else if (tileRows == 4 * L) {
      fourVectors(k, a, aOff, lda, packed);
    } else {
      for (int l = 0; l < k; l++) {
        for (int i = 0; i < tileRows; i += L) {
          DoubleVector.fromArray(S, a, aOff + l * lda + i).intoArray(packed, l * tileRows + i);
        }
      }
    }
  }

  private static void fourVectors(int k, double[] a, int aOff, int lda, double[] packed) {
    for (int l = 0; l < k; l++) {
      int p = aOff + l * lda;
      int q = l * (4 * L);
      DoubleVector.fromArray(S, a, p).intoArray(packed, q);
      DoubleVector.fromArray(S, a, p + L).intoArray(packed, q + L);
      DoubleVector.fromArray(S, a, p + 2 * L).intoArray(packed, q + 2 * L);
      DoubleVector.fromArray(S, a, p + 3 * L).intoArray(packed, q + 3 * L);
    }
  }
}
