package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.scorebound.bound.LogEstimate;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonOutput;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.sde.CoupledDistance;
import org.scorebound.transport.EmpiricalDistance;
import org.scorebound.transport.EmpiricalW2;
import org.scorebound.transport.LowerBounds;
import org.scorebound.transport.Method;
import org.scorebound.transport.UntrustedException;
import org.scorebound.verify.BoundCheck;
import org.scorebound.verify.Supplied;
import org.scorebound.verify.Verdict;

/** {@code verify --samples}: distance and bounds from numbers exported by any program. */
final class SuppliedRun {

  private final VerifyRun run;
  private final CommonOptions common;

  SuppliedRun(VerifyRun run, CommonOptions common) {
    this.run = run;
    this.common = common;
  }

  /** Evaluates, writes the document, prints. */
  ExitCode execute(SuppliedOptions.Given given) {
    W2Points x = W2Points.read(given.reference(), "");
    W2Points y = W2Points.read(given.samples(), "");
    if (x.d() != y.d()) {
      throw new InputException(
          "--samples and --reference must have the same columns, got "
              + y.d()
              + " in "
              + given.samples()
              + " and "
              + x.d()
              + " in "
              + given.reference());
    }
    @Nullable Supplied supplied =
        given.process().map(file -> Supplied.read(file, x.d())).orElse(null);
    @Nullable ScoreErrors errors =
        supplied == null
            ? null
            : ScoreErrors.read(given.errors().orElseThrow(), supplied.diffusion().horizon());
    Path out = common.outputFile("verify");
    EmpiricalDistance distance;
    OptionalDouble lower;
    try (TerminalProgress progress = common.progress()) {
      distance =
          EmpiricalW2.between(
              x.data(), null, y.data(), null, x.d(), Method.AUTO, progress, run.kernels());
      lower =
          Supplied.lower(
              x.data(),
              y.data(),
              x.d(),
              CoupledDistance.LEVEL,
              RandomStream.root(run.seed()).child("samples"));
    } catch (UntrustedException e) {
      run.printer().println("untrusted: " + e.getMessage());
      return ExitCode.UNTRUSTED;
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
    Estimate w2 = distance.w2();
    List<BoundCheck> checks =
        supplied == null || errors == null
            ? List.of()
            : supplied.checks(w2, errors.times(), errors.m(), errors.ls());
    double gelbrich = LowerBounds.gelbrich(x.data(), null, y.data(), null, x.d());
    Map<String, @Nullable Object> document =
        ResultDocument.head(
            "verify-samples",
            run.seed(),
            run.kernels().backEnd().label(),
            ResultDocument.timing(run.commandLine(), run.threads(), run.begun(), run.seconds()));
    document.put("samples", given.samples());
    document.put("reference", given.reference());
    document.put("dimension", x.d());
    document.put("sizes", List.of(y.n(), x.n()));
    document.put("w2", estimate(w2));
    document.put("w2Method", distance.description());
    document.put("gelbrich", gelbrich);
    document.put("lawsLower", lower.isPresent() ? (Double) lower.getAsDouble() : null);
    document.put("lawsLowerErrorProbability", CoupledDistance.LEVEL);
    if (supplied != null && errors != null) {
      document.put("startW2", supplied.startW2());
      document.put("churn", supplied.family().churn());
      document.put("horizon", supplied.diffusion().horizon());
      document.put("rows", errors.times().length);
      document.put("firstTime", errors.times()[0]);
      document.put("lastTime", errors.times()[errors.times().length - 1]);
      document.put("logI", supplied.logI(errors.times(), errors.m(), errors.ls()));
    }
    document.put("checks", checks.stream().map(SuppliedRun::document).toList());
    JsonOutput.write(out, document);
    print(given, x, y, w2, lower, checks, supplied, errors);
    run.printer().println("result: " + out);
    boolean decided =
        checks.isEmpty() || checks.stream().anyMatch(c -> c.verdict() == Verdict.HOLDS);
    return decided ? ExitCode.OK : ExitCode.UNDECIDED;
  }

  private void print(
      SuppliedOptions.Given given,
      W2Points x,
      W2Points y,
      Estimate w2,
      OptionalDouble lower,
      List<BoundCheck> checks,
      @Nullable Supplied supplied,
      @Nullable ScoreErrors errors) {
    PrintWriter out = run.printer();
    out.printf(
        Locale.ROOT,
        "%d samples of %s against %d of %s, dimension %d%n",
        y.n(),
        given.samples(),
        x.n(),
        given.reference(),
        x.d());
    out.println("W2 of the samples  " + w2.value() + "  (exact, certified)");
    out.println(
        "W2 of the laws     "
            + (lower.isPresent()
                ? "at least " + VerifySummary.number(lower) + " (error probability 1e-6)"
                : "unknown, too few points")
            + "; that of the samples overestimates it on average");
    if (supplied == null || errors == null) {
      return;
    }
    TextTable table = new TextTable("bound", "value", "lower", "upper", "verdict", "reason");
    for (BoundCheck c : checks) {
      table.row(
          c.name(),
          c.right().map(r -> number(r.logValue())).orElse("-"),
          c.right().map(r -> number(r.logLower())).orElse("-"),
          c.right().map(r -> number(r.logUpper())).orElse("-"),
          c.verdict() + (c.vacuous() ? ", vacuous" : ""),
          c.reason());
    }
    out.print(table);
    out.println(
        "evidence: supplied; m and L_s linear between the "
            + errors.times().length
            + " times, lower and upper with the smaller and larger neighbour");
    double first = errors.times()[0];
    double last = errors.times()[errors.times().length - 1];
    double horizon = supplied.diffusion().horizon();
    if (first > 0 || last < horizon) {
      out.println(
          "note: the times cover ["
              + first
              + ", "
              + last
              + "] of [0, "
              + horizon
              + "]; the nearest values were taken beyond");
    }
  }

  private static String number(double log) {
    return log > 700
        ? String.format(Locale.ROOT, "e^%.1f", log)
        : VerifySummary.number(OptionalDouble.of(Math.exp(log)));
  }

  private static Map<String, @Nullable Object> estimate(Estimate e) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("value", e.value());
    json.put("lower", e.lower());
    json.put("upper", e.upper());
    json.put("kind", e.kind().label());
    return json;
  }

  private static Map<String, @Nullable Object> document(BoundCheck c) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("bound", c.name());
    json.put("verdict", c.verdict());
    json.put("vacuous", c.vacuous());
    json.put("reason", c.reason());
    for (String name : List.of("logValue", "logLower", "logUpper")) {
      json.put(name, c.right().map(r -> end(r, name)).filter(Double::isFinite).orElse(null));
    }
    json.put("kind", c.right().map(r -> r.kind().label()).orElse(null));
    return json;
  }

  private static double end(LogEstimate r, String name) {
    return switch (name) {
      case "logLower" -> r.logLower();
      case "logUpper" -> r.logUpper();
      default -> r.logValue();
    };
  }
}
