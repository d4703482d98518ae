package org.scorebound.random;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror and Shaw 2011, Parallel random
 * numbers: as easy as 1, 2, 3, doi:10.1145/2063384.2063405): a keyed bijection of a 128-bit counter
 * in ten rounds, so that the number at any place of a stream is had without those before it, and
 * streams of different keys cannot overlap.
 *
 * <p>A stream is a 64-bit key; its n-th block of four 32-bit words is the image of the counter n,
 * taken as two longs, the first word of a pair in the low half. Period 2^65 longs. Not thread-safe.
 */
final class Philox implements UniformRandomProvider {

  private static final int ROUNDS = 10;
  private static final int M0 = 0xD2511F53;
  private static final int M1 = 0xCD9E8D57;

  /** The golden ratio and the root of 3 less 1, as 32-bit fractions. */
  private static final int W0 = 0x9E3779B9;

  private static final int W1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;

  private final int k0;
  private final int k1;
  private final int[] block = new int[4];
  private long counter;
  private boolean second;

  Philox(long key) {
    k0 = (int) key;
    k1 = (int) (key >>> 32);
  }

  @Override
  public long nextLong() {
    if (second) {
      second = false;
      return join(block[2], block[3]);
    }
    block[0] = (int) counter;
    block[1] = (int) (counter >>> 32);
    block[2] = 0;
    block[3] = 0;
    counter++;
    encrypt(block, k0, k1);
    second = true;
    return join(block[0], block[1]);
  }

  /** The {@code index}-th long of this stream is the next one. */
  void seek(long index) {
    counter = index >>> 1;
    second = false;
    if ((index & 1) != 0) {
      nextLong();
    }
  }

  private static long join(int low, int high) {
    return (low & LOW) | ((long) high << 32);
  }

  /**
   * The bijection, in place.
   *
   * @param c counter of four words, the lowest first
   * @param key0 first word of the key
   * @param key1 second word of the key
   */
  static void encrypt(int[] c, int key0, int key1) {
    int c0 = c[0];
    int c1 = c[1];
    int c2 = c[2];
    int c3 = c[3];
    int a = key0;
    int b = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = (M0 & LOW) * (c0 & LOW);
      long p1 = (M1 & LOW) * (c2 & LOW);
      int next0 = (int) (p1 >>> 32) ^ c1 ^ a;
      int next2 = (int) (p0 >>> 32) ^ c3 ^ b;
      c1 = (int) p1;
      c3 = (int) p0;
      c0 = next0;
      c2 = next2;
      a += W0;
      b += W1;
    }
    c[0] = c0;
    c[1] = c1;
    c[2] = c2;
    c[3] = c3;
  }
}
