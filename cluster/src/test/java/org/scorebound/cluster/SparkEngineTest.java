package org.scorebound.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebound.campaign.Engine;
import org.scorebound.campaign.EngineProvider;
import org.scorebound.campaign.Plan;
import org.scorebound.campaign.ThreadEngine;
import org.scorebound.io.InputException;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.result.BuildInfo;
import org.scorebound.result.Progress;
import org.scorebound.verify.Campaign;
import org.scorebound.verify.Families;

/**
 * Spark in local mode; {@code cluster/scripts/campaign-digest.sh} has a master, workers and kills.
 */
class SparkEngineTest {

  static final Plan PLAN = new Plan(1, 400, 100, "vector", new BuildInfo("test", Optional.empty()));

  /** Configurations that cost milliseconds. */
  static int[] cheap(int count) {
    int drift = Families.names().indexOf("gaussian-drift");
    return IntStream.range(0, count).map(i -> drift + i * Families.names().size()).toArray();
  }

  private static Engine spark(int slices) {
    return new SparkEngine(Optional.of("local[2]"), OptionalInt.of(slices));
  }

  /** What the lines say of each configuration, without times and workers. */
  private static Map<Integer, String> results(Engine engine, int[] ids) {
    Map<Integer, String> results = new TreeMap<>();
    List<Integer> twice = new ArrayList<>();
    engine.run(
        PLAN,
        ids,
        e -> {
          String line = e.line();
          if (results.put(e.id(), line.substring(line.indexOf("\"result\":"))) != null) {
            twice.add(e.id());
          }
        },
        Progress.NONE);
    assertThat(twice).isEmpty();
    return results;
  }

  @Test
  void linesAreThoseOfThreads() {
    int[] ids = cheap(23);
    Kernels kernels = Kernels.of(BackEnd.VECTOR);
    Engine threads = new ThreadEngine(2, id -> Campaign.evaluate(1, id, 100, kernels));
    assertThat(results(spark(5), ids)).hasSize(23).isEqualTo(results(threads, ids));
    assertThat(results(spark(5), new int[0])).isEmpty();
  }

  @Test
  void aSinkThatFailsEndsTheJobWithItsOwnLine() {
    int[] ids = cheap(8);
    assertThatThrownBy(
            () ->
                spark(4)
                    .run(
                        PLAN,
                        ids,
                        e -> {
                          throw new InputException("the disk is full");
                        },
                        Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage("the disk is full");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "spark://nohost", ""})
  void masterUrlsThatCannotBeReadAreToldInOneLine(String url) {
    Engine engine = new SparkEngine(Optional.of(url), OptionalInt.empty());
    assertThatThrownBy(() -> engine.run(PLAN, cheap(2), e -> {}, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is no master URL of Spark");
  }

  /** The text of a stage failure as Spark 4.2 gives it with workers on JDK 17. */
  @Test
  void anOlderJavaOnTheExecutorsIsExplained() {
    Throwable thrown =
        new SparkException(
            "Job aborted due to stage failure: Task 0 in stage 0.0 failed 4 times, most recent"
                + " failure: Lost task 0.3 in stage 0.0 (TID 3) (127.0.0.1 executor 0):"
                + " java.lang.UnsupportedClassVersionError: org/scorebound/cluster/SliceTask has been"
                + " compiled by a more recent version of the Java Runtime");
    assertThat(Explanation.of(thrown, "spark://h:7077"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("the executors of spark://h:7077 run an older Java than ");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "8, 8", "9, 100", "2000, 250"})
  void everyIdIsDealtOnce(int count, int slices) {
    int[] ids = cheap(count);
    List<int[]> dealt = SparkEngine.deal(ids, slices);
    assertThat(dealt).hasSize(Math.min(slices, count)).noneMatch(slice -> slice.length == 0);
    int[] all = dealt.stream().flatMapToInt(Arrays::stream).sorted().toArray();
    assertThat(all).isEqualTo(ids);
  }

  @Test
  void slicesAreSmallAndBoundedInNumber() {
    assertThat(SparkEngine.defaultSlices(1)).isEqualTo(1);
    assertThat(SparkEngine.defaultSlices(2000)).isEqualTo(250);
    assertThat(SparkEngine.defaultSlices(1_000_000)).isEqualTo(20_000);
  }

  @Test
  void theCommandFindsTheEngineByItsName() {
    assertThat(ServiceLoader.load(EngineProvider.class))
        .extracting(EngineProvider::name)
        .containsExactly("spark");
  }
}
