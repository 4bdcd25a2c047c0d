package dev.sparrow.train;

import dev.sparrow.config.RunConfig;
import dev.sparrow.data.DataSplits;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.RunFolder;
import java.nio.file.Path;
import org.apiguardian.api.API;

/**
 * What a run is about to do, once everything automatic is resolved.
 *
 * @param config the configuration
 * @param folder the run folder
 * @param parameters trainable values of the network
 * @param activeParameters of them not masked at the start
 * @param trainImages images per epoch
 * @param validationImages images that choose the best epoch
 * @param testImages images that results are reported on
 * @param iterationsPerEpoch optimizer steps per epoch
 * @param engine what computes the network, and how
 * @param startEpoch first epoch to be worked on, above 0 after a resume
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record RunPlan(
    RunConfig config,
    Path folder,
    long parameters,
    long activeParameters,
    int trainImages,
    int validationImages,
    int testImages,
    int iterationsPerEpoch,
    EngineChoice engine,
    int startEpoch) {

  static RunPlan of(RunConfig config, RunFolder folder, DataSplits data, Trainee trainee, int iterationsPerEpoch, int startEpoch) {
    MaskSet masks = trainee.sparsity().masks();
    long parameters = trainee.blueprint().parameterCount();
    return new RunPlan(
        config,
        folder.root(),
        parameters,
        parameters - masks.size() + masks.active(),
        data.train().size(),
        data.validation().size(),
        data.test().size(),
        iterationsPerEpoch,
        trainee.engine(),
        startEpoch);
  }
}
