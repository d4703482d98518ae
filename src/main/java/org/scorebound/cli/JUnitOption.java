package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.AtomicFile;
import org.scorebound.report.JUnitXml;
import picocli.CommandLine.Option;

/** The option of {@code verify} and {@code merge} to write their verdicts as JUnit XML. */
final class JUnitOption {

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also write the verdicts as JUnit XML, for continuous integration.")
  private @Nullable Path junit;

  /** Checks that the file can be written; call this before a long computation. */
  void check() {
    if (junit != null) {
      AtomicFile.checkWritable(junit);
    }
  }

  /** Writes the file if it is wanted, once the document is there. */
  void write(Path document, PrintWriter printer) {
    if (junit != null) {
      JUnitXml.write(document, junit);
      printer.println("junit: " + junit);
    }
  }
}
