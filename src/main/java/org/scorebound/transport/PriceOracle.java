package org.scorebound.transport;

/**
 * Answers the question every solver on implicit costs asks: which sites {@code y_j} are cheapest
 * for a point {@code q} under prices, {@code c(q, y_j) - v_j} with {@code c} the squared distance?
 *
 * <p>The prices are shared with the caller. They may fall between queries without notice; after a
 * rise {@link #refresh} must be called. Sites may be hidden for a while.
 */
interface PriceOracle {

  /** Points that an oracle looks at together. */
  int AHEAD = 4;

  /**
   * Finds the {@code k} smallest values of {@code |q - y_j|^2 - v_j} below a bound over sites that
   * are not hidden, ascending.
   *
   * @param q coordinates of the points that are asked for
   * @param i which of them, at {@code q[i * d]}
   * @param k how many
   * @param bound values must be below it
   * @param index takes the sites
   * @param value takes the values
   * @return how many were found, {@code k} unless fewer are visible and below the bound
   */
  int nearest(double[] q, int i, int k, double bound, int[] index, double[] value);

  /**
   * Announces that points i, i + 1, ... will be asked for next, each once, in turn and under the
   * present prices: an oracle may look at {@link #AHEAD} of them together. Any other question ends
   * that.
   */
  void ahead(double[] q, int i);

  /**
   * Takes note of new prices.
   *
   * @param partners coordinates of a point near which each site's price is attained, d x n: the
   *     gradient of the price at {@code y} is about {@code 2 (y - partner)}
   */
  void refresh(double[] partners);

  /** Hides a visible site from queries. */
  void hide(int j);

  /** Shows a hidden site again. */
  void show(int j);
}
