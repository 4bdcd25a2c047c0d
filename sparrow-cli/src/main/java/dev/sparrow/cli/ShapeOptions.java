package dev.sparrow.cli;

import picocli.CommandLine.Option;

/** What a network's shapes depend on besides its architecture, where no data set says it. */
final class ShapeOptions {

  @Option(names = "--num-classes", paramLabel = "K", defaultValue = "10", description = "Number of classes (at least 2; default: ${DEFAULT-VALUE})")
  private int numClasses;

  @Option(names = "--image-size", paramLabel = "N", defaultValue = "32", description = "Side of the images (pixels, 32 or 64; default: ${DEFAULT-VALUE})")
  private int imageSize;

  int numClasses() {
    return numClasses;
  }

  int imageSize() {
    return imageSize;
  }
}
