package org.scorebound.campaign;

import org.scorebound.verify.Campaign;

/** Evaluates a configuration of a campaign; thread-safe. */
@FunctionalInterface
public interface Evaluator {

  /** The outcome of configuration {@code id}, the same one every time. */
  Campaign.Entry evaluate(int id);
}
