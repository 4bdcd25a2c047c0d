package dev.sparrow.report;

import dev.sparrow.arch.TrainingUnits;
import dev.sparrow.config.Arch;
import dev.sparrow.config.RunConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the recipe of a run costs with a dense network: what its own costs are relative to. A dense run of the table costs exactly this, but
 * none is needed.
 *
 * <p>A first stage, as of Robust Bird, only adds to a run's count, so the cheapest run of a recipe tells what the recipe costs without
 * one. The dense network of a SmallDense one is the ResNet-18 that it stands in for, if such a run is there.
 *
 * @param training floating-point operations of the training as the paper counts
 * @param honestTraining the same without weight gradients in the attack
 * @param inference floating-point operations of classifying one image
 */
record DenseCost(double training, double honestTraining, double inference) {

  private static final Comparator<FinishedRun> FULL_NETWORK_FIRST =
      Comparator.comparing(run -> run.config().network().arch() == Arch.SMALLDENSE);

  private static final Comparator<FinishedRun> CHEAPEST = Comparator.comparingDouble(run -> run.result().trainingFlops().dense());

  /** The cost of a run's recipe. */
  static DenseCost of(FinishedRun run, List<FinishedRun> runs) {
    Map<String, String> recipe = recipe(run);
    ResultRecord dense =
        runs.stream().filter(other -> recipe(other).equals(recipe)).min(FULL_NETWORK_FIRST.thenComparing(CHEAPEST)).orElse(run).result();
    RunConfig config = run.config();
    TrainingUnits units = TrainingUnits.of(config.objective(), config.trainAttack().steps());
    double training = dense.trainingFlops().dense();
    return new DenseCost(training, training * units.honest() / units.paper(), dense.inferenceFlops().dense());
  }

  private static Map<String, String> recipe(FinishedRun run) {
    return run.group().values().entrySet().stream()
        .filter(entry -> !Variation.describesMethod(entry.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> network(entry.getValue())));
  }

  private static String network(String value) {
    return value.equals(Arch.SMALLDENSE.label()) ? Arch.RESNET18.label() : value;
  }
}
