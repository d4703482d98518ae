package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.scorebound.io.AtomicFile;
import org.scorebound.report.HtmlReport;
import org.scorebound.report.ResultFile;
import picocli.CommandLine.Option;

/** The option of every command that writes a result document to write its page at once. */
public final class ReportOption {

  @Option(
      names = "--report",
      description = "Also write the result as a page of HTML, beside the document.")
  private boolean report;

  /** Whether the page is wanted. */
  boolean wanted() {
    return report;
  }

  /** Checks that the page can be written; call this before a long computation. */
  public void check(Path document) {
    if (report) {
      AtomicFile.checkWritable(page(document));
    }
  }

  /** Writes the page if it is wanted, once the document is there. */
  public void write(Path document, PrintWriter printer) {
    if (report) {
      Path page = page(document);
      byte[] html =
          HtmlReport.of(List.of(ResultFile.read(document))).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(page, out -> out.write(html));
      printer.println("report: " + page);
    }
  }

  private static Path page(Path document) {
    String name = document.toAbsolutePath().getFileName().toString();
    return document.resolveSibling(name.replaceAll("\\.json$", "") + ".html");
  }
}
