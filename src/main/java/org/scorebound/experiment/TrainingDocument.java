package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The part of the result document that describes a {@link Training}. */
public final class TrainingDocument {

  private TrainingDocument() {}

  /** The setting, the summary, and one array for each quantity, by epoch. */
  public static Map<String, @Nullable Object> of(Training training) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", ExperimentName.FOUR_CLUSTERS.label());
    json.put("setting", training.setting());
    json.put("schedule", schedule(training.setting()));
    json.put("notes", notes());
    json.put("outcome", outcome(training));
    json.put("w2Start", training.w2Start());
    json.put("w2SameLaw", training.w2SameLaw());
    if (!training.epochs().isEmpty()) {
      json.put("summary", summary(training));
    }
    json.put("epochs", epochs(training.epochs()));
    List<Epoch> checkpoints =
        training.epochs().stream().filter(e -> e.logISampled().isPresent()).toList();
    Map<String, Object> sampled = new LinkedHashMap<>();
    sampled.put("epoch", column(checkpoints, Epoch::epoch));
    sampled.put("logI", column(checkpoints, e -> e.logISampled().orElseThrow()));
    sampled.put("logBound", column(checkpoints, e -> e.logBoundSampled().orElseThrow()));
    json.put("sampledCheckpoints", sampled);
    return json;
  }

  private static Map<String, Object> schedule(Setting setting) {
    Map<String, Object> json = new LinkedHashMap<>();
    List<Double> betas = setting.betas();
    json.put("type", "vp, sigmoid averaged over each step");
    json.put("horizon", 1.0);
    json.put("betas", betas);
    json.put("integral", betas.stream().mapToDouble(Double::doubleValue).sum() / setting.steps());
    return json;
  }

  private static List<String> notes() {
    return List.of(
        "q_T = N(0, I); sampler: DDPM ancestral with the posterior variance, one step for each"
            + " step of the network",
        "w2 is the exact W2 of two empirical clouds, so an estimate of the laws' distance that is"
            + " biased up; w2SameLaw is what it gives for a perfect sampler",
        "the bound is the theorem's for the reverse SDE in continuous time with the score constant"
            + " in each step, not for the discretised sampler",
        "logI and logBound use certified L_s; in the integral m is a mean over a fixed batch, an"
            + " estimate",
        "sampledCheckpoints use sampled L_s: a lower estimate of the bound, not a bound",
        "loss = (beta/sigma^2) |eps - eps_theta|^2, summed over coordinates, mean over steps;"
            + " jDenoising is T/2 times it on fixed samples");
  }

  private static Map<String, @Nullable Object> outcome(Training training) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("status", training.diverged().isPresent() ? "diverged" : "finished");
    training.diverged().ifPresent(why -> json.put("why", why));
    json.put("epochsMeasured", training.epochs().size());
    return json;
  }

  private static Map<String, Object> summary(Training training) {
    Map<String, Object> json = new LinkedHashMap<>();
    Epoch first = training.epochs().getFirst();
    Epoch last = training.last();
    json.put("lossStart", first.loss());
    json.put("lossEnd", last.loss());
    json.put("w2Start", first.w2());
    json.put("w2Least", training.nearest().w2());
    json.put("w2LeastEpoch", training.nearest().epoch());
    json.put("w2End", last.w2());
    json.put("logBoundStart", first.logBound());
    json.put("logBoundEnd", last.logBound());
    last.logBoundSampled().ifPresent(b -> json.put("logBoundSampledEnd", b));
    return json;
  }

  private static Map<String, Object> epochs(List<Epoch> epochs) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("epoch", column(epochs, Epoch::epoch));
    json.put("loss", numbers(epochs, Epoch::loss));
    json.put("jDenoising", numbers(epochs, Epoch::jDenoising));
    json.put("jScoreMatching", numbers(epochs, Epoch::jScoreMatching));
    json.put("w2", numbers(epochs, Epoch::w2));
    json.put("w2CertificateRadius", epochs.stream().mapToDouble(Epoch::w2Radius).max().orElse(0));
    json.put("logI", numbers(epochs, Epoch::logI));
    json.put("logBound", numbers(epochs, Epoch::logBound));
    return json;
  }

  private static double[] numbers(List<Epoch> epochs, ToDoubleFunction<Epoch> field) {
    return epochs.stream().mapToDouble(field).toArray();
  }

  private static <T> List<T> column(List<Epoch> epochs, Function<Epoch, T> field) {
    List<T> column = new ArrayList<>();
    epochs.forEach(e -> column.add(field.apply(e)));
    return column;
  }
}
