package org.scorebound.io;

import java.util.ArrayList;
import java.util.List;

/** The lexical half of {@link CsvTable}: text to rows of trimmed cells with their line numbers. */
final class CsvRecords {

  /**
   * One row.
   *
   * @param cells its cells, blanks around them and quotes removed
   * @param line the one-based line on which it starts
   */
  record Row(List<String> cells, int line) {}

  private final String text;
  private final String source;
  private final char separator;
  private int at;
  private int line = 1;

  private CsvRecords(String text, String source) {
    this.text = text;
    this.source = source;
    this.separator = separator(text);
  }

  /**
   * All rows up to the last that is not blank.
   *
   * @throws InputException for a blank line between rows and a quote that is never closed
   */
  static List<Row> parse(String text, String source) {
    CsvRecords records = new CsvRecords(text, source);
    List<Row> rows = new ArrayList<>();
    int blank = 0;
    while (records.at < text.length()) {
      Row row = records.row();
      if (row.cells().size() == 1 && row.cells().getFirst().isEmpty()) {
        blank = blank == 0 ? row.line() : blank;
      } else if (blank != 0 && !rows.isEmpty()) {
        throw new InputException(source + ":" + blank + ": blank line between rows");
      } else {
        blank = 0;
        rows.add(row);
      }
    }
    return rows;
  }

  private static char separator(String text) {
    boolean semicolon = false;
    boolean quoted = false;
    String body = text.stripLeading();
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '\t') {
        return '\t';
      } else if (!quoted && (c == '\n' || c == '\r')) {
        break;
      } else if (!quoted && c == ';') {
        semicolon = true;
      }
    }
    return semicolon ? ';' : ',';
  }

  private Row row() {
    int start = line;
    List<String> cells = new ArrayList<>();
    cells.add(cell());
    while (at < text.length() && text.charAt(at) == separator) {
      at++;
      cells.add(cell());
    }
    if (at < text.length()) {
      endOfLine();
    }
    return new Row(cells, start);
  }

  /** Reads up to a separator or the end of the line, which it leaves unread. */
  private String cell() {
    StringBuilder cell = new StringBuilder();
    int opened = line;
    boolean quoted = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (quoted) {
        if (c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
          cell.append('"');
          at += 2;
        } else if (c == '"') {
          quoted = false;
          at++;
        } else if (c == '\n' || c == '\r') {
          cell.append(' ');
          endOfLine();
        } else {
          cell.append(c);
          at++;
        }
      } else if (c == separator || c == '\n' || c == '\r') {
        break;
      } else if (c == '"' && cell.toString().isBlank()) {
        quoted = true;
        opened = line;
        at++;
      } else {
        cell.append(c);
        at++;
      }
    }
    if (quoted) {
      throw new InputException(source + ":" + opened + ": quote is never closed");
    }
    return cell.toString().strip();
  }

  private void endOfLine() {
    boolean crlf = text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
    at += crlf ? 2 : 1;
    line++;
  }
}
