package org.scorebound.result;

/**
 * What an axis of a {@link Figure} shows.
 *
 * @param name name of the quantity
 * @param unit its unit; empty where it has none
 * @param log whether the axis is logarithmic; values that are not positive are then left out of the
 *     drawing, not of the data
 */
public record Quantity(String name, String unit, boolean log) {

  /** Checks that there is a name. */
  public Quantity {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name of an axis must not be blank");
    }
  }

  /** A linear axis. */
  public static Quantity linear(String name, String unit) {
    return new Quantity(name, unit, false);
  }

  /** A logarithmic axis. */
  public static Quantity log(String name, String unit) {
    return new Quantity(name, unit, true);
  }

  /** Name and unit as they stand at an axis or over a column. */
  public String title() {
    return unit.isEmpty() ? name : name + " (" + unit + ")";
  }
}
