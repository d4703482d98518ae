package org.scorebound.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.scorebound.bound.LogEstimate;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.result.Estimate;
import org.scorebound.sde.DiscreteTheorem;

/**
 * One outcome as a JSON object; {@code docs/schema/verify-result.schema.json} describes it. A
 * number too large for a double is {@code null} beside its logarithm, never an infinity.
 */
public final class OutcomeDocument {

  private OutcomeDocument() {}

  /** The object of one entry. */
  public static Map<String, @Nullable Object> of(Campaign.Entry entry) {
    Outcome o = entry.outcome();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", entry.id());
    json.put("name", o.configuration().name());
    json.put("family", entry.family());
    if (!entry.churnCell().isEmpty()) {
      json.put("churnCell", entry.churnCell());
    }
    json.put("w2", estimate(o.w2()));
    json.put("w2Method", o.w2Method());
    json.put("w2Start", o.w2Start().value());
    json.put("logI", orNull(o.logI()));
    json.put("integral", o.integral().map(e -> finite(e.logValue())).orElse(null));
    json.put("bound", bound(o, Evaluation.THEOREM));
    json.put("boundPaper", value(o, Evaluation.PAPER));
    json.put("boundScoreMatching", value(o, Evaluation.SCORE_MATCHING));
    json.put("jScoreMatching", o.jScoreMatching().map(e -> finite(e.logValue())).orElse(null));
    json.put("boundDenoising", value(o, Evaluation.DENOISING));
    json.put("boundDdpm", value(o, Evaluation.DDPM));
    json.put("boundTalagrand", value(o, Evaluation.TALAGRAND));
    json.put("kl", o.kl().map(Estimate::value).orElse(null));
    json.put("boundKl", value(o, Evaluation.KL));
    json.put("verdict", o.theorem().verdict());
    json.put("vacuous", o.theorem().vacuous());
    json.put("reason", o.theorem().reason());
    json.put("verdicts", verdicts(o));
    json.put("checks", checks(o));
    json.put("estimates", estimates(o));
    o.denoising().ifPresent(d -> json.put("denoising", denoising(d)));
    o.sides().ifPresent(s -> json.put("w2Sides", sides(s)));
    json.put("discrete", discrete(o.discrete()));
    json.put("assumptions", o.assumptions());
    json.put("config", o.configuration().document());
    json.values().removeIf(v -> v instanceof Optional<?> x && x.isEmpty());
    return json;
  }

  private static @Nullable Double orNull(OptionalDouble x) {
    return x.isPresent() ? (Double) x.getAsDouble() : null;
  }

  private static @Nullable Double finite(double log) {
    double x = Math.exp(log);
    return Double.isFinite(x) ? (Double) x : null;
  }

  private static @Nullable Double finiteLog(double log) {
    return finiteOrNull(log);
  }

  /** An estimate as a JSON object; without an upper end where there is none. */
  static Map<String, @Nullable Object> estimate(Estimate e) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("value", e.value());
    json.put("lower", e.lower());
    json.put("upper", Double.isFinite(e.upper()) ? (Double) e.upper() : null);
    json.put("kind", e.kind().label());
    return json;
  }

  static Map<String, @Nullable Object> estimate(LogEstimate e) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("value", finite(e.logValue()));
    json.put("lower", finite(e.logLower()));
    json.put("upper", finite(e.logUpper()));
    json.put("kind", e.kind().label());
    json.put("logValue", finiteLog(e.logValue()));
    json.put("logLower", finiteLog(e.logLower()));
    json.put("logUpper", finiteLog(e.logUpper()));
    return json;
  }

  private static @Nullable Object bound(Outcome o, String name) {
    return o.check(name).flatMap(BoundCheck::right).map(OutcomeDocument::estimate).orElse(null);
  }

  private static @Nullable Object value(Outcome o, String name) {
    return o.check(name).flatMap(BoundCheck::right).map(e -> finite(e.logValue())).orElse(null);
  }

  /** One verdict per bound, under the bound's own field name. */
  private static Map<String, Object> verdicts(Outcome o) {
    Map<String, Object> json = new LinkedHashMap<>();
    o.checks().forEach(c -> json.put(key(c.name()), c.verdict()));
    return json;
  }

  private static List<Object> checks(Outcome o) {
    List<Object> list = new ArrayList<>();
    for (BoundCheck c : o.checks()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("bound", key(c.name()));
      json.put("verdict", c.verdict());
      json.put("vacuous", c.vacuous());
      json.put("reason", c.reason());
      list.add(json);
    }
    return list;
  }

  private static Map<String, @Nullable Object> estimates(Outcome o) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("w2Start", estimate(o.w2Start()));
    o.integral().ifPresent(e -> json.put("integral", estimate(e)));
    o.jScoreMatching().ifPresent(e -> json.put("jScoreMatching", estimate(e)));
    o.kl().ifPresent(e -> json.put("kl", estimate(e)));
    json.put("logISampled", orNull(o.logISampled()));
    json.put("logIPaper", orNull(o.logIPaper()));
    json.put("lipschitzMethod", o.lipschitzMethod());
    for (BoundCheck c : o.checks()) {
      c.right().ifPresent(e -> json.put(key(c.name()), estimate(e)));
    }
    return json;
  }

  /** The field of a bound: {@code bound} for the theorem's, {@code boundPaper} and so on. */
  private static String key(String bound) {
    if (bound.equals(Evaluation.THEOREM)) {
      return "bound";
    }
    return "bound" + Character.toUpperCase(bound.charAt(0)) + bound.substring(1);
  }

  private static Map<String, @Nullable Object> denoising(Outcome.Denoising d) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("tMin", d.tMin());
    json.put("jDenoising", estimate(d.jDenoising()));
    json.put("boundAtTMin", estimate(d.atTMin()));
    json.put("dataBridge", d.dataBridge());
    json.put("modelBridge", estimate(d.modelBridge()));
    return json;
  }

  private static Map<String, @Nullable Object> sides(Outcome.Sides s) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("coupling", estimate(s.coupling()));
    json.put("gelbrich", s.gelbrich());
    json.put("potential", s.potential());
    json.put("potentialKind", s.potentialKind());
    json.put("plugIn", Double.isNaN(s.plugIn()) ? null : (Double) s.plugIn());
    json.put("plugInSize", s.plugInSize());
    json.put("stepError", s.step());
    json.put("errorProbability", s.error());
    return json;
  }

  private static Map<String, @Nullable Object> discrete(DiscreteTheorem.Result r) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("pairs", r.pairs());
    json.put("steps", r.steps());
    json.put("checked", r.checked());
    json.put("violations", r.violations());
    json.put("worst", finiteOrNull(r.worst()));
    json.put("coupled", finiteOrNull(r.coupled()));
    json.put("realised", finiteOrNull(r.realised()));
    json.put("logGlobal", finiteOrNull(r.logGlobal()));
    return json;
  }

  private static @Nullable Double finiteOrNull(double x) {
    return Double.isFinite(x) ? (Double) x : null;
  }

  /** The configurations of a file: one document, or a list of them. */
  public static List<Configuration> read(JsonInput input) {
    List<Configuration> all = new ArrayList<>();
    for (JsonInput one : input.oneOrMany()) {
      all.add(Configuration.read(one));
    }
    if (all.isEmpty()) {
      throw new InputException(input.source() + ": holds an empty list, no configuration");
    }
    return all;
  }
}
