"""Errors planted in matrix products, eigenvalues and networks, and the tests that must fail.

Name, file, old text, new text, which occurrence of the old text (None: it occurs once), test classes.
"""

G = "linalg/internal/"
PRODUCTS = ["GemmTest"]
BATCHES = ["BatchesTest"]
TIMES = ["NetworkTimeProfileTest"]


# Loops of a tile over the inner dimension, and their occurrence in its file.
LOOPS = {
    "GemmTile4x4": {"columns": 0, "panels": 1, "singles": 2},
    "GemmTile2x4": {"columns": 0, "panels": 1, "singles": 2},
    "GemmTile1x4": {"columns": 0, "panels": 1, "singles": 2},
    "GemmTile2x5": {"columns": 0, "panels packed": 2, "panels": 3},
}


def tile_loops():
    """The last term of the inner dimension dropped, in each of a tile's loops."""
    for tile, loops in LOOPS.items():
        for loop, nth in loops.items():
            yield (f"drop the last k, {tile}, {loop}", G + tile + ".java",
                   "for (int l = 0; l < k; l++) {", "for (int l = 0; l < k - 1; l++) {", nth, PRODUCTS)


def tile_sums():
    """What is in C not added, in each of a tile's loops."""
    for tile, loops in LOOPS.items():
        for nth, loop in enumerate(name for name in loops if name != "panels packed"):
            yield (f"C not added, {tile}, {loop}", G + tile + ".java",
                   "    if (add) {", "    if (add && k < 0) {", nth, PRODUCTS)


def tile_tails():
    """The last column of those that fill no block dropped, or the first of them put one early."""
    for tile in ("GemmTile4x4", "GemmTile2x4", "GemmTile1x4"):
        for nth, loop in enumerate(("B in place", "B packed")):
            yield (f"drop the last tail column, {tile}, {loop}", G + tile + ".java",
                   "for (int j = n / 4 * 4; j < n; j++) {", "for (int j = n / 4 * 4; j < n - 1; j++) {", nth, PRODUCTS)
    tile = G + "GemmTile2x5.java"
    for call in ("columns", "packed"):
        yield (f"drop the last tail column, GemmTile2x5, {call}", tile,
               f"rest.{call}(n - fives", f"rest.{call}(n - fives - 1", None, PRODUCTS)
    early = "Math.max(0, fives - 1)"
    for nth, call in enumerate(("columns", "packed")):
        yield (f"tail columns one column early, GemmTile2x5, {call}", tile,
               "add, c, cOff + fives * ldc", f"add, c, cOff + {early} * ldc", nth, PRODUCTS)
    yield ("tail columns read one early, GemmTile2x5", tile,
           "int bRest = bOff + fives * ldb;", f"int bRest = bOff + {early} * ldb;", None, PRODUCTS)
    yield ("tail columns packed one early, GemmTile2x5", tile,
           "b, bOff + fives, ldb, packed, fives * k", f"b, bOff + {early}, ldb, packed, fives * k", None, PRODUCTS)
    yield ("tail panels begin one column early, GemmTile2x5", tile,
           "int bRest = bOff + fives * k;", f"int bRest = bOff + {early} * k;", None, PRODUCTS)
    yield ("panel of 5: fifth column is the fourth", tile,
           "packed[q + 4] = b[p + 4];", "packed[q + 4] = b[p + 3];", None, PRODUCTS)
    for nth, loop in enumerate(("columns", "panels")):
        yield (f"fifth column's second vector of rows is the first, GemmTile2x5, {loop}", tile,
               "s14 = a1.fma(b4, s14);", "s14 = a0.fma(b4, s14);", nth, PRODUCTS)


PLANTED = [
    ("nothing, products", G + "VectorGemm.java",
     "boolean add = beta != 0;", "boolean add = 0 != beta;", None, PRODUCTS),
    ("drop the last k", G + "VectorGemm.java",
     "int kl = Math.min(kc, k - l);", "int kl = Math.min(kc, k - 1 - l);", None, PRODUCTS),
    ("drop the last k of a transposed A", G + "VectorGemm.java",
     "Transpose.apply(m, k, a, aOff, lda, at, 0);", "Transpose.apply(m, k - 1, a, aOff, lda, at, 0);", None, PRODUCTS),
    ("drop the last k, few columns", G + "ThinProducts.java",
     "      for (; l < k; l++) {", "      for (; l < k - 1; l++) {", 0, PRODUCTS),
    ("drop the last k, one column", G + "ThinProducts.java",
     "      for (; l < k; l++) {", "      for (; l < k - 1; l++) {", 1, PRODUCTS),
    ("drop the last k, few rows", G + "DotProducts.java",
     "for (int l = whole; l < k; l++) {", "for (int l = whole; l < k - 1; l++) {", None, PRODUCTS),
    ("the second of two inner terms once more the first", G + "ThinProducts.java",
     "c[cOff + i] = Math.fma(a[a1 + i], b1, a[a0 + i] * b0);",
     "c[cOff + i] = Math.fma(a[a0 + i], b1, a[a0 + i] * b0);", None, PRODUCTS),
    *tile_loops(),
    *tile_sums(),
    *tile_tails(),
    ("tail columns packed one late", G + "Packing.java",
     "packed[q + l] = b[bOff + j + l * ldb];",
     "packed[q + l] = b[bOff + Math.min(j + 1, n - 1) + l * ldb];", None, PRODUCTS),
    ("half filled panel left out", G + "Packing.java",
     "if (j < inPanels) {", "if (j < inPanels && k < 0) {", None, PRODUCTS),
    ("second half of a panel in the place of the first", G + "Packing.java",
     "return (j - in) * k + in;", "return (j - in) * k;", None, PRODUCTS),
    ("packed rows without the block's offset in k", G + "VectorGemm.java",
     "a, aOff + l * lda + i, lda, packedA", "a, aOff + i, lda, packedA", None, PRODUCTS),
    ("packed rows without the tile's offset", G + "VectorGemm.java",
     "a, aOff + l * lda + i, lda, packedA", "a, aOff + l * lda, lda, packedA", None, PRODUCTS),
    ("packed rows: third vector is the second", G + "Packing.java",
     "DoubleVector.fromArray(S, a, p + 2 * L)", "DoubleVector.fromArray(S, a, p + L)", None, PRODUCTS),
    ("packed rows: padding is not 0", G + "Packing.java",
     "i < rows ? alpha * a[aOff + i + l * lda] : 0", "alpha * a[aOff + Math.min(i, rows - 2) + l * lda]", None, PRODUCTS),
    ("alpha ignored in full tiles", G + "Packing.java",
     "} else if (alpha != 1) {", "} else if (alpha > 1e300) {", None, PRODUCTS),
    ("alpha ignored in the last rows", G + "Packing.java",
     "i < rows ? alpha * a", "i < rows ? a", None, PRODUCTS),
    ("alpha ignored, few rows", G + "DotProducts.java",
     ": alpha * s;", ": s;", None, PRODUCTS),
    ("B's block without its offset in k", G + "VectorGemm.java",
     "int bl = bOff + l * bk + j * bj;", "int bl = bOff + j * bj;", None, PRODUCTS),
    ("B's block without its offset in columns", G + "VectorGemm.java",
     "int bl = bOff + l * bk + j * bj;", "int bl = bOff + l * bk;", None, PRODUCTS),
    ("beta ignored: C is never added", G + "VectorGemm.java",
     "boolean add = beta != 0;", "boolean add = false;", None, PRODUCTS),
    ("beta ignored: C is not scaled", G + "VectorGemm.java",
     "c[cj + i] *= beta;", "c[cj + i] *= 1;", None, PRODUCTS),
    ("C is always added", G + "VectorGemm.java",
     "boolean add = beta != 0;", "boolean add = true;", None, PRODUCTS),
    ("the last block of k instead of their sum", G + "VectorGemm.java",
     "boolean addHere = add || l > 0;", "boolean addHere = add;", None, PRODUCTS),
    ("strip of the last rows begins at 0", G + "VectorGemm.java",
     "            if (addHere) {", "            if (addHere && k < 0) {", None, PRODUCTS),
    ("C not added, few rows and B transposed", G + "VectorGemm.java",
     "c[at] = add ? c[at] + t[j + i * n] : t[j + i * n];", "c[at] = t[j + i * n];", None, PRODUCTS),
    ("C not added, few rows", G + "DotProducts.java",
     "add ? Math.fma(alpha, s, c[ch + i]) : alpha * s", "alpha * s", None, PRODUCTS),
    ("nothing, eigenvalues", G + "JacobiEigenvalues.java",
     "left += w[place(i, j)];", "left = w[place(i, j)] + left;", None, BATCHES),
    ("two sweeps", G + "JacobiEigenvalues.java",
     "MAX_SWEEPS = 40;", "MAX_SWEEPS = 2;", None, BATCHES),
    ("entries negligible too early", G + "JacobiEigenvalues.java",
     "NEGLIGIBLE = 0x1p-54;", "NEGLIGIBLE = 0x1p-20;", None, BATCHES),
    ("rotation the wrong way, one matrix", G + "JacobiEigenvalues.java",
     "double t = theta < 0 ? -root : root;", "double t = root;", None, BATCHES),
    ("rotation the wrong way, lanes", G + "VectorJacobi.java",
     "root.blend(root.neg(), theta.compare(VectorOperators.LT, 0))", "root", None, BATCHES),
    ("diagonal not updated, one matrix", G + "JacobiEigenvalues.java",
     "w[place(q, q)] = Math.fma(t, b, y);", "w[place(q, q)] = y;", None, BATCHES),
    ("diagonal not updated, lanes", G + "VectorJacobi.java",
     "t.fma(b, y).intoArray(w, place(q, q) * L);", "y.intoArray(w, place(q, q) * L);", None, BATCHES),
    ("other rows not rotated, one matrix", G + "JacobiEigenvalues.java",
     "w[place(k, q)] = Math.fma(s, u, c * v);", "w[place(k, q)] = v;", None, BATCHES),
    ("other rows not rotated, lanes", G + "VectorJacobi.java",
     "s.fma(u, c.mul(v)).intoArray(w, place(k, q) * L);", "v.intoArray(w, place(k, q) * L);", None, BATCHES),
    ("converged lanes rotated once more", G + "VectorJacobi.java",
     "DoubleVector.zero(S).blend(signed, rotated)", "signed", None, BATCHES),
    ("stops when one lane has converged", G + "VectorJacobi.java",
     "if (!rotated.anyTrue()) {", "if (!rotated.allTrue()) {", None, BATCHES),
    ("eigenvalues not sorted, one matrix", G + "JacobiEigenvalues.java",
     "for (int j = 0; j < i; j++) {\n        double y", "for (int j = i; j < i; j++) {\n        double y", None, BATCHES),
    ("eigenvalues not sorted, lanes", G + "VectorJacobi.java",
     "for (int j = 0; j < i; j++) {\n        DoubleVector y", "for (int j = i; j < i; j++) {\n        DoubleVector y", None, BATCHES),
    ("what is no number lost, one matrix", G + "JacobiEigenvalues.java",
     "+ 0 * left;", ";", None, BATCHES),
    ("what is no number lost, lanes", G + "VectorJacobi.java",
     "* L).add(left);", "* L);", None, BATCHES),
    ("tail after the lanes left out", G + "VectorJacobi.java",
     "for (; at < n; at++) {", "for (; at < n - 1; at++) {", None, BATCHES),
    ("nothing, times of a network", "lipschitz/NetworkTimeProfile.java",
     "biasSpread(time(k), half)", "biasSpread(time(k), half + 0)", None, TIMES),
    ("bias spread dropped", "lipschitz/NetworkTimeProfile.java",
     "biasSpread(time(k), half)", "biasSpread(time(k), 0)", None, TIMES),
    ("bias spread dropped within the box", "lipschitz/BoxCells.java",
     "= error + span.rest[i];", "= error;", None, TIMES),
    ("bias spread dropped outside the box", "lipschitz/FarCells.java",
     "Math.abs(span.middle[i]) + span.rest[i] +",
     "Math.abs(span.middle[i]) +", None, TIMES),
    ("bias spread of half a part", "lipschitz/NetworkTimeProfile.java",
     "biasSpread(time(k), half)", "biasSpread(time(k), 0.5 * half)", None, TIMES),
    ("frequency left out of the bias spread", "network/TimedMlp.java",
     "Math.abs(s.frequencies()[e % s.frequencies().length]) * half", "half", None, TIMES),
    ("scale left out of the bias spread", "network/TimedMlp.java",
     "Math.abs(c.scale()) * half", "0.001 * half", None, TIMES),
]
