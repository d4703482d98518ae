package org.scorebound.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.scorebound.campaign.Evaluated;
import org.scorebound.io.HostFacts;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.verify.Campaign;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** Evaluates the configurations of one slice; runs on an executor. */
final class SliceTask extends AbstractFunction2<TaskContext, Iterator<int[]>, List<Evaluated>>
    implements Serializable {

  /** Starts the message of an executor whose vectors are not as wide as the driver's. */
  static final String OTHER_WIDTH = "executor's vector width: ";

  private static final long serialVersionUID = 1L;

  private final long seed;
  private final int paths;
  private final String backEnd;
  private final int vectorBits;

  /**
   * A task.
   *
   * @param seed of the campaign
   * @param paths simulated paths per configuration
   * @param backEnd back end of the linear algebra
   * @param vectorBits vector width of the driver
   */
  SliceTask(long seed, int paths, String backEnd, int vectorBits) {
    this.seed = seed;
    this.paths = paths;
    this.backEnd = backEnd;
    this.vectorBits = vectorBits;
  }

  @Override
  public List<Evaluated> apply(TaskContext context, Iterator<int[]> slices) {
    int here = HostFacts.vectorBits();
    if (here != vectorBits) {
      throw new IllegalStateException(
          OTHER_WIDTH + here + " bits, the driver's " + vectorBits + " bits");
    }
    Kernels kernels = Kernels.of(BackEnd.parse(backEnd));
    String worker = "executor " + SparkEnv.get().executorId();
    List<Evaluated> evaluated = new ArrayList<>();
    while (slices.hasNext()) {
      for (int id : slices.next()) {
        evaluated.add(
            Evaluated.of(seed, id, worker, i -> Campaign.evaluate(seed, i, paths, kernels)));
      }
    }
    return evaluated;
  }
}
