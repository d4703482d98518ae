package org.scorebound.linalg;

/**
 * The checks of {@link Kernels}: a slice must lie in its array, an output must not overlap an
 * input.
 */
final class Slices {

  private Slices() {}

  static void vector(String name, int n, double[] x, int off) {
    if (n < 0) {
      throw new IllegalArgumentException("length of " + name + " must be >= 0, got " + n);
    }
    if (off < 0 || off > x.length - n) {
      throw new IllegalArgumentException(
          name + " of length " + n + " at offset " + off + " exceeds its array of " + x.length);
    }
  }

  static void matrix(String name, int rows, int cols, double[] x, int off, int ld) {
    if (rows < 0 || cols < 0 || ld < rows) {
      throw new IllegalArgumentException(
          name
              + " must have rows >= 0, cols >= 0 and leading dimension >= rows, got "
              + rows
              + " x "
              + cols
              + " with leading dimension "
              + ld);
    }
    long last = rows == 0 || cols == 0 ? 0 : (long) (cols - 1) * ld + rows;
    if (off < 0 || off + last > x.length) {
      throw new IllegalArgumentException(
          name
              + " of "
              + rows
              + " x "
              + cols
              + " with leading dimension "
              + ld
              + " at offset "
              + off
              + " exceeds its array of "
              + x.length);
    }
  }

  static void indices(String name, int n, int[] index, int off, int bound) {
    if (off < 0 || off > index.length - n) {
      throw new IllegalArgumentException(
          name + " of length " + n + " at offset " + off + " exceeds its array of " + index.length);
    }
    for (int j = off; j < off + n; j++) {
      if (index[j] < 0 || index[j] >= bound) {
        throw new IllegalArgumentException(
            name + "[" + j + "] must be in 0.." + (bound - 1) + ", got " + index[j]);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same array is what overlap means
  static void apart(
      String name, double[] x, int xOff, int xLength, double[] y, int yOff, int yLength) {
    if (x == y && xOff < yOff + yLength && yOff < xOff + xLength) {
      throw new IllegalArgumentException(
          name
              + " at "
              + xOff
              + ".."
              + (xOff + xLength)
              + " overlaps the output at "
              + yOff
              + ".."
              + (yOff + yLength)
              + " of the same array");
    }
  }

  static void sameOrApart(String name, int n, double[] x, int xOff, double[] y, int yOff) {
    if (xOff != yOff) {
      apart(name, x, xOff, n, y, yOff, n);
    }
  }
}
