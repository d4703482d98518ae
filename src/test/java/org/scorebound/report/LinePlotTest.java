package org.scorebound.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class LinePlotTest {

  @Test
  void svgIsWellFormedAndLeavesOutWhatCannotBeDrawn() throws Exception {
    String svg =
        LinePlot.svg(
            "a < b & c",
            "epoch",
            List.of(
                new LinePlot.Panel(
                    "loss",
                    true,
                    List.of(
                        new LinePlot.Series(
                            "line",
                            new double[] {1, 10, 100, 1000},
                            new double[] {1, -1, 5, Double.NaN},
                            true)))));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    assertThat(svg)
        .contains("a &lt; b &amp; c", ">epoch<", ">loss<", ">line<")
        .doesNotContain("NaN");
  }

  @Test
  void scatterDrawsWhatItCanAndCountsWhatIsAbove() throws Exception {
    String svg =
        ScatterPlot.svg(
            "a > b",
            "W2",
            "bound / W2",
            1,
            "equality",
            1000,
            List.of(
                new ScatterPlot.Group(
                    "family",
                    new double[] {0.1, 0.2, 0.3, 0, Double.NaN},
                    new double[] {1.5, 2000, Double.POSITIVE_INFINITY, 2, 2})));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    assertThat(svg)
        .contains("a &gt; b", ">W2<", ">family<", "2 above the top", "equality")
        .doesNotContain("NaN");
    assertThat(svg.split("r=\"2.4\"", -1)).as("one point in place").hasSize(2);
  }

  @Test
  void ticksAreRound() {
    assertThat(new Axis("x", true, 0.8, 1200).ticks())
        .containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0);
    assertThat(new Axis("x", true, 0.4, 120_000).ticks()).hasSize(6);
    assertThat(new Axis("y", false, -3, 22).ticks()).containsExactly(0.0, 5.0, 10.0, 15.0, 20.0);
    assertThat(Axis.label(0.5)).isEqualTo("0.5");
    assertThat(Axis.label(1000)).isEqualTo("1000");
    assertThat(Axis.label(2e6)).isEqualTo("2e6");
  }

  @Test
  void axisOfOneValueHasARange() {
    Axis axis = Axis.around("y", false, List.of(new double[] {3}));
    assertThat(axis.share(3)).isBetween(0.4, 0.6);
  }
}
