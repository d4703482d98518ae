package org.scorebound.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebound.io.InputException;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.Series;
import org.xml.sax.InputSource;

/**
 * Pictures of figures of every kind. {@code -Dscorebound.golden=write} writes the golden files
 * anew; look at them before they are committed.
 */
class PlotTest {

  private static final Path GOLDEN =
      Path.of("test", "resources", "org", "scorebound", "report").toAbsolutePath();

  static Stream<Figure> figures() {
    return Stream.of(Examples.lines(), Examples.bars(), Examples.heat());
  }

  @ParameterizedTest
  @MethodSource("figures")
  void svgIsTheGoldenFileWhateverTheLocale(Figure figure) throws Exception {
    Locale before = Locale.getDefault();
    String svg;
    try {
      // Its digits and its decimal point are not ours.
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      svg = Plot.svg(figure, Plot.FILE_WIDTH);
    } finally {
      Locale.setDefault(before);
    }
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    Path golden = GOLDEN.resolve(figure.id() + ".svg");
    if ("write".equals(System.getProperty("scorebound.golden"))) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, svg);
    }
    assertThat(svg).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
  }

  @Test
  void textsOfTheFigureAreInThePicture() {
    String svg = Plot.svg(Examples.lines(), Plot.FILE_WIDTH);
    assertThat(svg)
        .contains(
            ">epoch<",
            ">W2 (units of the data)<",
            ">bound<",
            ">step<",
            ">floor<",
            "Loss &amp; bound &lt; both",
            "<desc id=\"desc\">A line with a band.")
        .doesNotContain("NaN", "Infinity", "style=");
  }

  @Test
  void pngHasItsSizeAndTheSeriesColour(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("lines.png");
    FigureFile.write(Examples.lines(), file, 400, 2);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(800);
    int blue = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        blue += (image.getRGB(x, y) & 0xffffff) == 0x0072b2 ? 1 : 0;
      }
    }
    assertThat(blue).isGreaterThan(200);
  }

  @Test
  void otherEndingsAreRefused(@TempDir Path folder) {
    Path file = folder.resolve("lines.pdf");
    assertThatThrownBy(() -> FigureFile.write(Examples.lines(), file, 400, 2))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("lines.pdf: a picture's name must end in .svg or .png");
    assertThat(file).doesNotExist();
  }

  @Test
  void valuesAreWhereTheAxisSaysTheyAre() {
    Figure figure =
        Figure.xy(
            "one",
            "t",
            "",
            Quantity.linear("x", ""),
            Quantity.log("y", ""),
            List.of(Series.line("s", new double[] {0, 4}, new double[] {1, 10_000})));
    Frame frame = new XyPlot(figure, 500, false).frame();
    Canvas.Box box = frame.box();
    // Of the way between the ends of the range, which is 3 % longer at each.
    assertThat(frame.px(2.0)).isEqualTo(box.x() + box.width() / 2);
    assertThat(frame.py(100.0)).isCloseTo(box.y() + box.height() / 2, within(1e-9));
    assertThat((box.bottom() - frame.py(10.0)) / box.height())
        .isCloseTo((0.25 + 0.03) / 1.06, within(1e-12));
    assertThat(frame.py(-1.0)).isNaN();
  }

  private static org.assertj.core.data.Offset<Double> within(double d) {
    return org.assertj.core.data.Offset.offset(d);
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void ticksAreRoundAndTellApart(double lo, double hi, boolean log) {
    List<Axis.Tick> ticks = new Axis("a", log, lo, hi).ticks();
    assertThat(ticks).hasSizeBetween(2, 12);
    assertThat(ticks.stream().map(Axis.Tick::label).distinct()).hasSameSizeAs(ticks);
    assertThat(ticks).allSatisfy(t -> assertThat(t.value()).isBetween(lo, hi));
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> ranges() {
    return Stream.of(
            new Object[] {0.0, 1.0, false},
            new Object[] {-3e-7, 2e-7, false},
            new Object[] {100_000.0, 100_400.0, false},
            new Object[] {-1e300, 1e300, false},
            new Object[] {1e-3, 1e300, true},
            new Object[] {0.9, 1.1, true},
            new Object[] {0.5, 1100.0, true},
            new Object[] {1e-300, 1e-2, true})
        .map(org.junit.jupiter.params.provider.Arguments::of);
  }
}
