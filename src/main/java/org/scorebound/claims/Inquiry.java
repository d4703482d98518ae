package org.scorebound.claims;

import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;

/**
 * What claims may use.
 *
 * @param seed root of all random streams
 * @param trainings independent trainings behind the claim on training, at least 2
 * @param configurations sampled configurations behind the claim on the bounds, at least 1
 * @param threads worker threads; never change a number
 * @param kernels back end of the linear algebra
 * @param progress told of long work
 */
public record Inquiry(
    long seed, int trainings, int configurations, int threads, Kernels kernels, Progress progress) {

  /** The random stream of a claim, the same whichever claims are examined beside it. */
  RandomStream stream(Claim claim) {
    return RandomStream.root(seed).child("claims").child(claim.row());
  }
}
