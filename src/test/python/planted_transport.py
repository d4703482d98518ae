"""Errors planted in exact W2: flow solver, matching, queries, certificate, brute-force check; and what must fail.

Name, file, old text, new text, which occurrence of the old text (None: it occurs once), test classes.
"""

T = "transport/"
FLOW = ["MultiscaleTransportTest", "MethodsTest"]
DENSE_FLOW = ["MethodsTest", "CostMatrixTest"]
MATCHING = ["AgreementTest", "PathSolverTest"]
QUERIES = ["PriceOracleTest"]
PROOF = ["EmpiricalW2Test", "MethodsTest", "MultiscaleTransportTest"]
APPROXIMATIONS = ["BoundsTest", "GaussianW2Test"]

PLANTED = [
    ("nothing, flows", T + "FlowSearch.java",
     "Math.min(0, dist[j] - reach)", "Math.min(dist[j] - reach, 0)", None, FLOW),
    # Unequal sizes and weights, sparse
    ("prices of settled columns stay", T + "FlowSearch.java",
     "v[j] += Math.min(0, dist[j] - reach);", "v[j] += 0;", None, FLOW),
    ("more is sent back than a flow holds", T + "FlowSearch.java",
     "f = Math.min(f, amount[entryFlow[i]]);", "f = Math.min(f, supply[start]);", None, FLOW),
    ("what is sent back stays", T + "FlowSearch.java",
     "      amount[entryFlow[i]] -= f;", "      amount[entryFlow[i]] -= 0;", None, FLOW),
    ("no row is asked beyond its list", T + "FlowSearch.java",
     "if (!horizons.isEmpty() &&", "if (rowCount < 0 && !horizons.isEmpty() &&", None, FLOW),
    ("senders of a settled column do not join", T + "FlowSearch.java",
     "if (seen[sender[f]] != mark) {", "if (seen[sender[f]] > mark) {", None, FLOW),
    ("the second of two merged points has no mass", T + "MultiscaleTransport.java",
     "s.mass[p] + s.mass[q]", "s.mass[p]", None, FLOW),
    ("duals moved back with the wrong sign", T + "MultiscaleTransport.java",
     "s -= 2 * (meanX[axis]", "s += 2 * (meanX[axis]", None, FLOW),
    ("points of a site share its mass wrongly", T + "Merging.java",
     "leftB[j] -= part;", "leftB[j] -= part / 2;", None, FLOW),
    # Dense
    ("prices of settled columns stay, dense", T + "TransportSolver.java",
     "v[j] += Math.min(0, dist[j] - reach);", "v[j] += 0;", None, DENSE_FLOW),
    ("paths ignore the prices", T + "TransportSolver.java",
     "double through = c[row + j] - v[j] + h;", "double through = c[row + j] + h;", None, DENSE_FLOW),
    ("prices of the scanned columns stay, assignment", T + "DenseAssignment.java",
     "v[j] += dist[j] - min;", "v[j] += 0;", None, ["EmpiricalW2Test", "CostMatrixTest"]),
    # On the line
    ("rows keep their mass on the line", T + "Sorting.java",
     "leftA -= f;", "leftA -= 0;", None, ["MethodsTest"]),
    ("the running dual goes up", T + "Sorting.java",
     "w.add(-before);", "w.add(before);", None, ["MethodsTest"]),
    # Matching
    ("nothing, matching", T + "PathSolver.java",
     "u - tolerance, index", "-tolerance + u, index", None, MATCHING),
    ("rows with a better column are not seen", T + "PathSolver.java",
     "u - tolerance, index", "u - 1e9, index", None, MATCHING),
    ("lists claim to be complete", T + "CandidateLists.java",
     "threshold[i] = k < n ? foundValue[k - 1] : Double.POSITIVE_INFINITY;",
     "threshold[i] = Double.POSITIVE_INFINITY;", None, MATCHING),
    ("exact searches settle before they ask", T + "PathSearch.java",
     "if (!horizons.isEmpty() && horizons.leastKey() < next) {\n        ask(horizons.pop(), Double",
     "if (exact && next < 0 && horizons.leastKey() < next) {\n        ask(horizons.pop(), Double", None, MATCHING),
    ("prices of a search go up", T + "PathSearch.java",
     "v[j] += Math.min(0, dist[j] - reach);", "v[j] -= Math.min(0, dist[j] - reach);", None, MATCHING),
    ("duals of the centred clouds are returned", T + "MultiscaleAssignment.java",
     "s -= 2 * (meanX[a] - meanY[a])", "s -= 0 * (meanX[a] - meanY[a])", None, MATCHING),
    # Queries
    ("nothing, queries", T + "PriceTree.java", "model[b + 4] = 0.5 / theta;", "model[b + 4] = 1 / (2 * theta);",
     None, QUERIES),
    ("the residual of a node is its least", T + "PriceTree.java",
     "max = s > max ? s : max;", "max = s < max || max < -1e300 ? s : max;", None, QUERIES),
    ("the residual of a node is its least, any dimension", T + "PriceTree.java",
     "max = Math.max(max, s);", "max = max < -1e300 ? s : Math.min(max, s);", None, QUERIES),
    ("a bound at another place than its least", T + "PriceTree.java",
     "model[b + 4] = 0.5 / theta;", "model[b + 4] = 1 / theta;", None, QUERIES),
    ("hidden sites are found", T + "PriceTree.java",
     "if (s < worst && !(hiddenCount > 0 && hidden[j])) {", "if (s < worst) {", None, QUERIES),
    ("nodes with one visible site are left out", T + "PriceTree.java",
     "visible[far] == 0", "visible[far] <= 1", None, QUERIES),
    ("the last answer bounds the next from below", T + "PriceTree.java",
     "worst = Math.nextUp(largestOfLast(q, o, k));", "worst = 0.9 * largestOfLast(q, o, k);", None, QUERIES),
    ("the wrong one of four announced rows", T + "PriceScan.java",
     "return select(i - end + AHEAD, k", "return select(0, k", None, QUERIES),
    ("announced rows are answered after another question", T + "PriceScan.java",
     "    end = 0;\n    compute", "    compute", None, QUERIES),
    ("the third of four rows once more the second", "linalg/internal/VectorDistances.java",
     "q[a + 2 * d]", "q[a + d]", None, ["DistancesTest"]),
    ("the largest of four values for the least", "linalg/internal/VectorDistances.java",
     "VectorOperators.LT", "VectorOperators.GT", None, ["DistancesTest"]),
    # Certificate
    ("nothing, certificate", T + "Certifier.java", "+ gamma * maxV +", "+ maxV * gamma +", None, PROOF),
    ("row duals from the plan, not from all columns", T + "Certifier.java",
     "        u[i] = value[0];", "        value[0] = u[i];", None, PROOF),
    ("marginals are not looked at", T + "Certifier.java",
     "    long[] rows = a.clone();", "    if (a.length > 0) {\n      return;\n    }\n    long[] rows = a.clone();", None, PROOF),
    ("no gap is too wide", T + "Certificate.java",
     "return Math.abs(gap()) <= slack", "return Math.abs(gap()) <= 1e20 * slack", None, PROOF),
    ("the primal has no rounding", T + "Certifier.java",
     "(gamma + 6 * UNIT) * (absPrimal / total) + tiny", "0 * (gamma + 6 * UNIT) * (absPrimal / total) + tiny", None,
     PROOF),
    ("the dual has no rounding", T + "Certifier.java",
     "(gamma + UNIT) * (absU / total) + gamma * maxV + 4 * UNIT * ((abs + absU) / total) + tiny", "tiny", None, PROOF),
    ("subnormal squares are exact", T + "Certifier.java",
     "d * Double.MIN_VALUE", "0 * Double.MIN_VALUE", None, PROOF),
    ("rounded weights are those given", T + "EmpiricalW2.java",
     "double moved = weightError(a, b);", "double moved = 0 * weightError(a, b);", None, PROOF),
    # Brute force
    ("brute force accepts any gap", T + "Verifier.java",
     "if (!certificate.closes(SLACK)) {", "if (!certificate.closes(1e20)) {", None, PROOF),
    ("brute force forgets the prices", T + "Verifier.java",
     "min = Math.min(min, c - v[j]);", "min = Math.min(min, c);", None, PROOF),
    ("brute force takes the plan's own weights", T + "Verifier.java",
     "if (!(by <= (4 + share.length) * MASS_UNIT)) {", "if (by < 0) {", None, PROOF),
    ("brute force takes the solver's value", T + "Verifier.java",
     "if (!(Math.abs(value - p) <= SLACK * error + Double.MIN_NORMAL)) {", "if (value < 0) {", None, PROOF),
    # Beside it
    ("directions are not of length 1", T + "SlicedW2.java", "p[i] /= norm;", "p[i] /= 1 + 0 * norm;", None,
     APPROXIMATIONS),
    ("the dual of Sinkhorn without its second half", T + "SinkhornW2.java",
     "sum += gj / n;", "sum += 0 * gj / n;", None, APPROXIMATIONS),
    ("the rounded plan of Sinkhorn lacks mass", T + "SinkhornW2.java",
     "cost += lackRow[i] *", "cost += 0 * lackRow[i] *", None, APPROXIMATIONS),
    ("the polar factor transposed", T + "GaussianW2.java",
     "svd.getU().multiply(svd.getVT())", "svd.getU().multiply(svd.getVT()).transpose()", None, APPROXIMATIONS),
]
