package org.scorebound.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The report in a real browser. Skipped, with the reason, on a machine without Chromium; {@code
 * .ci/run} installs it. Screenshots are left in {@code target/core/report-screenshots}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {

  private static final Path SHOTS = Path.of("..", "target", "core", "report-screenshots");

  /** Texts whose contrast with the nearest opaque ground is below what WCAG 2.2 asks (1.4.3). */
  private static final String POOR_TEXTS =
      """
      (() => {
        const rgb = (s) => s.match(/[\\d.]+/g).map(Number);
        const lum = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, w, i) => {
          const v = c[i] / 255;
          return sum + w * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        }, 0);
        const ground = (e) => {
          for (let p = e; p; p = p.parentElement) {
            const c = rgb(getComputedStyle(p).backgroundColor);
            if (c.length === 3 || c[3] === 1) return c;
          }
          return [255, 255, 255];
        };
        const poor = [];
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
          const e = walk.currentNode.parentElement;
          if (!walk.currentNode.data.trim() || e.closest('script, style, desc')) continue;
          const style = getComputedStyle(e);
          const c = rgb(e.namespaceURI.endsWith('svg') ? style.fill : style.color);
          const [a, b] = [lum(c), lum(ground(e))].sort((x, y) => y - x);
          const ratio = (a + 0.05) / (b + 0.05);
          if (ratio < 4.5) poor.push(e.tagName + ' ' + walk.currentNode.data.slice(0, 30) + ' ' + ratio);
        }
        return poor;
      })()
      """;

  private Path page = Path.of("");
  private Optional<DevTools> browser = Optional.empty();

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Optional<Path> program = DevTools.program();
    assumeTrue(
        program.isPresent(),
        "no Chromium in PATH (Debian: apt-get install chromium), so the report was not seen in a"
            + " browser");
    List<ResultFile> results =
        List.of(
            ResultFile.read(Examples.verify(folder)),
            ResultFile.read(Examples.BENCH),
            ResultFile.read(Examples.generic(folder)));
    page = folder.resolve("index.html");
    Files.writeString(page, HtmlReport.of(results));
    browser = Optional.of(new DevTools(program.get(), folder.resolve("profile")));
  }

  @AfterAll
  void stop() throws Exception {
    if (browser.isPresent()) {
      browser.get().close();
    }
  }

  private DevTools opened(int width, String scheme) throws Exception {
    DevTools tools = browser.orElseThrow();
    tools.send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
    tools.send(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    tools.open(page);
    return tools;
  }

  private static void shoot(DevTools tools, String name) throws Exception {
    String png =
        tools
            .send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
            .path("data")
            .asText();
    Files.createDirectories(SHOTS);
    Files.write(SHOTS.resolve(name + ".png"), Base64.getDecoder().decode(png));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  @Test
  void rendersWithoutErrorAndAsksForNothing() throws Exception {
    DevTools tools = opened(1200, "light");
    assertThat(tools.eval("document.title").asText()).isEqualTo("Scorebound report");
    assertThat(tools.events("Runtime.exceptionThrown")).isEmpty();
    assertThat(tools.events("Runtime.consoleAPICalled")).isEmpty();
    assertThat(tools.events("Log.entryAdded")).isEmpty();
    assertThat(tools.events("Network.requestWillBeSent"))
        .extracting(e -> e.path("request").path("url").asText())
        .allMatch(url -> url.startsWith("data:") || url.equals(page.toUri().toString()));
    shoot(tools, "light");
  }

  @Test
  void figuresAreThereWithTheirData() throws Exception {
    DevTools tools = opened(1200, "light");
    JsonNode plots =
        tools.eval(
            "[...document.querySelectorAll('.plot')].map(p => ({id: p.dataset.fig,"
                + " width: p.querySelector('svg').getBoundingClientRect().width,"
                + " drawn: p.querySelectorAll('svg path').length,"
                + " values: JSON.parse(document.getElementById(p.dataset.fig + '-data').textContent)"
                + ".series.reduce((n, s) => n + s.x.length, 0)}))");
    // A merged document has a roofline for each run that has one.
    assertThat(plots)
        .extracting(p -> p.path("id").asText().replaceAll("-run-\\d+$", ""))
        .containsOnlyOnce("r1-ratio", "r2-roof-shares", "r3-lines", "r3-bars", "r3-heat")
        .containsOnly(
            "r1-ratio", "r2-roofline", "r2-roof-shares", "r3-lines", "r3-bars", "r3-heat");
    assertThat(plots)
        .allSatisfy(
            p -> {
              assertThat(p.path("width").asDouble()).isGreaterThan(300);
              assertThat(p.path("drawn").asInt()).isGreaterThan(3);
              assertThat(p.path("values").asInt()).isPositive();
            });
    assertThat(tools.eval("scorebound.csv('r3-lines', false)").asText())
        .startsWith("series,epoch,W2 (units of the data),lower,upper,label\r\nbound,1,")
        .contains("\r\nW2,2,0.5,0.4,0.7,first\r\n");
    assertThat(tools.eval("scorebound.csv('r3-heat', true)").asText())
        .startsWith(
            "x1 from,x1 to,x2 from,x2 to,lambda_max\r\n-3,-2.5,-3,-2.5,\r\n-2.5,-2,-3,-2.5,9.25");
  }

  @Test
  void tablesSortAndFilter() throws Exception {
    DevTools tools = opened(1200, "light");
    String table = "document.querySelector('#r3-t-numbers table')";
    String cells =
        "[..."
            + table
            + ".tBodies[0].rows].filter(r => !r.hidden).map(r => r.cells[%d].textContent)";
    String click = table + ".tHead.rows[0].cells[%d].querySelector('button').click()";
    assertThat(texts(tools.eval(cells.formatted(1)))).startsWith("0", "1.75", "1.25");
    tools.eval(click.formatted(1));
    assertThat(texts(tools.eval(cells.formatted(1))))
        .containsExactly("0", "0.25", "0.5", "0.75", "1", "1.25", "1.5", "1.75", "2");
    assertThat(tools.eval(table + ".tHead.rows[0].cells[1].getAttribute('aria-sort')").asText())
        .isEqualTo("ascending");
    tools.eval(click.formatted(1));
    assertThat(texts(tools.eval(cells.formatted(1)))).startsWith("2", "1.75");
    tools.eval(click.formatted(0));
    assertThat(texts(tools.eval(cells.formatted(0))))
        .startsWith("row a", "row b")
        .endsWith("row i");
    String filter =
        "(() => { const i = document.querySelector('#r3-t-numbers input'); i.value = '%s';"
            + " i.dispatchEvent(new Event('input')); return document.querySelector('#r3-t-numbers"
            + " .hits').textContent; })()";
    assertThat(tools.eval(filter.formatted("time > 1; odd = no")).asText()).endsWith("of 9 rows");
    assertThat(texts(tools.eval(cells.formatted(1))))
        .isNotEmpty()
        .allMatch(v -> Double.parseDouble(v) > 1);
    assertThat(texts(tools.eval(cells.formatted(2)))).containsOnly("no");
    assertThat(tools.eval(filter.formatted("row c")).asText()).isEqualTo("1 of 9 rows");
    assertThat(tools.eval("scorebound.csv('r3-t-numbers')").asText()).hasLineCount(2);
    assertThat(tools.eval("document.querySelector('#r3-t-numbers b')").isNull()).isTrue();
  }

  @Test
  void valuesAreShownUnderThePointerAndByTheArrowKeys() throws Exception {
    DevTools tools = opened(1200, "light");
    JsonNode box =
        tools.eval(
            "(() => { const p = document.querySelector('[data-fig=r3-bars]');"
                + " p.scrollIntoView({block: 'center', behavior: 'instant'});"
                + " const b = p.querySelector('svg').getBoundingClientRect();"
                + " return {x: b.x + b.width * 0.7, y: b.y + b.height * 0.12}; })()");
    tools.send(
        "Input.dispatchMouseEvent",
        Map.of("type", "mouseMoved", "x", box.path("x").asDouble(), "y", box.path("y").asDouble()));
    assertThat(tools.eval("document.querySelector('[data-fig=r3-bars] .tip').textContent").asText())
        .contains("coupling", "factor: 1.2", "interval: 1.1 to 1.4");
    tools.eval("document.querySelector('[data-fig=r3-lines]').focus()");
    for (String key : List.of("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "Home")) {
      tools.send("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key));
    }
    assertThat(tools.eval("document.getElementById('live').textContent").asText())
        .isEqualTo("W2\nfirst\nepoch: 2\nW2 (units of the data): 0.5\ninterval: 0.4 to 0.7");
    // A figure's numbers as a table, made when it is opened.
    tools.eval("document.querySelector('#r3-lines details[data-fig]').open = true");
    Thread.sleep(100);
    assertThat(
            tools
                .eval("document.querySelectorAll('#r3-lines details table tbody tr').length")
                .asInt())
        .isEqualTo(65);
  }

  @Test
  void narrowPageDoesNotScrollSideways() throws Exception {
    DevTools tools = opened(380, "light");
    assertThat(tools.eval("document.documentElement.scrollWidth").asInt()).isEqualTo(380);
    assertThat(
            tools
                .eval("document.querySelector('.plot svg').getBoundingClientRect().width")
                .asDouble())
        .isBetween(300.0, 380.0);
    shoot(tools, "narrow");
  }

  @Test
  void textHasContrastInLightAndDark() throws Exception {
    for (String scheme : List.of("light", "dark")) {
      DevTools tools = opened(1200, scheme);
      JsonNode ground = tools.eval("getComputedStyle(document.body).backgroundColor");
      assertThat(ground.asText())
          .isEqualTo(scheme.equals("dark") ? "rgb(15, 17, 20)" : "rgb(244, 245, 247)");
      assertThat(tools.eval(POOR_TEXTS)).as(scheme).isEmpty();
      shoot(tools, scheme.equals("dark") ? "dark" : "light");
    }
  }

  @Test
  void printLeavesOutControlsAndCutsLongTables() throws Exception {
    DevTools tools = opened(800, "light");
    tools.send("Emulation.setEmulatedMedia", Map.of("media", "print"));
    assertThat(
            tools
                .eval(
                    "[...document.querySelectorAll('nav, .acts, #theme')].filter(e =>"
                        + " e.getBoundingClientRect().height > 0).length")
                .asInt())
        .isZero();
    // A wide table is broken into lines, not cut off at the edge of the paper.
    assertThat(tools.eval("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(800);
    shoot(tools, "print");
    tools.send("Emulation.setEmulatedMedia", Map.of("media", ""));
  }

  @Test
  void structureIsThereForScreenReaders() throws Exception {
    DevTools tools = opened(1200, "light");
    assertThat(texts(tools.eval("[...document.querySelectorAll('h1,h2,h3')].map(h => h.tagName)")))
        .startsWith("H1", "H2", "H3")
        .satisfies(
            tags -> {
              for (int i = 1; i < tags.size(); i++) {
                assertThat(tags.get(i).charAt(1) - tags.get(i - 1).charAt(1)).isLessThan(2);
              }
            });
    assertThat(
            tools.eval(
                "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) =>"
                    + " all.indexOf(id) !== i)"))
        .as("ids that are there twice")
        .isEmpty();
    assertThat(
            tools.eval(
                "[...document.querySelectorAll('[aria-labelledby], [aria-describedby],"
                    + " [aria-controls]')].flatMap(e => ['aria-labelledby', 'aria-describedby',"
                    + " 'aria-controls'].flatMap(a => (e.getAttribute(a) || '').split(' ')))"
                    + ".filter(id => id && !document.getElementById(id))"))
        .as("references to nothing")
        .isEmpty();
    JsonNode tree = tools.send("Accessibility.getFullAXTree", Map.of()).path("nodes");
    List<String> nameless = new ArrayList<>();
    List<String> roles = new ArrayList<>();
    tree.forEach(
        node -> {
          String role = node.path("role").path("value").asText();
          roles.add(role);
          if (List.of("button", "link", "searchbox", "image", "application", "region")
                  .contains(role)
              && node.path("name").path("value").asText().isBlank()
              && !node.path("ignored").asBoolean()) {
            nameless.add(role);
          }
        });
    assertThat(nameless).isEmpty();
    assertThat(roles).contains("banner", "main", "navigation", "contentinfo", "table");
  }
}
