package org.scorebound.regress;

import java.util.List;
import org.scorebound.random.RandomStream;

/**
 * The order of the four forks of a block, A the baseline. In both a drift that is linear over the
 * block cancels from the difference of the two sides. Which of the two a block has is a fair coin:
 * if both sides are the same program, the coin alone decides the sign of the block's log-ratio.
 */
public enum Order {
  /** Baseline outside. */
  ABBA(Side.BASELINE, Side.CANDIDATE),
  /** Candidate outside. */
  BAAB(Side.CANDIDATE, Side.BASELINE);

  /** Forks in a block. */
  public static final int FORKS = 4;

  private final Side outer;
  private final Side inner;

  Order(Side outer, Side inner) {
    this.outer = outer;
    this.inner = inner;
  }

  /** The sides in the order they run. */
  public List<Side> sides() {
    return List.of(outer, inner, inner, outer);
  }

  /** The order of a block: a function of the seed and of what the block is. */
  public static Order drawn(long seed, int series, int block) {
    RandomStream coin = RandomStream.root(seed).child("order").child(series).child(block);
    return coin.nextInt(2) == 0 ? ABBA : BAAB;
  }
}
