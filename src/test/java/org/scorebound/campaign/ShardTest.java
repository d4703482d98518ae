package org.scorebound.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebound.io.InputException;

class ShardTest {

  private static Map<String, String> slurm(int id, int min, int count, int step) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SLURM_ARRAY_TASK_ID", String.valueOf(id));
    environment.put("SLURM_ARRAY_TASK_MIN", String.valueOf(min));
    environment.put("SLURM_ARRAY_TASK_COUNT", String.valueOf(count));
    environment.put("SLURM_ARRAY_TASK_STEP", String.valueOf(step));
    return environment;
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 7, 1, 0", "7, 1, 7, 1, 6", "12, 4, 5, 4, 2", "20, 4, 5, 4, 4"})
  void slurmArraysCountFromTheirMinimumInTheirSteps(int id, int min, int tasks, int step, int i) {
    assertThat(Shard.fromEnvironment(slurm(id, min, tasks, step), Optional.empty()))
        .isEqualTo(new Shard(i, tasks));
  }

  @ParameterizedTest
  @CsvSource({"7, 1, 3, 1", "5, 4, 5, 4", "0, 1, 3, 1"})
  void slurmArraysWithGapsAreRefused(int id, int min, int tasks, int step) {
    assertThatThrownBy(() -> Shard.fromEnvironment(slurm(id, min, tasks, step), Optional.empty()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not evenly spaced");
  }

  @Test
  void slurmCountMustAgree() {
    assertThatThrownBy(() -> Shard.fromEnvironment(slurm(1, 0, 7, 1), Optional.of(8)))
        .hasMessage("--shards 8 but the Slurm array has 7 tasks");
  }

  @Test
  void kubernetesNeedsTheCount() {
    Map<String, String> environment = Map.of("JOB_COMPLETION_INDEX", "3");
    assertThat(Shard.fromEnvironment(environment, Optional.of(5))).isEqualTo(new Shard(3, 5));
    assertThatThrownBy(() -> Shard.fromEnvironment(environment, Optional.empty()))
        .hasMessage("JOB_COMPLETION_INDEX=3 has no count; give --shards K (completions)");
    assertThatThrownBy(() -> Shard.fromEnvironment(environment, Optional.of(3)))
        .hasMessage("shard 3/3: I must be in 0..2, got 3");
  }

  @Test
  void anEmptyEnvironmentIsTold() {
    assertThatThrownBy(() -> Shard.fromEnvironment(Map.of(), Optional.of(4)))
        .hasMessageContaining("give --shard I/K");
    assertThat(Shard.inArray(Map.of())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "7/7, 'shard 7/7: I must be in 0..6, got 7'",
    "-1/7, 'shard -1/7: I must be in 0..6, got -1'",
    "0/0, 'shard 0/0: K must be at least 1'",
    "0/-2, 'shard 0/-2: K must be at least 1'",
    "3, '--shard must be I/K, for example 0/8, got ''3'''",
    "1/2/3, '--shard must be I/K, for example 0/8, got ''1/2/3'''",
    "a/7, '--shard must have whole numbers, got ''a'''",
    "1/, '--shard must have whole numbers, got '''''",
    "1/99999999999, '--shard must have whole numbers, got ''99999999999'''"
  })
  void badShardsAreToldInOneLine(String text, String message) {
    assertThatThrownBy(() -> Shard.parse(text))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
