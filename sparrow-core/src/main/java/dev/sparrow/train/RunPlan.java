package dev.sparrow.train;

import dev.sparrow.config.RunConfig;
import dev.sparrow.data.DataSplits;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.RunFolder;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Threads;
import java.nio.file.Path;

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
 * @param device where it computes
 * @param precision in which arithmetic
 * @param threads libtorch's threads
 * @param startEpoch first epoch to be worked on, above 0 after a resume
 */
public record RunPlan(
    RunConfig config,
    Path folder,
    long parameters,
    long activeParameters,
    int trainImages,
    int validationImages,
    int testImages,
    int iterationsPerEpoch,
    DeviceSpec device,
    Precision precision,
    int threads,
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
        trainee.device(),
        trainee.precision(),
        Threads.count(),
        startEpoch);
  }
}
