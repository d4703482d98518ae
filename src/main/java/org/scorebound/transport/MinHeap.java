package org.scorebound.transport;

import java.util.Arrays;

/**
 * A heap of items by key with four children a node. Keys are not lowered in place: an item is
 * pushed again, and its owner recognises the stale entries.
 */
final class MinHeap {

  private double[] key = new double[256];
  private int[] item = new int[256];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }

  /** The least key; the heap is not empty. */
  double leastKey() {
    return key[0];
  }

  /** The item of the least key; the heap is not empty. */
  int leastItem() {
    return item[0];
  }

  void push(double k, int value) {
    if (size == key.length) {
      key = Arrays.copyOf(key, 2 * size);
      item = Arrays.copyOf(item, 2 * size);
    }
    int p = size++;
    while (p > 0) {
      int q = (p - 1) >> 2;
      if (key[q] <= k) {
        break;
      }
      key[p] = key[q];
      item[p] = item[q];
      p = q;
    }
    key[p] = k;
    item[p] = value;
  }

  /** Removes the least and returns its item. */
  int pop() {
    int top = item[0];
    double k = key[--size];
    int value = item[size];
    int p = 0;
    while (true) {
      int q = 4 * p + 1;
      if (q >= size) {
        break;
      }
      int least = q;
      for (int r = q + 1, end = Math.min(q + 4, size); r < end; r++) {
        if (key[r] < key[least]) {
          least = r;
        }
      }
      if (key[least] >= k) {
        break;
      }
      key[p] = key[least];
      item[p] = item[least];
      p = least;
    }
    key[p] = k;
    item[p] = value;
    return top;
  }
}
