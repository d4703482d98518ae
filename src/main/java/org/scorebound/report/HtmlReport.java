package org.scorebound.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scorebound.io.HostFacts;
import org.scorebound.result.BuildInfo;
import org.scorebound.result.Figure;
import org.scorebound.result.Table;

/**
 * One page of HTML from result documents alone. Styles, script, pictures and data are in it; its
 * own policy forbids the browser to fetch anything.
 */
public final class HtmlReport {

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

  private final StringBuilder html = new StringBuilder();
  private final List<ResultFile> results;

  private HtmlReport(List<ResultFile> results) {
    this.results = results;
  }

  /** The page; the same bytes for the same documents and build. */
  public static String of(List<ResultFile> results) {
    return new HtmlReport(List.copyOf(results)).page();
  }

  private static String resource(String name) {
    try (InputStream stream = HtmlReport.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the build has left out " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String page() {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(POLICY)
        .append("\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
        .append("<link rel=\"icon\" href=\"data:,\">\n<title>Scorebound report</title>\n<style>\n")
        .append(resource("report.css"))
        .append(
            "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to results</a>\n");
    header();
    html.append("<main id=\"main\">\n");
    glance();
    for (int i = 0; i < results.size(); i++) {
      result(i);
    }
    html.append("</main>\n<div id=\"live\" class=\"sr\" aria-live=\"polite\"></div>\n");
    BuildInfo build = HostFacts.build();
    html.append("<footer><p>Made by scorebound ")
        .append(Markup.escape(build.version()))
        .append(build.commit().map(c -> " (" + Markup.escape(c) + ")").orElse(""))
        .append(
            " from the result documents alone. Filters: words found in a row, and comparisons such"
                + " as <code>bound &lt; 0.5</code>, with <code>;</code> between them. Plots: hover,"
                + " or focus one and use the arrow keys.</p></footer>\n<script>\n")
        .append(resource("report.js"))
        .append("</script>\n</body>\n</html>\n");
    return html.toString();
  }

  private static String anchor(int i) {
    return "r" + (i + 1);
  }

  private String name(int i) {
    return results.get(i).command() + ": " + results.get(i).file().getFileName();
  }

  private void header() {
    html.append("<header>\n<div class=\"top\"><h1>Scorebound report</h1>")
        .append("<button type=\"button\" id=\"theme\" hidden>Colours: auto</button></div>\n<p>")
        .append(
            "Checks of the theorem that the score-matching loss of a diffusion model bounds the"
                + " Wasserstein-2 distance (W2) between its samples and the data (Kwon, Fan, Lee,"
                + " NeurIPS 2022, arXiv 2212.06359), and measurements around them.")
        .append("</p>\n<nav aria-label=\"Contents\"><ul>\n")
        .append("<li><a href=\"#glance\">At a glance</a></li>\n");
    for (int i = 0; i < results.size(); i++) {
      html.append("<li><a href=\"#")
          .append(anchor(i))
          .append("\">")
          .append(Markup.escape(name(i)))
          .append("</a></li>\n");
    }
    html.append("</ul></nav>\n</header>\n");
  }

  private void glance() {
    html.append("<section aria-labelledby=\"glance\">\n<h2 id=\"glance\">At a glance</h2>\n")
        .append("<div class=\"cards\">\n");
    for (int i = 0; i < results.size(); i++) {
      Headline h = results.get(i).headline();
      html.append("<div class=\"card ")
          .append(h.tone().name().toLowerCase(Locale.ROOT))
          .append("\"><h3><a href=\"#")
          .append(anchor(i))
          .append("\">")
          .append(Markup.escape(name(i)))
          .append("</a></h3>\n<p class=\"say\"><span class=\"tone\" aria-hidden=\"true\">")
          .append(h.tone().mark())
          .append("</span><span class=\"sr\">")
          .append(h.tone().meaning())
          .append(": </span>")
          .append(Markup.escape(h.text()))
          .append("</p>\n");
      shares(h.shares());
      if (!h.facts().isEmpty()) {
        html.append("<ul>");
        h.facts().forEach(f -> html.append("<li>").append(Markup.escape(f)).append("</li>"));
        html.append("</ul>\n");
      }
      html.append("</div>\n");
    }
    html.append("</div>\n</section>\n");
  }

  private void shares(List<Headline.Share> shares) {
    if (shares.stream().mapToLong(Headline.Share::count).sum() == 0) {
      return;
    }
    html.append("<div class=\"bar\" aria-hidden=\"true\">");
    for (Headline.Share s : shares) {
      if (s.count() > 0) {
        html.append("<span class=\"k-")
            .append(s.kind())
            .append("\" style=\"flex:")
            .append(s.count())
            .append("\"></span>");
      }
    }
    html.append("</div>\n<ul class=\"parts\">");
    for (Headline.Share s : shares) {
      html.append("<li><i class=\"k-")
          .append(s.kind())
          .append("\"></i>")
          .append(s.count())
          .append(' ')
          .append(Markup.escape(s.name()))
          .append("</li>");
    }
    html.append("</ul>\n");
  }

  private void result(int i) {
    ResultFile result = results.get(i);
    String id = anchor(i);
    String command = result.reproducedBy();
    html.append("<section aria-labelledby=\"")
        .append(id)
        .append("\">\n<h2 id=\"")
        .append(id)
        .append("\">")
        .append(Markup.escape(name(i)))
        .append("</h2>\n<p class=\"how\">Reproduced by <code id=\"")
        .append(id)
        .append("-how\">")
        .append(Markup.escape(command))
        .append("</code> <button type=\"button\" data-copy=\"")
        .append(id)
        .append("-how\">Copy</button></p>\n<details><summary>Seed, build and machine</summary>")
        .append("<dl class=\"run\">");
    for (Map.Entry<String, String> fact : result.facts().entrySet()) {
      html.append("<dt>")
          .append(Markup.escape(fact.getKey()))
          .append("</dt><dd>")
          .append(Markup.escape(fact.getValue()))
          .append("</dd>");
    }
    html.append("</dl></details>\n");
    if (!result.figures().isEmpty()) {
      html.append("<div class=\"figs\">\n");
      for (Figure figure : result.figures()) {
        HtmlFigure.append(html, figure, id + "-" + figure.id(), result.file().toString(), command);
      }
      html.append("</div>\n");
    }
    if (!result.tables().isEmpty()) {
      html.append("<div class=\"tabs\">\n");
      for (Table table : result.tables()) {
        HtmlTable.append(html, table, id + "-t-" + table.id(), command);
      }
      html.append("</div>\n");
    }
    html.append("</section>\n");
  }
}
