package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.util.List;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/**
 * Labelled colour images in memory, immutable. Every image is a byte array of its own, so that a set of any size fits Java's arrays and
 * a subset shares the pixels of its parent: Tiny-ImageNet's 1.2 GB exist once.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class ImageSet {

  /** Red, green and blue; greyscale images are repeated over them. */
  public static final int CHANNELS = 3;

  private final int imageSize;
  private final List<String> classNames;
  private final byte[][] images;
  private final int[] labels;

  private ImageSet(int imageSize, List<String> classNames, byte[][] images, int[] labels) {
    this.imageSize = imageSize;
    this.classNames = classNames;
    this.images = images;
    this.labels = labels;
  }

  /**
   * A set of images.
   *
   * @param imageSize height and width S; what {@link Datasets} reads has 32 or 64
   * @param classNames one per class, in the order of the labels
   * @param images [size][3 * S * S] unsigned bytes, channels first, row-major; the outer array is copied, the pixels are not and must not
   *     change any more
   * @param labels [size], each in [0, number of classes)
   * @return the set
   * @throws BadInput if an image has another length or a label no class
   */
  public static ImageSet of(int imageSize, List<String> classNames, byte[][] images, int[] labels) {
    if (images.length != labels.length) {
      throw BadInput.data("labels", "one for each of " + images.length + " images", labels.length, "image set");
    }
    for (int i = 0; i < images.length; i++) {
      if (images[i].length != CHANNELS * imageSize * imageSize) {
        throw BadInput.data("image", CHANNELS + "x" + imageSize + "x" + imageSize + " bytes", images[i].length, "image " + i);
      }
      if (labels[i] < 0 || labels[i] >= classNames.size()) {
        throw BadInput.data("label", "0 to " + (classNames.size() - 1), labels[i], "image " + i);
      }
    }
    return new ImageSet(imageSize, List.copyOf(classNames), images.clone(), labels.clone());
  }

  /**
   * The number of images.
   *
   * @return at least 0
   */
  public int size() {
    return labels.length;
  }

  /**
   * Height and width of every image.
   *
   * @return in pixels
   */
  public int imageSize() {
    return imageSize;
  }

  /**
   * Length of one image.
   *
   * @return 3 * S * S bytes
   */
  public int imageLength() {
    return CHANNELS * imageSize * imageSize;
  }

  /**
   * The number of classes, whether or not each has images in this set.
   *
   * @return at least 1
   */
  public int numClasses() {
    return classNames.size();
  }

  /**
   * What the labels mean.
   *
   * @return one name per class, immutable
   */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * The class of an image.
   *
   * @param index in [0, {@link #size()})
   * @return in [0, {@link #numClasses()})
   */
  public int label(int index) {
    return labels[index];
  }

  /**
   * A copy of an image.
   *
   * @param index in [0, {@link #size()})
   * @return [3 * S * S] unsigned bytes, channels first, row-major
   */
  public byte[] pixels(int index) {
    return images[index].clone();
  }

  /** The image itself, for readers of this package that do not write. */
  byte[] sharedPixels(int index) {
    return images[index];
  }

  /**
   * Some of the images, in a given order; shares their pixels.
   *
   * @param indices each in [0, {@link #size()})
   * @return a set of {@code indices.length} images
   */
  public ImageSet subset(int... indices) {
    byte[][] chosen = new byte[indices.length][];
    int[] chosenLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      chosen[i] = images[indices[i]];
      chosenLabels[i] = labels[indices[i]];
    }
    return new ImageSet(imageSize, classNames, chosen, chosenLabels);
  }

  /**
   * Consecutive images; shares their pixels.
   *
   * @param from first index
   * @param to index after the last
   * @return a set of {@code to - from} images
   */
  public ImageSet range(int from, int to) {
    return subset(IntStream.range(from, to).toArray());
  }

  /**
   * The first images; shares their pixels.
   *
   * @param count at least 0; more than there are means all
   * @return a set of at most {@code count} images
   */
  public ImageSet limit(int count) {
    return count >= size() ? this : range(0, count);
  }
}
