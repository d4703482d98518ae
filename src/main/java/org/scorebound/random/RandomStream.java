package org.scorebound.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A seeded stream of random numbers, named by its seed path.
 *
 * <p>The stream of path {@code (s, a, b)} is {@code root(s).child(a).child(b)}. Its 256-bit state
 * is filled by SplitMix64 from a 64-bit key; a child's key is the parent's key and the child's
 * label mixed by the finaliser of MurmurHash3, so that it depends on the path alone, never on how
 * much was drawn or on which thread. The generator is XO_SHI_RO_256_PP (Blackman and Vigna 2021,
 * doi:10.1145/3460772), normals are by the modified ziggurat of McFarland (2016,
 * doi:10.1080/00949655.2015.1060234), both from Commons RNG.
 *
 * <p>Not thread-safe; give each thread its own child.
 */
public final class RandomStream {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long key;
  private final boolean counterBased;
  private final UniformRandomProvider uniform;
  private final SharedStateContinuousSampler gaussian;

  private RandomStream(long key, boolean counterBased) {
    this.key = key;
    this.counterBased = counterBased;
    this.uniform = counterBased ? new Philox(key) : xoshiro(key);
    this.gaussian = ZigguratSampler.NormalizedGaussian.of(uniform);
  }

  private static UniformRandomProvider xoshiro(long key) {
    long[] state = new long[4];
    long z = key;
    for (int i = 0; i < state.length; i++) {
      z += GOLDEN;
      state[i] = mix(z);
    }
    return RandomSource.XO_SHI_RO_256_PP.create(state);
  }

  /** The stream at the root of a seed path. */
  public static RandomStream root(long seed) {
    return new RandomStream(mix(seed ^ GOLDEN), false);
  }

  /**
   * The same tree of streams over Philox4x32-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405)
   * in place of XO_SHI_RO_256_PP: streams of different keys provably never overlap. About three
   * times the cost per number.
   */
  public static RandomStream counterBased(long seed) {
    return new RandomStream(mix(seed ^ GOLDEN), true);
  }

  /** The stream one step down the path; independent of what was drawn from this one. */
  public RandomStream child(long label) {
    return new RandomStream(mix(key + mix(label * GOLDEN + 1)), counterBased);
  }

  /** The child named by a word, for example {@code "paths"}. */
  public RandomStream child(String label) {
    long h = 0xCBF29CE484222325L;
    for (int i = 0; i < label.length(); i++) {
      h = (h ^ label.charAt(i)) * 0x100000001B3L;
    }
    return child(h);
  }

  /** Uniform on [0, 1). */
  public double nextDouble() {
    return uniform.nextDouble();
  }

  /** Uniform on [lo, hi). */
  public double nextDouble(double lo, double hi) {
    return lo + (hi - lo) * uniform.nextDouble();
  }

  /** Uniform on {0, .., n-1}. */
  public int nextInt(int n) {
    return uniform.nextInt(n);
  }

  /** Uniform 64 bits. */
  public long nextLong() {
    return uniform.nextLong();
  }

  /** A standard normal. */
  public double nextGaussian() {
    return gaussian.sample();
  }

  /** Fills {@code a[from..to)} with independent standard normals. */
  public void fillGaussian(double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = gaussian.sample();
    }
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
    z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return z ^ (z >>> 33);
  }
}
