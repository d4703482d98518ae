package org.scorebound.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.scorebound.campaign.Engine;
import org.scorebound.campaign.Evaluated;
import org.scorebound.campaign.Plan;
import org.scorebound.io.HostFacts;
import org.scorebound.result.Progress;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Evaluates on Apache Spark: many small slices, each a task that Spark gives to a free core and
 * repeats elsewhere when its executor is lost. A slice's lines go to the sink as soon as its task
 * ends; Spark delivers each slice once, however often it was tried.
 *
 * <p>Slices are dealt from the ids in turn, so that when they come dearest first, as from {@link
 * org.scorebound.campaign.Split}, slices are alike. Memory of the driver: the ids, a few hundred
 * bytes a slice, and the lines that are on their way.
 *
 * @param master Spark's master URL; if empty, the one of {@code spark-submit}, else all cores here
 * @param slices number of slices; if empty, one for {@link #PER_SLICE} configurations
 * @param tasks what executors do with a slice of ids
 */
record SparkEngine(Optional<String> master, OptionalInt slices, Tasks tasks) implements Engine {

  /** Makes the function that executors run on each slice. */
  @FunctionalInterface
  interface Tasks {
    /** The function for a campaign; serializable. */
    AbstractFunction2<TaskContext, Iterator<int[]>, List<Evaluated>> of(Plan plan);
  }

  /** Evaluates the configurations. */
  SparkEngine(Optional<String> master, OptionalInt slices) {
    this(
        master,
        slices,
        plan -> new SliceTask(plan.seed(), plan.paths(), plan.backEnd(), HostFacts.vectorBits()));
  }

  /** Some hundred milliseconds of work against some ten of a task's own. */
  static final int PER_SLICE = 8;

  /** The driver keeps books on every task. */
  private static final int MOST_SLICES = 20_000;

  private static final int PROGRESS_MILLIS = 300;

  @Override
  public void run(Plan plan, int[] ids, Consumer<Evaluated> sink, Progress progress) {
    if (ids.length == 0) {
      return;
    }
    SparkConf conf = configuration();
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      Timer clock = new Timer("progress", true);
      try {
        clock.schedule(
            new TimerTask() {
              @Override
              public void run() {
                report(context, progress);
              }
            },
            0,
            PROGRESS_MILLIS);
        run(context, plan, ids, sink);
      } finally {
        clock.cancel();
      }
    } catch (RuntimeException | Error e) {
      throw Explanation.of(e, conf.get("spark.master"));
    } catch (Exception e) {
      // Scala throws checked exceptions without declaring them.
      throw Explanation.of(e, conf.get("spark.master"));
    }
  }

  private SparkConf configuration() {
    SparkConf conf = new SparkConf();
    master.ifPresent(conf::setMaster);
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.app.name", "scorebound verify");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.ui.enabled", "false");
    if (!conf.get("spark.master").startsWith("local") && !conf.contains("spark.jars")) {
      conf.set("spark.jars", String.join(",", jars()));
    }
    return conf;
  }

  /** The jars of this program, without Spark's, for executors elsewhere. */
  private static List<String> jars() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> Path.of(entry).getFileName().toString().matches("scorebound.*\\.jar"))
        .map(entry -> Path.of(entry).toAbsolutePath().toUri().toString())
        .toList();
  }

  private void run(JavaSparkContext context, Plan plan, int[] ids, Consumer<Evaluated> sink) {
    List<int[]> dealt = deal(ids, slices.orElse(defaultSlices(ids.length)));
    JavaRDD<int[]> rdd = context.parallelize(dealt, dealt.size());
    context
        .sc()
        .runJob(
            rdd.rdd(),
            tasks.of(plan),
            new Deliver(sink),
            ClassTag$.MODULE$.<List<Evaluated>>apply(List.class));
  }

  static int defaultSlices(int ids) {
    return Math.clamp((ids + PER_SLICE - 1) / PER_SLICE, 1, MOST_SLICES);
  }

  /** Slice k has ids k, k + S, k + 2S, ... */
  static List<int[]> deal(int[] ids, int slices) {
    int s = Math.min(slices, ids.length);
    List<int[]> dealt = new ArrayList<>(s);
    for (int k = 0; k < s; k++) {
      int[] slice = new int[(ids.length - k + s - 1) / s];
      for (int i = 0; i < slice.length; i++) {
        slice[i] = ids[k + i * s];
      }
      dealt.add(slice);
    }
    return dealt;
  }

  /** Spark's own count of finished tasks. */
  private static void report(JavaSparkContext context, Progress progress) {
    for (int stage : context.statusTracker().getActiveStageIds()) {
      SparkStageInfo info = context.statusTracker().getStageInfo(stage);
      if (info != null) {
        progress.report(info.numCompletedTasks(), info.numTasks(), "slices");
      }
    }
  }

  /** Takes the slices on the driver, one at a time. */
  private static final class Deliver extends AbstractFunction2<Object, List<Evaluated>, BoxedUnit> {

    private final Consumer<Evaluated> sink;

    Deliver(Consumer<Evaluated> sink) {
      this.sink = sink;
    }

    @Override
    public BoxedUnit apply(Object slice, List<Evaluated> evaluated) {
      evaluated.forEach(sink);
      return BoxedUnit.UNIT;
    }
  }
}
