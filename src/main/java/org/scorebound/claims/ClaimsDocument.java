package org.scorebound.claims;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Figure;
import org.scorebound.result.Rows;
import org.scorebound.result.Table;
import org.scorebound.verify.Control;

/** The result document of {@code claims} after its head. */
public final class ClaimsDocument {

  private ClaimsDocument() {}

  /** The fields {@code summary}, {@code claims}, {@code figures} and {@code tables}. */
  public static Map<String, @Nullable Object> of(List<Claims.Examined> all) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("summary", summary(all));
    json.put("claims", all.stream().map(ClaimsDocument::claim).toList());
    List<Figure> figures = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    tables.add(overview(all));
    tables.add(findings(all));
    tables.add(controls(all));
    for (Claims.Examined e : all) {
      figures.addAll(e.examination().figures());
      tables.addAll(e.examination().tables());
    }
    json.put("figures", figures);
    json.put("tables", tables);
    return json;
  }

  private static Map<String, Object> summary(List<Claims.Examined> all) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("claims", all.size());
    json.put("asExpected", count(all, Finding.Outcome.HOLDS));
    json.put("undecided", count(all, Finding.Outcome.UNDECIDED));
    json.put("fail", count(all, Finding.Outcome.FAILS));
    json.put("controls", all.stream().mapToInt(e -> e.examination().controls().size()).sum());
    json.put(
        "controlsPassed",
        all.stream()
            .flatMap(e -> e.examination().controls().stream())
            .filter(Control.Result::passed)
            .count());
    return json;
  }

  private static long count(List<Claims.Examined> all, Finding.Outcome outcome) {
    return all.stream().filter(e -> e.examination().outcome() == outcome).count();
  }

  private static Map<String, Object> claim(Claims.Examined examined) {
    Claim c = examined.claim();
    Examination e = examined.examination();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("row", c.row());
    json.put("name", c.name());
    json.put("statement", c.statement());
    json.put("source", c.source());
    json.put("asWorded", c.wording());
    json.put("onTheSource", c.onTheSource());
    json.put("outcome", e.outcome());
    json.put("evidence", e.evidence());
    json.put("findings", e.findings());
    json.put("controls", e.controls());
    return json;
  }

  private static Table overview(List<Claims.Examined> all) {
    return Rows.of(all)
        .number("row", e -> e.claim().row())
        .text("claim", e -> e.claim().name())
        .text("statement", e -> e.claim().statement())
        .text("source", e -> e.claim().source())
        .text("as worded", e -> e.claim().wording().label())
        .text("on the source", e -> e.claim().onTheSource())
        .number("checks", e -> e.examination().findings().size())
        .text("weakest evidence", e -> e.examination().evidence().label())
        .number("control", "tolerances", e -> e.examination().margin())
        .text("verdict", e -> e.examination().verdict())
        .table(
            "claims",
            "Claims of the sources",
            "as worded: whether the source is right as it stands; control: by how many tolerances"
                + " the wrong statement misses, at least");
  }

  /** Something of a claim, with the claim's row. */
  private record Of<T>(int row, T part) {}

  private static <T> List<Of<T>> parts(
      List<Claims.Examined> all, Function<Examination, List<T>> parts) {
    return all.stream()
        .flatMap(e -> parts.apply(e.examination()).stream().map(p -> new Of<>(e.claim().row(), p)))
        .toList();
  }

  private static Table findings(List<Claims.Examined> all) {
    return Rows.of(parts(all, Examination::findings))
        .number("row", f -> f.row())
        .text("quantity", f -> f.part().quantity())
        .number("value", f -> f.part().value().value())
        .number("radius", f -> f.part().value().radius())
        .text("how", f -> f.part().how())
        .text("relation", f -> f.part().relation().label())
        .number("reference", f -> f.part().reference().value())
        .text("independently", f -> f.part().independently())
        .number("tolerance", f -> f.part().tolerance())
        .text("outcome", f -> f.part().outcome().label())
        .table(
            "findings",
            "Every number of every claim",
            "a value, how it must stand to a reference that was found another way, and the"
                + " tolerance");
  }

  private static Table controls(List<Claims.Examined> all) {
    return Rows.of(parts(all, Examination::controls))
        .number("row", c -> c.row())
        .text("wrong statement", c -> c.part().name())
        .text("check", c -> c.part().check())
        .text("setting", c -> c.part().configuration())
        .number("tolerance", c -> c.part().tolerance())
        .number("right", c -> c.part().right())
        .number("wrong", c -> c.part().wrong())
        .text("caught", c -> c.part().caught())
        .table(
            "claim-controls",
            "Wrong statements",
            "each is put to a check that the right statement passes: caught if it misses by more"
                + " than 100 tolerances");
  }
}
