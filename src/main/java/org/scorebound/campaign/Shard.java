package org.scorebound.campaign;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.scorebound.io.InputException;

/**
 * One of K parts of a campaign.
 *
 * @param index I, 0-based
 * @param count K
 */
public record Shard(int index, int count) {

  private static final String SLURM = "SLURM_ARRAY_TASK_";
  private static final String KUBERNETES = "JOB_COMPLETION_INDEX";

  /** Checks {@code 0 <= index < count}; one line for the user. */
  public Shard {
    if (count < 1) {
      throw new InputException("shard " + index + "/" + count + ": K must be at least 1");
    }
    if (index < 0 || index >= count) {
      throw new InputException(
          "shard " + index + "/" + count + ": I must be in 0.." + (count - 1) + ", got " + index);
    }
  }

  /** Reads {@code I/K}. */
  public static Shard parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2) {
      throw new InputException("--shard must be I/K, for example 0/8, got '" + text + "'");
    }
    return new Shard(whole("--shard", parts[0]), whole("--shard", parts[1]));
  }

  /** Whether the environment is that of a task of a Slurm array or of an indexed Kubernetes job. */
  public static boolean inArray(Map<String, String> environment) {
    return environment.containsKey(SLURM + "ID") || environment.containsKey(KUBERNETES);
  }

  /**
   * The shard that a scheduler has put into the environment: Slurm's array task, where K is the
   * number of tasks, or the completion index of a Kubernetes job, where K has to be given.
   *
   * @param environment the variables
   * @param shards K, if it was given
   */
  public static Shard fromEnvironment(Map<String, String> environment, Optional<Integer> shards) {
    if (environment.containsKey(SLURM + "ID")) {
      int id = variable(environment, SLURM + "ID");
      int min = variable(environment, SLURM + "MIN");
      int step =
          environment.containsKey(SLURM + "STEP") ? variable(environment, SLURM + "STEP") : 1;
      int tasks = variable(environment, SLURM + "COUNT");
      if (step < 1 || (id - min) % step != 0 || id < min || (id - min) / step >= tasks) {
        throw new InputException(
            String.format(
                "Slurm array task %d (min %d, step %d, %d tasks): the array is not evenly spaced;"
                    + " give --shard I/K",
                id, min, step, tasks));
      }
      if (shards.isPresent() && shards.get() != tasks) {
        throw new InputException(
            "--shards " + shards.get() + " but the Slurm array has " + tasks + " tasks");
      }
      return new Shard((id - min) / step, tasks);
    }
    if (environment.containsKey(KUBERNETES)) {
      int index = variable(environment, KUBERNETES);
      return new Shard(
          index,
          shards.orElseThrow(
              () ->
                  new InputException(
                      KUBERNETES + "=" + index + " has no count; give --shards K (completions)")));
    }
    throw new InputException(
        "no " + SLURM + "ID and no " + KUBERNETES + " in the environment; give --shard I/K");
  }

  private static int variable(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new InputException(name + " is not in the environment; give --shard I/K");
    }
    return whole(name, value);
  }

  private static int whole(String name, String value) {
    if (!value.matches("-?[0-9]{1,9}")) {
      throw new InputException(name + " must have whole numbers, got '" + value + "'");
    }
    return Integer.parseInt(value);
  }

  /** The file of this shard in the campaign's folder. */
  public Path file(Path folder) {
    int digits = String.valueOf(count - 1).length();
    return folder.resolve(String.format("shard-%0" + digits + "d-of-%d.jsonl", index, count));
  }
}
