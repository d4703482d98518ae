package org.scorebound.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.InputException;
import org.scorebound.io.Nearest;
import org.scorebound.report.Export;
import org.scorebound.report.ResultFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the tables of a result document for other programs. */
@Command(
    name = "export",
    description = {
      "Write the tables and figures of a result document as CSV or Parquet, one file",
      "each (docs/outside-tools.md shows how Python and R read them)."
    })
final class ExportCommand implements Callable<ExitCode> {

  private static final List<String> FORMATS = List.of("csv", "parquet");

  @Spec private CommandSpec spec;

  @Parameters(arity = "1", paramLabel = "RESULT", description = "A result document.")
  private Path result = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "csv",
      description = "csv or parquet (default: ${DEFAULT-VALUE}).")
  private String format = "csv";

  @Option(
      names = "--table",
      paramLabel = "ID",
      description = "Only this table (default: all; --list names them).")
  private @Nullable String table;

  @Option(names = "--list", description = "List the tables and write none.")
  private boolean list;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "scorebound-export",
      description = "Folder of the files, made if it is missing (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("scorebound-export");

  @Override
  public ExitCode call() {
    if (!FORMATS.contains(format)) {
      throw new InputException(
          "--format must be csv or parquet, got '"
              + format
              + "'"
              + Nearest.clause(format, FORMATS));
    }
    ResultFile read = ResultFile.read(result);
    SequencedMap<String, Export> all = Export.of(read);
    PrintWriter printer = spec.commandLine().getOut();
    if (list) {
      all.values().forEach(e -> printer.println(describe(e)));
      return ExitCode.OK;
    }
    if (table != null && !all.containsKey(table)) {
      throw new InputException(
          result + ": has no table '" + table + "'" + Nearest.clause(table, all.keySet()));
    }
    if (all.isEmpty()) {
      throw new InputException(result + ": has no tables and no figures");
    }
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new InputException(
          "--out " + out + ": the folder cannot be made (" + e.getMessage() + ")", e);
    }
    for (Export one : all.values()) {
      if (table == null || table.equals(one.id())) {
        Path file = out.resolve(one.id() + "." + format);
        if (format.equals("csv")) {
          one.csv(file);
        } else {
          one.parquet(file, metadata(read));
        }
        printer.println(file + ": " + describe(one));
      }
    }
    return ExitCode.OK;
  }

  private static String describe(Export e) {
    return e.id() + ", " + e.rows().size() + " rows, " + e.columns().size() + " columns";
  }

  private static Map<String, String> metadata(ResultFile read) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("scorebound.command", read.reproducedBy());
    read.facts()
        .forEach((name, value) -> metadata.put("scorebound." + name.replace(' ', '_'), value));
    return metadata;
  }
}
