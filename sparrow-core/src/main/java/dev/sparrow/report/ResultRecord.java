package dev.sparrow.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sparrow.arch.TrainingFlops;
import dev.sparrow.config.Arch;
import dev.sparrow.config.EngineKind;
import dev.sparrow.config.Method;
import dev.sparrow.data.DatasetName;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * {@code result.json}: what a finished run achieved and cost. The keys are part of the contract. Gaps follow from the accuracies and are
 * computed here, so that they cannot disagree with them.
 *
 * @param method how the masks came about and moved
 * @param arch the network
 * @param dataset the images
 * @param density the configured density: at the start, of gradual pruning at the end, of SmallDense of its channels; 1 for a dense run
 * @param seed root of all randomness
 * @param epochs number of epochs that were trained
 * @param best test accuracies at the epoch of the best validation robust accuracy
 * @param last test accuracies after the last epoch; the key is {@code final}
 * @param trainRobustAccuracy accuracy of the final network under the test attack on unaugmented training images, when it was measured
 * @param trainingFlops what the training cost, counted three ways
 * @param stageOne the first stage of Robust Bird, whose cost the honest count then includes; empty for every other run, and for a Robust
 *     Bird whose first stage was done elsewhere; the key is {@code stage1}
 * @param inferenceFlops what classifying one image costs, with and without sparsity
 * @param nonzeroFraction active weights of the final network over the prunable ones of the full network, in (0, 1]; a SmallDense's full
 *     network is the ResNet-18 that it stands in for
 * @param secondsPerEpoch mean wall-clock time of the training steps of an epoch
 * @param engine what computed the network when the run was finished; empty in results of before there was a choice
 * @param versions versions of sparrow, java, libtorch, os and whatever else numbers may depend on; sorted by name
 */
@JsonPropertyOrder({
  "method", "arch", "dataset", "density", "seed", "epochs", "best", "final", "robustGap", "cleanGap", "robustGeneralizationGap",
  "trainRobustAccuracy", "trainingFlops", "stage1", "inferenceFlops", "nonzeroFraction", "secondsPerEpoch", "engine", "versions"
})
@API(status = API.Status.MAINTAINED, since = "0.1")
public record ResultRecord(
    Method method,
    Arch arch,
    DatasetName dataset,
    Density density,
    Seed seed,
    int epochs,
    Best best,
    @JsonProperty("final") Accuracies last,
    Optional<Double> trainRobustAccuracy,
    TrainingFlops trainingFlops,
    @JsonProperty("stage1") Optional<StageOne> stageOne,
    InferenceFlops inferenceFlops,
    double nonzeroFraction,
    double secondsPerEpoch,
    Optional<EngineKind> engine,
    Map<String, String> versions) {

  /** Sorts the versions. */
  public ResultRecord {
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  /**
   * Robust overfitting: how much test robust accuracy the run lost between its best epoch and its last.
   *
   * @return best minus final, negative if the final network is better
   */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public double robustGap() {
    return best.robustAccuracy() - last.robustAccuracy();
  }

  /**
   * The same of clean accuracy, usually negative: clean accuracy still rises while robust accuracy falls.
   *
   * @return best minus final
   */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public double cleanGap() {
    return best.cleanAccuracy() - last.cleanAccuracy();
  }

  /**
   * How much more robust the final network is on images it was trained on.
   *
   * @return training robust accuracy minus test robust accuracy of the final network; empty when the former was not measured
   */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public Optional<Double> robustGeneralizationGap() {
    return trainRobustAccuracy.map(train -> train - last.robustAccuracy());
  }

  /**
   * Test accuracies of one network.
   *
   * @param cleanAccuracy on the images themselves, in [0, 1]
   * @param robustAccuracy under the test attack, in [0, 1]
   */
  @JsonPropertyOrder({"cleanAccuracy", "robustAccuracy"})
  public record Accuracies(double cleanAccuracy, double robustAccuracy) {}

  /**
   * Test accuracies of the network that the validation images chose.
   *
   * @param epoch the epoch of the best validation robust accuracy, from 0
   * @param cleanAccuracy on the test images themselves, in [0, 1]
   * @param robustAccuracy on the test images under the test attack, in [0, 1]
   */
  @JsonPropertyOrder({"epoch", "cleanAccuracy", "robustAccuracy"})
  public record Best(int epoch, double cleanAccuracy, double robustAccuracy) {}

  /**
   * The first stage of Robust Bird.
   *
   * @param epochs epochs until the ticket was drawn
   * @param emerged whether its mask had settled by then
   * @param honestFlops floating-point operations of its training
   */
  @JsonPropertyOrder({"epochs", "emerged", "honestFlops"})
  public record StageOne(int epochs, boolean emerged, double honestFlops) {}

  /**
   * Floating-point operations of classifying one image, two per multiply-accumulate.
   *
   * @param dense with every weight of the full network
   * @param sparse with the active weights of the final network
   */
  @JsonPropertyOrder({"dense", "sparse"})
  public record InferenceFlops(double dense, double sparse) {}
}
