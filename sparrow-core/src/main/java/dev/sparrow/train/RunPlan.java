package dev.sparrow.train;

import dev.sparrow.config.RunConfig;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
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
    int startEpoch) {}
