package org.scorebound.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Table;

/** A table in a page, which can be sorted, filtered and saved. */
final class HtmlTable {

  /** More rows than this are left to {@code export}: a browser takes seconds for them. */
  private static final int MOST = 5000;

  private static final int FEW = 6;
  private static final int PRINTED = 60;

  private HtmlTable() {}

  /** Appends the table. */
  static void append(StringBuilder html, Table table, String id, String command) {
    String title = Markup.escape(table.title());
    html.append("<section class=\"tab\" id=\"")
        .append(id)
        .append("\" aria-labelledby=\"")
        .append(id)
        .append("-h\">\n<h3 id=\"")
        .append(id)
        .append("-h\">")
        .append(title)
        .append("</h3>\n");
    if (!table.caption().isEmpty()) {
      html.append("<p class=\"cap\">").append(Markup.escape(table.caption())).append("</p>\n");
    }
    int n = table.rows().size();
    if (n > MOST) {
      html.append("<p class=\"cap\">The first ")
          .append(MOST)
          .append(" of ")
          .append(n)
          .append(" rows; <code>./scorebound export</code> writes all.</p>\n");
    }
    html.append("<div class=\"acts\"><button type=\"button\" data-csv=\"")
        .append(id)
        .append("\" data-file=\"")
        .append(table.id())
        .append(".csv\">CSV<span class=\"sr\"> of ")
        .append(title)
        .append("</span></button>");
    if (n > FEW) {
      html.append("<label class=\"filter\">Filter <input type=\"search\" aria-controls=\"")
          .append(id)
          .append("-b\" autocomplete=\"off\" spellcheck=\"false\"></label>")
          .append("<span class=\"hits muted\" role=\"status\"></span>");
    }
    html.append("</div>\n<div class=\"wrap\" tabindex=\"0\" role=\"region\" aria-labelledby=\"")
        .append(id)
        .append("-h\"><table><thead><tr>");
    for (Table.Column column : table.columns()) {
      html.append("<th scope=\"col\"")
          .append(column.numeric() ? " class=\"n\"" : "")
          .append("><button type=\"button\">")
          .append(Markup.escape(column.title()))
          .append("</button></th>");
    }
    html.append("</tr></thead>\n<tbody id=\"").append(id).append("-b\">\n");
    for (List<@Nullable Object> row : table.rows().subList(0, Math.min(n, MOST))) {
      html.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        cell(html, table.columns().get(i), row.get(i));
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div>\n");
    if (n > PRINTED) {
      html.append("<p class=\"cut cap\">Printed: the first ")
          .append(PRINTED)
          .append(" of ")
          .append(n)
          .append(" rows.</p>\n");
    }
    html.append("<p class=\"how\">From <code>")
        .append(Markup.escape(command))
        .append("</code></p>\n</section>\n");
  }

  private static void cell(StringBuilder html, Table.Column column, @Nullable Object value) {
    String shown = Numbers.cell(value);
    html.append("<td").append(column.numeric() ? " class=\"n\"" : "");
    if (value instanceof Number && !shown.equals(value.toString())) {
      html.append(" data-v=\"").append(value).append('"');
    }
    html.append('>')
        .append(value instanceof Boolean yes ? (yes ? "yes" : "no") : Markup.escape(shown))
        .append("</td>");
  }
}
