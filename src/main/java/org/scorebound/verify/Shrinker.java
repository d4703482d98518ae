package org.scorebound.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.scorebound.io.InputException;

/**
 * Makes a failing configuration small: tries simpler documents as long as one still fails. Simpler
 * means fewer coordinates, fewer components, no profile, a constant schedule, churn 1 or 0, the
 * marginal start, and numbers with fewer digits. Greedy, deterministic, at most {@link #TRIES}
 * evaluations.
 */
public final class Shrinker {

  private static final int TRIES = 300;

  private final Predicate<Configuration> fails;
  private int tries;

  /** A shrinker for a property. */
  public Shrinker(Predicate<Configuration> fails) {
    this.fails = fails;
  }

  /** The smallest failing document found; the given one if nothing simpler fails. */
  public Map<String, ?> shrink(Map<String, ?> document) {
    Map<String, ?> current = document;
    boolean progress = true;
    while (progress && tries < TRIES) {
      progress = false;
      for (Map<String, ?> simpler : candidates(current)) {
        if (tries < TRIES && stillFails(simpler)) {
          current = simpler;
          progress = true;
          break;
        }
      }
    }
    return current;
  }

  private boolean stillFails(Map<String, ?> document) {
    tries++;
    try {
      return fails.test(Families.read(document));
    } catch (InputException notAConfiguration) {
      return false;
    }
  }

  private static List<Map<String, ?>> candidates(Map<String, ?> document) {
    List<Map<String, ?>> list = new ArrayList<>();
    int d = dimension(document);
    for (int drop = 0; d > 1 && drop < d; drop++) {
      list.add(object(without(document, d, drop)));
    }
    Object data = document.get("data");
    if (data instanceof Map<?, ?> law && law.get("weights") instanceof List<?> weights) {
      for (int i = 0; weights.size() > 1 && i < weights.size(); i++) {
        list.add(with(document, "data", withoutComponent(law, weights, i)));
      }
    }
    add(list, document, "start", Families.doc("type", "marginal"));
    add(list, document, "sampler", Families.doc("churn", 1L));
    add(list, document, "sampler", Families.doc("churn", 0L));
    if (document.get("score") instanceof Map<?, ?> score && score.containsKey("profile")) {
      Map<String, Object> plain = object(score);
      plain.remove("profile");
      list.add(with(document, "score", plain));
    }
    if (document.get("diffusion") instanceof Map<?, ?> diffusion
        && diffusion.containsKey("schedule")) {
      Map<String, Object> constant = object(diffusion);
      constant.put("schedule", Families.doc("type", "constant", "beta", 1L));
      constant.put("horizon", 1L);
      add(list, document, "diffusion", constant);
    }
    for (double digits : new double[] {1, 10, 100}) {
      Map<String, Object> rounded = object(rounded(document, digits));
      if (!rounded.equals(document)) {
        list.add(rounded);
      }
    }
    return list;
  }

  private static void add(
      List<Map<String, ?>> list, Map<String, ?> document, String field, Object value) {
    if (!value.equals(document.get(field))) {
      list.add(with(document, field, value));
    }
  }

  private static Map<String, Object> with(Map<String, ?> document, String field, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(document);
    copy.put(field, value);
    return copy;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object map) {
    return new LinkedHashMap<>((Map<String, Object>) map);
  }

  private static int dimension(Map<String, ?> document) {
    if (document.get("data") instanceof Map<?, ?> data) {
      if (data.get("mean") instanceof List<?> mean) {
        return mean.size();
      }
      for (String points : List.of("means", "points")) {
        if (data.get(points) instanceof List<?> rows && rows.getFirst() instanceof List<?> row) {
          return row.size();
        }
      }
    }
    return 1;
  }

  /** Drops one coordinate from every vector of length d and every d x d matrix. */
  private static Object without(Object value, int d, int drop) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach(
          (k, v) ->
              copy.put(
                  String.valueOf(k),
                  "weights".equals(k) || "betas".equals(k)
                      ? v
                      : withoutIn(String.valueOf(k), v, d, drop)));
      return copy;
    }
    return value;
  }

  private static Object withoutIn(String name, Object value, int d, int drop) {
    if (!(value instanceof List<?> list)) {
      return without(value, d, drop);
    }
    boolean rows = name.equals("means") || name.equals("points");
    boolean stack = name.equals("covs");
    List<Object> copy = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (i == drop && !rows && !stack) {
        continue;
      }
      Object element = list.get(i);
      copy.add(
          element instanceof List<?> ? withoutIn(stack ? "cov" : "", element, d, drop) : element);
    }
    return copy;
  }

  private static Map<String, Object> withoutComponent(Map<?, ?> law, List<?> weights, int drop) {
    Map<String, Object> copy = object(law);
    double rest = 1 - ((Number) weights.get(drop)).doubleValue();
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      if (i != drop) {
        kept.add(((Number) weights.get(i)).doubleValue() / rest);
      }
    }
    copy.put("weights", kept);
    for (String field : List.of("means", "covs")) {
      if (law.get(field) instanceof List<?> list) {
        List<Object> fewer = new ArrayList<>(list);
        fewer.remove(drop);
        copy.put(field, fewer);
      }
    }
    return copy;
  }

  private static Object rounded(Object value, double digits) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach(
            (k, v) -> copy.put(String.valueOf(k), "weights".equals(k) ? v : rounded(v, digits)));
        yield copy;
      }
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        list.forEach(v -> copy.add(rounded(v, digits)));
        yield copy;
      }
      case Double x -> Math.rint(x * digits) / digits;
      default -> value;
    };
  }
}
