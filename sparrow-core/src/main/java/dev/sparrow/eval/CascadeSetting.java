package dev.sparrow.eval;

import dev.sparrow.BadInput;
import dev.sparrow.config.RunConfig;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.units.Seed;
import org.apiguardian.api.API;

/**
 * What a cascade of attacks runs on.
 *
 * @param model borrowed
 * @param device where it lives
 * @param precision what it computes in
 * @param batchSize images per batch, at least 1
 * @param seed root of all randomness
 * @param randomized whether the network's answers are expected to vary, so that it is no reason for doubt
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record CascadeSetting(Classifier model, DeviceSpec device, Precision precision, int batchSize, Seed seed, boolean randomized) {

  /** Checks the batch size. */
  public CascadeSetting {
    if (batchSize < 1) {
      throw BadInput.usage("--batch-size", "a whole number of at least 1", batchSize);
    }
  }

  /**
   * A classifier on the CPU, in float32, with the batch size and the seed of {@link RunConfig#DEFAULT}.
   *
   * @param model borrowed
   * @return the setting
   */
  public static CascadeSetting of(Classifier model) {
    return new CascadeSetting(model, DeviceSpec.CPU, Precision.FP32, RunConfig.DEFAULT.batchSize(), RunConfig.DEFAULT.seed(), false);
  }
}
