package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.Nearest;
import org.scorebound.network.Precision;
import org.scorebound.result.Labelled;

/** The experiments that the command line knows. Adding one is a class and a constant here. */
public enum ExperimentName implements Labelled {
  /** Loss, W2 and bound while training. */
  TRAINING("training", "loss, exact W2 and bound while networks are trained, on each data law") {
    @Override
    Experiment at(Request request) {
      return new TrainingExperiment(request, laws(request));
    }
  },
  /** The same on the published four clusters alone. */
  FOUR_CLUSTERS("four-clusters", "training on the published four clusters alone") {
    @Override
    Experiment at(Request request) {
      noChoice(request);
      // In floats as published, which halves the time.
      return new TrainingExperiment(
          request.precisionOr(Precision.SINGLE), List.of(DataLaw.fourClusters()));
    }
  },
  /** Vanilla against spectral normalisation and clipping. */
  REGULARISATION(
      "regularisation", "vanilla, spectral normalisation, weight clipping: does the gap shrink?") {
    @Override
    Experiment at(Request request) {
      noChoice(request);
      return new RegularisationExperiment(request);
    }
  },
  /** L_s(t) and the offset against the horizon. */
  HORIZON("horizon", "L_s(t) and its limit, offset and W2 against the horizon, heavy tails") {
    @Override
    Experiment at(Request request) {
      oneSeed(request);
      if (request.network().isPresent()) {
        return new GivenHorizonExperiment(given(request));
      }
      noChoice(request);
      return new HorizonExperiment(request);
    }

    @Override
    boolean takesNetwork() {
      return true;
    }
  },
  /** From the ODE to strong churn. */
  SIGMA_FAMILY("sigma-family", "W2 and bound from the ODE to strong churn, for one score") {
    @Override
    Experiment at(Request request) {
      oneSeed(request);
      if (request.network().isEmpty()) {
        noChoice(request);
        return new SigmaFamilyExperiment(request);
      }
      return SigmaFamilyExperiment.of(request, given(request));
    }

    @Override
    boolean takesNetwork() {
      return true;
    }
  },
  /** Weights of the loss. */
  WEIGHTS("weights", "which weight of the loss gives the smallest bound and the smallest W2") {
    @Override
    Experiment at(Request request) {
      noChoice(request);
      return new WeightsExperiment(request);
    }
  },
  /** The published estimators beside ours. */
  PUBLISHED_SETTINGS(
      "published-settings", "the published settings and estimators beside ours, same networks") {
    @Override
    Experiment at(Request request) {
      noChoice(request);
      oneSeed(request);
      return new PublishedExperiment(request);
    }
  };

  private final String label;
  private final String description;

  ExperimentName(String label, String description) {
    this.label = label;
    this.description = description;
  }

  /** The experiment as the user asks for it. */
  abstract Experiment at(Request request);

  @Override
  public String label() {
    return label;
  }

  /** What it shows, in one line. */
  public String description() {
    return description;
  }

  /** Runs it. */
  public Findings run(Request request, TaskRunner runner) {
    return runner.run(at(request));
  }

  /** Whether it can use a network that is given. */
  boolean takesNetwork() {
    return false;
  }

  /** The setting as the user asks for it. */
  public Map<String, Object> setting(Request request) {
    if (request.network().isPresent() && !takesNetwork()) {
      throw new InputException(
          "--network is for the experiments horizon and sigma-family; "
              + label
              + " is about what training does, and trains its own");
    }
    if (request.network().isPresent() && request.epochs().isPresent()) {
      throw new InputException("--epochs is for training; --network has been trained");
    }
    return at(request).setting();
  }

  /** What determines the numbers, for the plan of a checkpoint. */
  public Map<String, Object> plan(Request request) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("experiment", label);
    plan.putAll(request.plan());
    plan.put("setting", JsonOutput.toLine(setting(request)).hashCode());
    return plan;
  }

  /** All labels. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(ExperimentName::label).toList();
  }

  /** The experiment of that name; one line with the nearest name if there is none. */
  public static ExperimentName of(String name) {
    return Arrays.stream(values())
        .filter(e -> e.label.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "unknown experiment '" + name + "'" + Nearest.clause(name, labels())));
  }

  /** The network of the request in the standard process from its data. */
  private static GivenNetwork given(Request request) {
    if (request.data().size() > 1) {
      throw new InputException("--network is judged against one --data, got " + request.data());
    }
    DataLaw data =
        request.data().isEmpty()
            ? DataLaw.fourClusters()
            : DataLaw.of(request.data().getFirst(), 1);
    return GivenNetwork.read(
        request.network().orElseThrow(), data, Setting.standard(data, 1).process().diffusion());
  }

  private static List<DataLaw> laws(Request request) {
    if (request.data().isEmpty()) {
      return DataLaw.named();
    }
    List<DataLaw> laws = new ArrayList<>();
    for (String name : request.data()) {
      DataLaw law = DataLaw.of(name, request.batch());
      if (laws.stream().anyMatch(other -> other.label().equals(law.label()))) {
        throw new InputException(
            "--data "
                + name
                + ": "
                + law.label()
                + " is there twice; results are kept by name, so rename one of the files");
      }
      laws.add(law);
    }
    return laws;
  }

  private static void oneSeed(Request request) {
    if (request.seeds().orElse(1) != 1) {
      throw new InputException("--seeds is for training, regularisation and weights alone");
    }
  }

  private static void noChoice(Request request) {
    if (!request.data().isEmpty()) {
      throw new InputException(
          "--data is for the experiment training, and for horizon and sigma-family beside --network");
    }
  }
}
