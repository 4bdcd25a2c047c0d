package dev.sparrow.config;

import dev.sparrow.BadInput;
import dev.sparrow.data.DatasetName;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Which images a run uses.
 *
 * @param dataset the data set
 * @param dir its folder; empty for the bundled sample
 * @param limitTrain use only the first so many training images, 0 for all
 * @param limitTest use only the first so many test images, 0 for all
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record DataConfig(DatasetName dataset, Optional<String> dir, int limitTrain, int limitTest) {

  /** The bundled sample, whole. */
  public static final DataConfig DEFAULT = new DataConfig(DatasetName.CIFAR10_SAMPLE, Optional.empty(), 0, 0);

  /** Checks the ranges. */
  public DataConfig {
    Check.atLeast("limit-train", 0, limitTrain);
    Check.atLeast("limit-test", 0, limitTest);
    if (dataset != DatasetName.CIFAR10_SAMPLE && dir.isEmpty()) {
      throw BadInput.usage("--data", "the folder of " + dataset.label(), "nothing");
    }
  }
}
