"""The wrong formulas that `verify` must name, each as a change of one class of the program."""

# name, file, old text, new text; the old text must occur exactly once.
PLANTED = [
    ("nothing", "bound/TheoremFormula.java",
     "p -> p.k() * Math.sqrt(p.m()), 1, false, 1)", "p -> Math.sqrt(p.m()) * p.k(), 1, false, 1)"),
    ("halve the integrand", "bound/TheoremFormula.java",
     "p -> p.k() * Math.sqrt(p.m()), 1, false, 1)", "p -> 0.5 * p.k() * Math.sqrt(p.m()), 1, false, 1)"),
    ("drop L_f", "bound/TheoremFormula.java",
     "p -> p.driftOneSided() + p.k() * p.ls()", "p -> p.k() * p.ls()"),
    ("flip the sign of L_f", "bound/TheoremFormula.java",
     "p -> p.driftOneSided() + p.k() * p.ls()", "p -> -p.driftOneSided() + p.k() * p.ls()"),
    ("drop I", "bound/TheoremFormula.java",
     "Math.sqrt(p.m()), 1, false, 1)", "Math.sqrt(p.m()), 0, false, 1)"),
    ("square I", "bound/TheoremFormula.java",
     "Math.sqrt(p.m()), 1, false, 1)", "Math.sqrt(p.m()), 2, false, 1)"),
    ("I from t to T", "bound/TheoremFormula.java",
     "Math.sqrt(p.m()), 1, false, 1)", "Math.sqrt(p.m()), 1, true, 1)"),
    ("forget the root of m", "bound/TheoremFormula.java",
     "p.k() * Math.sqrt(p.m()), 1, false, 1)", "p.k() * p.m(), 1, false, 1)"),
    ("E over q_t for p_t", "bound/ModelProfile.java",
     "new Raw(lipschitz.at(x), ScoreError.secondMoment(model, x, kernels))",
     "new Raw(lipschitz.at(x), underModel(x))"),
    ("L of the true score", "lipschitz/ScoreLipschitz.java",
     "Matrices.largestEigenvalue(l.affine(t).slope())",
     "-1 / Matrices.largestEigenvalue(l.affine(t).covariance())"),
    ("drop the offset", "bound/TheoremFormula.java",
     "Math.sqrt(p.m()), 1, false, 1)", "Math.sqrt(p.m()), 1, false, 0)"),
    ("W2 squared for W2", "sde/MomentFlow.java",
     "return Estimate.of(fine, Math.max(0, fine - error), fine + error, Evidence.EXACT);",
     "return Estimate.of(fine * fine, Math.max(0, fine * fine - error), fine * fine + error, Evidence.EXACT);"),
    ("independent initial coupling, translated start", "sde/StartLaw.java",
     "return Estimate.exact(Matrices.norm(by), 0);",
     "return Estimate.exact(Math.sqrt(Matrices.dot(by, by) + 2 * Matrices.trace(end.covariance())), 0);"),
    ("independent initial coupling, Gaussian start", "sde/StartLaw.java",
     "GaussianW2.between(end.componentMean(0), end.componentCovariance(0), mean, cov).value();",
     "Math.sqrt(Matrices.dot(Matrices.subtract(end.mean(), mean), Matrices.subtract(end.mean(), mean))"
     " + Matrices.trace(end.covariance()) + Matrices.trace(cov));"),
    ("g^2 drift with sigma = 0", "sde/Sampler.java",
     "return family.k(score.process().diffusion().gSquared(t));",
     "return family.isOde() ? score.process().diffusion().gSquared(t)"
     " : family.k(score.process().diffusion().gSquared(t));"),
    ("k = g^2 for the ODE, in the bound", "bound/TimePoint.java",
     "family.k(g2),", "family.isOde() ? g2 : family.k(g2),"),
    ("sampled L_s: the quotient along one axis", "lipschitz/MixtureCurvature.java",
     "Matrices.largestEigenvalue(Matrices.scale(-1, law.componentPrecision(0)))",
     "-law.componentPrecision(0)[0][0]"),
    ("L_s of a box for the global one", "lipschitz/CurvatureSupremum.java",
     "    best = limit;", "    lo = hi - reach;\n    best = limit;"),
    ("loss averaged over coordinates", "bound/ModelProfile.java",
     ".withM(pick(r.m(), end));", ".withM(pick(r.m(), end) / model.dimension());"),
    ("J without 1/2", "bound/LossFormula.java", "false, 0.5)", "false, 1)"),
    ("beta read at T - t", "bound/TimePoint.java",
     "double g2 = diffusion.gSquared(t);",
     "double g2 = diffusion.gSquared(diffusion.horizon() - t);"),
    ("step grid off by one", "sde/SynchronousCoupling.java",
     "Frame middle = new Frame(grid.time(j + 1));\n      Frame to = new Frame(grid.time(j + 2));",
     "Frame middle = new Frame(grid.time(Math.min(j + 2, grid.steps())));\n"
     "      Frame to = new Frame(grid.time(Math.min(j + 3, grid.steps())));"),
    ("shuffled time grid", "sde/TimeGrid.java",
     "    this.times = times;",
     "    for (int i = 1; i + 2 < times.length; i += 3) {\n      double keep = times[i];\n"
     "      times[i] = times[i + 1];\n      times[i + 1] = keep;\n    }\n    this.times = times;"),
    ("interval ends swapped", "sde/DistanceSides.java",
     "upper.value(), Math.min(upper.value(), lower), upper.upper(), Evidence.STATISTICAL);",
     "upper.value(), Math.min(upper.value(), upper.upper()), Math.max(upper.value(), lower),"
     " Evidence.STATISTICAL);"),
    ("half of the conjugate", "transport/ConvexPotential.java",
     "      return 0.5 * Matrices.dot(hat, hat);", "      return 0.25 * Matrices.dot(hat, hat);"),
    ("both means of the dual from x", "transport/ConvexPotential.java",
     "      out[j] = shift - 2 * conjugateAtCentred();", "      out[j] = shift - 2 * atCentred();"),
    ("log-Sobolev constant of p0", "verify/Evaluation.java",
     "new SymmetricEigen(flow.covariance(0)).max()",
     "new SymmetricEigen(process.covariance(0)).max()"),
]

UNDER_MODEL = """
  private Estimate underModel(double t) {
    org.scorebound.sde.Sampler sampler =
        new org.scorebound.sde.Sampler(model, family, new org.scorebound.sde.StartLaw.Marginal());
    org.scorebound.score.AffineScore affine = org.scorebound.score.AffineScore.of(model, t);
    if (affine == null || !org.scorebound.sde.MomentFlow.applies(sampler)) {
      return ScoreError.secondMoment(model, t);
    }
    var moments = new org.scorebound.sde.MomentFlow(sampler).at(t);
    double[][] cov = Matrices.addScaled(affine.covariance(), 1, moments.covarianceDifference());
    double[][] d = affine.slopeError();
    double[] shift = Matrices.multiply(d, moments.meanDifference());
    double m = Matrices.frobenius(Matrices.multiply(d, cov), d);
    for (int i = 0; i < shift.length; i++) {
      double e = shift[i] + affine.valueAtMean()[i];
      m += e * e;
    }
    return Estimate.exact(m, 0);
  }
"""
