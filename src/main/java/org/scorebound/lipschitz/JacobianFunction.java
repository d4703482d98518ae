package org.scorebound.lipschitz;

/**
 * What is maximised over the Jacobians J of a score, of order 1, 2 or 3: a function V of a few
 * entries that are linear in J, convex, and subadditive, {@code V(A + B) <= V(A) + V(B)}, with
 * {@code V(B) <= V(R)} wherever {@code |B| <= R} entrywise (Perron and Frobenius). That is all that
 * {@link CellBatch} uses.
 */
enum JacobianFunction {
  /**
   * {@code lambda_max((J + J^T)/2)}, the one-sided constant; entries packed as in {@link
   * SmallSymmetric}.
   */
  ONE_SIDED {
    @Override
    int entries(int d) {
      return SmallSymmetric.packed(d);
    }

    @Override
    double entry(int j, int k, double jk, double kj) {
      return 0.5 * (jk + kj);
    }

    @Override
    double value(int d, double[] entries) {
      return SmallSymmetric.largest(d, entries);
    }

    @Override
    double rounding(int d, double size) {
      return SmallSymmetric.rounding(d, size);
    }
  },

  /** {@code |J|_2}, the two-sided constant; entries by rows. */
  NORM {
    @Override
    int entries(int d) {
      return d * d;
    }

    @Override
    double entry(int j, int k, double jk, double kj) {
      return jk;
    }

    // In the plane J = m I + w R + B, B symmetric and traceless: |(m, w)| + |B|.
    @Override
    double value(int d, double[] e) {
      return switch (d) {
        case 1 -> Math.abs(e[0]);
        case 2 ->
            0.5
                * (Math.sqrt((e[0] + e[3]) * (e[0] + e[3]) + (e[1] - e[2]) * (e[1] - e[2]))
                    + Math.sqrt((e[0] - e[3]) * (e[0] - e[3]) + (e[1] + e[2]) * (e[1] + e[2])));
        default -> Math.sqrt(Math.max(0, SmallSymmetric.largest(d, gram(e))));
      };
    }

    // Of order 3 by J^T J, entries at most 3 size^2; the root of an error e of |J|^2 >= size^2 is
    // off by at most e/size.
    @Override
    double rounding(int d, double size) {
      return d * SmallSymmetric.rounding(d, size);
    }
  },

  /** {@code |(J - J^T)/2|_2}, how much J turns; entries above the diagonal. */
  SKEW {
    @Override
    int entries(int d) {
      return d * (d - 1) / 2;
    }

    @Override
    double entry(int j, int k, double jk, double kj) {
      return 0.5 * (jk - kj);
    }

    // Of order 3 the length of the axis.
    @Override
    double value(int d, double[] entries) {
      double sum = 0;
      for (double e : entries) {
        sum += e * e;
      }
      return entries.length == 1 ? Math.abs(entries[0]) : Math.sqrt(sum);
    }

    @Override
    double rounding(int d, double size) {
      return d * 0x1p-49 * size;
    }
  };

  /** The number of entries. */
  abstract int entries(int d);

  /** The entry of row j and column k from {@code J_jk} and {@code J_kj}. */
  abstract double entry(int j, int k, double jk, double kj);

  /** V, up to {@link #rounding}. */
  abstract double value(int d, double[] entries);

  /** What {@link #value} may be too small by, for entries of at most {@code size}. */
  abstract double rounding(int d, double size);

  /** Where entry (j, k) is; -1 where it is none, or stands elsewhere. */
  int index(int d, int j, int k) {
    return switch (this) {
      case ONE_SIDED -> j <= k ? SmallSymmetric.index(d, j, k) : -1;
      case NORM -> j * d + k;
      case SKEW -> j < k ? SmallSymmetric.index(d, j, k) - j - 1 : -1;
    };
  }

  /** How often an entry occurs in a matrix. */
  int count(int j, int k) {
    return this == NORM || j == k ? 1 : 2;
  }

  /** Whether {@code linear I} counts. */
  boolean hasDiagonal() {
    return this != SKEW;
  }

  /**
   * The entries of {@code J + linear I}.
   *
   * @param jacobian d x d, column-major
   */
  void read(int d, double[] jacobian, double linear, double[] entries) {
    for (int j = 0; j < d; j++) {
      for (int k = 0; k < d; k++) {
        int q = index(d, j, k);
        if (q >= 0) {
          entries[q] =
              entry(j, k, jacobian[j + k * d], jacobian[k + j * d])
                  + (j == k && hasDiagonal() ? linear : 0);
        }
      }
    }
  }

  private static double[] gram(double[] e) {
    double[] g = new double[SmallSymmetric.packed(3)];
    for (int j = 0; j < 3; j++) {
      for (int k = j; k < 3; k++) {
        g[SmallSymmetric.index(3, j, k)] = e[j] * e[k] + e[3 + j] * e[3 + k] + e[6 + j] * e[6 + k];
      }
    }
    return g;
  }
}
