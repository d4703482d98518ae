package org.scorebound.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.JsonOutput;
import org.scorebound.result.Figure;

/**
 * A figure in a page: the picture, its numbers for hovering and downloads, and where it is from.
 */
final class HtmlFigure {

  private HtmlFigure() {}

  /**
   * Appends the figure.
   *
   * @param id unique in the page
   * @param file the result document as {@code plot} takes it
   * @param command what made the document
   */
  static void append(StringBuilder html, Figure figure, String id, String file, String command) {
    Plot plot = Plot.of(figure, Plot.PAGE_WIDTH, false);
    SvgCanvas canvas = new SvgCanvas(true, id + "-c");
    plot.draw(canvas);
    html.append("<figure class=\"fig\" id=\"")
        .append(id)
        .append("\">\n<h3 id=\"")
        .append(id)
        .append("-h\">")
        .append(Markup.escape(figure.title()))
        .append("</h3>\n<div class=\"plot\" data-fig=\"")
        .append(id)
        .append("\" tabindex=\"0\" role=\"application\" aria-roledescription=\"plot\"")
        .append(" aria-labelledby=\"")
        .append(id)
        .append("-h\" aria-describedby=\"")
        .append(id)
        .append("-d\">\n<svg viewBox=\"0 0 ")
        .append(SvgCanvas.number(plot.width))
        .append(' ')
        .append(SvgCanvas.number(plot.height()))
        .append("\" role=\"img\" aria-labelledby=\"")
        .append(id)
        .append("-h ")
        .append(id)
        .append("-d\"><desc id=\"")
        .append(id)
        .append("-d\">")
        .append(Markup.escape(Description.of(figure)))
        .append("</desc>\n")
        .append(canvas.elements())
        .append("</svg><div class=\"dot\" hidden></div><div class=\"tip\" hidden></div></div>\n")
        .append("<figcaption>");
    if (!figure.caption().isEmpty()) {
      html.append("<p class=\"cap\">").append(Markup.escape(figure.caption())).append("</p>");
    }
    html.append("<div class=\"acts\">");
    download(html, figure, id, false);
    if (figure.heat().isPresent() && !figure.series().isEmpty()) {
      download(html, figure, id, true);
    }
    html.append("</div>\n<details data-fig=\"")
        .append(id)
        .append("\"><summary>Values</summary></details>\n<details><summary>Commands</summary>")
        .append("<p class=\"how\">Numbers: <code>")
        .append(Markup.escape(command))
        .append("</code></p><p class=\"how\">Picture: <code>")
        .append(
            Markup.escape(
                Words.shell(List.of("plot", file, figure.id(), "--out", figure.id() + ".svg"))))
        .append("</code></p></details></figcaption>\n")
        .append("<script type=\"application/json\" id=\"")
        .append(id)
        .append("-data\">")
        // No end tag and no comment can then be in it.
        .append(JsonOutput.toLine(data(figure, plot)).replace("<", "\\u003c"))
        .append("</script>\n</figure>\n");
  }

  private static void download(StringBuilder html, Figure figure, String id, boolean cells) {
    html.append("<button type=\"button\" data-csv=\"")
        .append(id)
        .append("\" data-file=\"")
        .append(figure.id())
        .append(cells ? "-cells" : "")
        .append(".csv\"")
        .append(cells ? " data-heat=\"true\"" : "")
        .append('>')
        .append(cells ? "Cells as CSV" : "CSV")
        .append("<span class=\"sr\"> of ")
        .append(Markup.escape(figure.title()))
        .append("</span></button>");
  }

  private static Map<String, @Nullable Object> data(Figure figure, Plot plot) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("kind", figure.kind());
    data.put("x", figure.x().title());
    data.put("y", figure.y().title());
    data.put("map", plot.mapping());
    data.put("series", figure.series());
    figure.heat().ifPresent(heat -> data.put("heat", heat));
    return data;
  }
}
