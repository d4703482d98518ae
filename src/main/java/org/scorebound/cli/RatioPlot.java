package org.scorebound.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.report.ScatterPlot;
import org.scorebound.verify.BoundCheck;
import org.scorebound.verify.Campaign;

/** The ratio of the theorem's bound to W2 against W2, one point a configuration. */
final class RatioPlot {

  private RatioPlot() {}

  /** The plot as SVG; configurations to which the bound does not apply are left out. */
  static String svg(List<Campaign.Entry> entries) {
    Map<String, List<BoundCheck>> families = new LinkedHashMap<>();
    for (Campaign.Entry e : entries) {
      BoundCheck check = e.outcome().theorem();
      if (check.left().isPresent()) {
        families.computeIfAbsent(e.family(), name -> new ArrayList<>()).add(check);
      }
    }
    int count = families.values().stream().mapToInt(List::size).sum();
    List<ScatterPlot.Group> groups = new ArrayList<>();
    families.forEach(
        (name, checks) ->
            groups.add(
                new ScatterPlot.Group(
                    name,
                    checks.stream().mapToDouble(c -> c.left().orElseThrow().value()).toArray(),
                    checks.stream().mapToDouble(BoundCheck::ratio).toArray())));
    return ScatterPlot.svg(
        "The bound over W2, " + count + " configurations",
        "W2(p0, q0), units of the data",
        "bound / W2",
        1,
        "bound = W2: no point may lie below",
        BoundCheck.VACUOUS,
        groups);
  }
}
