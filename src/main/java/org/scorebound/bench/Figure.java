package org.scorebound.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A number that the kernels are meant to reach: a ratio of two variants, a share of the roof, or a
 * time.
 *
 * @param what the kernel
 * @param measure what is compared with the target
 * @param group of the case
 * @param variant of the case
 * @param baseline the variant a ratio is to; empty for a share or a time
 * @param relation whether the target is a floor or a ceiling
 * @param target the number
 */
public record Figure(
    String what,
    Measure measure,
    String group,
    String variant,
    String baseline,
    Relation relation,
    double target) {

  /** Kinds of numbers. */
  public enum Measure {
    /** {@code time(baseline) / time(variant)}. */
    RATIO,
    /** {@code time(variant) / time(baseline)}. */
    COST,
    /** Share of the roof. */
    SHARE,
    /** Seconds of one operation. */
    SECONDS
  }

  /** Sense of the target. */
  public enum Relation {
    /** The number must be at least the target. */
    AT_LEAST,
    /** The number must be at most the target. */
    AT_MOST
  }

  /**
   * A figure as measured.
   *
   * @param what the kernel
   * @param target for people
   * @param value measured; empty where a fork failed or was not asked for
   * @param reached whether the median reaches the target; empty likewise
   * @param run the {@link MeasuredRun} it is of; empty likewise
   */
  public record Measured(
      String what,
      String target,
      OptionalDouble value,
      Optional<Boolean> reached,
      OptionalInt run) {}

  /** All figures: targets stated before the kernels were written. */
  public static final List<Figure> ALL =
      List.of(
          ratio("MLP forward, 1024", "Mlp.forward PUBLISHED_1024", "JBLAS", 5),
          ratio("MLP forward, 1024", "Mlp.forward PUBLISHED_1024", "JBLAS_HASWELL", 3.5),
          share("its products", "MlpProducts.forward PUBLISHED_1024", 0.85),
          ratio("MLP backward, 1024", "Mlp.backward PUBLISHED_1024", "JBLAS", 4),
          ratio("MLP backward, 1024", "Mlp.backward PUBLISHED_1024", "JBLAS_HASWELL", 2.5),
          share("its products", "MlpProducts.backward PUBLISHED_1024", 0.75),
          ratio("256 wide, 8192, forward", "Mlp.forward WIDE_8192", "JBLAS_HASWELL", 1),
          share("its products", "MlpProducts.forward WIDE_8192", 0.7),
          ratio("softplus", "Activation.value SOFTPLUS", "SCALAR", 4),
          ratio("tanh", "Activation.value TANH", "SCALAR", 4),
          ratio("SiLU", "Activation.value SILU", "SCALAR", 4),
          ratio("exp", "Activation.value EXP", "SCALAR", 4),
          new Figure(
              "Euler-Maruyama, 2 x 100,000",
              Measure.COST,
              "EulerMaruyama",
              "step VECTOR",
              "gaussians VECTOR",
              Relation.AT_MOST,
              1.5),
          new Figure(
              "training in floats, 32,000 steps",
              Measure.SECONDS,
              "SingleTraining.train",
              "VECTOR",
              "",
              Relation.AT_MOST,
              10));

  private static Figure ratio(String what, String group, String baseline, double target) {
    return new Figure(what, Measure.RATIO, group, "VECTOR", baseline, Relation.AT_LEAST, target);
  }

  private static Figure share(String what, String group, double target) {
    return new Figure(what, Measure.SHARE, group, "VECTOR", "", Relation.AT_LEAST, target);
  }

  /** Whether a case is needed for this figure. */
  public boolean needs(BenchmarkCase one) {
    return one.group().equals(group)
        && (one.variant().equals(variant)
            || (!baseline.isEmpty() && one.variant().equals(baseline)));
  }

  /**
   * What rows say about this figure: a number of one row alone, which holds ratios and shares of
   * its own run.
   */
  public Measured in(List<Row> rows) {
    Optional<Row> row =
        rows.stream()
            .filter(r -> r.group().equals(group) && r.variant().equals(variant))
            .findFirst();
    OptionalDouble value = row.map(this::value).orElse(OptionalDouble.empty());
    Optional<Boolean> reached =
        value.isEmpty()
            ? Optional.empty()
            : Optional.of(
                relation == Relation.AT_LEAST
                    ? value.getAsDouble() >= target
                    : value.getAsDouble() <= target);
    return new Measured(
        what,
        description(),
        value,
        reached,
        value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(row.orElseThrow().run()));
  }

  private OptionalDouble value(Row row) {
    return switch (measure) {
      case RATIO ->
          row.ratio(baseline)
              .map(r -> OptionalDouble.of(r.value().value()))
              .orElse(OptionalDouble.empty());
      case COST ->
          row.ratio(baseline)
              .map(r -> OptionalDouble.of(1 / r.value().value()))
              .orElse(OptionalDouble.empty());
      case SHARE -> row.shareOfRoof();
      case SECONDS -> OptionalDouble.of(1e-9 * row.nanosPerOperation().value());
    };
  }

  private String description() {
    String sign = relation == Relation.AT_LEAST ? ">= " : "<= ";
    return sign
        + switch (measure) {
          case RATIO -> plain(target) + " x " + baseline;
          case COST -> plain(target) + " x " + baseline;
          case SHARE -> plain(100 * target) + " % of the roof";
          case SECONDS -> plain(target) + " s";
        };
  }

  private static String plain(double x) {
    return x == Math.rint(x) ? Long.toString((long) x) : Double.toString(x);
  }
}
