package org.scorebound.bench;

/**
 * The arithmetic and the memory traffic of one operation of a benchmark, to turn times into rates
 * and shares of the roof.
 *
 * @param flops floating-point operations, a multiply-add counting 2; 0 where they are not the
 *     measure
 * @param bytes that must be read and written at least; 0 where they are not the measure
 * @param elements elements handled, for rates per element
 */
public record Work(double flops, double bytes, double elements) {

  /** Checks that nothing is negative. */
  public Work {
    if (!(flops >= 0 && bytes >= 0 && elements >= 0)) {
      throw new IllegalArgumentException(
          "work must be >= 0, got " + flops + " flops, " + bytes + " bytes, " + elements);
    }
  }
}
