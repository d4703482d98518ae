package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum of a vector's lanes in a fixed order, by halves. {@code reduceLanes(ADD)} leaves the
 * order to the compiler, so that interpreted and compiled code would differ in the last digit.
 */
final class LaneSum {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final VectorShuffle<Double> BY_4 = shift(4);
  private static final VectorShuffle<Double> BY_2 = shift(2);
  private static final VectorShuffle<Double> BY_1 = shift(1);

  private LaneSum() {}

  private static VectorShuffle<Double> shift(int by) {
    return VectorShuffle.fromOp(SPECIES, i -> (i + by) % LANES);
  }

  static double of(DoubleVector v) {
    DoubleVector s = v;
    if (LANES > 4) {
      s = s.add(s.rearrange(BY_4));
    }
    if (LANES > 2) {
      s = s.add(s.rearrange(BY_2));
    }
    if (LANES > 1) {
      s = s.add(s.rearrange(BY_1));
    }
    return s.lane(0);
  }
}
