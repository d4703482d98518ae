package org.scorebound.io;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes tables as CSV (RFC 4180) in UTF-8 with a header, lines ending in LF. Doubles are the
 * shortest decimals that read back to the same value; null is an empty field, and an empty text is
 * {@code ""}.
 */
public final class CsvOutput {

  private CsvOutput() {}

  /** Writes a table, whole or not at all. */
  public static void write(
      Path target, List<String> header, List<? extends List<? extends @Nullable Object>> rows) {
    AtomicFile.write(
        target,
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          line(writer, header);
          for (List<? extends @Nullable Object> row : rows) {
            line(writer, row);
          }
          writer.flush();
        });
  }

  private static void line(Writer writer, List<? extends @Nullable Object> cells)
      throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      writer.write(i == 0 ? "" : ",");
      writer.write(field(cells.get(i)));
    }
    writer.write('\n');
  }

  private static String field(@Nullable Object cell) {
    if (cell == null) {
      return "";
    }
    String text = cell.toString();
    boolean quoted =
        text.isEmpty()
            || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
