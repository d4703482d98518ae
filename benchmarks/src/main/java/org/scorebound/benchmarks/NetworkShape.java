package org.scorebound.benchmarks;

/** Shapes of network and batch. */
public enum NetworkShape {
  /** The published 2-64-64-64-2 with its training batch. */
  PUBLISHED_128(64, 128),
  /** The same with a batch for evaluation. */
  PUBLISHED_1024(64, 1024),
  /** 2-256-256-256-2. */
  WIDE_8192(256, 8192);

  final int width;
  final int batch;

  NetworkShape(int width, int batch) {
    this.width = width;
    this.batch = batch;
  }

  /** Flops of the products of a forward pass. */
  double forwardFlops() {
    return 2.0 * batch * (2.0 * width * width + 4.0 * width);
  }

  /** Flops of a backward pass: two products for a layer, but one for the first. */
  double backwardFlops() {
    return 2 * forwardFlops() - 2.0 * batch * 2 * width;
  }

  /** Activations of a pass. */
  double activations() {
    return 3.0 * width * batch;
  }
}
