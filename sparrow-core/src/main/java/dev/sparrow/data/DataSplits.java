package dev.sparrow.data;

import org.apiguardian.api.API;

/**
 * A data set ready for a run.
 *
 * @param train what the weights are fitted to
 * @param validation held out of the training images; chooses the best epoch
 * @param test what results are reported on
 * @param normalization what a model of this data set starts with
 * @param augmentation how the training images are varied
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record DataSplits(ImageSet train, ImageSet validation, ImageSet test, Normalization normalization, Augmentation augmentation) {}
