package org.scorebound.verify;

import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.sde.CoupledDistance;
import org.scorebound.sde.MomentFlow;
import org.scorebound.sde.Sampler;
import org.scorebound.sde.SynchronousCoupling;
import org.scorebound.sde.TimeGrid;

/** Wrong time grids and a swapped interval, on simulated paths whose W2 is known. */
final class SimulationControls {

  /** 128 extrapolated Heun steps come to 4e-7 of the equality case; this leaves a factor 25. */
  private static final double TOLERANCE = 1e-5;

  private static final int STEPS = 128;

  private SimulationControls() {}

  /** The first time of the grid left out, the last one twice. */
  static Control offByOne(EqualitySubject subject) {
    return simulated("step grid off by one", subject, SimulationControls::offByOne);
  }

  static Control shuffled(EqualitySubject subject) {
    return simulated("shuffled time grid", subject, SimulationControls::shuffled);
  }

  private static Control simulated(
      String name, EqualitySubject subject, UnaryOperator<double[]> wrongGrid) {
    double horizon = subject.configuration.sampler().horizon();
    double[] times = new double[STEPS + 1];
    for (int j = 0; j <= STEPS; j++) {
      times[j] = horizon * (STEPS - j) / STEPS;
    }
    return new Control(
        name,
        "|coupled RMS/W2 - 1|, simulated",
        subject.configuration.name(),
        TOLERANCE,
        true,
        () -> simulatedDeviation(subject, times),
        () -> simulatedDeviation(subject, wrongGrid.apply(times)));
  }

  /** On an equality case the coupled difference carries no noise: two paths are enough. */
  private static double simulatedDeviation(EqualitySubject subject, double[] times) {
    Sampler sampler = subject.configuration.sampler();
    double[] ones = new double[sampler.score().dimension()];
    Arrays.fill(ones, 1);
    SynchronousCoupling.Ends ends =
        new SynchronousCoupling(sampler, TimeGrid.of(times)).run(2, RandomStream.root(3));
    double fine = SynchronousCoupling.squaredDistances(ends.x(), ends.y(), ones)[0];
    double coarse = SynchronousCoupling.squaredDistances(ends.xCoarse(), ends.yCoarse(), ones)[0];
    return Math.abs(Math.sqrt(fine + (fine - coarse) / 3) / subject.w2 - 1);
  }

  private static double[] offByOne(double[] times) {
    double[] shifted = times.clone();
    System.arraycopy(times, 1, shifted, 0, times.length - 1);
    return shifted;
  }

  private static double[] shuffled(double[] times) {
    double[] mixed = times.clone();
    RandomStream random = RandomStream.root(5);
    for (int i = mixed.length - 2; i > 1; i--) {
      int j = 1 + random.nextInt(i);
      double keep = mixed[i];
      mixed[i] = mixed[j];
      mixed[j] = keep;
    }
    return mixed;
  }

  /** The interval of a simulated distance must hold the closed form's value; swapped, it cannot. */
  static Control swappedEnds() {
    Map<String, Object> document = EqualityCases.scaled(1, 0.8);
    document.put("name", "scale .8, SDE");
    Configuration c = Families.read(document);
    double truth = new MomentFlow(c.sampler()).distance(0).value();
    Estimate simulated = new CoupledDistance(c.sampler()).estimate(400, RandomStream.root(11));
    return new Control(
        "interval ends swapped",
        "how far the closed form lies outside the simulated interval",
        c.name(),
        Control.EXCESS,
        true,
        () -> outside(truth, simulated.lower(), simulated.upper()),
        () -> outside(truth, simulated.upper(), simulated.lower()));
  }

  private static double outside(double truth, double lower, double upper) {
    return Math.max(0, Math.max(lower - truth, truth - upper));
  }
}
