package org.scorebound.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.scorebound.verify.Families;

/**
 * Which configuration belongs to which shard.
 *
 * <p>Cost depends on family and churn cell, by a factor of a thousand. Configurations of one family
 * and cell (a stratum) are alike but for their random draw, and id i is in stratum {@code i mod S},
 * S = families times cells. All ids are laid in a row, dearest stratum first and by id within a
 * stratum, and dealt out in turn: position p goes to shard {@code p mod K}. So each shard has the
 * same number of each stratum, but for one, and of all configurations, but for one. Plain {@code i
 * mod K} would give each of nine shards a family of its own, there being nine families.
 *
 * <p>{@link #shardOf} is O(1) and depends on the count, the number of shards and the order of
 * strata alone.
 *
 * @param count configurations
 * @param shards number of shards K
 */
public record Split(int count, int shards) {

  /**
   * Families by the mean recorded seconds of a configuration (docs/campaigns.md). Only the order
   * matters, and that only for the remainders and for what a shard starts with. A family that is
   * not listed counts as the dearest.
   */
  private static final List<String> DEAREST_FIRST =
      List.of(
          "network",
          "mixture-common",
          "mixture-line",
          "clusters",
          "matrix-drift",
          "unbounded",
          "gaussian-linear",
          "gaussian-sine",
          "gaussian-drift");

  /** Checks {@code count >= 0} and {@code shards >= 1}. */
  public Split {
    if (count < 0) {
      throw new IllegalArgumentException("count must be at least 0, got " + count);
    }
    if (shards < 1) {
      throw new IllegalArgumentException("shards must be at least 1, got " + shards);
    }
  }

  /** The strata, dearest first. */
  private static int[] order() {
    List<String> names = Families.names();
    int strata = names.size() * Families.churnCells().size();
    List<Integer> order = new ArrayList<>();
    for (int s = 0; s < strata; s++) {
      order.add(s);
    }
    order.sort(
        Comparator.comparingInt((Integer s) -> DEAREST_FIRST.indexOf(names.get(s % names.size()))));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Members of a stratum. */
  private int members(int stratum, int strata) {
    return stratum >= count ? 0 : (count - 1 - stratum) / strata + 1;
  }

  /** The shard of a configuration. */
  public int shardOf(int id) {
    if (id < 0 || id >= count) {
      throw new IllegalArgumentException("id must be in 0.." + (count - 1) + ", got " + id);
    }
    int[] order = order();
    int position = id / order.length;
    for (int s : order) {
      if (s == id % order.length) {
        return position % shards;
      }
      position += members(s, order.length);
    }
    throw new IllegalStateException("stratum of id " + id + " is in no order");
  }

  /** The configurations of a shard, dearest stratum first, so that the long ones start early. */
  public int[] ids(int shard) {
    if (shard < 0 || shard >= shards) {
      throw new IllegalArgumentException("shard must be in 0.." + (shards - 1) + ", got " + shard);
    }
    int[] order = order();
    int[] ids = new int[count / shards + 1];
    int n = 0;
    int before = 0;
    for (int s : order) {
      int members = members(s, order.length);
      for (int j = Math.floorMod(shard - before, shards); j < members; j += shards) {
        ids[n++] = s + j * order.length;
      }
      before += members;
    }
    return Arrays.copyOf(ids, n);
  }
}
