package org.scorebound.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.scorebound.io.AtomicFile;
import org.scorebound.regress.Comparison;
import org.scorebound.regress.Control;
import org.scorebound.regress.Judgement;
import org.scorebound.regress.Plan;
import org.scorebound.regress.Verdict;

/**
 * A comparison for people: on the terminal, as Markdown and as JUnit XML.
 *
 * @param plan what was measured
 * @param judgement what it says
 */
record RegressReport(Plan plan, Judgement judgement) {

  ExitCode exitCode() {
    return switch (judgement.verdict()) {
      case UNTRUSTED -> ExitCode.UNTRUSTED;
      case REGRESSED -> ExitCode.VIOLATED;
      case INCONCLUSIVE -> ExitCode.UNDECIDED;
      case IMPROVED, EQUIVALENT -> ExitCode.OK;
    };
  }

  void print(PrintWriter out) {
    TextTable table = new TextTable("benchmark", "ratio", "lower", "upper", "n", "verdict");
    for (Comparison c : judgement.comparisons()) {
      table.row(
          c.id().label(),
          c.measured() ? RegressFigures.ratio(c.ratio().value()) : "-",
          c.measured() ? RegressFigures.ratio(c.ratio().lower()) : "-",
          c.measured() ? RegressFigures.ratio(c.ratio().upper()) : "-",
          c.blocks(),
          c.verdict().label());
    }
    out.print(table);
    for (Comparison c : judgement.comparisons()) {
      out.println(c.id().label() + ": " + c.reason());
      if (c.measured()) {
        out.printf(
            Locale.ROOT,
            "  beside the verdict: bootstrap %s to %s, sign-flip p %.2g; forks scatter by %.1f %%%n",
            RegressFigures.ratio(c.bootstrapLower()),
            RegressFigures.ratio(c.bootstrapUpper()),
            c.signFlipP(),
            100 * c.forkDeviation());
      }
    }
    for (Plan.Unpaired one : plan.unpaired()) {
      out.println(one.label() + ": " + one.reason());
    }
    for (Control c : judgement.controls()) {
      out.printf(
          Locale.ROOT,
          "control %-8s  %s (p %.2g, %d blocks): %s%n",
          c.name(),
          RegressFigures.ratio(c.ratio().value()),
          c.p(),
          c.blocks(),
          state(c));
    }
    out.println("verdict: " + judgement.verdict().label());
  }

  private static String state(Control c) {
    return c.moved() ? "MOVED" : c.able() ? "did not move" : "TOO FEW BLOCKS";
  }

  /** A summary for a pull request. */
  void markdown(Path file) {
    StringBuilder text = new StringBuilder();
    text.append("### Performance: ").append(judgement.verdict().label()).append("\n\n");
    text.append("`")
        .append(plan.candidate().name())
        .append("` against `")
        .append(plan.baseline().name())
        .append("`, ratio of cost with one-sided 99 % bounds, above 1 is slower.\n\n");
    text.append("| benchmark | ratio | bounds | blocks | verdict | reason |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (Comparison c : judgement.comparisons()) {
      text.append("| ")
          .append(cell(c.id().label()))
          .append(" | ")
          .append(c.measured() ? RegressFigures.ratio(c.ratio().value()) : "-")
          .append(" | ")
          .append(c.measured() ? RegressFigures.ratio(c.ratio().lower()) : "-")
          .append(" to ")
          .append(c.measured() ? RegressFigures.ratio(c.ratio().upper()) : "-")
          .append(" | ")
          .append(c.blocks())
          .append(" | ")
          .append(c.verdict().label())
          .append(" | ")
          .append(cell(c.reason()))
          .append(" |\n");
    }
    for (Plan.Unpaired one : plan.unpaired()) {
      text.append("\n`").append(one.label()).append("`: ").append(cell(one.reason())).append("\n");
    }
    text.append("\nControls:");
    for (Control c : judgement.controls()) {
      text.append(' ').append(c.name()).append(' ').append(state(c)).append(';');
    }
    text.setLength(text.length() - 1);
    text.append(".\n");
    write(file, text.toString());
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  /** One test case a benchmark; what is not decided counts as skipped. */
  void junit(Path file) {
    StringBuilder cases = new StringBuilder();
    int failures = 0;
    int errors = 0;
    int skipped = 0;
    for (Comparison c : judgement.comparisons()) {
      cases.append(testCase(c.id().benchmark(), c.id().label()));
      switch (c.verdict()) {
        case REGRESSED -> {
          failures++;
          cases.append(child("failure", c.verdict(), c.reason()));
        }
        case UNTRUSTED -> {
          errors++;
          cases.append(child("error", c.verdict(), c.reason()));
        }
        case INCONCLUSIVE -> {
          skipped++;
          cases.append("    <skipped message=\"" + xml(c.reason()) + "\"/>\n");
        }
        case IMPROVED, EQUIVALENT ->
            cases.append("    <system-out>" + xml(c.reason()) + "</system-out>\n");
      }
      cases.append("  </testcase>\n");
    }
    for (Plan.Unpaired one : plan.unpaired()) {
      cases.append(testCase(one.label(), one.label()));
      if (one.failed()) {
        errors++;
        cases.append(child("error", Verdict.UNTRUSTED, one.reason()));
      } else {
        skipped++;
        cases.append("    <skipped message=\"" + xml(one.reason()) + "\"/>\n");
      }
      cases.append("  </testcase>\n");
    }
    int tests = judgement.comparisons().size() + plan.unpaired().size();
    write(
        file,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<testsuite name=\"scorebound regress\" tests=\""
            + tests
            + "\" failures=\""
            + failures
            + "\" errors=\""
            + errors
            + "\" skipped=\""
            + skipped
            + "\">\n"
            + cases
            + "</testsuite>\n");
  }

  private static String testCase(String owner, String name) {
    return "  <testcase classname=\"" + xml(owner) + "\" name=\"" + xml(name) + "\">\n";
  }

  private static String child(String tag, Verdict verdict, String reason) {
    return "    <" + tag + " type=\"" + verdict.label() + "\" message=\"" + xml(reason) + "\"/>\n";
  }

  private static String xml(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> {
                  if (c >= ' ' || c == '\t') {
                    escaped.appendCodePoint(c);
                  } else {
                    // XML 1.0 has no form for the other control characters.
                    escaped.append('?');
                  }
                }
              }
            });
    return escaped.toString();
  }

  private static void write(Path file, String text) {
    AtomicFile.write(
        file,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          writer.write(text);
          writer.flush();
        });
  }
}
