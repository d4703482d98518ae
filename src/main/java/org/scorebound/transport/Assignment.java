package org.scorebound.transport;

/**
 * What an assignment solver returns; package-private, so the arrays are not copied.
 *
 * @param columnOf the column of each row, a permutation
 * @param v the column duals; the row duals are {@code min_j (c_ij - v_j)}
 */
@SuppressWarnings("ArrayRecordComponent")
record Assignment(int[] columnOf, double[] v) {}
