package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Batches;
import dev.sparrow.data.DataSplits;
import dev.sparrow.data.Datasets;
import dev.sparrow.model.Classifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The images that a network is tried on.
 *
 * @param name what they are, for people
 * @param batches the images
 * @param size how many
 * @param labelled whether their classes are known
 * @param classNames in the order of the labels; empty if unknown
 * @param facts what a network for them must know
 */
record TestImages(String name, Batches batches, int size, boolean labelled, List<String> classNames, ImageFacts facts) {

  /**
   * Reads the images.
   *
   * @param config the data set, whose test images are taken, and the batch size
   * @param input a safetensors file to take instead
   * @return the images
   * @throws IOException if reading fails
   */
  static TestImages read(RunConfig config, Optional<Path> input) throws IOException {
    return input.isPresent() ? ofFile(config, input.get()) : ofDataset(config);
  }

  private static TestImages ofFile(RunConfig config, Path file) throws IOException {
    StoredImages images = StoredImages.read(file, config.batchSize());
    ImageFacts facts = ImageFacts.of(config.data().dataset(), images.imageSize());
    return new TestImages("images of " + file, images, images.size(), images.labelled(), List.of(), facts);
  }

  private static TestImages ofDataset(RunConfig config) {
    DataSplits data =
        Datasets.open(config.data().dataset(), config.data().dir().map(Path::of), config.data().limitTrain(), config.data().limitTest());
    return new TestImages(
        "test images of " + config.data().dataset().label(),
        Batches.evaluation(data.test(), config.batchSize()),
        data.test().size(),
        true,
        data.test().classNames(),
        ImageFacts.of(data));
  }

  /**
   * Refuses a network that was made for other images.
   *
   * @param model the network
   */
  void requireFitting(Classifier model) {
    if (model.imageSize() != facts.imageSize()) {
      throw BadInput.data("image size", model.imageSize() + " as the network has it", facts.imageSize(), name);
    }
    if (!classNames.isEmpty() && model.numClasses() != classNames.size()) {
      throw BadInput.data("classes", model.numClasses() + " as the network has them", classNames.size(), name);
    }
  }
}
