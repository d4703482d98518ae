package org.scorebound.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.campaign.Evaluated;
import org.scorebound.campaign.ThreadEngine;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.result.Progress;
import org.scorebound.verify.Campaign;

/**
 * A master with two workers in processes of their own, of which an executor and then a whole worker
 * are killed by SIGKILL while the job runs. The kills come when a given number of results has
 * arrived, so that there is always work left, however fast the machine is.
 */
@DisabledOnOs(OS.WINDOWS)
class ClusterFaultsTest {

  private static final int COUNT = 60;
  private static final int SLICES = 30;
  private static final int KILL_EXECUTOR_AFTER = 2;
  private static final int KILL_WORKER_AFTER = 12;

  /** Executors take the classes of this test's own class path, and compile them fast. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.executor.extraClassPath",
          System.getProperty("java.class.path"),
          "spark.executor.extraJavaOptions",
          "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
          "spark.jars",
          "",
          "spark.driver.host",
          "127.0.0.1");

  @Test
  void killedExecutorAndKilledWorkerChangeNothing(@TempDir Path folder) throws Exception {
    int[] ids = SparkEngineTest.cheap(COUNT);
    Kernels kernels = Kernels.of(BackEnd.VECTOR);
    Map<Integer, String> undisturbed = new TreeMap<>();
    new ThreadEngine(2, id -> Campaign.evaluate(1, id, 100, kernels))
        .run(SparkEngineTest.PLAN, ids, e -> put(undisturbed, e), Progress.NONE);

    SETTINGS.forEach(System::setProperty);
    Map<Integer, String> results = new TreeMap<>();
    List<Integer> remainingAtKill = new ArrayList<>();
    try (StandaloneCluster cluster = new StandaloneCluster(folder)) {
      Process first = cluster.worker("first");
      Process second = cluster.worker("second");
      Consumer<Evaluated> sink =
          evaluated -> {
            put(results, evaluated);
            if (results.size() == KILL_EXECUTOR_AFTER) {
              List<ProcessHandle> executors = executors(first, second);
              assertThat(executors.getFirst().destroyForcibly()).isTrue();
              remainingAtKill.add(COUNT - results.size());
            }
            if (results.size() == KILL_WORKER_AFTER) {
              List<ProcessHandle> executors = StandaloneCluster.executorsOf(second);
              second.destroyForcibly();
              executors.forEach(ProcessHandle::destroyForcibly);
              remainingAtKill.add(COUNT - results.size());
            }
          };
      new SparkEngine(Optional.of(cluster.master()), OptionalInt.of(SLICES))
          .run(SparkEngineTest.PLAN, ids, sink, Progress.NONE);
      assertThat(second.isAlive()).isFalse();
    } finally {
      SETTINGS.keySet().forEach(System::clearProperty);
    }
    assertThat(remainingAtKill)
        .containsExactly(COUNT - KILL_EXECUTOR_AFTER, COUNT - KILL_WORKER_AFTER);
    assertThat(results).isEqualTo(undisturbed);
  }

  private static List<ProcessHandle> executors(Process first, Process second) {
    List<ProcessHandle> all = new ArrayList<>(StandaloneCluster.executorsOf(first));
    all.addAll(StandaloneCluster.executorsOf(second));
    return all;
  }

  /** The line of a configuration, without times and workers; each id may come once. */
  private static void put(Map<Integer, String> results, Evaluated evaluated) {
    String line = evaluated.line();
    String before = results.put(evaluated.id(), line.substring(line.indexOf("\"result\":")));
    assertThat(before).as("configuration %d delivered twice", evaluated.id()).isNull();
  }
}
