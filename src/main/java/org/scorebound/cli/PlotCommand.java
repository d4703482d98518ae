package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.InputException;
import org.scorebound.report.FigureFile;
import org.scorebound.report.ResultFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws one figure of a result document. */
@Command(
    name = "plot",
    description = "Draw one figure of a result document as SVG or PNG; --list names its figures.")
final class PlotCommand implements Callable<ExitCode> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RESULT", description = "A result document.")
  private Path result = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FIGURE",
      description = "The figure's id (default: the only one).")
  private @Nullable String id;

  @Option(names = "--list", description = "List the figures and draw none.")
  private boolean list;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Picture, .svg or .png (default: FIGURE.svg here).")
  private @Nullable Path out;

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "760",
      description = "Width in units of the text, 13 units high (default: ${DEFAULT-VALUE}).")
  private int width = 760;

  @Option(
      names = "--scale",
      paramLabel = "K",
      defaultValue = "2",
      description = "Pixels of PNG for each unit (default: ${DEFAULT-VALUE}).")
  private double scale = 2;

  @Override
  public ExitCode call() {
    PrintWriter printer = spec.commandLine().getOut();
    if (width < 320 || width > 4000) {
      throw new InputException("--width must be 320 to 4000, got " + width);
    }
    if (!(scale >= 0.5 && scale <= 8)) {
      throw new InputException("--scale must be 0.5 to 8, got " + scale);
    }
    ResultFile read = ResultFile.read(result);
    if (list) {
      read.figures()
          .forEach(f -> printer.println(f.id() + "  (" + f.kind().label() + ")  " + f.title()));
      return ExitCode.OK;
    }
    if (id == null && read.figures().size() != 1) {
      throw new InputException(
          result + ": has " + read.figures().size() + " figures, name one (--list names them)");
    }
    var figure = id == null ? read.figures().getFirst() : read.figure(id);
    Path file = out == null ? Path.of(figure.id() + ".svg") : out;
    FigureFile.write(figure, file, width, scale);
    printer.println(String.format(Locale.ROOT, "plot: %s", file));
    return ExitCode.OK;
  }
}
