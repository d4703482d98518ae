package org.scorebound.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.result.Figure;
import org.scorebound.result.Table;
import org.scorebound.verify.Control;

/**
 * What the examination of a claim showed.
 *
 * @param findings its numbers
 * @param controls wrong statements, each put to a check that the right one passes
 * @param tables numbers that are no checks
 * @param figures the same drawn
 */
public record Examination(
    List<Finding> findings,
    List<Control.Result> controls,
    List<Table> tables,
    List<Figure> figures) {

  /** Copies the lists; a claim without numbers or without a control is no evidence. */
  public Examination {
    findings = List.copyOf(findings);
    controls = List.copyOf(controls);
    tables = List.copyOf(tables);
    figures = List.copyOf(figures);
    if (findings.isEmpty() || controls.isEmpty()) {
      throw new IllegalArgumentException(
          "a claim needs findings and a control, got "
              + findings.size()
              + " and "
              + controls.size());
    }
  }

  /** The worst outcome of the findings. */
  public Finding.Outcome outcome() {
    return findings.stream()
        .map(Finding::outcome)
        .max(Enum::compareTo)
        .orElse(Finding.Outcome.UNDECIDED);
  }

  /** The verdict in words. */
  public String verdict() {
    if (!controlsPassed()) {
      return "control not caught";
    }
    return switch (outcome()) {
      case HOLDS -> "as expected";
      case UNDECIDED -> "undecided";
      case FAILS -> "FAILS";
    };
  }

  /** By how many tolerances the wrong statements missed, at least. */
  public double margin() {
    return controls.stream().mapToDouble(c -> c.wrong() / c.tolerance()).min().orElse(0);
  }

  /** Whether every control is as it must be. */
  public boolean controlsPassed() {
    return controls.stream().allMatch(Control.Result::passed);
  }

  /** The weakest evidence behind a finding. */
  public Evidence evidence() {
    Evidence weakest = Evidence.EXACT;
    for (Finding f : findings) {
      weakest = weakest.and(f.value().kind()).and(f.reference().kind());
    }
    return weakest;
  }

  /** Collects an examination. */
  static final class Builder {
    private final List<Finding> findings = new ArrayList<>();
    private final List<Control.Result> controls = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();

    /** A number, and how it must stand to one that was found another way; see {@link Finding}. */
    Builder finding(
        String quantity,
        Estimate value,
        String how,
        Finding.Relation relation,
        Estimate reference,
        String independently,
        double tolerance) {
      findings.add(Finding.of(quantity, value, how, relation, reference, independently, tolerance));
      return this;
    }

    /** The same for numbers exact to the tolerance. */
    Builder finding(
        String quantity,
        double value,
        String how,
        Finding.Relation relation,
        double reference,
        String independently,
        double tolerance) {
      return finding(
          quantity,
          Estimate.exact(value, 0),
          how,
          relation,
          Estimate.exact(reference, 0),
          independently,
          tolerance);
    }

    /**
     * A wrong statement.
     *
     * @param name what is wrong
     * @param check the number that must be at most the tolerance
     * @param setting where
     * @param tolerance the wrong statement must miss by 100 of it
     * @param right the check's number with the right statement
     * @param wrong the same with the wrong one
     */
    Builder control(
        String name,
        String check,
        String setting,
        double tolerance,
        DoubleSupplier right,
        DoubleSupplier wrong) {
      controls.add(new Control(name, check, setting, tolerance, true, right, wrong).run());
      return this;
    }

    Builder table(Table table) {
      tables.add(table);
      return this;
    }

    Builder figure(Figure figure) {
      figures.add(figure);
      return this;
    }

    Examination build() {
      return new Examination(findings, controls, tables, figures);
    }
  }
}
