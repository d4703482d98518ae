package org.scorebound.regress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scorebound.result.MachineInfo;

class PlanTest {

  private static Plan.Case fork(double seconds) {
    return new Plan.Case(Synthetic.ID, Synthetic.METRIC, seconds);
  }

  /** 24 blocks of forks of 3 s are 288 s, and A/A adds at most 40 %. */
  @Test
  void timeOfABenchmarkAndItsControl() {
    List<Plan.Case> one = List.of(fork(3));
    assertThat(Plan.controlBlocks(24, one, 0)).isEqualTo(9);
    assertThat(Plan.seconds(24, one)).isEqualTo(288 + 108);
    assertThat(Plan.controlBlocks(48, one, 0)).isEqualTo(16);
    List<Plan.Case> three = List.of(fork(3), fork(1), fork(3));
    assertThat(Plan.cheapest(three)).isEqualTo(1);
    assertThat(Plan.controlBlocks(24, three, 1)).isEqualTo(24);
    assertThat(Plan.seconds(24, three)).isEqualTo(4 * 24 * 8);
  }

  @Test
  void budgetBecomesACountOfBlocks() {
    List<Plan.Case> one = List.of(fork(3));
    assertThat(Plan.affordable(251, Rules.FULL, one)).isEmpty();
    assertThat(Plan.affordable(252, Rules.FULL, one).orElseThrow().toArray()).containsExactly(12);
    assertThat(Plan.affordable(500, Rules.FULL, one).orElseThrow().toArray())
        .containsExactly(12, 24);
    assertThat(Plan.affordable(5000, Rules.FULL, one).orElseThrow().toArray())
        .containsExactly(12, 24, 48);
  }

  @Test
  void fingerprintHasNoClockRateAndNoKernel() {
    Fingerprint slow = print("Xeon E5 v4 @ 2.40GHz", "Linux 6.1", 4);
    assertThat(slow.cpu()).isEqualTo("Xeon E5 v4");
    assertThat(print("Xeon E5 v4 @ 3.00GHz", "Linux 6.8.2", 4)).isEqualTo(slow);
    assertThat(print("Xeon E5 v4", "Linux 6.1", 2).id()).isNotEqualTo(slow.id());
    assertThat(slow.id()).matches("[0-9a-f]{12}");
  }

  private static Fingerprint print(String cpu, String os, int cores) {
    return Fingerprint.of(new MachineInfo(cpu, cores, "amd64", 256, os, "vm"), "OpenJDK 25");
  }

  @Test
  void ordersAreAFairCoinOfTheSeed() {
    int abba = 0;
    for (int b = 0; b < 2000; b++) {
      abba += Order.drawn(1, 0, b) == Order.ABBA ? 1 : 0;
      assertThat(Order.drawn(1, 0, b)).isEqualTo(Order.drawn(1, 0, b));
    }
    // Four standard deviations of 2000 tosses are 89.
    assertThat(abba).isBetween(911, 1089);
  }
}
