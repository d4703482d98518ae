package org.scorebound.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.scorebound.network.Precision;

/**
 * What the user asks of an experiment.
 *
 * @param seed root of all random streams
 * @param seeds number of runs that differ by their streams alone; empty for the experiment's own
 * @param epochs passes over the data of each training; empty for the experiment's own
 * @param data names or files of data laws, for the experiments that have a choice
 * @param batch samples of an optimiser step
 * @param rate learning rate
 * @param network description of a network to use instead of training one
 * @param precision of the gradients while training; empty for the experiment's own
 */
public record Request(
    long seed,
    OptionalInt seeds,
    OptionalInt epochs,
    List<String> data,
    int batch,
    double rate,
    Optional<Path> network,
    Optional<Precision> precision) {

  /** As published. */
  public static final int BATCH = 128;

  /** As published. */
  public static final double RATE = 1e-3;

  private static final int EPOCHS = 1000;

  /** Copies. */
  public Request {
    data = List.copyOf(data);
  }

  /** Without a network, in the experiment's precision. */
  public Request(
      long seed, OptionalInt seeds, OptionalInt epochs, List<String> data, int batch, double rate) {
    this(seed, seeds, epochs, data, batch, rate, Optional.empty(), Optional.empty());
  }

  /** The seed alone. */
  public static Request of(long seed) {
    return new Request(seed, OptionalInt.empty(), OptionalInt.empty(), List.of(), BATCH, RATE);
  }

  /** The same with a network, and data to judge it against. */
  public Request with(Path file, List<String> laws) {
    return new Request(seed, seeds, epochs, laws, batch, rate, Optional.of(file), precision);
  }

  /** The epochs, 1,000 as published if not said. */
  int epochsOrPublished() {
    return epochs.orElse(EPOCHS);
  }

  /** The same in a precision, if it names none. */
  Request precisionOr(Precision own) {
    return new Request(
        seed, seeds, epochs, data, batch, rate, network, Optional.of(precision.orElse(own)));
  }

  /** The standard setting on a data law, with the epochs and in the precision asked for. */
  Setting standard(DataLaw law) {
    return Setting.standard(law, epochsOrPublished()).with(precision.orElse(Precision.DOUBLE));
  }

  /** What determines the numbers, for the plan of a checkpoint. */
  public Map<String, Object> plan() {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("seed", seed);
    plan.put("seeds", seeds.orElse(0));
    plan.put("epochs", epochs.orElse(0));
    plan.put("data", data);
    plan.put("batch", batch);
    plan.put("rate", rate);
    plan.put("precision", precision.map(Precision::label).orElse(""));
    return plan;
  }
}
