package org.scorebound.campaign;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * An engine that is not in this module, found by the service loader under the name that {@code
 * --engine} takes.
 */
public interface EngineProvider {

  /** The engine's name. */
  String name();

  /**
   * Makes the engine.
   *
   * @param master where it runs, in the engine's own form
   * @param slices into how many tasks it cuts the work
   */
  Engine open(Optional<String> master, OptionalInt slices);
}
