package org.scorebound.claims;

/**
 * One row of THEORY.md section 4. Adding a claim is one file and one line in the list of {@link
 * Claims} and here.
 */
public sealed interface Claim
    permits DistanceAxioms,
        DisjointSupports,
        NoisePrediction,
        MarginalsPreserved,
        ConditionalScore,
        OneSidedIsWeaker,
        DerivationSteps,
        BoundsHold,
        SignLemma,
        CommonPointCoupling,
        WeightNotMonotone,
        UnboundedCurvature,
        OffsetRemains,
        KlBound,
        ConstantsCertified,
        TrainingLowersBoth,
        DdpmOffset,
        TheoremAssumptions {

  /** The row of THEORY.md section 4. */
  int row();

  /** A short name, words joined by hyphens. */
  String name();

  /** The statement that is checked, as it is true. */
  String statement();

  /** Where it comes from. */
  String source();

  /** Whether the source is right as worded. */
  Wording wording();

  /** What the source says and what is right or wrong about it. */
  String onTheSource();

  /** The evidence. */
  Examination examine(Inquiry inquiry);
}
