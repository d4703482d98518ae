package org.scorebound.verify;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.scorebound.bound.LossFormula;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.ModelProfile.End;
import org.scorebound.bound.Profile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.bound.TimePoint;
import org.scorebound.sde.MomentFlow;
import org.scorebound.sde.Sampler;

/** An equality case, ready to be evaluated with one term swapped. */
final class EqualitySubject {
  final Configuration configuration;
  private final ModelProfile profile;
  final double w2;
  final double w2Start;

  EqualitySubject(String name, Map<String, Object> document) {
    document.put("name", name);
    configuration = Families.read(document);
    profile = new ModelProfile(configuration.score(), configuration.family());
    Sampler sampler = configuration.sampler();
    w2 = new MomentFlow(sampler).distance(0).value();
    w2Start =
        configuration
            .start()
            .distance(configuration.score().process().marginal(sampler.horizon()))
            .value();
  }

  Profile value() {
    return profile.at(End.VALUE);
  }

  /** {@code |w2 / bound - 1|}. */
  double deviation(TheoremFormula formula, Profile read, double distance, double start) {
    double bound = Math.exp(formula.evaluate(read, start).logBound());
    return Math.abs(distance / bound - 1);
  }

  double deviation(TheoremFormula formula) {
    return deviation(formula, value(), w2, w2Start);
  }

  double deviation(UnaryOperator<TimePoint> swap) {
    return deviation(TheoremFormula.theorem(), value().swapped(swap), w2, w2Start);
  }

  double deviation(LossFormula formula) {
    double bound = Math.exp(formula.evaluate(value(), w2Start, 0).logBound());
    return Math.abs(w2 / bound - 1);
  }
}
