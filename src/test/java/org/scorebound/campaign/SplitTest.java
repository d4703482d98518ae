package org.scorebound.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebound.verify.Families;

class SplitTest {

  /** Counts and shards around the numbers of families (9), cells (4) and strata (36). */
  @ParameterizedTest
  @CsvSource({
    "0, 3",
    "1, 1",
    "1, 4",
    "8, 9",
    "35, 36",
    "36, 36",
    "37, 9",
    "72, 9",
    "200, 7",
    "200, 9",
    "2000, 4",
    "2000, 36",
    "2000, 1999",
    "2000, 2001",
    "100000, 64"
  })
  void everyConfigurationIsInOneShardAndEveryStratumIsSpread(int count, int shards) {
    Split split = new Split(count, shards);
    int[] seen = new int[count];
    int fewest = Integer.MAX_VALUE;
    int most = 0;
    Map<String, int[]> strata = new HashMap<>();
    for (int k = 0; k < shards; k++) {
      int[] ids = split.ids(k);
      fewest = Math.min(fewest, ids.length);
      most = Math.max(most, ids.length);
      for (int id : ids) {
        seen[id]++;
        String stratum = Families.family(id) + Families.churnCell(id);
        strata.computeIfAbsent(stratum, name -> new int[shards])[k]++;
      }
    }
    assertThat(seen).satisfies(all -> assertThat(Arrays.stream(all)).allMatch(n -> n == 1));
    assertThat(most - fewest).isLessThanOrEqualTo(1);
    strata.forEach(
        (stratum, each) -> {
          int spread =
              Arrays.stream(each).max().orElseThrow() - Arrays.stream(each).min().orElseThrow();
          assertThat(spread).as(stratum).isLessThanOrEqualTo(1);
        });
  }

  @Test
  void shardOfIsTheInverse() {
    for (int shards : new int[] {1, 7, 9, 36, 150}) {
      Split split = new Split(500, shards);
      for (int k = 0; k < shards; k++) {
        int shard = k;
        assertThat(Arrays.stream(split.ids(k))).allMatch(id -> split.shardOf(id) == shard);
      }
    }
  }

  @Test
  void refusesWhatIsOutside() {
    assertThatThrownBy(() -> new Split(10, 0)).hasMessageContaining("at least 1, got 0");
    assertThatThrownBy(() -> new Split(-1, 1)).hasMessageContaining("at least 0, got -1");
    assertThatThrownBy(() -> new Split(10, 2).ids(2)).hasMessageContaining("0..1, got 2");
    assertThatThrownBy(() -> new Split(10, 2).shardOf(10)).hasMessageContaining("0..9, got 10");
  }
}
