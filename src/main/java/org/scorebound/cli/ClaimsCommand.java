package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.scorebound.claims.Claim;
import org.scorebound.claims.Claims;
import org.scorebound.claims.ClaimsDocument;
import org.scorebound.claims.Examination;
import org.scorebound.claims.Finding;
import org.scorebound.claims.Inquiry;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.Nearest;
import org.scorebound.linalg.Kernels;
import org.scorebound.result.Estimate;
import org.scorebound.result.RunTiming;
import org.scorebound.verify.Control;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks what the sources claim, statement by statement. */
@Command(
    name = "claims",
    description = {
      "Check the statements of the sources, each with numbers found in two ways and a",
      "wrong statement that must fail. With IDs only those, and every number of them."
    })
final class ClaimsCommand implements Callable<ExitCode> {

  private static final int NEAR_NAMES = 3;
  private static final int WIDTH = 79;

  @Spec private CommandSpec spec;

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private BackEndOption backEnd = new BackEndOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Rows (1 to 18) or names of claims (--list); default: all.")
  private List<String> identifiers = new ArrayList<>();

  @Option(names = "--list", description = "List the claims.")
  private boolean list;

  @Option(
      names = "--trainings",
      paramLabel = "N",
      defaultValue = "20",
      description = "Trainings behind training-lowers-both (default: ${DEFAULT-VALUE}).")
  private int trainings;

  @Option(
      names = "--configurations",
      paramLabel = "N",
      defaultValue = "54",
      description = "Configurations behind bounds-hold (default: ${DEFAULT-VALUE}).")
  private int configurations;

  /** Examines claims. */
  @FunctionalInterface
  interface Examiner {
    /** Examines them one after the other. */
    List<Claims.Examined> examine(List<Claim> claims, Inquiry inquiry);
  }

  private final Examiner examiner;

  ClaimsCommand() {
    this(Claims::examine);
  }

  /** With another way to examine claims. */
  ClaimsCommand(Examiner examiner) {
    this.examiner = examiner;
  }

  @Override
  public ExitCode call() {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      for (Claim c : Claims.all()) {
        out.printf(Locale.ROOT, "%2d  %s%n", c.row(), c.name());
        print(out, "    ", c.statement());
      }
      return ExitCode.OK;
    }
    long started = System.nanoTime();
    String begun = CommonOptions.timestamp();
    List<Claim> claims = chosen();
    if (trainings < 2) {
      throw new InputException("--trainings must be at least 2, got " + trainings);
    }
    if (configurations < 1) {
      throw new InputException("--configurations must be at least 1, got " + configurations);
    }
    Kernels kernels = backEnd.kernels();
    int threads = common.threads();
    Path file = common.outputFile("claims");
    List<Claims.Examined> all;
    try (TerminalProgress progress = common.progress()) {
      all =
          examiner.examine(
              claims,
              new Inquiry(common.seed(), trainings, configurations, threads, kernels, progress));
    }
    double seconds = (System.nanoTime() - started) * 1e-9;
    SequencedMap<String, Double> stages = new LinkedHashMap<>();
    all.forEach(e -> stages.put(e.claim().name(), e.seconds()));
    Map<String, @Nullable Object> document =
        ResultDocument.head(
            "claims",
            common.seed(),
            kernels.backEnd().label(),
            new RunTiming(
                spec.commandLine().getParseResult().originalArgs(),
                threads,
                begun,
                seconds,
                stages));
    document.put("trainings", trainings);
    document.put("configurations", configurations);
    document.putAll(ClaimsDocument.of(all));
    JsonOutput.write(file, document);
    print(out, all, seconds);
    out.println("result: " + file);
    common.report(file, out);
    return exit(all);
  }

  /** The claims asked for, in the order of their rows, each once. */
  private List<Claim> chosen() {
    if (identifiers.isEmpty()) {
      return Claims.all();
    }
    TreeSet<Integer> rows = new TreeSet<>();
    for (String id : identifiers) {
      rows.add(
          Claims.find(id)
              .orElseThrow(
                  () ->
                      new InputException(
                          "no claim '"
                              + id
                              + "'; near: "
                              + String.join(
                                  ", ", Nearest.several(id, Claims.identifiers(), NEAR_NAMES))
                              + " (--list names them)"))
              .row());
    }
    return Claims.all().stream().filter(c -> rows.contains(c.row())).toList();
  }

  /** 3 where a control is not caught, 1 where a claim fails, 4 where one is undecided. */
  private static ExitCode exit(List<Claims.Examined> all) {
    ExitCode code = ExitCode.OK;
    for (Claims.Examined e : all) {
      if (!e.examination().controlsPassed()) {
        code = code.and(ExitCode.UNTRUSTED);
      }
      code =
          switch (e.examination().outcome()) {
            case HOLDS -> code;
            case UNDECIDED -> code.and(ExitCode.UNDECIDED);
            case FAILS -> code.and(ExitCode.VIOLATED);
          };
    }
    return code;
  }

  private void print(PrintWriter out, List<Claims.Examined> all, double seconds) {
    for (Claims.Examined e : all) {
      boolean asked = !identifiers.isEmpty();
      if (asked) {
        heading(out, e.claim());
      }
      for (Finding f : e.examination().findings()) {
        if (asked || f.outcome() != Finding.Outcome.HOLDS) {
          print(out, e.claim(), f);
        }
      }
      for (Control.Result c : e.examination().controls()) {
        if (asked || !c.passed()) {
          print(out, c);
        }
      }
      if (asked) {
        out.println();
      }
    }
    TextTable table =
        new TextTable("claim", "as worded", "checks", "evidence", "control >=", "verdict");
    for (Claims.Examined examined : all) {
      Examination e = examined.examination();
      long held = e.findings().stream().filter(f -> f.outcome() == Finding.Outcome.HOLDS).count();
      table.row(
          String.format(Locale.ROOT, "%2d %s", examined.claim().row(), examined.claim().name()),
          examined.claim().wording().label(),
          held + "/" + e.findings().size(),
          e.evidence().label(),
          String.format(Locale.ROOT, "%.0e", e.margin()),
          e.verdict());
    }
    out.print(table);
    out.println("as worded: whether the source is right as it stands");
    out.println("control: by so many tolerances the wrong statement misses; 100 are asked for");
    out.printf(Locale.ROOT, "%d claims in %.1f s%n", all.size(), seconds);
  }

  private static void heading(PrintWriter out, Claim c) {
    out.printf(Locale.ROOT, "%d %s%n", c.row(), c.name());
    print(out, "  claim: ", c.statement());
    print(out, "  source: ", c.source());
    print(out, "  as worded: ", c.wording().label() + ": " + c.onTheSource());
  }

  private static void print(PrintWriter out, Claim claim, Finding f) {
    String mark = f.outcome() == Finding.Outcome.HOLDS ? "" : claim.row() + " ";
    print(out, "  ", mark + f.outcome().label() + "  " + f.quantity());
    print(
        out,
        "      ",
        number(f.value())
            + " ("
            + f.how()
            + ") "
            + f.relation().label()
            + " "
            + number(f.reference())
            + " ("
            + f.independently()
            + ")"
            + (f.tolerance() > 0 ? String.format(Locale.ROOT, ", to %.1e", f.tolerance()) : ""));
  }

  private static void print(PrintWriter out, Control.Result c) {
    print(out, "  ", (c.caught() ? "caught" : "NOT CAUGHT") + "  " + c.name());
    print(
        out,
        "      ",
        String.format(
            Locale.ROOT,
            "%s: right %.3g, wrong %.3g, to %.1e (%s)",
            c.check(),
            c.right(),
            c.wrong(),
            c.tolerance(),
            c.configuration()));
  }

  private static String number(Estimate e) {
    String value = String.format(Locale.ROOT, "%.10g", e.value());
    if (value.contains(".") && !value.contains("e")) {
      value = value.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
    return e.radius() > 0 ? value + String.format(Locale.ROOT, " +- %.1e", e.radius()) : value;
  }

  /** Breaks a text into lines of at most 79 characters; those after the first are indented. */
  private static void print(PrintWriter out, String indent, String text) {
    String rest = " ".repeat(Math.min(indent.length(), 6));
    StringBuilder line = new StringBuilder(indent);
    boolean empty = true;
    for (String word : text.split(" ", -1)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line.setLength(0);
        line.append(rest);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    out.println(line);
  }
}
