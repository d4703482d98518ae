package org.scorebound.linalg.internal;

/** Transposition, the same for every back end. */
public final class Transpose {

  private Transpose() {}

  /** The contiguous m x k matrix {@code T = A^T}, 8 rows at a time. */
  public static void apply(int m, int k, double[] a, int aOff, int lda, double[] t, int tOff) {
    int i = 0;
    for (; i + 8 <= m; i += 8) {
      eightRows(k, a, aOff + i * lda, lda, t, tOff + i, m);
    }
    for (; i < m; i++) {
      for (int l = 0; l < k; l++) {
        t[tOff + l * m + i] = a[aOff + l + i * lda];
      }
    }
  }

  private static void eightRows(
      int k, double[] a, int aOff, int lda, double[] t, int tOff, int ldt) {
    int a1 = aOff + lda;
    int a2 = a1 + lda;
    int a3 = a2 + lda;
    int a4 = a3 + lda;
    int a5 = a4 + lda;
    int a6 = a5 + lda;
    int a7 = a6 + lda;
    for (int l = 0; l < k; l++) {
      int p = tOff + l * ldt;
      t[p] = a[aOff + l];
      t[p + 1] = a[a1 + l];
      t[p + 2] = a[a2 + l];
      t[p + 3] = a[a3 + l];
      t[p + 4] = a[a4 + l];
      t[p + 5] = a[a5 + l];
      t[p + 6] = a[a6 + l];
      t[p + 7] = a[a7 + l];
    }
  }
}
