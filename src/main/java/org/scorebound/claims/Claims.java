package org.scorebound.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scorebound.result.Progress;

/** All claims, in the order of THEORY.md section 4. */
public final class Claims {

  private Claims() {}

  /** The list. */
  public static List<Claim> all() {
    return List.of(
        new DistanceAxioms(),
        new DisjointSupports(),
        new NoisePrediction(),
        new MarginalsPreserved(),
        new ConditionalScore(),
        new OneSidedIsWeaker(),
        new DerivationSteps(),
        new BoundsHold(),
        new SignLemma(),
        new CommonPointCoupling(),
        new WeightNotMonotone(),
        new UnboundedCurvature(),
        new OffsetRemains(),
        new KlBound(),
        new ConstantsCertified(),
        new TrainingLowersBoth(),
        new DdpmOffset(),
        new TheoremAssumptions());
  }

  /** The words by which a claim can be asked for: its row and its name. */
  public static List<String> identifiers() {
    List<String> words = new ArrayList<>();
    all().forEach(c -> words.add(String.valueOf(c.row())));
    all().forEach(c -> words.add(c.name()));
    return words;
  }

  /** The claim of a row or name. */
  public static Optional<Claim> find(String identifier) {
    return all().stream()
        .filter(
            c ->
                String.valueOf(c.row()).equals(identifier) || c.name().equalsIgnoreCase(identifier))
        .findFirst();
  }

  /**
   * A claim with what was found.
   *
   * @param claim the claim
   * @param examination its evidence
   * @param seconds wall-clock time, which may differ between equal runs
   */
  public record Examined(Claim claim, Examination examination, double seconds) {}

  /** Examines claims one after the other. */
  public static List<Examined> examine(List<Claim> claims, Inquiry inquiry) {
    Progress progress = inquiry.progress();
    List<Examined> all = new ArrayList<>();
    for (Claim claim : claims) {
      progress.report(all.size(), claims.size(), "claims");
      long from = System.nanoTime();
      Examination examination = claim.examine(inquiry);
      all.add(new Examined(claim, examination, (System.nanoTime() - from) * 1e-9));
    }
    progress.report(claims.size(), claims.size(), "claims");
    return all;
  }
}
