package org.scorebound.report;

/**
 * Colours of values from dark to light, even to the eye and read by colour-blind readers: nine
 * points of viridis (van der Walt and Smith, 2015, released under CC0), linear between them.
 */
final class ColourMap {

  private static final int[] POINTS = {
    0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725
  };

  private ColourMap() {}

  /** The colour {@code 0xrrggbb} of a share in [0, 1]. */
  static int rgb(double share) {
    double at = Math.clamp(share, 0, 1) * (POINTS.length - 1);
    int i = (int) Math.min(POINTS.length - 2, Math.floor(at));
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int low = POINTS[i] >> shift & 0xff;
      int high = POINTS[i + 1] >> shift & 0xff;
      rgb |= (int) Math.rint(low + (at - i) * (high - low)) << shift;
    }
    return rgb;
  }
}
