package org.scorebound.cluster;

import java.util.Optional;
import java.util.OptionalInt;
import org.scorebound.campaign.Engine;
import org.scorebound.campaign.EngineProvider;

/** Finds Spark for {@code --engine spark}. */
public final class SparkEngineProvider implements EngineProvider {

  /** For the service loader. */
  public SparkEngineProvider() {}

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public Engine open(Optional<String> master, OptionalInt slices) {
    return new SparkEngine(master, slices);
  }
}
