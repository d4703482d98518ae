package org.scorebound.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.InputException;
import org.scorebound.report.HtmlReport;
import org.scorebound.report.ResultFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes one page of HTML from result documents. */
@Command(
    name = "report",
    description = {
      "Make one self-contained HTML page from result documents: verdicts, figures and",
      "tables with their data, machines, seeds and the commands that reproduce them."
    })
final class ReportCommand implements Callable<ExitCode> {

  private static final String PAGE = "index.html";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "RESULT",
      description =
          "Result documents, or folders whose result documents are taken (default: this folder).")
  private List<Path> results = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "scorebound-report",
      description = "Folder of index.html, made if it is missing (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("scorebound-report");

  @Override
  public ExitCode call() {
    Path page = prepared(out).resolve(PAGE);
    AtomicFile.checkWritable(page);
    List<ResultFile> read = new ArrayList<>();
    for (Path result : results.isEmpty() ? List.of(Path.of(".")) : results) {
      for (Path file : Files.isDirectory(result) ? documents(result) : List.of(result)) {
        read.add(ResultFile.read(file));
      }
    }
    byte[] html = HtmlReport.of(read).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(page, stream -> stream.write(html));
    PrintWriter printer = spec.commandLine().getOut();
    for (ResultFile result : read) {
      printer.println(
          result.file()
              + ": "
              + result.figures().size()
              + " figures, "
              + result.tables().size()
              + " tables");
    }
    printer.println("report: " + page);
    return ExitCode.OK;
  }

  private static Path prepared(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(
          "--out " + folder + ": the folder cannot be made (" + e.getMessage() + ")", e);
    }
  }

  /** The result documents of a folder by name; other JSON files are passed over. */
  private static List<Path> documents(Path folder) {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(f -> f.toString().endsWith(".json") && !f.toString().endsWith(".jmh.json"))
          .sorted()
          .filter(ResultFile::looksLikeOne)
          .forEach(f -> found.add(f.normalize()));
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be read (" + e.getMessage() + ")", e);
    }
    if (found.isEmpty()) {
      throw new InputException(
          folder
              + ": no result document in this folder; name one, or run a command that writes one");
    }
    return found;
  }
}
