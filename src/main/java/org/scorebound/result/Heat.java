package org.scorebound.result;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a heat map.
 *
 * @param xEdges edges of the columns, increasing, one more than there are columns
 * @param yEdges edges of the rows, increasing, one more than there are rows
 * @param values {@code values[j][i]} belongs to {@code xEdges[i] .. xEdges[i+1]} and {@code
 *     yEdges[j] .. yEdges[j+1]}; {@code null} where there is none
 * @param valueName name and unit of the values
 */
public record Heat(
    List<Double> xEdges,
    List<Double> yEdges,
    List<List<@Nullable Double>> values,
    String valueName) {

  /** Checks shapes, that edges increase and that numbers are finite, and copies. */
  public Heat {
    xEdges = edges("xEdges", xEdges);
    yEdges = edges("yEdges", yEdges);
    Values.sameLength("values", values.size(), "the rows of yEdges", yEdges.size() - 1);
    List<List<@Nullable Double>> rows = new ArrayList<>();
    for (List<@Nullable Double> row : values) {
      String name = "values[" + rows.size() + "]";
      Values.sameLength(name, row.size(), "the columns of xEdges", xEdges.size() - 1);
      rows.add(Values.checked(name, row));
    }
    values = List.copyOf(rows);
    if (valueName.isBlank()) {
      throw new IllegalArgumentException("valueName must not be blank");
    }
  }

  /** Cells from arrays; NaN stands for a value that does not exist. */
  public static Heat of(double[] xEdges, double[] yEdges, double[][] values, String valueName) {
    List<List<@Nullable Double>> rows = new ArrayList<>();
    for (double[] row : values) {
      rows.add(Values.of(row));
    }
    return new Heat(boxed(xEdges), boxed(yEdges), rows, valueName);
  }

  private static List<Double> boxed(double[] numbers) {
    List<Double> list = new ArrayList<>(numbers.length);
    for (double x : numbers) {
      list.add(x);
    }
    return list;
  }

  private static List<Double> edges(String name, List<Double> edges) {
    if (edges.size() < 2) {
      throw new IllegalArgumentException(
          name + " must have at least two elements, got " + edges.size());
    }
    for (int i = 0; i < edges.size(); i++) {
      double x = edges.get(i);
      if (!Double.isFinite(x) || (i > 0 && x <= edges.get(i - 1))) {
        throw new IllegalArgumentException(
            name + " must be finite and increase, got " + x + " at " + i);
      }
    }
    return List.copyOf(edges);
  }
}
