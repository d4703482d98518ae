package org.scorebound.report;

/** Shapes of points, so that series differ without colour. */
enum Marker {
  CIRCLE,
  SQUARE,
  TRIANGLE,
  DIAMOND,
  CROSS,
  PLUS;

  /** The shape of the series with this index. */
  static Marker of(int index) {
    return values()[index % values().length];
  }
}
