package org.scorebound.claims;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Figure;
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
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Claims.Examined examined : all) {
      Claim c = examined.claim();
      Examination e = examined.examination();
      rows.add(
          List.of(
              c.row(),
              c.name(),
              c.statement(),
              c.source(),
              c.wording().label(),
              c.onTheSource(),
              e.findings().size(),
              e.evidence().label(),
              e.margin(),
              e.verdict()));
    }
    return new Table(
        "claims",
        "Claims of the sources",
        "as worded: whether the source is right as it stands; control: by how many tolerances the"
            + " wrong statement misses, at least",
        List.of(
            Table.Column.number("row", ""),
            Table.Column.text("claim"),
            Table.Column.text("statement"),
            Table.Column.text("source"),
            Table.Column.text("as worded"),
            Table.Column.text("on the source"),
            Table.Column.number("checks", ""),
            Table.Column.text("weakest evidence"),
            Table.Column.number("control", "tolerances"),
            Table.Column.text("verdict")),
        rows);
  }

  private static Table findings(List<Claims.Examined> all) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Claims.Examined examined : all) {
      for (Finding f : examined.examination().findings()) {
        rows.add(
            List.of(
                examined.claim().row(),
                f.quantity(),
                f.value().value(),
                f.value().radius(),
                f.how(),
                f.relation().label(),
                f.reference().value(),
                f.independently(),
                f.tolerance(),
                f.outcome().label()));
      }
    }
    return new Table(
        "findings",
        "Every number of every claim",
        "a value, how it must stand to a reference that was found another way, and the tolerance",
        List.of(
            Table.Column.number("row", ""),
            Table.Column.text("quantity"),
            Table.Column.number("value", ""),
            Table.Column.number("radius", ""),
            Table.Column.text("how"),
            Table.Column.text("relation"),
            Table.Column.number("reference", ""),
            Table.Column.text("independently"),
            Table.Column.number("tolerance", ""),
            Table.Column.text("outcome")),
        rows);
  }

  private static Table controls(List<Claims.Examined> all) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Claims.Examined examined : all) {
      for (Control.Result c : examined.examination().controls()) {
        rows.add(
            List.of(
                examined.claim().row(),
                c.name(),
                c.check(),
                c.configuration(),
                c.tolerance(),
                c.right(),
                c.wrong(),
                c.caught()));
      }
    }
    return new Table(
        "claim-controls",
        "Wrong statements",
        "each is put to a check that the right statement passes: caught if it misses by more than 100"
            + " tolerances",
        List.of(
            Table.Column.number("row", ""),
            Table.Column.text("wrong statement"),
            Table.Column.text("check"),
            Table.Column.text("setting"),
            Table.Column.number("tolerance", ""),
            Table.Column.number("right", ""),
            Table.Column.number("wrong", ""),
            Table.Column.text("caught")),
        rows);
  }
}
